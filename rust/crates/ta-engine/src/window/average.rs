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

/// Wilder's mean of one input.
pub type WilderMean<V> = WilderMeans<V, 1>;

/// Wilder's means of some inputs that come together, each seeded by the plain mean of its first `period`.
#[derive(Debug)]
pub struct WilderMeans<V, const N: usize> {
    period: f64,
    alpha: f64,
    beta: f64,
    /// Sums of the inputs while there are fewer than `period`, then their means: side by side, as they move.
    means: [V; N],
    /// Inputs of each taken, up to `period`.
    count: V,
    warm: bool,
}

impl<V: Lanes, const N: usize> WilderMeans<V, N> {
    /// With the weight `1 / period` for the newest input.
    pub fn new(period: usize) -> Self {
        let period = period as f64;
        let alpha = 1.0 / period;
        let means = [V::ZERO; N];
        WilderMeans { period, alpha, beta: 1.0 - alpha, means, count: V::ZERO, warm: false }
    }

    /// True once every lane is seeded.
    #[inline(always)]
    pub fn is_warm(&self) -> bool {
        self.warm
    }

    /// Takes an input of each in the lanes that are ready and gives their means; NaN in a lane without its seeds.
    #[inline(always)]
    pub fn push<const WARM: bool>(&mut self, xs: [V; N], ready: V::Mask) -> [V; N] {
        if !WARM && !self.warm {
            return self.seed(xs, ready);
        }
        for (mean, x) in self.means.iter_mut().zip(xs) {
            let moved = moved(self.beta, *mean, V::splat(self.alpha) * x);
            *mean = V::keep::<WARM>(ready, moved, *mean);
        }
        self.means
    }

    #[inline(always)]
    fn seed(&mut self, xs: [V; N], ready: V::Mask) -> [V; N] {
        let period = V::splat(self.period);
        let one_more = self.count + V::splat(1.0);
        let seeding = period.gt(self.count);
        for (mean, x) in self.means.iter_mut().zip(xs) {
            let moved = moved(self.beta, *mean, V::splat(self.alpha) * x);
            let sum = *mean + x;
            let seed = V::select(one_more.ge(period), (sum / period).bounded(), sum);
            *mean = V::select(ready, V::select(seeding, seed, moved), *mean);
        }
        self.count = V::select(ready & seeding, one_more, self.count);
        let seeded = self.count.ge(period);
        self.warm = self.warm || seeded.all();
        let mut means = self.means;
        for mean in &mut means {
            *mean = V::select(seeded, *mean, V::NAN);
        }
        means
    }

    /// Walks the state.
    pub fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        for mean in &mut self.means {
            visitor.lanes(mean)?;
        }
        visitor.count(&mut self.count, self.period as usize)?;
        self.warm = self.count.ge(V::splat(self.period)).all();
        Ok(())
    }
}

impl<V: Lanes> WilderMean<V> {
    /// Takes some inputs, all ready, once every lane is seeded, and gives their means.
    #[inline(always)]
    pub fn run<const M: usize>(&mut self, xs: [V; M]) -> [V; M] {
        let mut means = xs;
        for x in &mut means {
            *x = V::splat(self.alpha) * *x;
        }
        // Only this waits for the mean before.
        for x in &mut means {
            self.means[0] = moved(self.beta, self.means[0], *x);
            *x = self.means[0];
        }
        means
    }
}
