//! Mesa adaptive moving average.

use crate::indicators::hilbert::Hilbert;
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::Wait;

declare! {
    /// An exponential mean whose weight follows how fast the phase of the dominant cycle turns, and one that follows it.
    ///
    /// The phase is that of the Hilbert transforms that `talib.ht_dcperiod` has. A step of the phase counts as at least one
    /// degree; the longer it is, the less the newest value weighs. Both means begin with zero behind the first twelve values, as
    /// in TA-Lib, and are given from the 33rd on.
    ///
    /// ```text
    /// phase  = atan(quadrature / in_phase) in degrees
    /// weight = fast_limit / max(phase[1] - phase, 1), no less than slow_limit
    /// mama   = weight * x + (1 - weight) * mama[1]
    /// fama   = weight / 2 * mama + (1 - weight / 2) * fama[1]
    /// ```
    mama: trend, kernel Mama, version 1,
    also: [talib.mama(fast_limit = 0.5 as fastlimit, slow_limit = 0.05 as slowlimit)],
    source: "John F. Ehlers, MESA Adaptive Moving Averages, 2001; TA-Lib, MAMA",
    series: [close by source],
    params: {
        fast_limit: f64 = 0.5 in 0.01..=0.99, "Greatest weight.",
        slow_limit: f64 = 0.05 in 0.01..=0.99, "Least weight.",
    },
    outputs: { mama: Price, fama: Price },
    warmup: |_| [32; 2],
    settle: depends_on_data,
}

state! {
    /// State of `mama`.
    Mama(params) {
        cycle: Hilbert<V> = Hilbert::new(12),
        /// What is not given.
        wait: Wait<V> = Wait::new(32),
        phase: V = V::ZERO,
        mama: V = V::ZERO,
        fama: V = V::ZERO,
    }
    set {
        fast: f64 = params.fast_limit,
        slow: f64 = params.slow_limit,
    }
}

impl<V: Lanes> Kernel<V, 1, 2> for Mama<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 2] {
        let cycle = self.cycle.push::<WARM>(x, ready);
        let given = self.wait.push::<WARM>(ready);
        let degrees =
            (cycle.quadrature / cycle.in_phase).map(libm::atan) * V::splat(180.0 / std::f64::consts::PI);
        let phase = V::select(cycle.in_phase.equals(V::ZERO), V::ZERO, degrees);
        let one = V::splat(1.0);
        let step = (self.phase - phase).greater(one);
        let weight = V::select(
            step.gt(one),
            (V::splat(self.fast) / step).greater(V::splat(self.slow)),
            V::splat(self.fast),
        );
        let mama = (one - weight).mul_add(self.mama, weight * x);
        let half = V::splat(0.5) * weight;
        let fama = (one - half).mul_add(self.fama, half * mama);
        let taken = cycle.is_there & phase.is_ready() & mama.is_ready() & fama.is_ready();
        self.phase = V::select(taken, phase, self.phase);
        self.mama = V::select(taken, mama, self.mama);
        self.fama = V::select(taken, fama, self.fama);
        [mama, fama].map(|mean| V::select(given & taken, mean, V::NAN))
    }
}
