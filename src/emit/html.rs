//! A page of its own for people: each text with its findings in place, what is said of them on hover, a filter by rule.
//!
//! Everything is in the one file, `report.html` with its places filled. A finding is written once, in a list below its text; the
//! marks in the text link to it, and the page's script shows it beside the mark.

use super::display::must_escape;
use super::{Emitter, FileFindings, RuleInfo, Tally, WriteColor, percent};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::source::Source;
use crate::span::Span;
use std::io;

const TEMPLATE: &str = include_str!("report.html");
/// A stretch of text without findings is shown whole up to this length, in bytes; of a longer one this much at either end.
const WHOLE: usize = 6000;
const END: usize = 2000;

pub struct Html {
    pub rules: Vec<RuleInfo>,
    /// The sections of the files with findings: the page begins with what is known at the end.
    files: String,
    /// The number of findings so far.
    count: usize,
}

impl Html {
    pub fn new(rules: &[RuleInfo]) -> Html {
        Html { rules: rules.to_vec(), files: String::new(), count: 0 }
    }

    /// A box to tick for each rule that found something.
    fn filter(&self, tally: &Tally) -> String {
        let mut shown = String::new();
        for (name, count) in tally.by_rule() {
            let summary = self.rules.iter().find(|rule| rule.name == name).map_or("", |rule| rule.summary);
            shown += &format!(
                "\n<label title=\"{}\"><input type=\"checkbox\" value=\"{name}\" checked>{name}<b class=\"count\">{}</b></label>",
                escape(summary),
                count.findings
            );
        }
        if tally.by_rule().len() > 1 {
            shown += "\n<button type=\"button\" data-all=\"on\">all</button> <button type=\"button\" data-all=\"off\">none</button>";
        }
        shown
    }
}

impl Emitter for Html {
    fn file(&mut self, file: FileFindings<'_>, _: &mut dyn WriteColor) -> io::Result<()> {
        if file.diagnostics.is_empty() {
            return Ok(());
        }
        let count = file.diagnostics.len();
        self.files += &format!("<section>\n<h2>{}<b class=\"count\">{count}</b></h2>\n", escape(file.path));
        self.files += &Text::of(file, self.count).shown;
        self.files += &format!("<details><summary>Findings<b class=\"count\">{count}</b></summary>\n<ol>\n");
        for (index, diagnostic) in file.diagnostics.iter().enumerate() {
            self.files += &finding(self.count + index, file.source, diagnostic);
        }
        self.files += "</ol></details>\n</section>\n";
        self.count += count;
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn WriteColor) -> io::Result<()> {
        let title = if self.count == 1 { "1 finding".to_owned() } else { format!("{} findings", self.count) };
        let mut rest = TEMPLATE;
        while let Some((before, (name, after))) =
            rest.split_once("{{").and_then(|(b, r)| Some((b, r.split_once("}}")?)))
        {
            out.write_all(before.as_bytes())?;
            match name {
                "title" => out.write_all(title.as_bytes())?,
                "summary" => out.write_all(escape(&tally.to_string()).as_bytes())?,
                "rules" => out.write_all(self.filter(tally).as_bytes())?,
                _ => out.write_all(self.files.as_bytes())?,
            }
            rest = after;
        }
        out.write_all(rest.as_bytes())
    }
}

/// What is said of a finding.
fn finding(number: usize, source: &Source, diagnostic: &Diagnostic) -> String {
    let Diagnostic { rule, severity, message, suggestions, notes, related, .. } = diagnostic;
    let place = source.position(diagnostic.span.start);
    let mut shown = format!(
        "<li class=\"finding {severity}\" id=\"f{number}\" data-rule=\"{rule}\">\n\
         <p class=\"rule\">{severity}: {rule}, line {}</p>\n<p>{}</p>\n",
        place.line,
        escape(message)
    );
    let mut list = String::new();
    for suggestion in suggestions {
        let text = match suggestion.text.as_str() {
            "" => "should not be here".to_owned(),
            text => format!("<bdi class=\"better\">{}</bdi>", escape(text)),
        };
        let sure = percent(suggestion.confidence);
        let unasked = match suggestion.applicability {
            Applicability::Safe => ", safe",
            Applicability::Unsafe => ", unsafe",
            Applicability::DisplayOnly => "",
        };
        list += &format!("<li>{text} <span class=\"sure\">{sure}{unasked}</span></li>\n");
    }
    for note in notes {
        list += &format!("<li>{}</li>\n", escape(note));
    }
    for other in related {
        let line = source.position(other.span.start).line;
        list += &format!("<li>line {line}: {}</li>\n", escape(&other.message));
    }
    if !list.is_empty() {
        shown += &format!("<ul>\n{list}</ul>\n");
    }
    shown + &format!("<p class=\"sure\">{} sure</p>\n</li>\n", percent(diagnostic.confidence))
}

/// A file's text with its findings marked, line by line.
struct Text<'a> {
    file: FileFindings<'a>,
    /// The number of the file's first finding.
    first: usize,
    /// From 1.
    line: usize,
    shown: String,
}

impl<'a> Text<'a> {
    fn of(file: FileFindings<'a>, first: usize) -> Text<'a> {
        let mut text = Text { file, first, line: 1, shown: String::from("<div class=\"text\">\n") };
        let (whole, found) = (file.source.text(), file.diagnostics);
        let begin = if whole.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        // The text changes its look at these places.
        let mut cuts: Vec<usize> = found.iter().flat_map(|finding| [finding.span.start, finding.span.end]).collect();
        cuts.extend([begin, whole.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut next = 0;
        let mut here: Vec<usize> = Vec::new();
        text.begin_line();
        for (index, &start) in cuts.iter().enumerate() {
            while let Some(finding) = found.get(next).filter(|finding| finding.span.start <= start) {
                match finding.span.is_empty() {
                    true => text.mark(&[next], "‸", " point"),
                    false => here.push(next),
                }
                next += 1;
            }
            here.retain(|&finding| found[finding].span.end > start);
            let end = cuts.get(index + 1).copied().unwrap_or(start);
            let piece = file.source.slice(Span::new(start, end));
            match here.is_empty() {
                true => text.plain(piece),
                false => text.lines(piece, |text, line| text.mark(&here, line, "")),
            }
        }
        text.shown += "</div>\n</div>\n";
        text
    }

    /// Text without findings; the middle of a long stretch is left out, by lines where there are any.
    fn plain(&mut self, piece: &str) {
        let show = |text: &mut Self, line: &str| text.shown += &escape(line);
        if piece.len() <= WHOLE {
            return self.lines(piece, show);
        }
        let head = &piece[..piece.floor_char_boundary(END)];
        let head = &head[..head.rfind('\n').map_or(head.len(), |newline| newline + 1)];
        let tail = &piece[piece.ceil_char_boundary(piece.len() - END)..];
        let tail = &tail[tail.find('\n').map_or(0, |newline| newline + 1)..];
        let left_out = &piece[head.len()..piece.len() - tail.len()];
        self.lines(head, show);
        match memchr::memchr_iter(b'\n', left_out.as_bytes()).count() {
            0 => self.shown += &format!("<span class=\"gap\">… {} characters …</span>", left_out.chars().count()),
            lines => {
                self.shown += &format!("</div>\n<div class=\"gap\">… {lines} lines …</div>\n");
                self.line += lines;
                self.begin_line();
            }
        }
        self.lines(tail, show);
    }

    fn lines(&mut self, piece: &str, show: impl Fn(&mut Self, &str)) {
        for (index, line) in piece.split('\n').enumerate() {
            if index > 0 {
                self.shown += "</div>\n";
                self.line += 1;
                self.begin_line();
            }
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !line.is_empty() {
                show(self, line);
            }
        }
    }

    fn begin_line(&mut self) {
        self.shown += &format!("<div class=\"l\" dir=\"auto\" data-n=\"{}\">", self.line);
    }

    fn mark(&mut self, findings: &[usize], text: &str, class: &str) {
        let numbers: Vec<String> = findings.iter().map(|finding| (self.first + finding).to_string()).collect();
        let severities = findings.iter().map(|&finding| self.file.diagnostics[finding].severity);
        let Some(severity) = severities.max() else { return };
        let (first, all, text) = (&numbers[0], numbers.join(" "), escape(text));
        self.shown += &format!("<a class=\"f {severity}{class}\" href=\"#f{first}\" data-f=\"{all}\">{text}</a>");
    }
}

/// The text as HTML, in one line; what cannot be seen, or turns the direction of what follows, is shown as its number.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => escaped.push(' '),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push(c),
            c if must_escape(c) => {
                escaped += &format!("<span class=\"odd\">U+{:04X}</span>", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}
