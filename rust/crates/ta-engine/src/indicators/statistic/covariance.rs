//! Covariance of two moving windows.

use crate::kernel::{FromParams, Kernel, State, StateError, Visitor, declare};
use crate::window::{Around, ByLane, sum_of_products};

declare! {
    /// Population covariance (divisor `period`) of the last `period` pairs, and the variances of both.
    ///
    /// ```text
    /// covariance = mean((x - mean(x)) * (y - mean(y)))
    /// ```
    covariance: statistic, kernel Covariance, version 1,
    source: "The population covariance of a moving window",
    operands: [x, y],
    params: { period: usize = 30 in 1..=100_000, aliases [lookback], "Pairs that count." },
    outputs: { covariance: Number, variance_x: Number, variance_y: Number },
    warmup: |p| [p.period - 1; 3],
}

/// The kernel of many symbols: each has its own.
pub type Covariance<V> = ByLane<V, Pairs>;

/// State of `covariance`, of one symbol.
#[derive(Debug)]
pub struct Pairs([Around; 2]);

impl FromParams for Pairs {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Pairs([Around::new(params.period), Around::new(params.period)])
    }
}

impl State<f64> for Pairs {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.iter().all(State::is_warm)
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.0.iter_mut().try_for_each(|window| window.visit(visitor))
    }
}

impl Kernel<f64, 2, 3> for Pairs {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x, y]: [f64; 2], ready: bool) -> [f64; 3] {
        let [of_x, of_y] = &mut self.0;
        let (x, y) = (of_x.push::<WARM>(x, ready), of_y.push::<WARM>(y, ready));
        x.zip(y).map_or([f64::NAN; 3], |(x, y)| {
            [(x, y), (x, x), (y, y)].map(|(a, b)| sum_of_products(a, b) / a.len() as f64)
        })
    }
}
