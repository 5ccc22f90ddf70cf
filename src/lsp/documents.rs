//! The documents that are open, as they stand in the editor.

use super::position::Encoding;
use super::uri;
use crate::document::Format;
use crate::source::Source;
use clap::ValueEnum;
use gen_lsp_types::{
    TextDocumentContentChangeEvent, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument,
    TextDocumentItem, Uri,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// An open document.
#[derive(Clone, Debug)]
pub struct Document {
    pub uri: Uri,
    /// Counted by the client.
    pub version: i32,
    pub format: Format,
    pub source: Rc<Source>,
}

/// All that are open, by address.
#[derive(Debug, Default)]
pub struct Documents(BTreeMap<String, Document>);

impl Documents {
    /// `folder` is where a document without a file counts as lying.
    pub fn open(&mut self, item: TextDocumentItem, folder: &Path) {
        let TextDocumentItem { uri, language_id, version, text } = item;
        let language = String::from(language_id);
        let (path, format) = match uri::to_path(&uri) {
            Some(path) => (path.clone(), Format::of_path(&path).unwrap_or(Format::Plain)),
            None => {
                let told = Format::from_str(&language, true).ok();
                (unsaved(folder, &uri), told.unwrap_or_else(|| Format::of_text(&text)))
            }
        };
        let source = Rc::new(Source::new(path, text));
        self.0.insert(uri.0.clone(), Document { uri, version, format, source });
    }

    pub fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let Some(document) = self.0.get_mut(&uri.0) else { return };
        for change in changes {
            let changed = match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(
                    TextDocumentContentChangeWholeDocument { text },
                ) => text,
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(
                    TextDocumentContentChangePartial { range, text, .. },
                ) => {
                    let span = encoding.span(&document.source, range);
                    let old = document.source.text();
                    [&old[..span.start], &text, &old[span.end..]].concat()
                }
            };
            document.source = Rc::new(Source::new(document.source.path(), changed));
        }
        document.version = version;
    }

    pub fn close(&mut self, uri: &Uri) {
        self.0.remove(&uri.0);
    }

    pub fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(&uri.0)
    }

    /// In the order of their addresses.
    pub fn all(&self) -> impl Iterator<Item = &Document> {
        self.0.values()
    }
}

/// Where a document that has no file counts as lying: it has no ending that would tell a format.
fn unsaved(folder: &Path, uri: &Uri) -> PathBuf {
    let name: String = uri.0.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    folder.join(name)
}
