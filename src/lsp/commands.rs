//! Commands: what is written to the project's files, and what is told about a name.

use super::refusal::{Refusal, told};
use super::serve::Session;
use super::workshop::Workshop;
use super::{uri, workspace};
use crate::config::write as config_file;
use crate::curation::add::{self, Addition};
use crate::explain;
use gen_lsp_types::{ExecuteCommandParams, Uri};
use lsp_server::ErrorCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// `{ uri, name, of? }`: adds a name to the project's dictionary, as right or as a variant of the entry `of`.
pub const ADD: &str = "orthonym.addToDictionary";
/// `{ uri, rule?, text?, inFile? }`: has findings ignored, by the project's configuration.
pub const IGNORE: &str = "orthonym.ignoreInProject";
/// `{ uri, name }`: answers why a name is known, garbled or unknown, as text.
pub const EXPLAIN: &str = "orthonym.explain";
/// Publishes the findings of all files of the workspace; answers how many there are.
pub const LINT: &str = "orthonym.lintWorkspace";
/// Reads all configurations and dictionaries anew.
pub const RELOAD: &str = "orthonym.reload";

pub const NAMES: [&str; 5] = [ADD, IGNORE, EXPLAIN, LINT, RELOAD];

/// Files whose changes the client is asked to tell of: configurations, dictionaries, baselines.
pub const WATCHED: [&str; 1] = ["**/*.{toml,tsv,csv,txt,json,odict}"];

/// The dictionary of a project that has none.
const OWN_DICTIONARY: &str = "orthonym-names.toml";

/// What a command came to.
pub struct Outcome {
    pub answer: Value,
    /// Whether what is linted with has changed.
    pub changes: bool,
}

#[derive(Deserialize)]
struct Add {
    uri: Uri,
    name: String,
    of: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ignore {
    uri: Uri,
    rule: Option<String>,
    text: Option<String>,
    #[serde(default)]
    in_file: bool,
}

#[derive(Deserialize)]
struct Explain {
    uri: Uri,
    name: String,
}

/// # Errors
/// A command that we do not know, arguments that it does not take, a file that cannot be written.
pub fn execute(
    session: &mut Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &ExecuteCommandParams,
) -> Result<Outcome, Refusal> {
    let first = params.arguments.as_ref().and_then(|arguments| arguments.first()).cloned().unwrap_or_default();
    match params.command.as_str() {
        ADD => add(session, workshop, &arguments(first)?),
        IGNORE => ignore(workshop, &arguments(first)?),
        EXPLAIN => explain(session, workshop, &arguments(first)?),
        LINT => {
            let token = params.work_done_progress_params.work_done_token.clone();
            let (files, findings) = workspace::publish(session, workshop, token)?;
            Ok(Outcome { answer: json!({ "files": files, "findings": findings }), changes: false })
        }
        RELOAD => Ok(Outcome { answer: Value::Null, changes: true }),
        other => Err(Refusal::new(ErrorCode::InvalidParams, format!("there is no command {other}"))),
    }
}

fn arguments<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    serde_json::from_value(value).map_err(|error| Refusal::new(ErrorCode::InvalidParams, error.to_string()))
}

fn failed(error: &dyn std::error::Error) -> Refusal {
    Refusal::new(ErrorCode::RequestFailed, told(error))
}

fn path_of(uri: &Uri) -> Result<PathBuf, Refusal> {
    uri::to_path(uri).ok_or_else(|| Refusal::new(ErrorCode::RequestFailed, "it must be saved first"))
}

/// Adds a name; where the project has no dictionary of its own one is begun, and named in the configuration.
fn add(session: &Session<'_>, workshop: &mut Workshop<'_>, add: &Add) -> Result<Outcome, Refusal> {
    let document = session.documents.get(&add.uri);
    let document = document.ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, "it is not open"))?;
    let path = document.source.path();
    let folder = workshop.folder_of(path).to_owned();
    let config = workshop.config_of(path)?;
    let own = config.layer.dictionaries.iter().map(|set| &set.value);
    let own: Vec<&PathBuf> = own.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    let set = session.settings.dictionary.as_ref().map(|path| folder.join(path));
    let to = set.or_else(|| own.first().map(|path| (*path).clone())).unwrap_or_else(|| folder.join(OWN_DICTIONARY));
    let dictionary = workshop.dictionary(document)?;
    let addition =
        Addition { name: &add.name, is: add.of.as_deref(), accepted: add.of.is_some(), ..Addition::default() };
    add::add(&to, dictionary, &addition).map_err(|error| failed(&error))?;
    if !config.layer.dictionaries.iter().any(|set| set.value == to) {
        let file = config_file::own_file(&config, &folder);
        config_file::add_dictionary(&file, &to).map_err(|error| failed(&error))?;
    }
    Ok(Outcome { answer: json!({ "file": uri::of_path(&to) }), changes: true })
}

fn ignore(workshop: &mut Workshop<'_>, ignore: &Ignore) -> Result<Outcome, Refusal> {
    let path = path_of(&ignore.uri)?;
    let folder = workshop.folder_of(&path).to_owned();
    let config = workshop.config_of(&path)?;
    let file = config_file::own_file(&config, &folder);
    let base = file.parent().unwrap_or(Path::new("/"));
    let pattern = path.strip_prefix(base).unwrap_or(&path);
    let table = config_file::Ignored {
        // From the root of the patterns on: a name alone would match in any folder.
        path: ignore.in_file.then(|| format!("/{}", crate::files::shown(pattern))),
        rule: ignore.rule.as_deref(),
        text: ignore.text.as_deref(),
    };
    config_file::ignore(&file, &[table]).map_err(|error| failed(&error))?;
    Ok(Outcome { answer: json!({ "file": uri::of_path(&file) }), changes: true })
}

fn explain(session: &Session<'_>, workshop: &mut Workshop<'_>, asked: &Explain) -> Result<Outcome, Refusal> {
    let document = session.documents.get(&asked.uri);
    let document = document.ok_or_else(|| Refusal::new(ErrorCode::InvalidParams, "it is not open"))?;
    let (linter, _) = workshop.bench(document)?;
    let language = linter.settings().source_language.as_deref();
    let text = explain::explained(linter.dictionary(), &asked.name, language, explain::CANDIDATES);
    Ok(Outcome { answer: Value::String(text), changes: false })
}
