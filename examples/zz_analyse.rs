use orthonym::dictionary::*;
use orthonym::names::{query, rank::Ranker};
use std::collections::{BTreeMap, HashMap};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let folder = std::path::Path::new(&a[1]);
    let natives = a.contains(&"native".to_string());
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut files = vec!["dictionary_names.txt"];
    if a.contains(&"big".to_string()) {
        files.push("distractors_100k.txt");
    }
    for file in files {
        for line in std::fs::read_to_string(folder.join(file)).unwrap().lines() {
            let (n, v) = line.split_once('\t').unwrap_or((line, ""));
            names.insert(n.into(), v.into());
        }
    }
    let text = std::fs::read_to_string(folder.join("roundtrip_names.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split('\t').collect()).collect();
    for r in &rows {
        names.insert(r[2].into(), r[1].into());
    }
    let entries: Vec<Entry> = names
        .iter()
        .map(|(n, v)| {
            let mut e = Entry { name: n.clone(), ..Entry::default() };
            if natives && !v.is_empty() {
                e.native.insert(String::new(), entry::OneOrMany::One(v.clone()));
            }
            e
        })
        .collect();
    let t = std::time::Instant::now();
    let mut d = Dictionary::empty();
    d.push(Compiled::open(compile(&entries)).unwrap());
    eprintln!("compile {:?}", t.elapsed());
    let mut ranker = Ranker::new(&d);
    let mut stats: HashMap<String, [usize; 3]> = HashMap::new();
    let t = std::time::Instant::now();
    let mut n = 0;
    let mut cands = 0;
    for r in rows.iter().step_by(3) {
        n += 1;
        let words = query::words(r[3]);
        let ranking = ranker.rank(&words);
        cands += ranking.candidates.len();
        let pos = ranking
            .candidates
            .iter()
            .position(|c| ranker.view(c.entry).name(c.entry.index).to_lowercase() == r[2].to_lowercase());
        for key in [r[0].to_string(), format!("{}/{}", r[0], r[4]), "all".into()] {
            let s = stats.entry(key).or_default();
            s[0] += 1;
            match pos {
                Some(0) => s[1] += 1,
                None => s[2] += 1,
                _ => {}
            }
        }
        match pos {
            Some(0) => {}
            Some(p) => println!(
                "rank {p}\t{}\t{}\t{}\t{:.1} vs {} {:.1}\tnull {:.1} {:?}",
                r[4],
                r[2],
                r[3],
                ranking.candidates[p].log_prob,
                ranker.view(ranking.candidates[0].entry).name(ranking.candidates[0].entry.index),
                ranking.candidates[0].log_prob,
                ranking.null,
                ranking.candidates[p].matched.native
            ),
            None => println!(
                "missing\t{}\t{}\t{}\tfirst {:?}",
                r[4],
                r[2],
                r[3],
                ranking.candidates.first().map(|c| (ranker.view(c.entry).name(c.entry.index), c.log_prob))
            ),
        }
    }
    eprintln!(
        "{n} queries {:?} = {:.0}/s, kept {:.1}",
        t.elapsed(),
        n as f64 / t.elapsed().as_secs_f64(),
        cands as f64 / n as f64
    );
    let mut k: Vec<_> = stats.into_iter().collect();
    k.sort();
    for (key, [n, h, m]) in k {
        eprintln!("{key:40} {n:6} R@1 {:.1} missing {:.1}", 100. * h as f64 / n as f64, 100. * m as f64 / n as f64);
    }
}
