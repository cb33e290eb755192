//! Median of a moving window.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{ByLane, Ordered};

declare! {
    /// Median of the last `period` values; of an even number the mean of the two in the middle.
    rolling_median: statistic, kernel RollingMedian, version 1,
    aliases: ["median", "med"],
    also: [talib.median(period = 30 as timeperiod), pine.median(period as length)],
    source: "The median of a moving window",
    series: [close by field],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type RollingMedian<V> = ByLane<V, Median>;

/// State of `rolling_median`, of one symbol.
#[derive(Debug)]
pub struct Median(Ordered);

impl FromParams for Median {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Median(Ordered::new(params.period))
    }
}

impl State<f64> for Median {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}

impl Kernel<f64, 1, 1> for Median {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 1] {
        if WARM || ready {
            self.0.push(x);
        }
        if !WARM && !self.0.is_full() {
            return [f64::NAN];
        }
        let middle = self.0.period() / 2;
        let upper = self.0.nth_least(middle);
        if self.0.period() % 2 == 1 {
            return [upper];
        }
        let lower = self.0.nth_least(middle - 1);
        let sum = lower + upper;
        // Rounded once: halves are exact but of the least numbers, sums of which do not overflow.
        [if sum.is_finite() { 0.5 * sum } else { 0.5 * lower + 0.5 * upper }]
    }
}
