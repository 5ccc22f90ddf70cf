//! Several dictionaries as one: the built-in one below, the user's above, entry by entry.

use super::compiled::{Compiled, EntryIndex, View};
use std::collections::BTreeSet;

/// An entry of one of the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryRef {
    pub layer: u16,
    pub index: EntryIndex,
}

/// Dictionaries one above the other: an entry hides those of the same id below it.
#[derive(Debug, Default)]
pub struct Dictionary {
    layers: Vec<Compiled>,
    hidden: BTreeSet<EntryRef>,
}

impl Dictionary {
    /// A dictionary without entries.
    pub fn empty() -> Dictionary {
        Dictionary::default()
    }

    /// Lays a dictionary on top.
    pub fn push(&mut self, compiled: Compiled) {
        let layer = self.layers.len() as u16;
        if layer > 0 {
            let above = compiled.view();
            for index in 0..above.entry_count() {
                let id = above.id(index);
                for (below, lower) in self.layers.iter().enumerate() {
                    if let Some(hidden) = lower.view().find_id(&id) {
                        self.hidden.insert(EntryRef { layer: below as u16, index: hidden });
                    }
                }
            }
        }
        self.layers.push(compiled);
    }

    /// Takes every entry of that id out of use; tells whether there was one.
    pub fn forget(&mut self, id: &str) -> bool {
        let mut any = false;
        for (layer, compiled) in self.layers.iter().enumerate() {
            if let Some(index) = compiled.view().find_id(id) {
                self.hidden.insert(EntryRef { layer: layer as u16, index });
                any = true;
            }
        }
        any
    }

    /// The layers, the lowest first.
    pub fn views(&self) -> Vec<View<'_>> {
        self.layers.iter().map(Compiled::view).collect()
    }

    /// The style guides that prefer some form.
    pub fn styles<'a>(&'a self) -> BTreeSet<&'a str> {
        let of_layer = |view: View<'a>| (0..view.form_count()).flat_map(move |form| view.styles(form));
        self.views().into_iter().flat_map(of_layer).collect()
    }

    /// What tells this dictionary from others: the checksums of its layers, and the entries that are hidden.
    pub fn identity(&self) -> (Vec<u64>, &BTreeSet<EntryRef>) {
        (self.layers.iter().map(Compiled::checksum).collect(), &self.hidden)
    }

    /// Whether an entry of the same id lies above this one.
    pub fn is_hidden(&self, entry: EntryRef) -> bool {
        !self.hidden.is_empty() && self.hidden.contains(&entry)
    }

    /// The uppermost entry of that id.
    pub fn find_id(&self, id: &str) -> Option<EntryRef> {
        self.layers
            .iter()
            .enumerate()
            .rev()
            .find_map(|(layer, compiled)| Some(EntryRef { layer: layer as u16, index: compiled.view().find_id(id)? }))
            .filter(|entry| !self.is_hidden(*entry))
    }
}
