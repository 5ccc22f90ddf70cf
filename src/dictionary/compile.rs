//! Compiling: entries → the form that is searched. Deterministic; linear in the entries but for sorting.

use super::entry::{Entry, FormKind};
use super::layout::{self, SECTIONS, Section, tag};
use super::partner::Partner;
use super::skeleton::{self, Key, Side};
use crate::text::fold::{Word, push_key};
use crate::text::scan;
use rustc_hash::FxHashMap;

/// The most words of a form that are indexed; longer ones are found through their first words.
pub const MAX_FORM_WORDS: usize = 12;

/// A token with so few words beside it in all its forms, and with so many classes in its skeleton, brings in its forms by
/// itself.
pub const RARE: usize = 4;
pub const LONG: usize = 4;

/// Compiles entries; of several with one id the last stands.
pub fn compile<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<u8> {
    let mut by_id: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Option<&Entry>> = Vec::new();
    for entry in entries {
        if let Some(earlier) = by_id.insert(entry.id(), kept.len()) {
            kept[earlier] = None;
        }
        kept.push(Some(entry));
    }
    let mut compiler = Compiler::default();
    for entry in kept.into_iter().flatten() {
        compiler.add(entry);
    }
    compiler.finish()
}

#[derive(Default)]
struct Compiler {
    out: [Vec<u8>; SECTIONS],
    entries: u32,
    forms: u32,
    words: u32,
    ids: Vec<(String, u32)>,
    tokens: FxHashMap<String, u32>,
    token_keys: Vec<String>,
    postings: Vec<Vec<u32>>,
    reach: Vec<u8>,
    /// Whether a token is the whole of a right form.
    alone: Vec<bool>,
    form_hashes: Vec<u64>,
    key: String,
}

impl Compiler {
    fn put(&mut self, section: Section, value: u32) {
        self.out[section as usize].extend_from_slice(&value.to_le_bytes());
    }

    fn offset(&self, section: Section) -> u32 {
        self.out[section as usize].len() as u32
    }

    fn add(&mut self, entry: &Entry) {
        let (form, details) = (self.forms, self.offset(Section::Details));
        self.put(Section::Entries, form);
        self.put(Section::Entries, details);
        self.out[Section::EntryKinds as usize].push(entry.kind as u8);
        let mut seen: Vec<&str> = Vec::new();
        let mut styles = Vec::new();
        for (text, kind, style) in entry.forms() {
            if seen.contains(&text) {
                continue;
            }
            styles.extend(style.iter().map(|style| (seen.len(), style)));
            seen.push(text);
            self.add_form(text, kind);
        }
        if !entry.id.is_empty() {
            self.detail(tag::ID, &entry.id);
        }
        for (language, forms) in &entry.native {
            forms.iter().for_each(|form| self.detail(tag::NATIVE, &format!("{language}\0{form}")));
        }
        entry.role.iter().for_each(|role| self.detail(tag::ROLE, role));
        entry.with.iter().for_each(|id| self.detail(tag::WITH, id));
        entry.confused_with.iter().for_each(|id| self.detail(tag::CONFUSED_WITH, id));
        entry.same_as.iter().for_each(|id| self.detail(tag::SAME_AS, id));
        if !entry.source.is_empty() {
            self.detail(tag::SOURCE, &entry.source);
        }
        for (form, style) in styles {
            self.detail(tag::STYLE, &format!("{form}\0{style}"));
        }
        self.ids.push((entry.id(), self.entries));
        self.entries += 1;
    }

    fn add_form(&mut self, text: &str, kind: FormKind) {
        let (form, offset, word) = (self.forms, self.offset(Section::Text), self.words);
        let entry = self.entries;
        self.put(Section::Forms, entry);
        self.put(Section::Forms, offset);
        self.put(Section::Forms, word);
        self.out[Section::FormKinds as usize].push(kind as u8);
        self.out[Section::Text as usize].extend_from_slice(text.as_bytes());
        let mut tokens: Vec<u32> = Vec::with_capacity(4);
        for token in scan::tokens(text).take(MAX_FORM_WORDS) {
            tokens.push(self.token(token.text(text)));
        }
        for (i, &token) in tokens.iter().enumerate() {
            self.put(Section::Words, token);
            if kind.is_right() && !tokens[..i].contains(&token) {
                self.postings[token as usize].push(form);
            }
        }
        if let ([only], true) = (tokens.as_slice(), kind.is_right()) {
            self.alone[*only as usize] = true;
        }
        if let Some(&first) = tokens.first() {
            let reach = &mut self.reach[first as usize];
            *reach = (*reach).max(tokens.len() as u8);
        }
        self.words += tokens.len() as u32;
        self.form_hashes.push(layout::hash_tokens(tokens));
        self.forms += 1;
    }

    fn token(&mut self, word: &str) -> u32 {
        self.key.clear();
        push_key(word, &mut self.key);
        if let Some(&token) = self.tokens.get(&self.key) {
            return token;
        }
        let token = self.token_keys.len() as u32;
        self.tokens.insert(self.key.clone(), token);
        self.token_keys.push(self.key.clone());
        self.postings.push(Vec::new());
        self.reach.push(0);
        self.alone.push(false);
        token
    }

    /// Overlong values are cut at a character: they are shown to people, nothing depends on them.
    fn detail(&mut self, tag: u8, value: &str) {
        let len = value.floor_char_boundary(usize::from(u16::MAX));
        let out = &mut self.out[Section::Details as usize];
        out.push(tag);
        out.extend_from_slice(&(len as u16).to_le_bytes());
        out.extend_from_slice(&value.as_bytes()[..len]);
    }

    fn finish(mut self) -> Vec<u8> {
        let (forms, details, text, words, entries) =
            (self.forms, self.offset(Section::Details), self.offset(Section::Text), self.words, self.entries);
        self.put(Section::Entries, forms);
        self.put(Section::Entries, details);
        self.put(Section::Forms, entries);
        self.put(Section::Forms, text);
        self.put(Section::Forms, words);
        self.finish_tokens();
        self.finish_keys();
        let token_hashes: Vec<u64> = self.token_keys.iter().map(|key| layout::hash(key.as_bytes())).collect();
        self.out[Section::TokenTable as usize] = hash_table(&token_hashes);
        self.out[Section::FormTable as usize] = hash_table(&self.form_hashes);
        self.ids.sort();
        for (_, entry) in std::mem::take(&mut self.ids) {
            self.put(Section::Ids, entry);
        }
        layout::assemble(&self.out)
    }

    fn finish_tokens(&mut self) {
        let mut postings = 0u32;
        for token in 0..self.token_keys.len() {
            let offset = self.offset(Section::TokenText);
            self.put(Section::Tokens, offset);
            self.put(Section::Tokens, postings);
            postings += self.postings[token].len() as u32;
            self.out[Section::TokenText as usize].extend_from_slice(self.token_keys[token].as_bytes());
            for at in 0..self.postings[token].len() {
                self.put(Section::Postings, self.postings[token][at]);
            }
        }
        let offset = self.offset(Section::TokenText);
        self.put(Section::Tokens, offset);
        self.put(Section::Tokens, postings);
        self.out[Section::TokenReach as usize] = std::mem::take(&mut self.reach);
    }

    fn finish_keys(&mut self) {
        let mut pairs: Vec<(Key, u32)> = Vec::with_capacity(self.token_keys.len() * 5);
        let mut whole: Vec<Vec<Key>> = Vec::with_capacity(self.token_keys.len());
        let mut deletions = Vec::new();
        for (token, key) in self.token_keys.iter().enumerate() {
            let mut keys = Vec::new();
            if let Some(word) = Word::fold(key) {
                skeleton::exact_keys(&word, Side::Intended, &mut keys);
                skeleton::deletion_keys(&word, &mut deletions);
                let stored = deletions.drain(..).map(skeleton::stored_deletion).chain(keys.iter().copied());
                for key in stored {
                    pairs.push((key, token as u32));
                    if self.alone[token] {
                        pairs.push((skeleton::stored_alone(key), token as u32));
                    }
                }
            }
            let first = keys.first().copied().unwrap_or(0);
            self.out[Section::TokenSkeletons as usize].extend_from_slice(&first.to_le_bytes());
            whole.push(keys);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let partners = self.partners(&whole);
        let mut filed = 0;
        let mut last = None;
        for (i, &(key, token)) in pairs.iter().enumerate() {
            if last.replace(key) != Some(key) {
                self.put(Section::Keys, key);
                self.put(Section::KeyStarts, i as u32);
            }
            self.put(Section::KeyTokens, token);
            self.put(Section::PartnerStarts, filed as u32);
            filed += partners[filed..].iter().take_while(|(met, ..)| *met == (key, token)).count();
        }
        self.put(Section::KeyStarts, pairs.len() as u32);
        self.put(Section::PartnerStarts, filed as u32);
        for (_, partner, token, form) in partners {
            self.put(Section::Partners, partner.bits());
            self.put(Section::Partners, token);
            self.put(Section::Partners, form);
        }
    }

    /// What stands beside the tokens in right forms, in the order of their whole keys, which `whole` tells, and their own.
    fn partners(&mut self, whole: &[Vec<Key>]) -> Vec<((Key, u32), Partner, u32, u32)> {
        let middle = |token: u32| skeleton::middle(&whole[token as usize]);
        let mut partners = Vec::new();
        for (token, postings) in std::mem::take(&mut self.postings).iter().enumerate() {
            let token = token as u32;
            let beside = |form: u32| {
                let words = self.words_of(form);
                let at = words.iter().position(|&word| word == token).unwrap_or(0);
                let others = words.clone().into_iter().enumerate().filter(move |(i, _)| *i != at);
                others.map(move |(_, word)| (form, words.len(), word))
            };
            let records: Vec<(u32, usize, u32)> = postings.iter().copied().flat_map(beside).collect();
            let rare = records.len() <= RARE && skeleton::len(middle(token)) >= LONG;
            for &key in &whole[token as usize] {
                let packed = records
                    .iter()
                    .map(|&(form, words, word)| ((key, token), Partner::new(middle(word), words, rare), word, form));
                partners.extend(packed);
            }
        }
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    fn words_of(&self, form: u32) -> Vec<u32> {
        let number = |section: Section, at: usize| layout::read_u32(&self.out[section as usize], 4 * at).unwrap_or(0);
        let start = |form: u32| number(Section::Forms, 3 * form as usize + 2);
        (start(form)..start(form + 1)).map(|at| number(Section::Words, at as usize)).collect()
    }
}

/// An open-addressing table of the items with these hashes, at most half full.
fn hash_table(hashes: &[u64]) -> Vec<u8> {
    let size = (hashes.len() * 2).next_power_of_two().max(2);
    let layout = layout::Slots::of(hashes.len());
    let mut slots = vec![0u32; size];
    for (item, &hash) in hashes.iter().enumerate() {
        let mut at = hash as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = layout.slot(item as u32, hash);
    }
    slots.into_iter().flat_map(u32::to_le_bytes).collect()
}
