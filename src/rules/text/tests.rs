//! What all rules of this group have in common: they leave well-written texts of all languages alone, and stand anything.

use crate::dictionary::Dictionary;
use crate::document::Format;
use crate::lint::{Linter, Settings};
use crate::rules;
use crate::source::Source;
use std::time::{Duration, Instant};

fn linter(language: &str) -> Linter {
    let rules = rules::all().iter().filter(|rule| rule.group() == "text").map(|rule| (*rule, rule.severity)).collect();
    let settings = Settings { rules, target_language: language.to_owned(), ..Settings::default() };
    Linter::new(Dictionary::empty(), settings)
}

/// What the rules of this group find, "rule: text" each.
fn found(language: &str, text: &str) -> Vec<String> {
    let report = linter(language).worker().lint(&Source::new("a.txt", text), Format::Plain);
    report.diagnostics.iter().map(|d| format!("{}: {}", d.rule, d.text)).collect()
}

#[test]
fn well_written_texts_of_other_languages_are_left_alone() {
    let texts = [
        (
            "de",
            "„Das, das ich meine, ist groß“, sagte sie. Die Leute, die die Zeitung lesen, wissen es: Am 3. Mai 2021 kamen 1.500 Gäste (darunter Frau Özdemir) nach Köln; es war 20.15 Uhr. Er fragte: »Wohin?« – »Nach Hause!« Sie, die sie kannten, wussten, was dort dann geschehen würde.",
        ),
        (
            "fr",
            "« Vous vous trompez », dit-elle ; « où allez-vous ? » Nous nous levons à 7 h 30 : c’est l’heure ! Le prix est de 1 500 € (soit 10 % de plus). L’œuvre, parue en 1990-1991, coûte 12,50 €. J.-P. Dupont, qu’il a aujourd’hui rencontré, est né à Saint-Étienne.",
        ),
        (
            "es",
            "¿Qué quieres? ¡Nada! Dijo que no vendría; «mañana», añadió. El 3 de mayo de 2021 llegaron 1.500 personas (casi todas de Perú) a la capital. El señor Núñez, muy muy cansado, pidió agua: «¡Agua!», gritó. Eran las 20:15 h y hacía frío…",
        ),
        (
            "it",
            "«Perché no?», disse. L’Italia è bella; però così così. Il 3 maggio 2021 arrivarono 1.500 persone (quasi tutte di Roma). Un po’ d’acqua, per favore! Pian piano se ne andò. Città, università, libertà: tre parole. Alle 20.15 c’era già buio…",
        ),
        (
            "ru",
            "«Что вы говорите?» — спросил он. Президент Франции Эмманюэль Макрон прибыл 3 мая 2021 г. в 20:15; его встретили 1500 человек (в том числе журналисты). Компания Apple выпустила iPhone 13. Он вот-вот придёт, а мы чуть-чуть подождём. В 1990–1991 гг. было так.",
        ),
        (
            "ar",
            "قال الرئيس: «لن نتراجع»، ثم سأل: هل انتهى الأمر؟ وصل ١٥٠٠ شخص في ٣ مايو ٢٠٢١؛ وكانت الساعة 20:15. أعلنت شركة Apple هاتفها iPhone 13 (الجديد). كتبت صحيفة Le Monde أن الوضع جدّ خطير.",
        ),
        (
            "uk",
            "«Її не було», — сказав він. Ні, це не так: у Києві 3 травня 2021 р. зібралися 1500 людей. Ці вірші — її. З’їзд відбувся об 11:30.",
        ),
        ("zh", "他说：“我们不会退缩。”2021年5月3日，1500人（包括记者）抵达北京。苹果公司发布了iPhone 13。"),
        ("ja", "「行きましょう」と彼は言った。2021年5月3日、1500人（記者を含む）が東京に着いた。Tシャツを着ていた。"),
        ("ko", "“가자”고 그가 말했다. 2021년 5월 3일, 1500명(기자 포함)이 서울에 도착했다."),
        ("fa", "او گفت: «نمی\u{200c}خواهم». در سال ۱۴۰۰، ۱۵۰۰ نفر آمدند؛ آیا می\u{200c}دانید؟"),
        ("he", "הוא אמר: \"לא נלך\", ואז שאל: האם זה נגמר? ב-3 במאי 2021 הגיעו 1,500 איש (ובהם עיתונאים)."),
        ("hi", "उसने कहा, “हम नहीं जाएँगे।” ३ मई २०२१ को १५०० लोग आए।"),
        (
            "tr",
            "“Gitmeyeceğiz,” dedi. 3 Mayıs 2021’de 1.500 kişi (gazeteciler dâhil) Ankara’ya geldi. Yavaş yavaş yürüdü mü?",
        ),
    ];
    for (language, text) in texts {
        assert_eq!(found(language, text), [""; 0], "{language}");
    }
}

#[test]
fn well_written_english_is_left_alone() {
    let texts = [
        "“I had had enough,” she said; “that that was so, I knew.” The E.U., the U.S., etc., met at 8:15 p.m. in St. Petersburg (Fla.) on May 3, 2021. Prices rose 1,500.5%, to $12.50. He’s at Yahoo!, isn’t he? Node.js and .NET run on an iPhone…",
        "Łódź, São Paulo, Kraków, Malmö, Zürich, İzmir, Ağrı, Đà Nẵng, Ōsaka, Reykjavík, Besançon, Þingvellir, Fārs and El‘brus are towns or places; µm, Å, β-carotene, ΔG, H₂O, 5′-UTR, ½, №, °C, €5 and £3 are signs.",
        "Peking (Beijing, 北京) and Moscow (Москва) are capitals; “привет” means hello. The newspaper Правда – no, that is for another day.",
    ];
    for text in &texts[..2] {
        assert_eq!(found("en", text), [""; 0]);
    }
    assert_eq!(found("en", texts[2]), ["text/foreign-script: Правда"]);
}

/// Nothing may take more than linear time or stumble, whatever the text: thousands of the same, in one line and in many.
#[test]
fn no_text_is_too_strange() {
    let seeds = [
        "a",
        " ",
        ".",
        ",",
        ", ",
        "(",
        ")",
        "“",
        "”",
        "\"",
        "&",
        "<",
        "[",
        "\\",
        "& ",
        "<p",
        "a<",
        "1 ",
        "1-",
        "12:",
        "а",
        "Ã",
        "Ã©",
        "вЂ",
        "Рџ",
        "ظ…",
        "\u{200b}",
        "\u{202e}",
        "\u{feff}",
        "\u{fffd}",
        "é",
        "東",
        "、",
        "٣",
        "the ",
        "a b ",
        "a b c d ",
        "Click here ",
        "subscribe ",
        "After she filed, ",
        "translation: ",
        "<|im_end|>",
        "aA",
        "Paris.The ",
        "e\u{301}",
        "🏴\u{e0067}",
        "\u{1f468}\u{200d}",
        "\r",
        "\0",
        "pа",
        "` ",
        "To spy on. ",
    ];
    let linter = linter("en");
    let mut worker = linter.worker();
    for seed in seeds {
        for tail in ["", "\n", "x", "é"] {
            let text = format!("{}{tail}", seed.repeat(30_000 / seed.len()));
            let begun = Instant::now();
            worker.lint(&Source::new("a.txt", text.as_str()), Format::Plain);
            assert!(begun.elapsed() < Duration::from_secs(10), "{seed:?}");
        }
    }
}
