//! An entry in the making: names are sorted by script, cleaned, and held against what was asked for.

use super::{ImportError, Options, Sink};
use crate::dictionary::Entry;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// Names of one thing.
#[derive(Default)]
pub struct Draft {
    pub entry: Entry,
}

impl Draft {
    pub fn new(options: &Options) -> Draft {
        Draft { entry: Entry { kind: options.kind, ..Entry::default() } }
    }

    /// A preferred name, unless there is one or it is not in Latin letters; then it is one more.
    pub fn name(&mut self, options: &Options, language: &str, name: &str) {
        let name = clean(name);
        if self.entry.name.is_empty() && is_latin(&name) {
            self.entry.name = name;
        } else {
            self.other(options, language, &name);
        }
    }

    /// Another name: a right form where it is in Latin letters, a native one elsewhere.
    pub fn other(&mut self, options: &Options, language: &str, name: &str) {
        let name = clean(name);
        if name.is_empty() || name == self.entry.name {
        } else if is_latin(&name) {
            self.entry.add_accepted(&name);
        } else {
            self.native(options, language, &name);
        }
    }

    /// A native form, if its language is asked for.
    pub fn native(&mut self, options: &Options, language: &str, form: &str) {
        let form = clean(form);
        let is_wanted = options.languages.is_empty() || options.languages.iter().any(|wanted| wanted == language);
        if is_wanted && !form.is_empty() && !is_latin(&form) {
            self.entry.add_native(language, &form);
        }
    }

    /// Hands the entry on, with its source, if it has a name in Latin letters.
    pub fn finish(
        mut self,
        options: &Options,
        source: String,
        licence: &str,
        sink: &mut Sink<'_>,
    ) -> Result<(), ImportError> {
        if self.entry.name.is_empty() {
            sink.skip("it has no name in Latin letters", &source);
            return Ok(());
        }
        // What was accepted before the preferred name was known.
        let name = std::mem::take(&mut self.entry.name);
        self.entry.accepted.retain(|accepted| accepted.form != name);
        self.entry.name = name;
        let licence = if options.licence.is_empty() { licence } else { &options.licence };
        self.entry.source = if licence.is_empty() { source } else { format!("{source} ({licence})") };
        sink.entry(self.entry)
    }
}

/// Composed, without controls and doubled spaces.
fn clean(name: &str) -> String {
    let visible = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let name: String = name.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(visible).collect();
    name.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

pub fn is_latin(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| matches!(c.script(), Script::Latin | Script::Common | Script::Inherited))
}
