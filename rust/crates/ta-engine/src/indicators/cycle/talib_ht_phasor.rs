//! The dominant cycle's two parts by Hilbert transforms, as TA-Lib has them.

use crate::indicators::hilbert::Hilbert;
use crate::kernel::{Kernel, declare, state};
use crate::lanes::Lanes;
use crate::window::Wait;

declare! {
    /// The part of the dominant cycle that is in phase and the one that is a quarter ahead, by Ehlers' Hilbert transforms.
    ///
    /// `talib.ht_dcperiod` says how they are made; the one in phase is three values late.
    talib.ht_phasor: cycle, kernel HtPhasor, version 1,
    aliases: ["ht_phasor"],
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_PHASOR",
    series: [close],
    params: {},
    outputs: { in_phase: Difference, quadrature: Difference },
    warmup: |_| [32; 2],
    settle: depends_on_data,
}

state! {
    /// State of `talib.ht_phasor`.
    HtPhasor(_) {
        cycle: Hilbert<V> = Hilbert::new(12),
        /// What is not given.
        wait: Wait<V> = Wait::new(32),
    }
}

impl<V: Lanes> Kernel<V, 1, 2> for HtPhasor<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 2] {
        let cycle = self.cycle.push::<WARM>(x, ready);
        let given = self.wait.push::<WARM>(ready) & cycle.is_there;
        [cycle.in_phase, cycle.quadrature].map(|part| V::select(given, part, V::NAN))
    }
}
