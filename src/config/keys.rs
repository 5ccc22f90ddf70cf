//! The keys of a configuration. Each describes itself; this list is what reads it, shows it, documents it and makes its schema.

use super::error::ConfigError;
use super::layer::{Layer, Level, Set, Settled};
use super::read::Node;
use super::show::{Shown, items, one, toml};
use super::tables::{ignore, overriding};
use crate::diagnostic::Severity;
use crate::emit::OutputFormat;
use crate::rules::Selector;
use clap::ValueEnum;

/// A key of the configuration.
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    /// One or two sentences.
    pub doc: &'static str,
    /// What holds where nothing is said, as TOML; for lists and tables an example.
    pub default: &'static str,
    /// Whether it may differ from path to path and stand in `[[overrides]]`.
    pub for_paths: bool,
    pub(super) read: fn(&mut Layer, Node<'_>) -> Result<(), ConfigError>,
    /// What a layer says of it, one [`Shown`] an item.
    pub show: fn(&Layer) -> Vec<Shown>,
}

/// The shape of a key's value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Flag,
    Probability,
    Text,
    Texts,
    Choice(fn() -> Vec<String>),
    /// Rule or group → off, on, info, warning, error.
    Levels,
    /// Text → entry.
    Settled,
    Ignores,
    Overrides,
}

impl Kind {
    /// Whether values of several files add up.
    pub fn is_table(self) -> bool {
        matches!(self, Kind::Levels | Kind::Settled | Kind::Ignores | Kind::Overrides)
    }
}

/// All keys, in the order of the documentation. (`extend` is no value, and is read apart.)
pub fn all() -> &'static [Key] {
    KEYS
}

pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// A key with one value.
macro_rules! single {
    ($name:literal, $field:ident, $kind:expr, $for_paths:literal, $default:literal, $doc:literal, $read:expr) => {
        Key {
            name: $name,
            kind: $kind,
            doc: $doc,
            default: $default,
            for_paths: $for_paths,
            read: |layer, node| {
                let read: fn(Node<'_>) -> Result<_, ConfigError> = $read;
                layer.$field = Some(read(node)?);
                Ok(())
            },
            show: |layer| one(&layer.$field),
        }
    };
}

/// A key whose values add up.
macro_rules! many {
    ($name:literal, $field:ident, $kind:expr, $for_paths:literal, $default:literal, $doc:literal, $read:expr) => {
        Key {
            name: $name,
            kind: $kind,
            doc: $doc,
            default: $default,
            for_paths: $for_paths,
            read: |layer, node| {
                let read: fn(Node<'_>) -> Result<Vec<_>, ConfigError> = $read;
                layer.$field.extend(read(node)?);
                Ok(())
            },
            show: |layer| items(&layer.$field),
        }
    };
}

static KEYS: &[Key] = &[
    single!(
        "include",
        include,
        Kind::Texts,
        false,
        r#"["*.txt"]"#,
        "Which files of a folder are checked, in place of those whose format is known. Patterns as in a .gitignore, relative to this file.",
        |node| node.patterns()
    ),
    single!(
        "exclude",
        exclude,
        Kind::Texts,
        false,
        r#"["node_modules"]"#,
        "What is left out of folders. Patterns as in a .gitignore, relative to this file.",
        |node| node.patterns()
    ),
    many!(
        "extend-exclude",
        extend_exclude,
        Kind::Texts,
        false,
        r#"["drafts/"]"#,
        "What is left out as well.",
        |node| Ok(vec![node.patterns()?])
    ),
    single!(
        "force-exclude",
        force_exclude,
        Kind::Flag,
        false,
        "false",
        "Whether files given by name are left out, too; for commit hooks, which name every file.",
        |node| node.flag()
    ),
    single!(
        "respect-gitignore",
        respect_gitignore,
        Kind::Flag,
        false,
        "true",
        "Whether what .gitignore and .ignore leave out is left out.",
        |node| node.flag()
    ),
    single!(
        "source-language",
        source_language,
        Kind::Text,
        true,
        r#""ar""#,
        "The language that the texts were translated from, as an ISO 639 code.",
        |node| node.language()
    ),
    single!(
        "target-language",
        target_language,
        Kind::Text,
        true,
        r#""en""#,
        "The language of the texts, as an ISO 639 code.",
        |node| node.language()
    ),
    single!(
        "style",
        style,
        Kind::Text,
        true,
        r#""ap""#,
        "The style guide whose forms of names are asked for by names/variant.",
        |node| node.text()
    ),
    single!(
        "min-confidence",
        min_confidence,
        Kind::Probability,
        true,
        "0.5",
        "Findings less sure than this are not reported. From 0 to 1.",
        |node| node.probability()
    ),
    single!("builtin", builtin, Kind::Flag, true, "true", "Whether the built-in dictionary is used.", |node| node
        .flag()),
    single!(
        "locked",
        locked,
        Kind::Flag,
        false,
        "false",
        "Whether dictionaries must be as orthonym.lock beside this file says; `orthonym dict lock` writes it.",
        |node| node.flag()
    ),
    many!(
        "dictionaries",
        dictionaries,
        Kind::Texts,
        true,
        r#"["names.toml"]"#,
        "Dictionaries of your own, relative to this file: .toml, .tsv, .txt or compiled. A later one hides entries of the same id in those before.",
        |node| node.paths()
    ),
    many!(
        "glossaries",
        glossaries,
        Kind::Texts,
        true,
        r#"["terms.tsv"]"#,
        "Glossaries that source/glossary holds translations to, relative to this file: .tsv or .csv with the columns source, target and forbidden, or .tbx.",
        |node| node.paths()
    ),
    many!(
        "forget",
        forget,
        Kind::Texts,
        true,
        r#"["edwy-plenel"]"#,
        "The ids of dictionary entries that are not used.",
        |node| node.texts()
    ),
    Key {
        name: "settle",
        kind: Kind::Settled,
        doc: "Names that are settled once and for all: what the texts say, and the id of the entry that it means. They become certain findings with a safe fix.",
        default: r#""Eduy Blenil" = "edwy-plenel""#,
        for_paths: true,
        read: |layer, node| {
            for (value, text) in node.entries()? {
                let entry = value.text()?;
                layer.settle.push(Set::new(Settled { text: text.to_owned(), entry: entry.value }, entry.origin));
            }
            Ok(())
        },
        // Of one text the last entry counts; a table holds it once.
        show: |layer| {
            let sets = layer.settle.iter().enumerate();
            let is_last = |(index, set): &(usize, &Set<Settled>)| {
                layer.settle[index + 1..].iter().all(|later| later.value.text != set.value.text)
            };
            let last: Vec<Set<Settled>> = sets.filter(is_last).map(|(_, set)| set.clone()).collect();
            items(&last)
        },
    },
    Key {
        name: "rules",
        kind: Kind::Levels,
        doc: "Rules, groups of rules or all: off, on, or the severity of the findings (info, warning, error). The more exact name wins. A group turns on no rule that is off by default.",
        default: r#""names/diacritics" = "off""#,
        for_paths: true,
        read: |layer, node| {
            for (value, name) in node.entries()? {
                let selector: Selector = name
                    .parse()
                    .map_err(|error: crate::rules::UnknownSelector| node.key_error(name, error.to_string()))?;
                let level = value.choice(Level::parse, &Level::NAMES)?;
                layer.rules.push(Set::new((selector, level.value), level.origin));
            }
            Ok(())
        },
        show: |layer| items(&layer.rules),
    },
    Key {
        name: "ignore",
        kind: Kind::Ignores,
        doc: "Findings that are not reported: of these paths, of this rule, with this text. At least one of the three; the reason is for people.",
        default: "path = \"archive/\"\nrule = \"names/mistransliteration\"\ntext = \"Yan Dupon\"\nreason = \"a pen name\"",
        for_paths: false,
        read: |layer, node| {
            for item in node.items() {
                layer.ignores.push(ignore(item)?);
            }
            Ok(())
        },
        show: |layer| items(&layer.ignores),
    },
    Key {
        name: "overrides",
        kind: Kind::Overrides,
        doc: "Other values for some paths: patterns as in a .gitignore, relative to this file. Later tables win.",
        default: "paths = [\"interviews/\"]\nmin-confidence = 0.8",
        for_paths: false,
        read: |layer, node| {
            for item in node.items() {
                layer.overrides.push(overriding(item)?);
            }
            Ok(())
        },
        show: |_| Vec::new(),
    },
    single!(
        "output-format",
        output_format,
        Kind::Choice(formats),
        false,
        r#""full""#,
        "How findings are shown.",
        |node| {
            let names = formats();
            node.choice(
                |name| OutputFormat::from_str(name, false).ok(),
                &names.iter().map(String::as_str).collect::<Vec<_>>(),
            )
        }
    ),
    single!(
        "output-file",
        output_file,
        Kind::Text,
        false,
        r#""orthonym.sarif""#,
        "The file that findings are written to, in place of standard output.",
        |node| node.path()
    ),
    single!(
        "fail-on",
        fail_on,
        Kind::Choice(severities),
        false,
        r#""warning""#,
        "The least severity that makes the exit status 1.",
        |node| node.choice(severity, &["info", "warning", "error"])
    ),
    single!(
        "baseline",
        baseline,
        Kind::Text,
        false,
        r#""orthonym-baseline.json""#,
        "A file of findings that are known and not reported; `orthonym check --write-baseline` writes it.",
        |node| node.path()
    ),
    single!(
        "cache-dir",
        cache_dir,
        Kind::Text,
        false,
        r#"".orthonym-cache""#,
        "Where results are kept from run to run.",
        |node| node.path()
    ),
];

fn formats() -> Vec<String> {
    OutputFormat::value_variants()
        .iter()
        .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
        .collect()
}

fn severities() -> Vec<String> {
    ["info", "warning", "error"].map(str::to_owned).to_vec()
}

fn severity(name: &str) -> Option<Severity> {
    Severity::from_str(name, false).ok()
}

impl Key {
    /// The key with its default or example, as it is written in a file.
    pub fn written(&self) -> String {
        match self.kind {
            Kind::Levels | Kind::Settled => format!("[{}]\n{}", self.name, self.default),
            Kind::Ignores | Kind::Overrides => format!("[[{}]]\n{}", self.name, self.default),
            _ => format!("{} = {}", toml::key(self.name), self.default),
        }
    }
}
