//! Stochastic Oscillator.

use crate::kernel::{Kernel, Known, declare, state};
use crate::lanes::{Lanes, Mask};
use crate::window::{Maximum, Mean, Minimum};

declare! {
    /// Place of the close in the range of the last bars, from 0 to 100, and its moving average.
    ///
    /// A window without range gives 50. A close so far outside a range that its place overflows is missing input.
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
    warmup: |p| {
        let k = p.k_period + p.smooth - 2;
        [k, k + p.d_period - 1]
    },
}

state! {
    /// State of `stochastic`.
    Stochastic(params) {
        highest: Maximum<V> = Maximum::new(params.k_period).in_order(),
        lowest: Minimum<V> = Minimum::new(params.k_period).in_order(),
        k: Mean<V> = Mean::new(params.smooth),
        d: Mean<V> = Mean::new(params.d_period),
    }
}

impl<V: Lanes> Kernel<V, 3, 2> for Stochastic<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [high, low, close]: [V; 3], ready: V::Mask) -> [V; 2] {
        let [highest] = self.highest.push::<WARM>(high, ready);
        let [lowest] = self.lowest.push::<WARM>(low, ready);
        let [k] = self.k.push_computed::<WARM>(place(highest, lowest, close), ready);
        let [d] = self.d.push_computed::<WARM>(k, ready);
        [k, d]
    }

    #[inline(always)]
    fn run(&mut self, [high, low, close]: [&[V]; 3], [k, d]: [&mut [V]; 2]) -> Known {
        self.highest.run(high, [&mut *k]);
        self.lowest.run(low, [&mut *d]);
        let mut finite = V::Mask::ALL;
        for ((k, d), close) in k.iter_mut().zip(&mut *d).zip(close) {
            *k = place(*k, *d, *close);
            finite = finite & k.is_ready();
        }
        if finite.all() {
            self.k.run(k, [&mut *d]);
            k.copy_from_slice(d);
            self.d.run(k, [d]);
        } else {
            for (k, d) in k.iter_mut().zip(d) {
                [*k] = self.k.push_computed::<true>(*k, V::Mask::ALL);
                [*d] = self.d.push_computed::<true>(*k, V::Mask::ALL);
            }
        }
        Known::Nothing
    }
}

/// Place of the close in a range, in percent; infinite where it lies too far outside.
#[inline(always)]
fn place<V: Lanes>(highest: V, lowest: V, close: V) -> V {
    // Halves give the same quotient, and their differences cannot overflow.
    let half = V::splat(0.5);
    let lowest = half * lowest;
    let range = half * highest - lowest;
    let share = V::splat(100.0) * ((half * close - lowest) / range);
    V::select(range.equals(V::ZERO), V::splat(50.0), share)
}
