use super::super::{Context, Example, Languages, Rule};
use super::finding;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Severity};
use crate::span::Span;
use crate::suppress::{Directive, Target};

pub static RULE: Rule = Rule {
    name: "suppression/unused",
    summary: "an ignore that ignores nothing",
    severity: Severity::Info,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Safe),
    mqm: "other",
    documentation: "\
A comment such as `orthonym: ignore[names/acronym]` stands where the rule finds nothing: the text was mended, or the rule has become \
better. Left there it would hide the next defect.

Rules that do not run in this run are not counted: an ignore of one of them may well be needed. The fix takes out what is of no use, \
with the comment where nothing else is in it, and is safe.",
    examples: &[
        Example {
            dictionary: "",
            before: "<!-- orthonym: ignore-next-line[text/repeated-word] -->\nThe minister spoke.\n",
            after: "The minister spoke.\n",
        },
        Example {
            dictionary: "",
            before: "The the minister. <!-- orthonym: ignore[text/repeated-word, names/calque] -->\n",
            after: "The the minister. <!-- orthonym: ignore[text/repeated-word] -->\n",
        },
        Example {
            dictionary: "",
            before: "The the minister. <!-- orthonym: ignore -->\n",
            after: "The the minister. <!-- orthonym: ignore -->\n",
        },
    ],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let text = context.source.text();
    for directive in &context.suppressions.directives {
        let unused: Vec<usize> =
            (0..directive.targets.len()).filter(|&index| is_unused(context, &directive.targets[index])).collect();
        if directive.targets.is_empty() && !directive.used.get() || is_all(directive, &unused) {
            let message = "this comment ignores nothing".to_owned();
            out.push(finding(context, &RULE, directive.span, message, without(text, directive)));
            continue;
        }
        for index in unused {
            let target = &directive.targets[index];
            let message = format!("“{}” is ignored here in vain", &text[target.span.range()]);
            let span = match directive.targets.get(index + 1) {
                Some(next) => Span::new(target.span.start, next.span.start),
                None => Span::new(directive.targets[index - 1].span.end, target.span.end),
            };
            let better = (String::new(), Edit { span, replacement: String::new() }, Applicability::Safe);
            out.push(finding(context, &RULE, target.span, message, Some(better)));
        }
    }
}

fn is_all(directive: &Directive, unused: &[usize]) -> bool {
    !unused.is_empty() && unused.len() == directive.targets.len()
}

/// Whether it names rules that ran, all of them in vain.
fn is_unused(context: &Context<'_, '_>, target: &Target) -> bool {
    let Ok(selector) = &target.selector else { return false };
    !target.used.get() && context.running.iter().any(|(rule, _)| selector.exactness(rule).is_some())
}

/// The text without the directive's comment, and without its line where nothing else stands there.
fn without(text: &str, directive: &Directive) -> Option<(String, Edit, Applicability)> {
    let comment = directive.comment;
    let inside = text[comment.range()].replace(&text[directive.span.range()], "");
    if inside.chars().any(char::is_alphanumeric) {
        return None;
    }
    let line_start = text[..comment.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[comment.end..].find('\n').map_or(text.len(), |newline| comment.end + newline + 1);
    let around = [&text[line_start..comment.start], &text[comment.end..line_end]];
    let is_alone = around.iter().all(|text| text.trim().is_empty());
    let span = if is_alone { Span::new(line_start, line_end) } else { comment };
    Some((String::new(), Edit { span, replacement: String::new() }, Applicability::Safe))
}
