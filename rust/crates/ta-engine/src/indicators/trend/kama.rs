//! Kaufman's Adaptive Moving Average.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::{Lanes, Mask};
use crate::window::{Delay, Sum};

declare! {
    /// An exponential mean whose weight follows how straight price has gone: fast in a trend, slow in noise.
    ///
    /// The efficiency is the distance from the value of `period` ago as a share of the way that was gone, 1 where nothing has
    /// moved. The weight lies between those of exponential means of the `slow` and the `fast` period, squared. Begins with
    /// the value before the first one it gives.
    ///
    /// ```text
    /// efficiency = abs(x - x[period]) / sum(abs(x - x[1]), period)
    /// weight     = (efficiency * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1)) ** 2
    /// kama       = (1 - weight) * kama[1] + weight * x
    /// ```
    kama: trend, kernel Kama, version 1,
    also: [talib.kama(period = 30 as timeperiod)],
    source: "Perry J. Kaufman, Smarter Trading, 1995",
    series: [close],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Changes whose efficiency counts.",
        fast: usize = 2 in 1..=1_000_000, "Period of the weight in a trend; less than the slow one.",
        slow: usize = 30 in 1..=1_000_000, "Period of the weight in noise.",
    },
    outputs: { value: Price },
    // The first value has no change.
    warmup: |p| [p.period],
    settle: depends_on_data,
    refusal: |p| (p.fast >= p.slow).then_some("Fast period must be less than slow period"),
}

state! {
    /// State of `kama`.
    Kama(params) {
        /// The value before; NaN before the first.
        previous: V = V::NAN,
        /// The way that was gone.
        way: Sum<V> = Sum::new(params.period),
        past: Delay<V> = Delay::new(params.period),
        /// NaN before the first.
        mean: V = V::NAN,
    }
    set {
        slow: f64 = 2.0 / (params.slow as f64 + 1.0),
        fast: f64 = 2.0 / (params.fast as f64 + 1.0),
    }
}

impl<V: Lanes> Kama<V> {
    #[inline(always)]
    fn push<const WARM: bool>(&mut self, x: V, change: V, taken: V::Mask) -> V {
        let one = V::splat(1.0);
        let [way] = self.way.push::<WARM>(change, taken & change.is_number());
        let past = self.past.push::<WARM>(x, taken);
        let efficiency = V::select(way.equals(V::ZERO), one, (x - past).abs() / way);
        // Rounded, the distance may be longer than the way. Where either is none, there is no efficiency.
        let efficiency = V::select(efficiency.gt(one), one, efficiency);
        let slow = V::splat(self.slow);
        let root = efficiency.mul_add(V::splat(self.fast) - slow, slow);
        // Weights that add up to one exactly.
        let stays = one - root * root;
        let before = V::select(self.mean.is_number(), self.mean, self.previous);
        let mean = stays.mul_add(before, (one - stays) * x);
        let has_mean = taken & mean.is_ready();
        self.mean = V::select(has_mean, mean, self.mean);
        self.previous = V::keep::<WARM>(taken, x, self.previous);
        V::select(has_mean, mean, V::NAN)
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for Kama<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let change = (x - self.previous).abs();
        let finite = change.is_ready();
        if WARM && finite.all() {
            return [self.push::<true>(x, change, ready)];
        }
        // A value so far from the one before that the change overflows is missing.
        let ready = if WARM { V::Mask::ALL } else { ready };
        [self.push::<false>(x, change, ready & (finite | !self.previous.is_number()))]
    }
}
