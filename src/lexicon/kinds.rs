//! Words that stand around names without being one. The lists are `dictionaries/words/*.txt`.

/// What a word is beside a person's name; several at once ("General" is a title and a word of institutions).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

// The bits are given by the order of `KINDS` in `build/kinds.rs`.
impl Kinds {
    /// The kinds that the compiled list's number stands for.
    pub(super) fn from_bits(bits: u64) -> Kinds {
        Kinds(bits as u8)
    }

    /// A title or an honorific (`titles.txt`).
    pub fn title(self) -> bool {
        self.0 & 1 != 0
    }

    /// What a person does or is (`roles.txt`).
    pub fn role(self) -> bool {
        self.0 & 2 != 0
    }

    /// What institutions, streets and papers are called (`institutions.txt`).
    pub fn institution(self) -> bool {
        self.0 & 4 != 0
    }

    /// A weekday, a month, a feast (`calendar.txt`).
    pub fn calendar(self) -> bool {
        self.0 & 8 != 0
    }

    /// A people, a language or a creed (`demonyms.txt`).
    pub fn demonym(self) -> bool {
        self.0 & 16 != 0
    }

    /// A place that the gazetteer does not have (`places.txt`).
    pub fn place(self) -> bool {
        self.0 & 32 != 0
    }

    /// Whether English writes it with a capital wherever it stands.
    pub(super) fn any_proper(self) -> bool {
        self.calendar() || self.demonym() || self.place()
    }
}
