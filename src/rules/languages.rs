//! Which languages a rule understands.

/// The languages of the texts that a rule may be run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Languages {
    /// What it looks at is the same everywhere, or it goes by the language itself.
    All,
    /// ISO 639 codes.
    Only(&'static [&'static str]),
}

impl Languages {
    pub const ENGLISH: Languages = Languages::Only(&["en"]);

    pub fn serve(self, language: &str) -> bool {
        match self {
            Languages::All => true,
            Languages::Only(served) => served.contains(&primary(language)),
        }
    }
}

/// A language's code without region and script: "pt" of "pt-BR".
pub fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_matter() {
        assert!(Languages::ENGLISH.serve("en-GB"));
        assert!(!Languages::ENGLISH.serve("de"));
        assert!(Languages::All.serve("zh-Hans"));
    }
}
