//! Mesa sine wave.

use crate::kernel::declare;
use crate::window::{ByLane, Figure, Scanned, sum_of_pairs};

declare! {
    /// Sine of the phase that a wave of `period` bars has in the last values, and the same an eighth of a wave ahead.
    ///
    /// The phase is that of the discrete Fourier transform of the window at this one frequency. Where there is no such wave at all, as in
    /// equal values, both are 0.
    ///
    /// ```text
    /// real  = sum of cos(2 * pi * i / period) * x[i]     imaginary = sum of sin(2 * pi * i / period) * x[i]
    /// phase = angle of (real, imaginary) + pi / 2
    /// sine  = sin(phase)     lead = sin(phase + pi / 4)
    /// ```
    msw: cycle, kernel Msw, version 1,
    source: "John F. Ehlers, MESA and Trading Market Cycles, 1992; Tulip Indicators, msw",
    series: [close by source],
    params: { period: usize = 5 in 2..=10_000, aliases [lookback], "Bars of a wave." },
    outputs: { sine: Number, lead: Number },
    warmup: |p| [p.period - 1; 2],
}

/// The kernel of many symbols: each has its own.
pub type Msw<V> = ByLane<V, Scanned<Phase, 2>>;

/// Phase of one wave in a window.
#[derive(Debug)]
pub struct Phase {
    /// A cosine and a sine for each value, the oldest first.
    cosines: Box<[f64]>,
    sines: Box<[f64]>,
}

impl Figure<2> for Phase {
    type Params = Params;

    fn new(params: &Params) -> Self {
        let angle = 2.0 * std::f64::consts::PI / params.period as f64;
        let row = |of: fn(f64) -> f64| (0..params.period).rev().map(|ago| of(angle * ago as f64)).collect();
        Phase { cosines: row(libm::cos), sines: row(libm::sin) }
    }

    fn period(params: &Params) -> usize {
        params.period
    }

    fn of(&mut self, window: &[f64]) -> [f64; 2] {
        use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};
        // Waves add up to 0: what all values have in common can be left out, and equal ones leave nothing.
        let newest = window[window.len() - 1];
        let [real, imaginary] = [&self.cosines, &self.sines]
            .map(|wave| sum_of_pairs(window, wave, |x, part| part * (x - newest)));
        if real == 0.0 && imaginary == 0.0 {
            return [0.0; 2];
        }
        let phase = libm::atan2(imaginary, real) + FRAC_PI_2;
        [libm::sin(phase), libm::sin(phase + FRAC_PI_4)]
    }
}
