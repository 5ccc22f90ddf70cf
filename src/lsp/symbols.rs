//! The people, organisations and places that a document names, each with its mentions.

use super::names::Name;
use super::refusal::Refusal;
use super::serve::Session;
use super::workshop::Workshop;
use crate::dictionary::{EntryRef, Kind};
use gen_lsp_types::{DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolKind};
use std::collections::HashMap;

/// The entries that are named, in the order of their first mention.
///
/// # Errors
/// The document cannot be linted.
pub fn of_document(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Refusal> {
    let Some(document) = session.documents.get(&params.text_document.uri) else { return Ok(None) };
    let lint = workshop.lint(document)?;
    let dictionary = workshop.dictionary(document)?;
    let names = workshop.names(document, &lint)?;
    let mut order: Vec<(EntryRef, Vec<&Name>)> = Vec::new();
    let mut places: HashMap<EntryRef, usize> = HashMap::new();
    for name in names {
        let Some(entry) = name.entry else { continue };
        let place = *places.entry(entry).or_insert(order.len());
        if place == order.len() {
            order.push((entry, Vec::new()));
        }
        order[place].1.push(name);
    }
    let views = dictionary.views();
    let symbol = |(entry, mentions): (EntryRef, Vec<&Name>)| {
        let view = views[usize::from(entry.layer)];
        let kind = symbol_kind(view.kind(entry.index));
        let mut children = mentions.iter().map(|name| {
            let range = session.client.encoding.range(&lint.source, name.span);
            symbol(name.text.clone(), kind, range)
        });
        let first = children.next()?;
        let roles: Vec<&str> = view.roles(entry.index).collect();
        Some(DocumentSymbol {
            name: view.name(entry.index).to_owned(),
            detail: Some(if roles.is_empty() { view.kind(entry.index).name().to_owned() } else { roles.join(", ") }),
            children: Some(children.collect()),
            ..first
        })
    };
    Ok(Some(order.into_iter().filter_map(symbol).collect::<Vec<_>>().into()))
}

fn symbol(name: String, kind: SymbolKind, range: gen_lsp_types::Range) -> DocumentSymbol {
    // The field is deprecated, and there is no other way to leave it out.
    #[allow(deprecated)]
    DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: range,
        children: None,
    }
}

/// The protocol knows no people: the nearest that editors have a picture for.
fn symbol_kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Person => SymbolKind::Class,
        Kind::Organisation => SymbolKind::Module,
        Kind::Outlet => SymbolKind::Package,
        Kind::Place => SymbolKind::Namespace,
        Kind::Work => SymbolKind::File,
        Kind::Event => SymbolKind::Event,
    }
}
