//! A compiled dictionary, used where it lies: in the program, in memory, or in a mapped file.
//!
//! Every read is checked: a damaged file yields wrong or empty answers, never a crash.

use super::entry::{FormKind, Kind};
use super::layout::{self, SECTIONS, Section, Slots, tag};
use super::partner::Partner;
use super::skeleton::Key;
use crate::text::fold::Word;
use std::borrow::Cow;
use std::ops::Range;
use thiserror::Error;

/// Why bytes are not a compiled dictionary.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum OpenError {
    #[error("the file does not begin as a compiled dictionary does")]
    Foreign,
    #[error("it is of version {found}, this program reads version {}; compile it again", layout::VERSION)]
    Version { found: u32 },
    #[error("it is truncated or damaged; compile it again")]
    Damaged,
}

/// The bytes of a compiled dictionary and where its sections lie.
pub struct Compiled {
    bytes: Box<dyn AsRef<[u8]> + Send + Sync>,
    sections: [Range<usize>; SECTIONS],
}

impl Compiled {
    /// Opens compiled bytes. Constant time: only the header is read; [`Compiled::verify`] reads all.
    ///
    /// # Errors
    /// Bytes of another format or version, or cut short.
    pub fn open(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Compiled, OpenError> {
        let slice = bytes.as_ref();
        if slice.get(..8) != Some(layout::MAGIC.as_slice()) {
            return Err(OpenError::Foreign);
        }
        match layout::read_u32(slice, 8) {
            Some(layout::VERSION) => {}
            Some(found) => return Err(OpenError::Version { found }),
            None => return Err(OpenError::Damaged),
        }
        if layout::read_u32(slice, 12) != Some(SECTIONS as u32) {
            return Err(OpenError::Damaged);
        }
        let sections = layout::read_sections(slice).ok_or(OpenError::Damaged)?;
        let power_of_two = |section: Section| (sections[section as usize].len() / 4).is_power_of_two();
        if !power_of_two(Section::TokenTable) || !power_of_two(Section::FormTable) {
            return Err(OpenError::Damaged);
        }
        Ok(Compiled { bytes: Box::new(bytes), sections })
    }

    /// Holds the bytes against their checksum.
    ///
    /// # Errors
    /// [`OpenError::Damaged`] where they differ.
    pub fn verify(&self) -> Result<(), OpenError> {
        let bytes = (*self.bytes).as_ref();
        (self.checksum() == layout::hash(&bytes[layout::HEADER..])).then_some(()).ok_or(OpenError::Damaged)
    }

    /// The checksum of all its bytes, as it was written down when it was compiled.
    pub fn checksum(&self) -> u64 {
        layout::read_u64((*self.bytes).as_ref(), 16).unwrap_or_default()
    }

    /// The sections, ready to be read. Cheap; made once for a piece of work.
    pub fn view(&self) -> View<'_> {
        let bytes = (*self.bytes).as_ref();
        let section = |s: Section| bytes.get(self.sections[s as usize].clone()).unwrap_or_default();
        View {
            entries: section(Section::Entries),
            entry_kinds: section(Section::EntryKinds),
            forms: section(Section::Forms),
            form_kinds: section(Section::FormKinds),
            text: section(Section::Text),
            words: section(Section::Words),
            tokens: section(Section::Tokens),
            token_text: section(Section::TokenText),
            token_reach: section(Section::TokenReach),
            token_skeletons: section(Section::TokenSkeletons),
            token_table: section(Section::TokenTable),
            postings: section(Section::Postings),
            partner_starts: section(Section::PartnerStarts),
            partners: section(Section::Partners),
            form_table: section(Section::FormTable),
            keys: section(Section::Keys),
            key_starts: section(Section::KeyStarts),
            key_tokens: section(Section::KeyTokens),
            ids: section(Section::Ids),
            details: section(Section::Details),
        }
    }

    /// All of the compiled bytes.
    pub fn bytes(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Compiled({} bytes)", self.bytes().len())
    }
}

/// Indexes into a compiled dictionary.
pub type EntryIndex = u32;
pub type FormIndex = u32;
pub type TokenIndex = u32;

/// The sections of a compiled dictionary, borrowed.
#[derive(Clone, Copy)]
pub struct View<'d> {
    entries: &'d [u8],
    entry_kinds: &'d [u8],
    forms: &'d [u8],
    form_kinds: &'d [u8],
    text: &'d [u8],
    words: &'d [u8],
    tokens: &'d [u8],
    token_text: &'d [u8],
    token_reach: &'d [u8],
    token_skeletons: &'d [u8],
    token_table: &'d [u8],
    postings: &'d [u8],
    partner_starts: &'d [u8],
    partners: &'d [u8],
    form_table: &'d [u8],
    keys: &'d [u8],
    key_starts: &'d [u8],
    key_tokens: &'d [u8],
    ids: &'d [u8],
    details: &'d [u8],
}

/// The number at index `at` of an array of u32; 0 beyond its end.
#[inline]
fn number(section: &[u8], at: usize) -> u32 {
    layout::read_u32(section, at.saturating_mul(4)).unwrap_or(0)
}

/// The numbers of an array of u32 in `range`, as far as they exist.
#[inline]
fn numbers(section: &[u8], range: Range<u32>) -> impl ExactSizeIterator<Item = u32> + Clone + '_ {
    let len = section.len() / 4;
    let start = (range.start as usize).min(len);
    let end = (range.end as usize).clamp(start, len);
    section[4 * start..4 * end].chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn string(section: &[u8], range: Range<u32>) -> &str {
    let bytes = section.get(range.start as usize..range.end as usize).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

impl<'d> View<'d> {
    pub fn entry_count(&self) -> u32 {
        self.entry_kinds.len() as u32
    }

    pub fn form_count(&self) -> u32 {
        self.form_kinds.len() as u32
    }

    pub fn token_count(&self) -> u32 {
        self.token_reach.len() as u32
    }

    pub fn kind(&self, entry: EntryIndex) -> Kind {
        let code = self.entry_kinds.get(entry as usize).copied().unwrap_or(0);
        Kind::ALL.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// The forms of an entry, the preferred one first.
    pub fn forms_of(&self, entry: EntryIndex) -> Range<FormIndex> {
        let at = entry as usize * 2;
        number(self.entries, at)..number(self.entries, at + 2).min(self.form_count())
    }

    pub fn entry_of(&self, form: FormIndex) -> EntryIndex {
        number(self.forms, form as usize * 3)
    }

    pub fn form_kind(&self, form: FormIndex) -> FormKind {
        FormKind::from_u8(self.form_kinds.get(form as usize).copied().unwrap_or(0))
    }

    pub fn form_text(&self, form: FormIndex) -> &'d str {
        let at = form as usize * 3;
        string(self.text, number(self.forms, at + 1)..number(self.forms, at + 4))
    }

    /// The preferred form of an entry.
    pub fn name(&self, entry: EntryIndex) -> &'d str {
        self.form_text(self.forms_of(entry).start)
    }

    /// The tokens of a form, in order.
    #[inline]
    pub fn words_of(&self, form: FormIndex) -> impl ExactSizeIterator<Item = TokenIndex> + Clone + 'd {
        let at = form as usize * 3;
        numbers(self.words, number(self.forms, at + 2)..number(self.forms, at + 5))
    }

    /// A token's key: folded letters where it is Latin.
    pub fn token_key(&self, token: TokenIndex) -> &'d str {
        let at = token as usize * 2;
        string(self.token_text, number(self.tokens, at)..number(self.tokens, at + 2))
    }

    /// A token's letters; `None` where it is no Latin word.
    #[inline]
    pub fn token_word(&self, token: TokenIndex) -> Option<Word> {
        let at = token as usize * 2;
        let range = number(self.tokens, at) as usize..number(self.tokens, at + 2) as usize;
        Word::of_key(self.token_text.get(range)?)
    }

    /// The most words that a form beginning with this token has; 0 where none does.
    pub fn reach(&self, token: TokenIndex) -> usize {
        usize::from(self.token_reach.get(token as usize).copied().unwrap_or(0))
    }

    /// A token's first skeleton key; 0 where it is no Latin word.
    pub fn skeleton(&self, token: TokenIndex) -> Key {
        number(self.token_skeletons, token as usize)
    }

    /// The right forms that hold a token, ascending.
    #[inline]
    pub fn postings(&self, token: TokenIndex) -> impl ExactSizeIterator<Item = FormIndex> + Clone + 'd {
        let at = token as usize * 2;
        numbers(self.postings, number(self.tokens, at + 1)..number(self.tokens, at + 3))
    }

    /// The tokens that have a whole key, and each one's records, to be read with [`View::partners`].
    pub fn partners_of_key(&self, key: Key) -> impl Iterator<Item = (TokenIndex, Range<u32>)> + use<'d> {
        let range = self.pairs_of_key(key);
        let closed = range.start..range.end.saturating_add(u32::from(!range.is_empty()));
        let starts = numbers(self.partner_starts, closed);
        let records = starts.clone().zip(starts.skip(1)).map(|(start, end)| start..end);
        numbers(self.key_tokens, range).zip(records)
    }

    /// Right forms of several words that hold a token, each with another of its words and that one's token; a form in which many
    /// words stand beside it comes more than once.
    #[inline]
    pub fn partners(
        &self,
        records: Range<u32>,
    ) -> impl ExactSizeIterator<Item = (Partner, TokenIndex, FormIndex)> + Clone + 'd {
        let len = self.partners.len() / 12;
        let end = (records.end as usize).min(len);
        let start = (records.start as usize).min(end);
        let word = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        let records = self.partners[12 * start..12 * end].chunks_exact(12);
        records.map(move |b| (Partner::from_bits(word(&b[..4])), word(&b[4..8]), word(&b[8..])))
    }

    /// The token of that key.
    pub fn find_token(&self, key: &str) -> Option<TokenIndex> {
        let slots = Slots::of(self.token_count() as usize);
        probe(self.token_table, slots, layout::hash(key.as_bytes())).find(|&token| self.token_key(token) == key)
    }

    /// The forms made of exactly these tokens, whose hash is `layout::hash_tokens`; several where entries share a form.
    pub fn find_forms<'s>(&self, hash: u64, tokens: &'s [TokenIndex]) -> impl Iterator<Item = FormIndex> + use<'s, 'd> {
        let view = *self;
        probe(self.form_table, Slots::of(self.form_count() as usize), hash)
            .filter(move |&form| view.words_of(form).eq(tokens.iter().copied()))
    }

    /// The tokens stored under a skeleton key.
    pub fn tokens_of_key(&self, key: Key) -> impl ExactSizeIterator<Item = TokenIndex> + Clone + 'd {
        numbers(self.key_tokens, self.pairs_of_key(key))
    }

    /// Where a key's tokens lie.
    fn pairs_of_key(&self, key: Key) -> Range<u32> {
        match self.index_of_key(key) {
            Some(at) => number(self.key_starts, at)..number(self.key_starts, at + 1),
            None => 0..0,
        }
    }

    fn index_of_key(&self, key: Key) -> Option<usize> {
        let (mut low, mut high) = (0, self.keys.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            if number(self.keys, middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.keys.len() / 4 && number(self.keys, low) == key).then_some(low)
    }

    /// An entry's id.
    pub fn id(&self, entry: EntryIndex) -> Cow<'d, str> {
        match self.details(entry, tag::ID).next() {
            Some(id) => Cow::Borrowed(id),
            None => Cow::Owned(super::entry::slug(self.name(entry))),
        }
    }

    pub fn find_id(&self, id: &str) -> Option<EntryIndex> {
        let (mut low, mut high) = (0, self.ids.len() / 4);
        while low < high {
            let middle = low + (high - low) / 2;
            let entry = number(self.ids, middle);
            match self.id(entry).as_ref().cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(entry),
            }
        }
        None
    }

    /// Native forms: language code (empty where unknown) and form.
    pub fn natives(&self, entry: EntryIndex) -> impl Iterator<Item = (&'d str, &'d str)> + use<'d> {
        self.details(entry, tag::NATIVE).filter_map(|value| value.split_once('\0'))
    }

    pub fn roles(&self, entry: EntryIndex) -> impl Iterator<Item = &'d str> + use<'d> {
        self.details(entry, tag::ROLE)
    }

    /// Ids of the entries that it appears beside.
    pub fn companions(&self, entry: EntryIndex) -> impl Iterator<Item = &'d str> + use<'d> {
        self.details(entry, tag::WITH)
    }

    /// Ids of the entries that it must not be turned into.
    pub fn confused_with(&self, entry: EntryIndex) -> impl Iterator<Item = &'d str> + use<'d> {
        self.details(entry, tag::CONFUSED_WITH)
    }

    pub fn source(&self, entry: EntryIndex) -> Option<&'d str> {
        self.details(entry, tag::SOURCE).next()
    }

    pub fn same_as(&self, entry: EntryIndex) -> Option<&'d str> {
        self.details(entry, tag::SAME_AS).next()
    }

    /// The style guides that prefer a form.
    pub fn styles(&self, form: FormIndex) -> impl Iterator<Item = &'d str> + use<'d> {
        let entry = self.entry_of(form);
        let index = form.wrapping_sub(self.forms_of(entry).start);
        self.details(entry, tag::STYLE).filter_map(move |value| {
            let (form, style) = value.split_once('\0')?;
            (form.parse() == Ok(index)).then_some(style)
        })
    }

    fn details(&self, entry: EntryIndex, wanted: u8) -> impl Iterator<Item = &'d str> + use<'d> {
        let at = entry as usize * 2;
        let range = number(self.entries, at + 1) as usize..number(self.entries, at + 3) as usize;
        let mut rest = self.details.get(range).unwrap_or_default();
        std::iter::from_fn(move || {
            loop {
                let (&[tag, low, high], behind) = rest.split_first_chunk::<3>()?;
                let (value, behind) = behind.split_at_checked(usize::from(u16::from_le_bytes([low, high])))?;
                rest = behind;
                if tag == wanted {
                    return std::str::from_utf8(value).ok();
                }
            }
        })
    }
}

/// The items in the probe sequence of `hash`, up to the first free slot, whose hashes may be the same.
fn probe(table: &[u8], slots: Slots, hash: u64) -> impl Iterator<Item = u32> + '_ {
    let size = table.len() / 4;
    let mask = size.wrapping_sub(1);
    (0..size)
        .map(move |i| number(table, (hash as usize).wrapping_add(i) & mask))
        .take_while(|&slot| slot != 0)
        .filter_map(move |slot| slots.item(slot, hash))
}
