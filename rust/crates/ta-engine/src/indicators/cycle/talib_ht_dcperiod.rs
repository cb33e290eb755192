//! The dominant cycle's period by Hilbert transforms, as TA-Lib has it.

use crate::indicators::hilbert::Hilbert;
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::Wait;

declare! {
    /// Length in bars of the cycle that dominates, from 6 to 50, by Ehlers' Hilbert transforms.
    ///
    /// The series is smoothed over four values and its trend is taken out; the phase that its in-phase and quadrature parts
    /// go through from one bar to the next gives the period, which may grow by half or shrink by a third on one bar and is
    /// smoothed twice. All begins with zeros behind the first twelve values, as in TA-Lib;
    /// on a bar so far from zero that a product overflows there is no value, and the parts of the cycle begin anew.
    ///
    /// ```text
    /// hilbert(x) = (0.0962 * (x - x[6]) + 0.5769 * (x[2] - x[4])) * (0.075 * period[1] + 0.54)
    /// smooth     = wma(x, 4)
    /// detrended  = hilbert(smooth)
    /// i1, q1     = detrended[3], hilbert(detrended)
    /// i2, q2     = i1 - hilbert(q1), q1 + hilbert(i1), each 0.2 of it and 0.8 of the one before
    /// re, im     = i2 * i2[1] + q2 * q2[1], i2 * q2[1] - q2 * i2[1], smoothed alike
    /// period     = 360 / atan(im / re) in degrees, within its bounds, smoothed alike
    /// value      = 0.33 * period + 0.67 * value[1]
    /// ```
    talib.ht_dcperiod: cycle, kernel HtDcPeriod, version 1,
    aliases: ["ht_dcperiod"],
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPERIOD",
    series: [close],
    params: {},
    outputs: { value: Bars },
    warmup: |_| [32],
    settle: depends_on_data,
}

state! {
    /// State of `talib.ht_dcperiod`.
    HtDcPeriod(_) {
        cycle: Hilbert<V> = Hilbert::new(12),
        /// What is not given.
        wait: Wait<V> = Wait::new(32),
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for HtDcPeriod<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let cycle = self.cycle.push::<WARM>(x, ready);
        let given = self.wait.push::<WARM>(ready);
        [V::select(given & cycle.is_there, cycle.period, V::NAN)]
    }
}
