//! What the lexicon's map holds for one word, packed into the integer that an FST can carry.

/// Everything known of a word that is in the lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// How often the word is attested as a part of somebody's name, in halvings: see [`NameStats::weight`].
    /// 0 where it is not attested, at most 15.
    pub name_class: u8,
    /// Which part of a name it is.
    pub usage: Usage,
    /// How usual it is as an English word in lower case.
    pub grade: Option<Grade>,
    /// Written with a capital in English: a proper name, a demonym, a language, a creed.
    pub proper: bool,
    /// A country, a region or a larger town.
    pub place: bool,
}

/// Which part of a name a word mostly is. The sources tell for about two words in three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Usage {
    /// Nothing is known.
    #[default]
    Unknown,
    /// At least twice as often a given name.
    Given,
    /// At least twice as often a surname.
    Surname,
    /// Both, about equally.
    Both,
}

/// How usual an English word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// In large word lists only (scowl sizes 70 and 80): "zori".
    Rare,
    /// In an ordinary dictionary (scowl sizes 40 to 60): "plenary".
    Usual,
    /// Known to everybody (scowl sizes 10 to 35): "the", "young".
    Common,
}

/// A word that is attested as a part of somebody's name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameStats {
    /// In how many scripts and wordings its name is attested, shared among the Latin forms of that name:
    /// about 1/16 for one odd romanisation in a list, 1 for a sound name, hundreds for "Maria".
    /// Exact to a factor of √2.
    pub weight: f32,
    /// Which part of a name it is.
    pub usage: Usage,
}

impl Entry {
    /// The largest [`Entry::name_class`].
    pub const MAX_CLASS: u8 = 15;

    /// The class of a weight: powers of two, 1/16 and less being class 1.
    pub fn class_of(weight: f64) -> u8 {
        if weight <= 0.0 {
            return 0;
        }
        (weight.log2().round() + 5.0).clamp(1.0, f64::from(Self::MAX_CLASS)) as u8
    }

    /// The weight that a class stands for; 0 for class 0.
    pub fn class_weight(class: u8) -> f32 {
        if class == 0 { 0.0 } else { f32::from(class.min(Self::MAX_CLASS) - 1).exp2() / 16.0 }
    }

    /// As a part of a name, if it is attested as one.
    pub fn name(self) -> Option<NameStats> {
        (self.name_class > 0).then(|| NameStats { weight: Self::class_weight(self.name_class), usage: self.usage })
    }

    /// How often English has the word, relative to a rare one.
    pub fn word_weight(self) -> f32 {
        match self.grade {
            Some(Grade::Common) => 15.0,
            Some(Grade::Usual) => 3.0,
            Some(Grade::Rare) => 1.0,
            None if self.proper => 1.0,
            None => 0.0,
        }
    }

    /// The integer that stands for this entry in the map.
    pub fn pack(self) -> u64 {
        let usage = match self.usage {
            Usage::Unknown => 0,
            Usage::Given => 1,
            Usage::Surname => 2,
            Usage::Both => 3,
        };
        let grade = match self.grade {
            None => 0,
            Some(Grade::Rare) => 1,
            Some(Grade::Usual) => 2,
            Some(Grade::Common) => 3,
        };
        u64::from(self.name_class.min(Self::MAX_CLASS))
            | usage << 4
            | grade << 6
            | u64::from(self.proper) << 8
            | u64::from(self.place) << 9
    }

    /// The entry that an integer stands for; bits beyond its own are ignored.
    pub fn unpack(bits: u64) -> Entry {
        Entry {
            name_class: (bits & 15) as u8,
            usage: match bits >> 4 & 3 {
                0 => Usage::Unknown,
                1 => Usage::Given,
                2 => Usage::Surname,
                _ => Usage::Both,
            },
            grade: match bits >> 6 & 3 {
                0 => None,
                1 => Some(Grade::Rare),
                2 => Some(Grade::Usual),
                _ => Some(Grade::Common),
            },
            proper: bits >> 8 & 1 == 1,
            place: bits >> 9 & 1 == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for bits in 0..1 << 10 {
            assert_eq!(Entry::unpack(bits).pack(), bits);
        }
    }

    #[test]
    fn classes_are_powers_of_two() {
        assert_eq!(Entry::class_of(0.0), 0);
        assert_eq!(Entry::class_of(0.001), 1);
        assert_eq!(Entry::class_weight(Entry::class_of(1.0)), 1.0);
        assert_eq!(Entry::class_weight(Entry::class_of(100.0)), 128.0);
        assert_eq!(Entry::class_of(1e9), Entry::MAX_CLASS);
    }
}
