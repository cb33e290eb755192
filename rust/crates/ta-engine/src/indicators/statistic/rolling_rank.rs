//! Rank of a value in a moving window.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{ByLane, Ordered};

declare! {
    /// Rank of a value among the last `period`, itself included, over their number: 1 for the greatest.
    ///
    /// Equal values share the mean of their ranks, so that where all are equal it is `(period + 1) / 2 / period`.
    ///
    /// ```text
    /// rolling_rank = (values less than x + (values equal to x + 1) / 2) / period
    /// ```
    rolling_rank: statistic, kernel RollingRank, version 1,
    aliases: ["ts_rank"],
    source: "The mean rank of Maurice G. Kendall, Rank Correlation Methods, 1948, as pandas' rank(pct=True)",
    series: [close by source],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Number },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type RollingRank<V> = ByLane<V, MeanRank>;

/// State of `rolling_rank`, of one symbol.
#[derive(Debug)]
pub struct MeanRank(Ordered);

impl FromParams for MeanRank {
    type Params = Params;

    fn new(params: &Params) -> Self {
        MeanRank(Ordered::new(params.period))
    }
}

impl State<f64> for MeanRank {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}

impl Kernel<f64, 1, 1> for MeanRank {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 1] {
        if WARM || ready {
            self.0.push(x);
        }
        if !(WARM || ready && self.0.is_full()) {
            return [f64::NAN];
        }
        let [less, not_greater] = self.0.ranks_of(x);
        [0.5 * (less + not_greater + 1) as f64 / self.0.period() as f64]
    }
}
