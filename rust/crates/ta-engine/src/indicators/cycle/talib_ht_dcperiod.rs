//! The dominant cycle's period by Hilbert transforms, as TA-Lib has it.

use crate::kernel::{Kernel, declare, state};
use crate::lanes::{Lanes, Mask};
use crate::window::WeightedMean;

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
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPERIOD",
    series: [close],
    params: {},
    outputs: { value: Bars },
    warmup: |_| [32],
    settle: depends_on_data,
}

/// Values that go by before the transforms begin, and before the first that is given.
const UNSEEN: usize = 12;
const UNGIVEN: usize = 32;

/// A Hilbert transform of six values and the present one, but for its gain.
#[inline(always)]
fn transform<V: Lanes>(x: V, before: &[V; 6]) -> V {
    let (far, near) = (V::splat(0.0962), V::splat(0.5769));
    // In this order values that are all equal give zero.
    (far * x - far * before[5]) - near * before[3] + near * before[1]
}

/// Puts a value in front of six in the lanes that are ready; the oldest goes.
#[inline(always)]
fn shift_in<V: Lanes, const WARM: bool>(before: &mut [V; 6], x: V, ready: V::Mask) {
    for at in (1..6).rev() {
        before[at] = V::keep::<WARM>(ready, before[at - 1], before[at]);
    }
    before[0] = V::keep::<WARM>(ready, x, before[0]);
}

/// A fifth of the new, four fifths of the old.
#[inline(always)]
fn smoothed<V: Lanes>(new: V, old: V) -> V {
    V::splat(0.8).mul_add(old, V::splat(0.2) * new)
}

state! {
    /// State of `talib.ht_dcperiod`.
    HtDcPeriod(_) {
        smooth: WeightedMean<V> = WeightedMean::new(4),
        /// Values before those that the transforms take, the last first.
        smooths: [V; 6] = [V::ZERO; 6],
        detrended: [V; 6] = [V::ZERO; 6],
        quadrature: [V; 6] = [V::ZERO; 6],
        in_phase: [V; 6] = [V::ZERO; 6],
        /// The two parts of the cycle, and of the phase's step.
        i2: V = V::ZERO,
        q2: V = V::ZERO,
        re: V = V::ZERO,
        im: V = V::ZERO,
        period: V = V::ZERO,
        value: V = V::ZERO,
        /// Values taken, up to the first that is given.
        taken: Counted<V> = Counted(V::ZERO),
    }
}

/// Values taken, up to the first that is given: warm where all lanes have one.
#[derive(Debug)]
struct Counted<V>(V);

impl<V: Lanes> crate::kernel::State<V> for Counted<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.0.ge(V::splat(UNGIVEN as f64)).all()
    }

    fn visit(&mut self, visitor: &mut impl crate::kernel::Visitor) -> Result<(), crate::kernel::StateError> {
        visitor.count(&mut self.0, UNGIVEN)
    }
}

impl<V: Lanes> Kernel<V, 1, 1> for HtDcPeriod<V> {
    #[inline(always)]
    fn step<const WARM: bool>(&mut self, [x]: [V; 1], ready: V::Mask) -> [V; 1] {
        let [smooth] = self.smooth.push::<WARM>(x, ready);
        let given = self.taken.0.ge(V::splat(UNGIVEN as f64));
        let seen = self.taken.0.ge(V::splat(UNSEEN as f64));
        if !WARM {
            let one_more = self.taken.0 + V::splat(1.0);
            self.taken.0 = V::select(ready & !given, one_more, self.taken.0);
        }

        let gain = V::splat(0.075).mul_add(self.period, V::splat(0.54));
        let in_phase = self.detrended[2];
        let detrended = transform(smooth, &self.smooths) * gain;
        let quadrature = transform(detrended, &self.detrended) * gain;
        let in_phase_ahead = transform(in_phase, &self.in_phase) * gain;
        let quadrature_ahead = transform(quadrature, &self.quadrature) * gain;
        let q2 = smoothed(quadrature + in_phase_ahead, self.q2);
        let i2 = smoothed(in_phase - quadrature_ahead, self.i2);
        let re = smoothed(i2.mul_add(self.i2, q2 * self.q2), self.re);
        let im = smoothed(i2.mul_add(self.q2, -(q2 * self.i2)), self.im);

        let degrees = (im / re).map(libm::atan) * V::splat(180.0 / std::f64::consts::PI);
        let has_phase = !im.equals(V::ZERO) & !re.equals(V::ZERO);
        let period = V::select(has_phase, V::splat(360.0) / degrees, self.period);
        let period = period.lesser(V::splat(1.5) * self.period).greater(V::splat(0.67) * self.period);
        let period = period.greater(V::splat(6.0)).lesser(V::splat(50.0));
        let period = smoothed(period, self.period);
        let value = V::splat(0.67).mul_add(self.value, V::splat(0.33) * period);

        let learns = re.is_ready() & im.is_ready();
        let taken = ready & seen;
        let shifted = [smooth, detrended, quadrature, in_phase];
        if WARM && learns.all() {
            self.keep::<true>(shifted, [i2, q2, re, im], [period, value], taken);
        } else {
            let shifted = shifted.map(|x| V::select(x.is_ready(), x, V::ZERO));
            let parts = [i2, q2, re, im].map(|x| V::select(learns, x, V::ZERO));
            let period = V::select(learns, period, self.period);
            self.keep::<false>(shifted, parts, [period, V::select(learns, value, self.value)], taken);
        }
        [V::select(given & taken & learns, value, V::NAN)]
    }
}

impl<V: Lanes> HtDcPeriod<V> {
    /// Keeps what one bar gave in the lanes that took it.
    #[inline(always)]
    fn keep<const WARM: bool>(&mut self, shifted: [V; 4], parts: [V; 4], periods: [V; 2], taken: V::Mask) {
        let [smooth, detrended, quadrature, in_phase] = shifted;
        shift_in::<V, WARM>(&mut self.smooths, smooth, taken);
        shift_in::<V, WARM>(&mut self.detrended, detrended, taken);
        shift_in::<V, WARM>(&mut self.quadrature, quadrature, taken);
        shift_in::<V, WARM>(&mut self.in_phase, in_phase, taken);
        let olds = [&mut self.i2, &mut self.q2, &mut self.re, &mut self.im];
        for (old, new) in olds.into_iter().zip(parts) {
            *old = V::keep::<WARM>(taken, new, *old);
        }
        for (old, new) in [&mut self.period, &mut self.value].into_iter().zip(periods) {
            *old = V::keep::<WARM>(taken, new, *old);
        }
    }
}
