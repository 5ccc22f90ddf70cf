//! Values that are dear to make and remember what they have done, lent to one thread at a time.

use std::sync::{Mutex, PoisonError};

/// Those that nobody uses at present. There come to be as many as threads ask at once.
#[derive(Debug)]
pub struct Spares<T>(Mutex<Vec<T>>);

impl<T> Default for Spares<T> {
    fn default() -> Spares<T> {
        Spares(Mutex::default())
    }
}

impl<T> Spares<T> {
    /// Does `work` with a spare value, or with one that is made for it, and keeps the value for the next who asks. A value
    /// in whose hands the work panicked is not kept.
    pub fn with<R>(&self, make: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let spare = self.spares().pop();
        let mut value = spare.unwrap_or_else(make);
        let result = work(&mut value);
        self.spares().push(value);
        result
    }

    fn spares(&self) -> std::sync::MutexGuard<'_, Vec<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_lent_again() {
        let spares = Spares::default();
        for expected in 1..4 {
            let count = spares.with(
                || 0,
                |count| {
                    *count += 1;
                    *count
                },
            );
            assert_eq!(count, expected);
        }
    }
}
