//! Rank correlation index.

use crate::kernel::declare;
use crate::window::{ByLane, Figure, Scanned};

declare! {
    /// Rank correlation of the last `period` values with time, from -100 (each is less than the one before) to 100.
    ///
    /// It is Spearman's coefficient in percent. Equal values share the mean of their ranks; the newest bar has the greatest rank of
    /// time.
    ///
    /// ```text
    /// d   = rank of a value - rank of its time
    /// rci = 100 * (1 - 6 * sum(d * d) / (period * (period * period - 1)))
    /// ```
    rci: momentum, kernel Rci, version 1,
    source: "Charles Spearman, The Proof and Measurement of Association between Two Things, 1904",
    series: [close by source],
    params: { period: usize = 10 in 2..=10_000, aliases [lookback], "Values that count." },
    outputs: { value: Percent },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type Rci<V> = ByLane<V, Scanned<RankCorrelation, 1>>;

/// Rank correlation of a window with time.
#[derive(Debug)]
pub struct RankCorrelation {
    /// Rows of the window by size.
    rows: Box<[u32]>,
}

impl Figure<1> for RankCorrelation {
    type Params = Params;

    fn new(params: &Params) -> Self {
        RankCorrelation { rows: (0..params.period as u32).collect() }
    }

    fn period(params: &Params) -> usize {
        params.period
    }

    fn of(&mut self, window: &[f64]) -> [f64; 1] {
        let value = |row: &u32| window[*row as usize] + 0.0;
        self.rows.sort_unstable_by(|a, b| value(a).total_cmp(&value(b)));
        // Twice a mean of ranks is a whole number.
        let (mut squares, mut from) = (0.0, 0);
        while from < self.rows.len() {
            let equals =
                self.rows[from..].iter().take_while(|row| value(row) == value(&self.rows[from])).count();
            let twice = (2 * from + equals - 1) as f64;
            for row in &self.rows[from..from + equals] {
                let distance = twice - 2.0 * f64::from(*row);
                squares += distance * distance;
            }
            from += equals;
        }
        let n = window.len() as f64;
        [100.0 * (1.0 - 6.0 * (0.25 * squares) / (n * (n * n - 1.0)))]
    }
}
