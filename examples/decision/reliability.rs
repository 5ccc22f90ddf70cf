//! Reliability: of the answers that are given with some confidence, how many are right.

/// The lower ends of the bins.
const BINS: [f32; 9] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995];

/// Prints a table of bins: how many answers lie in each, their mean confidence, the share that is right; and what is right from
/// each bin on.
pub fn print(title: &str, answers: &[(f32, bool)]) {
    println!("\n{title}: {} answers\n", answers.len());
    println!("| confidence | answers | mean confidence | right | right from here on |");
    println!("|---|---|---|---|---|");
    for (at, &from) in BINS.iter().enumerate() {
        let to = BINS.get(at + 1).copied().unwrap_or(f32::INFINITY);
        let within = |to: f32| answers.iter().filter(move |(confidence, _)| (from..to).contains(confidence));
        let count = within(to).count();
        let mean = within(to).map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / count.max(1) as f64;
        let share = |to: f32| percent(within(to).filter(|(_, right)| *right).count(), within(to).count());
        let label = if to.is_finite() { format!("{from} to {to}") } else { format!("{from} and more") };
        println!("| {label} | {count} | {:.1} % | {} | {} |", 100.0 * mean, share(to), share(f32::INFINITY));
    }
}

pub fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "–".to_owned(),
        _ => format!("{:.1} %", 100.0 * part as f64 / whole as f64),
    }
}
