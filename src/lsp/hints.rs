//! Native forms behind names, where the client wants them shown.

use super::refusal::Refusal;
use super::serve::Session;
use super::workshop::Workshop;
use gen_lsp_types::{InlayHint, InlayHintParams};

/// The hints of a range; none unless they are switched on.
///
/// # Errors
/// The document cannot be linted.
pub fn in_range(
    session: &Session<'_>,
    workshop: &mut Workshop<'_>,
    params: &InlayHintParams,
) -> Result<Option<Vec<InlayHint>>, Refusal> {
    let document = session.documents.get(&params.text_document.uri).filter(|_| session.settings.inlay_hints);
    let Some(document) = document else { return Ok(None) };
    let lint = workshop.lint(document)?;
    let (linter, _) = workshop.bench(document)?;
    let language = linter.settings().source_language.as_deref();
    let views = linter.dictionary().views();
    let wanted = session.client.encoding.span(&lint.source, params.range);
    let mut hints = Vec::new();
    for name in workshop.names(document, &lint)?.iter().filter(|name| wanted.contains(name.span)) {
        let Some(entry) = name.entry else { continue };
        let natives = || views[usize::from(entry.layer)].natives(entry.index);
        // The language that the text comes from, where it is known.
        let of_language = language.and_then(|language| natives().find(|(code, _)| *code == language));
        let Some((_, native)) = of_language.or_else(|| natives().next()) else { continue };
        hints.push(InlayHint {
            position: session.client.encoding.position(&lint.source, name.span.end),
            label: native.into(),
            padding_left: Some(true),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_right: None,
            data: None,
        });
    }
    Ok(Some(hints))
}
