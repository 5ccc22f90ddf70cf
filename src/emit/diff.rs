//! A fix as a unified diff that `patch -p0` and `git apply -p0` take.

use similar::TextDiff;

/// The difference between two texts of the file that is shown as `path`; empty where there is none.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    // Not `from_lines`: it ends lines at a lone carriage return, where patch does not.
    let (old_lines, new_lines) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old_lines, &new_lines);
    let name = header_name(path);
    diff.unified_diff().header(&name, &name).to_string()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The name as patch and git read it: quoted where it holds characters that would end it early.
fn header_name(path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        // A tab ends the name; without one, a space would.
        return if path.contains(' ') { format!("{path}\t") } else { path.to_owned() };
    }
    let quoted: String = path
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => c.to_string().bytes().map(|b| format!("\\{b:03o}")).collect(),
            c => c.to_string(),
        })
        .collect();
    format!("\"{quoted}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_patch_ends_them() {
        assert_eq!(
            unified("a b.txt", "one\r\ntwo\rthree", "one\r\ntwo\rdrei"),
            "--- a b.txt\t\n+++ a b.txt\t\n@@ -1,2 +1,2 @@\n one\r\n-two\rthree\n\\ No newline at end of file\n+two\rdrei\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a.txt", "same", "same"), "");
        assert!(unified("a\n\".txt", "x", "y").starts_with("--- \"a\\012\\\".txt\"\n"));
    }
}
