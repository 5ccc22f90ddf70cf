//! Known phrases: runs of words that are forms of entries, word for word.

use super::{Mention, Place, Resolution, Resolver, words_span};
use crate::names::query::{QueryWord, without_possessive};
use crate::names::rank::Exact;
use crate::names::vocabulary::WordIndex;
use crate::text::scan::{self, Gap, Shape, Token};

impl Resolver<'_> {
    /// Marks the words of known phrases, the longest first where they begin; empty where there are none.
    pub(super) fn phrases(
        &mut self,
        place: &mut Place<'_, '_>,
        sentence: &[Token],
        numbers: &[Option<WordIndex>],
    ) -> Vec<bool> {
        let mut covered = Vec::new();
        let mut i = 0;
        while i < sentence.len() {
            let reach = numbers[i].map_or(0, |number| usize::from(self.vocabulary.word(number).reach));
            let found = match reach > 0 && may_begin(&sentence[i]) {
                true => self.phrase_at(place.text, sentence, i, reach),
                false => None,
            };
            let Some((len, exact)) = found else {
                i += 1;
                continue;
            };
            // A single word beside another capital may be a part of a longer name.
            if len > 1 || !self.stands_in_chain(sentence, numbers, i) {
                covered.resize(sentence.len(), false);
                covered[i..i + len].fill(true);
            }
            let tokens = &sentence[i..i + len];
            let span = words_span(place.text, tokens);
            let words = tokens.iter().map(|t| QueryWord::new(without_possessive(t.text(place.text)))).collect();
            let resolution = Resolution::Form(exact);
            place.mentions.push(Mention { segment: place.segment, span, words, resolution });
            i += len;
        }
        covered
    }

    /// Whether a word has a neighbour with which it may make a longer name.
    pub(super) fn stands_in_chain(&self, sentence: &[Token], numbers: &[Option<WordIndex>], i: usize) -> bool {
        let joins = |i: &usize| matches!(sentence[*i].gap, Gap::Space | Gap::Line | Gap::Hyphen);
        let before = i.checked_sub(1).filter(|_| joins(&i));
        let after = Some(i + 1).filter(|next| *next < sentence.len()).filter(joins);
        [before, after].into_iter().flatten().any(|i| {
            let kinds = numbers[i].and_then(|number| self.vocabulary.word(number).kinds);
            sentence[i].is_capital() && kinds.is_some_and(|k| !k.title() && !k.role() && !k.demonym() && !k.calendar())
        })
    }

    /// The longest phrase of the dictionary that begins at word `i`, and its length in words, `reach` at the most.
    pub(super) fn phrase_at(
        &mut self,
        text: &str,
        sentence: &[Token],
        i: usize,
        reach: usize,
    ) -> Option<(usize, Vec<Exact>)> {
        let mut numbers: Vec<WordIndex> = Vec::with_capacity(reach);
        for token in sentence[i..].iter().take(reach) {
            if !numbers.is_empty() && matches!(token.gap, Gap::End | Gap::Paragraph) {
                break;
            }
            let number = self.vocabulary.index(&self.ranker, token.text(text));
            if self.vocabulary.tokens(number).iter().all(Option::is_none) {
                break;
            }
            numbers.push(number);
        }
        let tokens = &sentence[i..i + numbers.len()];
        for len in (1..=numbers.len()).rev() {
            let words = numbers[..len].iter().map(|&number| self.vocabulary.tokens(number));
            let mut exact = Vec::new();
            self.ranker.exact_tokens(words, &mut exact);
            exact.retain(|e| self.may_stand_for(text, &tokens[..len], e));
            if !exact.is_empty() {
                return Some((len, exact));
            }
        }
        None
    }

    /// Whether these words of the text can be that form: its marks and possessives stand where the form has them, and it is no
    /// ordinary word.
    fn may_stand_for(&self, text: &str, tokens: &[Token], exact: &Exact) -> bool {
        let form = self.ranker.view(exact.entry).form_text(exact.form);
        let form_tokens: Vec<Token> = scan::tokens(form).collect();
        let marks = |tokens: &[Token]| tokens.iter().skip(1).filter(|t| matches!(t.gap, Gap::Stop | Gap::Mark)).count();
        if marks(tokens) > marks(&form_tokens) {
            return false;
        }
        // Behind the last word it belongs to the sentence: "the FDA's".
        let Some((_, before)) = tokens.split_last() else { return false };
        let possesses = |(token, own): (&Token, &Token)| is_possessive(text, token) && !is_possessive(form, own);
        if before.iter().zip(&form_tokens).any(possesses) {
            return false;
        }
        if tokens.len() == 1 {
            // A word alone must be written as a name, where the form is.
            let capital = form_tokens.first().is_some_and(Token::is_capital);
            return !capital || tokens[0].is_capital() || tokens[0].shape == Shape::Number;
        }
        tokens.iter().any(Token::is_capital) || !form_tokens.iter().any(Token::is_capital)
    }
}

fn is_possessive(text: &str, token: &Token) -> bool {
    without_possessive(token.text(text)).len() < token.span.len()
}

pub(super) fn may_begin(token: &Token) -> bool {
    token.is_capital() || matches!(token.shape, Shape::Number) || token.gap == Gap::Hyphen
}
