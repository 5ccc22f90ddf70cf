//! Small files in each format, and what becomes of them.

use super::*;
use crate::curation::toml;

/// The entries as TOML, and what was skipped.
fn imported(format: Format, options: &Options, text: &str) -> (String, Vec<(&'static str, usize)>) {
    let mut out = String::new();
    let mut write = |entry: Entry| {
        toml::write(&entry, &mut out);
        Ok(())
    };
    let report = import(format, options, &mut text.as_bytes(), &mut write).unwrap();
    (out, report.skipped.into_iter().map(|(reason, (count, _))| (reason, count)).collect())
}

#[test]
fn csv_takes_the_columns_that_it_is_told() {
    let columns = [("name", "Full name"), ("native.ar", "Arabic"), ("accepted", "AKA")];
    let columns = columns.map(|(field, column)| (field.to_owned(), column.to_owned())).to_vec();
    let text = "Arabic,Full name,AKA\nإدوي بلينيل,Edwy Plenel,E. Plenel;H. E. Plenel\nx,,\n";
    let (out, skipped) =
        imported(Format::Csv, &Options { columns, licence: "ours".into(), ..Options::default() }, text);
    assert!(out.contains("native = { ar = \"إدوي بلينيل\" }\naccepted = [\"E. Plenel\", \"H. E. Plenel\"]"), "{out}");
    assert!(out.contains("source = \"row 2 (ours)\""), "{out}");
    assert_eq!(skipped, [("it has no name in Latin letters", 1)]);
    let columns = vec![("name".to_owned(), "Nom".to_owned())];
    let options = Options { columns, ..Options::default() };
    let error = import(Format::Csv, &options, &mut "A,B\n".as_bytes(), &mut |_| Ok(())).unwrap_err();
    assert_eq!(error.to_string(), "no column “Nom”; there are A, B");
}

#[test]
fn wikidata_labels_aliases_and_statements() {
    let text = r#"[
{"type":"item","id":"Q1","labels":{"en":{"value":"Edwy Plenel"},"ar":{"value":"إدوي بلينيل"},"fr":{"value":"Edwy Plenel"}},"aliases":{"en":[{"value":"Plenel"}]},"claims":{"P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}],"P742":[{"rank":"deprecated","mainsnak":{"datavalue":{"value":"Krasny"}}},{"rank":"normal","mainsnak":{"datavalue":{"value":"Joseph"}}}],"P9":[{"x":1}]},"sitelinks":{"enwiki":{},"frwiki":{}}},
{"type":"item","id":"Q2","labels":{"en":{"value":"Mediapart"}},"claims":{},"sitelinks":{}},
{"type":"property","id":"P1","labels":{}},
not json
]
"#;
    let options = Options { classes: vec!["Q5".into()], min_sitelinks: 2, ..Options::default() };
    let (out, skipped) = imported(Format::Wikidata, &options, text);
    assert_eq!(
        out,
        "[[name]]\nid = \"q1\"\nname = \"Edwy Plenel\"\nkind = \"person\"\nnative = { ar = \"إدوي بلينيل\" }\naccepted = [\"Plenel\", \"Joseph\"]\nsame_as = \"Q1\"\nsource = \"Wikidata Q1 (CC0)\"\n"
    );
    assert_eq!(skipped, [("it is no item", 1), ("its class is not asked for", 1), ("the line is no entity", 1)]);
}

#[test]
fn ftm_never_takes_weak_aliases() {
    let text = r#"{"id":"NK-1","schema":"Person","properties":{"name":["Эдви Пленель","Edwy Plenel"],"alias":["E. Plenel"],"weakAlias":["Eddy"]},"datasets":["peps"]}
{"id":"NK-2","schema":"Vessel","properties":{"name":["Mary"]}}
"#;
    let (out, skipped) = imported(Format::Ftm, &Options::default(), text);
    assert!(out.contains("name = \"Edwy Plenel\"") && out.contains("\"\" = \"Эдви Пленель\""), "{out}");
    assert!(out.contains("source = \"peps: NK-1\"") && !out.contains("Eddy"), "{out}");
    assert_eq!(skipped, [("a weak alias is never matched", 1), ("its schema bears no names", 1)]);
}

#[test]
fn jrc_accepts_no_variant_unseen() {
    let text =
        "0\tU\tu\tjunk\n1\tP\tu\tEdwy+Plenel\n1\tP\tar\tإدوي+بلينيل\n1\tP\tu\tEdvy+Plenel\n2\tO\ten\tMediapart\n";
    let (out, skipped) = imported(Format::Jrc, &Options::default(), text);
    assert_eq!(out.matches("[[name]]").count(), 2);
    assert!(out.contains("native = { ar = \"إدوي بلينيل\" }") && !out.contains("Edvy"), "{out}");
    assert_eq!(skipped.iter().map(|(_, count)| count).sum::<usize>(), 2);
}

#[test]
fn geonames_gathers_the_lines_of_a_place() {
    let text =
        "1\t7\ten\tCairo\t1\t\t\t\n2\t8\tlink\thttps://x\t\t\t\t\n3\t7\tar\tالقاهرة\t\t\t\t\n4\t7\ten\tMisr\t\t\t1\t\n";
    let (out, skipped) = imported(Format::Geonames, &Options::default(), text);
    assert!(
        out.contains("id = \"geonames-7\"\nname = \"Cairo\"\nkind = \"place\"\nnative = { ar = \"القاهرة\" }"),
        "{out}"
    );
    assert_eq!(skipped.len(), 2);
}

#[test]
fn paranames_rigour_and_tbx() {
    let text = "wikidata_id\teng\tlabel\tlanguage\ttype\nQ1\tEdwy Plenel\tЭдви Пленель\tru\tPER\nQ1\tEdwy Plenel\tEdwy Plenel\tfr\tPER\n";
    let (out, _) = imported(Format::Paranames, &Options::default(), text);
    assert!(out.contains("native = { ru = \"Эдви Пленель\" }"), "{out}");

    let (out, _) = imported(Format::Rigour, &Options::default(), "jean-luc, жан-люк, jeanluc => Q1\nbroken\n");
    assert!(out.contains("name = \"Jean-Luc\"") && out.contains("accepted = [\"Jeanluc\"]"), "{out}");

    let text = r#"<tbx><conceptEntry id="c1"><langSec xml:lang="en-GB"><termSec><term>Johnson &amp; Co</term></termSec>
        <termSec><term>Jonson</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
        <langSec xml:lang="ru"><termSec><term>Джонсон</term></termSec></langSec></conceptEntry></tbx>"#;
    let (out, skipped) = imported(Format::Tbx, &Options::default(), text);
    assert!(out.contains("name = \"Johnson & Co\"") && out.contains("ru = \"Джонсон\""), "{out}");
    assert_eq!(skipped, [("the term is deprecated", 1)]);
}
