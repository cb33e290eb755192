//! Slope of the regression line.

use crate::kernel::{Kernel, Known, declare, state};
use crate::lanes::Lanes;
use crate::window::RegressionLine;

declare! {
    /// By how much the line of least squares through the last `period` values rises from bar to bar.
    ///
    /// ```text
    /// slope = sum((i - mean(i)) * x[i]) / sum((i - mean(i))^2)     i = 1, 2, ... period, the newest the last
    /// ```
    linreg_slope: statistic, kernel LinregSlope, version 1,
    aliases: ["linearreg_slope"],
    also: [talib.linearreg_slope(period = 14 as timeperiod)],
    source: "Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805",
    series: [close],
    params: { period: usize = 14 in 2..=100_000, aliases [lookback], "Values that count." },
    outputs: { value: Difference },
    warmup: |p| [p.period - 1],
}

state! {
    /// State of `linreg_slope`.
    LinregSlope(params) {
        window: RegressionLine<V> = RegressionLine::new(params.period),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for LinregSlope<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let [_, slope] = self.window.push::<WARM>(x, ready);
        [slope]
    }

    #[inline(always)]
    fn run(&mut self, [xs]: [&[V]; 1], [out]: [&mut [V]; 1]) -> Known {
        self.window.run_through(xs, out, |_, slope| slope);
        Known::Nothing
    }
}
