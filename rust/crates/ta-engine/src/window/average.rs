//! Averages that never quite forget: the exponential mean and Wilder's.
//!
//! Both move by `beta * mean + alpha * x`, rounded once; the engine has this one form of the recurrence.

use crate::incremental::state::StateError;
use crate::kernel::Visitor;
use crate::lanes::{Lanes, Mask};

/// Bars until a weight that shrinks by `beta` each bar is below `tolerance`.
pub fn bars_until(tolerance: f64, beta: f64) -> usize {
    if beta <= 0.0 {
        return 1;
    }
    (libm::log(tolerance) / libm::log(beta)).ceil().max(1.0) as usize
}

/// The mean after an input, of which its weight has been taken.
#[inline(always)]
fn moved<V: Lanes>(beta: f64, mean: V, weighted: V) -> V {
    V::splat(beta).mul_add(mean, weighted)
}

/// Exponential mean, seeded by its first input.
#[derive(Debug)]
pub struct ExponentialMean<V> {
    alpha: f64,
    beta: f64,
    /// NaN before the first input.
    mean: V,
    warm: bool,
}

impl<V: Lanes> ExponentialMean<V> {
    /// With the weight `2 / (period + 1)` for the newest input.
    pub fn of_period(period: usize) -> Self {
        Self::with_alpha(2.0 / (period as f64 + 1.0))
    }

    /// With this weight for the newest input.
    pub fn with_alpha(alpha: f64) -> Self {
        ExponentialMean { alpha, beta: 1.0 - alpha, mean: V::NAN, warm: false }
    }

    /// True once every lane has a mean.
    #[inline(always)]
    pub fn is_warm(&self) -> bool {
        self.warm
    }

    /// Takes an input in the lanes that are ready and gives their means.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> V {
        let moved = moved(self.beta, self.mean, V::splat(self.alpha) * x);
        if WARM {
            self.mean = moved;
        } else {
            let next = V::select(self.mean.is_number(), moved, x);
            self.mean = V::select(ready, next, self.mean);
            self.warm = self.warm || self.mean.is_number().all();
        }
        self.mean
    }

    /// Walks the state.
    pub fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.mean)?;
        self.warm = self.mean.is_number().all();
        Ok(())
    }
}

/// Wilder's mean, seeded by the plain mean of the first `period` inputs.
#[derive(Debug)]
pub struct WilderMean<V> {
    period: f64,
    alpha: f64,
    beta: f64,
    /// Sum of the inputs while there are fewer than `period`, then their mean.
    mean: V,
    /// Inputs taken, up to `period`.
    count: V,
    warm: bool,
}

impl<V: Lanes> WilderMean<V> {
    /// With the weight `1 / period` for the newest input.
    pub fn new(period: usize) -> Self {
        let period = period as f64;
        let alpha = 1.0 / period;
        WilderMean { period, alpha, beta: 1.0 - alpha, mean: V::ZERO, count: V::ZERO, warm: false }
    }

    /// True once every lane is seeded.
    #[inline(always)]
    pub fn is_warm(&self) -> bool {
        self.warm
    }

    /// Takes some inputs, all ready, once every lane is seeded, and gives their means.
    #[inline(always)]
    pub fn run<const N: usize>(&mut self, xs: [V; N]) -> [V; N] {
        let mut means = xs;
        for x in &mut means {
            *x = V::splat(self.alpha) * *x;
        }
        // Only this waits for the mean before.
        for x in &mut means {
            self.mean = moved(self.beta, self.mean, *x);
            *x = self.mean;
        }
        means
    }

    /// Takes an input in the lanes that are ready and gives their means; NaN in a lane without its seed.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> V {
        let moved = moved(self.beta, self.mean, V::splat(self.alpha) * x);
        if WARM {
            self.mean = moved;
            return self.mean;
        }
        if self.warm {
            self.mean = V::select(ready, moved, self.mean);
            return self.mean;
        }
        let period = V::splat(self.period);
        let one_more = self.count + V::splat(1.0);
        let sum = self.mean + x;
        let seed = V::select(one_more.ge(period), (sum / period).bounded(), sum);
        let seeding = period.gt(self.count);
        let next = V::select(seeding, seed, moved);
        self.mean = V::select(ready, next, self.mean);
        self.count = V::select(ready & seeding, one_more, self.count);
        let seeded = self.count.ge(period);
        self.warm = self.warm || seeded.all();
        V::select(seeded, self.mean, V::NAN)
    }

    /// Walks the state.
    pub fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        visitor.lanes(&mut self.mean)?;
        visitor.count(&mut self.count, self.period as usize)?;
        self.warm = self.count.ge(V::splat(self.period)).all();
        Ok(())
    }
}
