//! L2-regularised logistic regression by Newton's method.

/// What is fitted: the features, and whether the answer was right.
pub struct Example {
    /// The last one is the bias: 1.
    pub x: Vec<f64>,
    pub positive: bool,
    pub weight: f64,
}

/// The weights, the bias last.
pub type Weights = Vec<f64>;

pub fn log_odds(weights: &[f64], x: &[f64]) -> f64 {
    weights.iter().zip(x).map(|(w, x)| w * x).sum()
}

pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Newton's method on the weighted log-likelihood, less `penalty / 2` of each squared weight.
pub fn fit(examples: &[Example], penalty: f64) -> Weights {
    let count = examples.first().map_or(0, |example| example.x.len());
    let mut weights = vec![0.0; count];
    for _ in 0..30 {
        let mut gradient: Vec<f64> = weights.iter().map(|w| -penalty * w).collect();
        let mut hessian = vec![vec![0.0; count]; count];
        (0..count).for_each(|i| hessian[i][i] = penalty);
        for Example { x, positive, weight } in examples {
            let p = probability(log_odds(&weights, x));
            let error = weight * (f64::from(u8::from(*positive)) - p);
            let curve = weight * p * (1.0 - p);
            for i in (0..count).filter(|&i| x[i] != 0.0) {
                gradient[i] += error * x[i];
                hessian[i].iter_mut().zip(x).for_each(|(cell, other)| *cell += curve * x[i] * other);
            }
        }
        let step = solve(hessian, gradient);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    weights
}

/// Gaussian elimination with pivoting.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let count = b.len();
    for column in 0..count {
        let pivot = (column..count).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs()));
        let pivot = pivot.unwrap_or(column);
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in column + 1..count {
            let factor = a[row][column] / a[column][column];
            let above = a[column].clone();
            a[row].iter_mut().zip(above).skip(column).for_each(|(cell, x)| *cell -= factor * x);
            b[row] -= factor * b[column];
        }
    }
    let mut x = vec![0.0; count];
    for row in (0..count).rev() {
        let rest: f64 = (row + 1..count).map(|k| a[row][k] * x[k]).sum();
        x[row] = (b[row] - rest) / a[row][row];
    }
    x
}
