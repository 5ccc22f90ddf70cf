use super::*;
use proptest::prelude::*;

fn word(text: &str) -> Word {
    Word::fold(text).unwrap()
}

#[test]
fn every_data_file_loads_and_is_whole() {
    assert!(Lexicon::open(WORDS, KINDS, LETTERS).is_ok());
}

#[test]
fn a_damaged_file_is_an_error() {
    let damaged = |bytes: &[u8]| -> &'static [u8] {
        let mut bytes = bytes.to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        bytes.leak()
    };
    let error = |words, kinds, letters| Lexicon::open(words, kinds, letters).err();
    assert_eq!(error(damaged(WORDS), KINDS, LETTERS), Some(Corrupt("word table")));
    assert_eq!(error(WORDS, damaged(KINDS), LETTERS), Some(Corrupt("list of kinds")));
    assert_eq!(error(WORDS, KINDS, damaged(LETTERS)), Some(Corrupt("letter model")));
    for file in [WORDS, LETTERS] {
        for end in [0, 7, 20, 100, file.len() - 1] {
            assert!(Table::new(&file[..end]).is_err());
            assert!(LetterModel::new(&file[..end]).is_err());
        }
    }
}

#[test]
fn names_that_people_have_are_attested() {
    let lexicon = Lexicon::builtin();
    for name in ["Clark", "Clarke", "Perdue", "Zelinsky", "Steven", "Seidensticker", "Müller"] {
        assert!(lexicon.name(&word(name)).is_some(), "{name}");
    }
    for garbled in ["Blenil", "Eduy", "Bridou"] {
        assert_eq!(lexicon.name(&word(garbled)), None, "{garbled}");
    }
    let weight = |name| lexicon.name(&word(name)).unwrap().weight;
    assert!(weight("Maria") > weight("Clarke"));
}

#[test]
fn given_names_are_told_from_surnames() {
    let usage = |name| Lexicon::builtin().name(&word(name)).unwrap().usage;
    assert_eq!(usage("Catherine"), Usage::Given);
    assert_eq!(usage("Ivanov"), Usage::Surname);
}

#[test]
fn a_right_name_is_likelier_than_a_garbled_one() {
    let log_prob = |name| Lexicon::builtin().log_prob(&word(name));
    for (right, garbled) in [("Plenel", "Blenil"), ("Clarke", "Klark"), ("Stephen", "Stifen"), ("Bennett", "Binit")] {
        assert!(log_prob(right) > log_prob(garbled), "{right} {} {garbled} {}", log_prob(right), log_prob(garbled));
    }
}

#[test]
fn ordinary_words_are_graded() {
    let lexicon = Lexicon::builtin();
    assert_eq!(lexicon.grade(&word("the")), Some(Grade::Common));
    assert_eq!(lexicon.grade(&word("plenary")), Some(Grade::Usual));
    assert_eq!(lexicon.grade(&word("zori")), Some(Grade::Rare));
    assert!(lexicon.is_proper(&word("French")) && !lexicon.is_proper(&word("the")));
    assert!(!lexicon.is_word(&word("Plenel")));
}

#[test]
fn places_and_peoples_are_no_persons() {
    for place in ["Great Lakes", "Moroccan", "Kyiv", "France", "Guangzhou", "New York City", "Sri Lanka"] {
        assert!(Lexicon::builtin().is_place(&word(place)), "{place}");
    }
    assert!(!Lexicon::builtin().is_place(&word("Plenel")));
}

#[test]
fn words_around_names_are_known() {
    let lexicon = Lexicon::builtin();
    for title in ["Mr.", "Dr", "President", "Sheikh", "Ayatollah", "King", "Prime Minister"] {
        assert!(lexicon.is_title(&word(title)), "{title}");
    }
    for role in ["journalist", "minister", "striker"] {
        assert!(lexicon.is_role(&word(role)), "{role}");
    }
    for institution in ["Ministry", "University", "Party", "Street", "Club", "Council", "Bank", "Times"] {
        assert!(lexicon.is_institution_word(&word(institution)), "{institution}");
    }
    assert!(lexicon.kinds(&word("Tuesday")).calendar());
    assert_eq!(lexicon.kinds(&word("Plenel")), Kinds::default());
}

#[test]
fn the_letter_model_is_a_distribution() {
    // Of all words of up to three letters, no more than probability 1 is given out, and a fair part of it.
    let letters =
        |n: usize| (0..26usize.pow(n as u32)).map(move |i| (0..n).map(move |k| i / 26usize.pow(k as u32) % 26));
    let total: f32 = (1..=3)
        .flat_map(letters)
        .map(|word| word.map(|l| (b'a' + l as u8) as char).collect::<String>())
        .map(|text| Lexicon::builtin().letters_log_prob(&word(&text)).exp())
        .sum();
    assert!(total > 0.005 && total < 0.2, "{total}");
}

proptest! {
    #[test]
    fn every_word_has_a_probability(text in "[a-z]{1,24}") {
        let word = word(&text);
        for log_prob in [Lexicon::builtin().log_prob(&word), Lexicon::builtin().letters_log_prob(&word)] {
            prop_assert!(log_prob.is_finite() && log_prob <= 0.0);
        }
    }

    #[test]
    fn no_bytes_make_the_models_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[a-z]{1,24}") {
        let mut file = letters::MAGIC.to_vec();
        file.extend((bytes.len() as u32 / 10).to_le_bytes());
        file.extend((bytes.len() as u32 % 10 / 3).to_le_bytes());
        file.extend([0; 8]);
        file.extend(bytes);
        if let Ok(model) = LetterModel::new(file.leak()) {
            prop_assert!(model.log_prob(&word(&text)).is_finite());
        }
    }
}
