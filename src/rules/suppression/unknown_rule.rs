use super::super::{Context, Example, Languages, Rule};
use super::finding;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Severity};
use crate::span::Span;

pub static RULE: Rule = Rule {
    name: "suppression/unknown-rule",
    summary: "an ignore that names no rule",
    severity: Severity::Warning,
    on_by_default: true,
    languages: Languages::All,
    needs_names: false,
    fix: Some(Applicability::Unsafe),
    mqm: "other",
    documentation: "\
A comment such as `orthonym: ignore[names/acronim]` names a rule that does not exist, or asks for something that orthonym does not \
understand (`orthonym: ignroe`). It ignores nothing, and whoever wrote it believes that it does.

Where a name is like the one given, the fix writes it; it is unsafe, because another rule may have been meant.",
    examples: &[Example {
        dictionary: "",
        before: "<!-- orthonym: ignore[text/repaeted-word] --> He said “go go”.\n",
        after: "<!-- orthonym: ignore[text/repeated-word] --> He said “go go”.\n",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let better = |span: Span, meant: &str| {
        (meant.to_owned(), Edit { span, replacement: meant.to_owned() }, Applicability::Unsafe)
    };
    for target in context.suppressions.directives.iter().flat_map(|directive| &directive.targets) {
        let Err(unknown) = &target.selector else { continue };
        let message = format!("“{}” is no rule and no group of rules", unknown.name);
        let better = unknown.nearest.as_deref().map(|nearest| better(target.span, nearest));
        out.push(finding(context, &RULE, target.span, message, better));
    }
    for misspelt in &context.suppressions.misspelt {
        let better = misspelt.meant.map(|meant| better(misspelt.span, meant));
        out.push(finding(context, &RULE, misspelt.span, misspelt.message.clone(), better));
    }
}
