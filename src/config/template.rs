//! The file that `orthonym init` writes: every key, commented out, with what it is for.

use super::keys;

/// A configuration file that says nothing, with all that it could say in comments.
pub fn template() -> String {
    let mut text = String::from(
        "# orthonym: names garbled by machine translation. What is commented out shows the default, or an example.\n\
         # `orthonym config` prints what is in force, and where each value comes from.\n",
    );
    let (tables, values): (Vec<_>, Vec<_>) = keys::all().iter().partition(|key| key.kind.is_table());
    for key in values.into_iter().chain(tables) {
        text.push('\n');
        for line in wrapped(key.doc) {
            text.push_str(&format!("# {line}\n"));
        }
        for line in key.written().lines() {
            text.push_str(&format!("#{line}\n"));
        }
    }
    text
}

/// The text in lines of at most a hundred characters.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is always one");
        if !line.is_empty() && line.len() + word.len() > 98 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
