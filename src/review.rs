//! Going through the findings of a file one at a time: what was decided, what comes next. A state machine without a terminal.

use crate::diagnostic::{Diagnostic, Edit};

/// What somebody answers to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Apply the first suggestion.
    Yes,
    No,
    /// Apply the first suggestion here and wherever the same text has the same one.
    All,
    /// Apply the suggestion of that number, from 1.
    Candidate(usize),
    /// Write this text.
    Edit(String),
    /// Leave this finding and all after it.
    Skip,
    /// Leave it, and ignore this text from now on.
    Ignore,
    /// Back to the finding before, as it was.
    Undo,
    /// Leave the rest, of this file and of others.
    Quit,
}

/// Why an answer is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoCandidate,
    NotEditable,
    Overlap,
    NothingToUndo,
}

impl Refusal {
    pub fn message(self) -> &'static str {
        match self {
            Refusal::NoCandidate => "there is no such candidate that can be applied",
            Refusal::NotEditable => "this place cannot be edited freely",
            Refusal::Overlap => "it overlaps what you chose for another finding; leave it, or undo that",
            Refusal::NothingToUndo => "there is nothing to undo",
        }
    }
}

/// What came of a review.
#[derive(Debug, PartialEq)]
pub struct Decided {
    /// What is to be written for each finding; `None` where it is left. No two overlap.
    pub edits: Vec<Option<Vec<Edit>>>,
    /// The texts that are to be ignored from now on.
    pub ignored: Vec<String>,
    /// The number of findings that were gone through.
    pub reached: usize,
}

/// The review of one file.
pub struct Review<'d> {
    findings: &'d [Diagnostic],
    state: State,
    /// The state before each answer.
    history: Vec<State>,
    quit: bool,
}

#[derive(Clone)]
struct State {
    /// The finding that is to be decided.
    at: usize,
    /// What is to be written for each finding; `None` where it is left.
    edits: Vec<Option<Vec<Edit>>>,
    ignored: Vec<String>,
    reached: usize,
}

impl<'d> Review<'d> {
    pub fn new(findings: &'d [Diagnostic]) -> Review<'d> {
        let state = State { at: 0, edits: vec![None; findings.len()], ignored: Vec::new(), reached: 0 };
        Review { findings, state, history: Vec::new(), quit: false }
    }

    /// The finding that is to be decided, if one is left.
    pub fn current(&self) -> Option<&'d Diagnostic> {
        self.findings.get(self.state.at)
    }

    /// The number of the current finding, from 1, and of all.
    pub fn progress(&self) -> (usize, usize) {
        (self.state.at + 1, self.findings.len())
    }

    /// Whether no other file is to be shown.
    pub fn has_quit(&self) -> bool {
        self.quit
    }

    /// # Errors
    /// The answer does not fit the finding, and nothing has changed.
    pub fn answer(&mut self, answer: &Answer) -> Result<(), Refusal> {
        if *answer == Answer::Undo {
            self.state = self.history.pop().ok_or(Refusal::NothingToUndo)?;
            return Ok(());
        }
        let Some(finding) = self.current() else { return Ok(()) };
        let mut next = self.state.clone();
        let at = next.at;
        match answer {
            Answer::Yes => next.choose(at, candidate(finding, 1)?)?,
            Answer::Candidate(number) => next.choose(at, candidate(finding, *number)?)?,
            Answer::Edit(text) => next.choose(at, edited(finding, text)?)?,
            Answer::All => {
                next.choose(at, candidate(finding, 1)?)?;
                let wanted = finding.suggestions.first().map(|first| &first.text);
                for (index, other) in self.findings.iter().enumerate().skip(at + 1) {
                    let is_alike =
                        other.text == finding.text && other.suggestions.first().map(|first| &first.text) == wanted;
                    if is_alike && let Ok(edits) = candidate(other, 1) {
                        // What cannot be chosen is asked about in its turn.
                        let _ = next.choose(index, edits);
                    }
                }
            }
            Answer::Ignore => next.ignored.push(finding.text.clone()),
            Answer::No | Answer::Skip | Answer::Quit | Answer::Undo => {}
        }
        self.quit = *answer == Answer::Quit;
        next.reached = if *answer == Answer::Skip { self.findings.len() } else { at + usize::from(!self.quit) };
        next.at = match answer {
            Answer::Skip | Answer::Quit => self.findings.len(),
            _ => next.following(self.findings),
        };
        self.history.push(std::mem::replace(&mut self.state, next));
        Ok(())
    }

    pub fn finish(self) -> Decided {
        let State { edits, ignored, reached, .. } = self.state;
        Decided { edits, ignored, reached }
    }
}

impl State {
    fn choose(&mut self, index: usize, edits: Vec<Edit>) -> Result<(), Refusal> {
        let others = self.edits.iter().flatten().flatten();
        let meets = |other: &Edit| edits.iter().any(|edit| edit.span.overlaps(other.span) || edit.span == other.span);
        if others.into_iter().any(meets) {
            return Err(Refusal::Overlap);
        }
        self.edits[index] = Some(edits);
        Ok(())
    }

    /// The next finding that nothing has been decided about.
    fn following(&self, findings: &[Diagnostic]) -> usize {
        let is_open = |index: &usize| self.edits[*index].is_none() && !self.ignored.contains(&findings[*index].text);
        (self.at + 1..findings.len()).find(is_open).unwrap_or(findings.len())
    }
}

fn candidate(finding: &Diagnostic, number: usize) -> Result<Vec<Edit>, Refusal> {
    let suggestion = number.checked_sub(1).and_then(|index| finding.suggestions.get(index));
    let edits = suggestion.map(|suggestion| suggestion.edits.clone()).filter(|edits| !edits.is_empty());
    edits.ok_or(Refusal::NoCandidate)
}

/// A text of somebody's own, where the file takes text as it is: seen by a suggestion that stands there unescaped.
fn edited(finding: &Diagnostic, text: &str) -> Result<Vec<Edit>, Refusal> {
    let is_plain = finding.suggestions.iter().any(|suggestion| {
        matches!(&suggestion.edits[..], [edit] if edit.span == finding.span && edit.replacement == suggestion.text)
    });
    if !is_plain || text.contains(['<', '>', '&', '"', '\\']) {
        return Err(Refusal::NotEditable);
    }
    Ok(vec![Edit { span: finding.span, replacement: text.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Applicability, Severity, Suggestion};
    use crate::span::Span;

    fn finding(start: usize, text: &str, candidates: &[&str]) -> Diagnostic {
        let span = Span::new(start, start + text.len());
        let suggestion = |candidate: &&str| Suggestion {
            text: (*candidate).to_owned(),
            entry: None,
            confidence: 0.5,
            applicability: Applicability::DisplayOnly,
            edits: vec![Edit { span, replacement: (*candidate).to_owned() }],
        };
        Diagnostic {
            rule: "test/rule",
            severity: Severity::Warning,
            span,
            text: text.to_owned(),
            message: String::new(),
            confidence: 1.0,
            suggestions: candidates.iter().map(suggestion).collect(),
            notes: Vec::new(),
            related: Vec::new(),
        }
    }

    /// What is written after these answers, and what is ignored.
    fn after(answers: &[Answer]) -> (Vec<String>, Vec<String>) {
        let findings = [finding(0, "a", &["A", "Á"]), finding(5, "b", &[]), finding(9, "a", &["A"])];
        let mut review = Review::new(&findings);
        for answer in answers {
            review.answer(answer).unwrap();
        }
        let Decided { edits, ignored, .. } = review.finish();
        let edits: Vec<Edit> = edits.into_iter().flatten().flatten().collect();
        (edits.iter().map(|edit| format!("{}:{}", edit.span.start, edit.replacement)).collect(), ignored)
    }

    #[test]
    fn every_answer_does_what_it_says() {
        use Answer::*;
        assert_eq!(after(&[Yes, No, No]).0, ["0:A"]);
        assert_eq!(after(&[Candidate(2), No, Yes]).0, ["0:Á", "9:A"]);
        assert_eq!(after(&[All, No]).0, ["0:A", "9:A"]);
        assert_eq!(after(&[Edit("Ā".to_owned()), Skip]).0, ["0:Ā"]);
        assert_eq!(after(&[Yes, Quit]).0, ["0:A"]);
        assert_eq!(after(&[Ignore]), (vec![], vec!["a".to_owned()]));
        assert_eq!(after(&[All, Undo, No, No, Yes]).0, ["9:A"]);
        assert_eq!(after(&[Ignore, Undo, Yes]), (vec!["0:A".to_owned()], vec![]));
    }

    #[test]
    fn what_overlaps_a_choice_is_refused_until_that_is_undone() {
        let findings = [finding(0, "a b", &["A B"]), finding(2, "b c", &["B C"])];
        let mut review = Review::new(&findings);
        review.answer(&Answer::Yes).unwrap();
        assert_eq!(review.answer(&Answer::Yes), Err(Refusal::Overlap));
        review.answer(&Answer::Undo).unwrap();
        review.answer(&Answer::No).unwrap();
        review.answer(&Answer::Yes).unwrap();
        assert!(review.finish().edits[0].is_none());
    }

    #[test]
    fn it_is_known_how_far_somebody_came() {
        let findings = [finding(0, "a", &["A"]), finding(5, "b", &["B"]), finding(9, "c", &["C"])];
        let reached = |answers: &[Answer]| {
            let mut review = Review::new(&findings);
            answers.iter().for_each(|answer| review.answer(answer).unwrap());
            review.finish().reached
        };
        assert_eq!(reached(&[Answer::Quit]), 0);
        assert_eq!(reached(&[Answer::No, Answer::Quit]), 1);
        assert_eq!(reached(&[Answer::No, Answer::Undo]), 0);
        assert_eq!(reached(&[Answer::Yes, Answer::Skip]), 3);
    }

    #[test]
    fn what_cannot_be_done_changes_nothing() {
        let findings = [finding(0, "b", &[])];
        let mut review = Review::new(&findings);
        assert_eq!(review.answer(&Answer::Undo), Err(Refusal::NothingToUndo));
        assert_eq!(review.answer(&Answer::Yes), Err(Refusal::NoCandidate));
        assert_eq!(review.answer(&Answer::Candidate(0)), Err(Refusal::NoCandidate));
        assert_eq!(review.answer(&Answer::Edit("x".to_owned())), Err(Refusal::NotEditable));
        assert_eq!(review.progress(), (1, 1));
        review.answer(&Answer::Quit).unwrap();
        assert!(review.current().is_none() && review.has_quit());
    }
}
