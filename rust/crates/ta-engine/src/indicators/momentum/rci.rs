//! Rank correlation index.

use crate::kernel::declare;
use crate::window::{ByLane, Figure, Scanned};

declare! {
    /// Rank correlation of the last `period` values with time, from -100 (each is less than the one before) to 100.
    ///
    /// It is Spearman's coefficient in percent: the correlation of ranks, of which equal values share the mean. The newest bar has the greatest
    /// rank of time. Where all values are equal it is 0.
    ///
    /// ```text
    /// rci = 100 * correlation of (ranks of the values, 1 ... period)
    /// ```
    rci: momentum, kernel Rci, version 1,
    also: [pine.rci(period as length)],
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
        let order = |a: &u32, b: &u32| value(a).total_cmp(&value(b));
        // The rows as they were one bar before, of which the oldest has become the newest: all others are still in order.
        let newest = window.len() as u32 - 1;
        for row in &mut self.rows {
            *row = row.checked_sub(1).unwrap_or(newest);
        }
        let at = self.rows.iter().position(|row| *row == newest).expect("every row is there");
        self.rows[at..].rotate_left(1);
        let (others, _) = self.rows.split_at(newest as usize);
        if others.is_sorted_by(|a, b| order(a, b).is_le()) {
            let place = others.partition_point(|row| order(row, &newest).is_le());
            self.rows[place..].rotate_right(1);
        } else {
            self.rows.sort_unstable_by(order);
        }
        // Of twice the distances from the mean rank, which are whole numbers; those of time have a sum of squares of their own.
        let n = window.len() as f64;
        let (mut squares, mut products, mut from) = (0.0, 0.0, 0);
        while from < self.rows.len() {
            let equals =
                self.rows[from..].iter().take_while(|row| value(row) == value(&self.rows[from])).count();
            let rank = (2 * from + equals) as f64 - n;
            for row in &self.rows[from..from + equals] {
                squares += rank * rank;
                products += rank * (2.0 * f64::from(*row) + 1.0 - n);
            }
            from += equals;
        }
        if squares == 0.0 {
            return [0.0];
        }
        let of_time = n * (n * n - 1.0) / 3.0;
        [100.0 * products / (squares * of_time).sqrt()]
    }
}
