//! What tells a finding from others from one run to the next: its rule, its text, and which of several alike it is. Not its line, which
//! moves with every paragraph added above.

use crate::diagnostic::Diagnostic;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The fingerprints of a file's findings, in their order: 128 bits in hexadecimal.
///
/// They are hashes, so that names do not lie in the clear where fingerprints are kept. `scope` tells files apart where fingerprints
/// of several lie together: the path, or nothing.
pub fn of<'d>(scope: &str, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<String> {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    let fingerprint = |diagnostic: &'d Diagnostic| {
        let ordinal = seen.entry((diagnostic.rule, diagnostic.text.as_str())).or_default();
        *ordinal += 1;
        let mut hash = Sha256::new();
        for part in [scope, diagnostic.rule, &diagnostic.text, &ordinal.to_string()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    };
    diagnostics.into_iter().map(fingerprint).collect()
}
