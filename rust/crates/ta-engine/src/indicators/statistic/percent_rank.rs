//! Rank of a value among those before it.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, choice, declare};
use crate::window::{ByLane, Ordered};

choice! {
    /// Which of the values before are counted.
    Counted {
        /// Those that are less.
        Less "less",
        /// Those that are less, and those that are equal.
        NotGreater "not_greater",
    }
}

declare! {
    /// How many of the `period` values before a value it exceeds, in percent.
    ///
    /// Equal values are not exceeded: over values that stand still it is 0. Pine Script counts them: 100.
    ///
    /// ```text
    /// percent_rank = 100 * (values of x[1] to x[period] that are less than x) / period     less or equal with "not_greater"
    /// ```
    percent_rank: statistic, kernel PercentRank, version 1,
    also: [talib.percentrank(period as timeperiod), pine.percentrank(period as length, counted = "not_greater")],
    source: "Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012",
    series: [close by source],
    params: {
        period: usize = 100 in 1..=1_000_000, aliases [lookback], "Values before that count.",
        counted: Counted = "less", "Whether equal values are counted, too.",
    },
    outputs: { value: Percent },
    warmup: |p| [p.period],
    lookback: |p| p.period + 1,
}

/// The kernel of many symbols: each has its own.
pub type PercentRank<V> = ByLane<V, Before>;

/// State of `percent_rank`, of one symbol: the values before.
#[derive(Debug)]
pub struct Before(Ordered, Counted);

impl FromParams for Before {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Before(Ordered::new(params.period), params.counted)
    }
}

impl State<f64> for Before {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.visit(visitor)
    }
}

impl Kernel<f64, 1, 1> for Before {
    const WARM_BEFORE_FIRST: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 1] {
        if !(WARM || ready) {
            return [f64::NAN];
        }
        let period = self.0.period();
        let rank = if WARM || self.0.is_full() {
            let [less, not_greater] = self.0.ranks_of(x);
            let counted = match self.1 {
                Counted::Less => less,
                Counted::NotGreater => not_greater,
            };
            counted as f64 / period as f64 * 100.0
        } else {
            f64::NAN
        };
        self.0.push(x);
        [rank]
    }
}
