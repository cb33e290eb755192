//! Percentile of a moving window.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, choice, declare};
use crate::window::{ByLane, Ordered};

choice! {
    /// What is given where no value has just this rank.
    Between {
        /// As far between its neighbours as the rank.
        Linear "linear",
        /// The same, of ranks that leave half a value below the least and above the greatest.
        Hazen "hazen",
        /// The least value that so many percent do not exceed.
        Nearest "nearest",
    }
}

declare! {
    /// The value that some percent of the last `period` values do not exceed.
    ///
    /// Between two values it is as far from the one to the other as the rank `percent / 100 * (period - 1)`, counted from 0, as in NumPy
    /// and pandas. With `method` "hazen" the rank is `percent / 100 * period - 0.5`, as in `ta.percentile_linear_interpolation` of Pine
    /// Script, and no less than that of the least and no more than that of the greatest value. With "nearest" it is the value of the rank
    /// `percent / 100 * period` rounded up, counted from 1, as in `ta.percentile_nearest_rank`.
    percentile: statistic, kernel Percentile, version 1,
    aliases: ["quantile"],
    also: [
        percentile_nearest(period = 100 as lookback, percent as percentile, method = "nearest"),
        talib.percentile(period = 30 as timeperiod, percent as percentile, method = "nearest"),
    ],
    source: "Rob J. Hyndman and Yanan Fan, Sample Quantiles in Statistical Packages, 1996: definitions 7, 5 and 1",
    series: [close by source],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
        percent: f64 = 50.0 in 0.0..=100.0, "Percent of the values that do not exceed it.",
        method: Between = "linear", "What is given where no value has just this rank.",
    },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

/// The kernel of many symbols: each has its own.
pub type Percentile<V> = ByLane<V, Rank>;

/// State of `percentile`, of one symbol.
#[derive(Debug)]
pub struct Rank {
    window: Ordered,
    /// The rank of the lower neighbour, counted from 0, and how far from it to the upper one.
    lower: usize,
    share: f64,
}

impl FromParams for Rank {
    type Params = Params;

    fn new(params: &Params) -> Self {
        let rank = match params.method {
            Between::Linear => params.percent / 100.0 * (params.period - 1) as f64,
            Between::Hazen => {
                (params.percent * params.period as f64 / 100.0 - 0.5).clamp(0.0, (params.period - 1) as f64)
            }
            // Multiplied first: 7 / 100 of 100 values would be a bit more than 7 of them.
            Between::Nearest => ((params.percent * params.period as f64 / 100.0).ceil() - 1.0).max(0.0),
        };
        let lower = rank as usize;
        Rank { window: Ordered::new(params.period), lower, share: rank - lower as f64 }
    }
}

impl State<f64> for Rank {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.window.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.window.visit(visitor)
    }
}

impl Kernel<f64, 1, 1> for Rank {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [f64; 1], ready: bool) -> [f64; 1] {
        if WARM || ready {
            self.window.push(x);
        }
        if !WARM && !self.window.is_full() {
            return [f64::NAN];
        }
        let lower = self.window.nth_least(self.lower);
        if self.share == 0.0 {
            return [lower];
        }
        let upper = self.window.nth_least(self.lower + 1);
        let difference = upper - lower;
        // A difference of two numbers that are may overflow, a mean of them does not.
        [if difference.is_finite() {
            lower + self.share * difference
        } else {
            (1.0 - self.share) * lower + self.share * upper
        }]
    }
}
