//! Most frequent value of a moving window.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{ByLane, Ordered};

declare! {
    /// The most frequent of the last `period` values; of several as frequent the least.
    mode: statistic, kernel Mode, version 1,
    aliases: ["rolling_mode"],
    also: [pine.mode(period as length)],
    source: "Karl Pearson, Contributions to the Mathematical Theory of Evolution II, 1895",
    series: [close by source],
    params: { period: usize = 20 in 1..=10_000, aliases [lookback], "Values that count." },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type Mode<V> = ByLane<V, MostFrequent>;

/// State of `mode`, of one symbol.
#[derive(Debug)]
pub struct MostFrequent(Ordered);

impl FromParams for MostFrequent {
    type Params = Params;

    fn new(params: &Params) -> Self {
        MostFrequent(Ordered::new(params.period))
    }
}

impl State<f64> for MostFrequent {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}

impl Kernel<f64, 1, 1> for MostFrequent {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 1] {
        if WARM || ready {
            self.0.push(x);
        }
        if !WARM && !self.0.is_full() {
            return [f64::NAN];
        }
        let (mut value, mut most, mut rank) = (f64::NAN, 0, 0);
        while rank < self.0.period() {
            let one = self.0.nth_least(rank);
            let [_, next] = self.0.ranks_of(one);
            if next - rank > most {
                (value, most) = (one, next - rank);
            }
            rank = next;
        }
        // A zero has no sign here: which of them is the least does not depend on when they came.
        [value + 0.0]
    }
}
