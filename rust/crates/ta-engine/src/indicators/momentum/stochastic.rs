//! Stochastic Oscillator.

use crate::incremental::state::StateError;
use crate::kernel::{Declared, Kernel, Known, Visitor, declare};
use crate::lanes::Lanes;
use crate::window::{Maximum, Minimum, Sum};

declare! {
    /// Place of the close in the range of the last bars, from 0 to 100, and its moving average.
    ///
    /// A window without range gives 50. No place is taken to be further outside a range than 1e300.
    ///
    /// ```text
    /// k = sma(100 * (close - lowest low) / (highest high - lowest low), smooth)     d = sma(k, d_period)
    /// ```
    stochastic: momentum, kernel Stochastic, version 1,
    aliases: ["stoch"],
    source: "George C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities, 1984",
    fields: [high, low, close],
    params: {
        k_period: usize = 14 in 1..=1_000_000, "Bars whose range counts.",
        d_period: usize = 3 in 1..=1_000_000, "Values of %K that %D averages.",
        smooth: usize = 1 in 1..=1_000_000, "Raw values that %K averages; 1 leaves them as they are.",
    },
    outputs: { k: Percent, d: Percent },
}

/// State of `stochastic`.
#[derive(Debug)]
pub struct Stochastic<V: Lanes> {
    highest: Maximum<V>,
    lowest: Minimum<V>,
    raw: Sum<V>,
    k: Sum<V>,
}

impl<V: Lanes> Kernel<V, 3, 2> for Stochastic<V> {
    type Params = Params;

    fn new(params: &Params) -> Self {
        Stochastic {
            highest: Maximum::new(params.k_period).in_order(),
            lowest: Minimum::new(params.k_period).in_order(),
            raw: Sum::new(params.smooth),
            k: Sum::new(params.d_period),
        }
    }

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low, close]: [V; 3], ready: V::Mask) -> [V; 2] {
        let [highest] = self.highest.push::<WARM>(high, ready);
        let [lowest] = self.lowest.push::<WARM>(low, ready);
        let place = place(highest, lowest, close);
        let [raw] = self.raw.push::<WARM>(place, ready & place.is_number());
        let k = self.raw.period().mean(raw);
        let [sum] = self.k.push::<WARM>(k, ready & k.is_number());
        [k, self.k.period().mean(sum)]
    }

    fn is_warm(&self) -> bool {
        self.k.is_warm()
    }

    #[inline(always)]
    fn run(&mut self, [high, low, close]: [&[V]; 3], [k, d]: [&mut [V]; 2]) -> Known {
        self.highest.run(high, [&mut *k]);
        self.lowest.run(low, [&mut *d]);
        for ((k, d), close) in k.iter_mut().zip(&mut *d).zip(close) {
            *k = place(*k, *d, *close);
        }
        self.raw.run_mean(k, d);
        k.copy_from_slice(d);
        self.k.run_mean(k, d);
        Known::Nothing
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.highest.visit(visitor)?;
        self.lowest.visit(visitor)?;
        self.raw.visit(visitor)?;
        self.k.visit(visitor)
    }
}

/// Where a close lies so far outside a range of next to nothing, that is far enough: sums of places stay finite.
const FARTHEST: f64 = 1e300;

/// Place of the close in a range, in percent; a finite number for any three of them, for it is averaged.
#[inline(always)]
fn place<V: Lanes>(highest: V, lowest: V, close: V) -> V {
    // Halves give the same quotient, and their differences cannot overflow.
    let half = V::splat(0.5);
    let lowest = half * lowest;
    let range = half * highest - lowest;
    let share = V::splat(100.0) * ((half * close - lowest) / range);
    let place = V::select(range.equals(V::ZERO), V::splat(50.0), share);
    V::splat(FARTHEST).min(V::splat(-FARTHEST).max(place))
}

impl Declared<2> for Params {
    fn warmup(&self) -> [usize; 2] {
        let k = self.k_period + self.smooth - 2;
        [k, k + self.d_period - 1]
    }

    fn block(&self) -> usize {
        self.smooth.max(self.d_period) // The others stay in order.
    }
}
