//! What the indicators of the dominant cycle share: Ehlers' Hilbert transforms, as TA-Lib has them.

use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};
use crate::window::{Wait, WeightedMean};

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

/// The cycle behind a value.
#[derive(Clone, Copy, Debug)]
pub struct Cycle<V: Lanes> {
    /// The smoothed value.
    pub smooth: V,
    /// The two parts of the cycle, the one in phase three values late.
    pub in_phase: V,
    /// The part a quarter of a cycle ahead.
    pub quadrature: V,
    /// The smoothed period.
    pub period: V,
    /// Where the transforms have begun, and where nothing overflowed.
    pub is_there: V::Mask,
}

/// The transforms, the period that they give, and what they remember: zeros before they begin.
#[derive(Debug)]
pub struct Hilbert<V: Lanes> {
    wait: Wait<V>,
    smooth: WeightedMean<V>,
    /// Values before those that the transforms take, the last first.
    smooths: [V; 6],
    detrended: [V; 6],
    quadrature: [V; 6],
    in_phase: [V; 6],
    /// The two parts of the cycle, and of the phase's step.
    parts: [V; 4],
    /// The period, and what is smoothed of it.
    periods: [V; 2],
}

impl<V: Lanes> Hilbert<V> {
    /// One that lets so many values go by, at least three.
    pub fn new(unseen: usize) -> Hilbert<V> {
        let zeros = [V::ZERO; 6];
        Hilbert {
            wait: Wait::new(unseen),
            smooth: WeightedMean::new(4),
            smooths: zeros,
            detrended: zeros,
            quadrature: zeros,
            in_phase: zeros,
            parts: [V::ZERO; 4],
            periods: [V::ZERO; 2],
        }
    }

    /// Takes a value in the lanes that are ready and gives its cycle. Where a product overflows there is none, and the parts
    /// of the cycle begin anew.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> Cycle<V> {
        let [smooth] = self.smooth.push::<WARM>(x, ready);
        let seen = self.wait.push::<WARM>(ready);
        let [before, value_before] = self.periods;
        let [i2_before, q2_before, re_before, im_before] = self.parts;
        let gain = V::splat(0.075).mul_add(before, V::splat(0.54));
        let in_phase = self.detrended[2];
        let detrended = transform(smooth, &self.smooths) * gain;
        let quadrature = transform(detrended, &self.detrended) * gain;
        let in_phase_ahead = transform(in_phase, &self.in_phase) * gain;
        let quadrature_ahead = transform(quadrature, &self.quadrature) * gain;
        let q2 = smoothed(quadrature + in_phase_ahead, q2_before);
        let i2 = smoothed(in_phase - quadrature_ahead, i2_before);
        let re = smoothed(i2.mul_add(i2_before, q2 * q2_before), re_before);
        let im = smoothed(i2.mul_add(q2_before, -(q2 * i2_before)), im_before);

        let degrees = (im / re).map(libm::atan) * V::splat(180.0 / std::f64::consts::PI);
        let has_phase = !im.equals(V::ZERO) & !re.equals(V::ZERO);
        let period = V::select(has_phase, V::splat(360.0) / degrees, before);
        let period = period.lesser(V::splat(1.5) * before).greater(V::splat(0.67) * before);
        let period = period.greater(V::splat(6.0)).lesser(V::splat(50.0));
        let period = smoothed(period, before);
        let value = V::splat(0.67).mul_add(value_before, V::splat(0.33) * period);

        let learns = re.is_ready() & im.is_ready();
        let taken = ready & seen;
        let shifted = [smooth, detrended, quadrature, in_phase];
        if WARM && learns.all() {
            self.keep::<true>(shifted, [i2, q2, re, im], [period, value], taken);
        } else {
            let shifted = shifted.map(|x| V::select(x.is_ready(), x, V::ZERO));
            let parts = [i2, q2, re, im].map(|x| V::select(learns, x, V::ZERO));
            let period = V::select(learns, period, before);
            self.keep::<false>(shifted, parts, [period, V::select(learns, value, value_before)], taken);
        }
        Cycle { smooth, in_phase, quadrature, period: value, is_there: taken & learns }
    }

    /// Keeps what one bar gave in the lanes that took it.
    #[inline(always)]
    fn keep<const WARM: bool>(&mut self, shifted: [V; 4], parts: [V; 4], periods: [V; 2], taken: V::Mask) {
        let [smooth, detrended, quadrature, in_phase] = shifted;
        shift_in::<V, WARM>(&mut self.smooths, smooth, taken);
        shift_in::<V, WARM>(&mut self.detrended, detrended, taken);
        shift_in::<V, WARM>(&mut self.quadrature, quadrature, taken);
        shift_in::<V, WARM>(&mut self.in_phase, in_phase, taken);
        for (old, new) in self.parts.iter_mut().zip(parts) {
            *old = V::keep::<WARM>(taken, new, *old);
        }
        for (old, new) in self.periods.iter_mut().zip(periods) {
            *old = V::keep::<WARM>(taken, new, *old);
        }
    }
}

impl<V: Lanes> State<V> for Hilbert<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.wait.is_warm() && self.smooth.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.smooth.visit(visitor)?;
        for lines in [&mut self.smooths, &mut self.detrended, &mut self.quadrature, &mut self.in_phase] {
            lines.visit(visitor)?;
        }
        self.parts.visit(visitor)?;
        self.periods.visit(visitor)?;
        self.wait.visit(visitor)
    }
}
