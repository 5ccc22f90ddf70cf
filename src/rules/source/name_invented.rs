use super::super::{Context, Example, Finding, Languages, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::names::resolve::Resolution;
use crate::text::character::{self, Script};

pub static RULE: Rule = Rule {
    name: "source/name-invented",
    summary: "a name that the translation has and the source lacks",
    severity: Severity::Warning,
    on_by_default: false,
    languages: Languages::All,
    needs_names: true,
    fix: None,
    mqm: "accuracy/addition",
    documentation: "\
The target names an entry of the dictionary in full, and the source has it in no native form that the dictionary knows. A decoder puts in a famous name where it meets one that \
it does not know.

Off by default: it is only as good as the dictionary's native forms, for a source may spell a name in a way that the dictionary lacks. Asked are only \
entries that have a native form in the script of the source, and names of two words or more.",
    examples: &[Example {
        dictionary: "[[name]]\nname = \"Edwy Plenel\"\nnative = { ar = \"إدوي بلينيل\" }\n",
        before: "source\ttarget\nقال المدير أمس\tEdwy Plenel said yesterday\nقال إدوي بلينيل\tEdwy Plenel said\n",
        after: "source\ttarget\nقال المدير أمس\t⟦Edwy Plenel⟧ said yesterday\nقال إدوي بلينيل\tEdwy Plenel said\n",
    }],
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut finder = context.natives.finder();
    for mention in context.mentions.iter().filter(|mention| mention.words.len() >= 2) {
        let (Resolution::Form(exact), Some(source)) =
            (&mention.resolution, context.document.segments[mention.segment].source.as_deref())
        else {
            continue;
        };
        let Some(script) = script(&source.text).filter(|script| *script != Script::Latin) else { continue };
        let named = finder.find(&source.text);
        let is_invented = exact.iter().filter(|e| e.kind.is_right()).all(|e| {
            let natives = context.ranker.view(e.entry).natives(e.entry.index);
            let mut natives = natives.filter(|(_, native)| self::script(native) == Some(script)).peekable();
            // A part of the name in the source is enough.
            natives.peek().is_some()
                && named.iter().all(|named| named.entry != e.entry)
                && !natives.any(|(_, native)| native.split_whitespace().any(|word| source.text.contains(word)))
        });
        if is_invented && exact.iter().any(|e| e.kind.is_right()) {
            let text = context.document.segments[mention.segment].text.get(mention.span.range()).unwrap_or_default();
            let message = format!("the source does not name “{text}”");
            Finding::new(context, &RULE, mention.segment, mention.span, message).confidence(0.7).push(out);
        }
    }
}

/// The script of a text's first letter of any.
fn script(text: &str) -> Option<Script> {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .map(character::script)
        .find(|s| !matches!(s, Script::Common | Script::Inherited))
}
