//! Bollinger Bands.

use crate::kernel::{Kernel, Known, declare, state};
use crate::lanes::Lanes;
use crate::window::MeanAndDeviation;

declare! {
    /// Mean of a window and bands some population standard deviations above and below it.
    ///
    /// The middle has the bits of `sma` with the same period.
    ///
    /// ```text
    /// middle = sma(x, period)     upper, lower = middle +/- std_dev * rolling_std(x, period)
    /// ```
    bbands: volatility, kernel Bbands, version 1,
    aliases: ["bb"],
    source: "John Bollinger, Bollinger on Bollinger Bands, 2001",
    series: [close],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
        std_dev: f64 = 2.0 in 1e-9..=1e9, "Standard deviations from the middle to a band.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
    warmup: |p| [p.period - 1; 3],
}

state! {
    /// State of `bbands`.
    Bbands(params) {
        window: MeanAndDeviation<V> = MeanAndDeviation::new(params.period),
    }
    set {
        std_dev: f64 = params.std_dev,
    }
}

impl<V: Lanes> Bbands<V> {
    /// Puts the bands around some means; `upper` holds the deviations before.
    #[inline(always)]
    fn spread(&self, upper: &mut [V], middle: &[V], lower: &mut [V]) {
        for ((upper, middle), lower) in upper.iter_mut().zip(middle).zip(lower) {
            let width = V::splat(self.std_dev) * *upper;
            (*upper, *lower) = (*middle + width, *middle - width);
        }
    }
}

impl<V: Lanes> Kernel<V, 1, 3> for Bbands<V> {
    const LOOKS_THROUGH: bool = true;

    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 3] {
        let [middle, deviation] = self.window.push::<WARM>(x, ready);
        let width = V::splat(self.std_dev) * deviation;
        [middle + width, middle, middle - width]
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [upper, middle, lower]: [&mut [V]; 3]) -> Known {
        self.window.run(xs, [&mut *middle, &mut *upper]);
        self.spread(upper, middle, lower);
        Known::Nothing
    }

    #[inline(always)]
    fn run_while_ready(&mut self, [xs]: [&[V]; 1], [upper, middle, lower]: [&mut [V]; 3]) -> usize {
        // The quick form leaves so much room that bands are finite, too.
        let taken = self.window.run_while_quick(xs, [&mut *middle, &mut *upper]);
        self.spread(&mut upper[..taken], &middle[..taken], &mut lower[..taken]);
        taken
    }
}
