//! End of the regression line.

use crate::kernel::{Kernel, Known, declare, state};
use crate::lanes::Lanes;
use crate::window::RegressionLine;

declare! {
    /// Where the line of least squares through the last `period` values is at the newest of them, or some bars before it.
    ///
    /// The line's mean and slope are made of exact sums. A negative offset is a later bar: `tsf` is the one that comes next.
    ///
    /// ```text
    /// linreg = mean(x) + slope * ((period - 1) / 2 - offset)
    /// slope  = sum((i - mean(i)) * x[i]) / sum((i - mean(i))^2)     i = 1, 2, ... period, the newest the last
    /// ```
    linreg: trend, kernel Linreg, version 1,
    aliases: ["lsma", "linearreg"],
    also: [talib.linearreg(period = 14 as timeperiod)],
    source: "Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805",
    series: [close by source],
    params: {
        period: usize = 14 in 2..=100_000, aliases [lookback], "Values that count.",
        offset: f64 = 0.0 in -1e6..=1e6, "Bars before the newest.",
    },
    outputs: { value: Price },
    warmup: |p| [p.period - 1],
}

state! {
    /// State of `linreg`.
    Linreg(params) {
        window: RegressionLine<V> = RegressionLine::new(params.period),
    }
    set {
        /// Bars from the middle of the window.
        from_middle: f64 = 0.5 * (params.period as f64 - 1.0) - params.offset,
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for Linreg<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let [mean, slope] = self.window.push::<WARM>(x, ready);
        [slope.mul_add(V::splat(self.from_middle), mean)]
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> Known {
        let from_middle = V::splat(self.from_middle);
        self.window.run_through(xs, out, |mean, slope| slope.mul_add(from_middle, mean));
        Known::Nothing
    }
}
