//! Averages that never quite forget: the exponential mean and Wilder's.
//!
//! Both move by `beta * mean + alpha * x`, rounded once; the engine has this one form of the recurrence.

use super::divisor::Divisor;
use super::grid::add_to;
use crate::kernel::{State, StateError, Visitor};
use crate::lanes::{Lanes, Mask};

/// Bars until a weight that shrinks by `beta` each bar is below `tolerance`.
pub fn bars_until(tolerance: f64, beta: f64) -> usize {
    if beta <= 0.0 {
        return 1;
    }
    (libm::log(tolerance) / libm::log(beta)).ceil().max(1.0) as usize
}

/// The weights of the newest input and of the mean before it, of which the first is about `alpha`. They add up to one
/// exactly, so that the mean of equal values is that value.
fn weights(alpha: f64) -> [f64; 2] {
    let beta = 1.0 - alpha;
    [1.0 - beta, beta]
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
        let [alpha, beta] = weights(alpha);
        ExponentialMean { alpha, beta, mean: V::NAN, warm: false }
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

    /// [`push`](ExponentialMean::push) of what was computed on the way: where that overflowed, the input is missing.
    #[inline(always)]
    pub fn push_computed<const WARM: bool>(&mut self, x: V, ready: V::Mask) -> V {
        let finite = x.is_ready();
        if WARM && finite.all() {
            return self.push::<true>(x, ready);
        }
        let ready = finite & if WARM { V::Mask::ALL } else { ready };
        V::select(ready, self.push::<false>(x, ready), V::NAN)
    }
}

impl<V: Lanes> State<V> for ExponentialMean<V> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.warm
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
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
    divisor: Divisor,
    alpha: f64,
    beta: f64,
    /// Sums of the inputs while there are fewer than `period`, then their means: side by side, as they move.
    means: [V; N],
    /// What the sums are off; zero behind the means.
    rests: [V; N],
    /// Inputs of each taken, up to `period`.
    count: V,
    warm: bool,
}

impl<V: Lanes, const N: usize> WilderMeans<V, N> {
    /// With the weight `1 / period` for the newest input.
    pub fn new(period: usize) -> Self {
        Self::weighing(1.0 / period as f64, period)
    }

    /// With the weight of an exponential mean for the newest input, `2 / (period + 1)`, and the same seed.
    pub fn exponential(period: usize) -> Self {
        Self::weighing(2.0 / (period as f64 + 1.0), period)
    }

    /// With this weight for the newest input, seeded by the plain mean of the first `period`.
    pub fn weighing(alpha: f64, period: usize) -> Self {
        let period = period as f64;
        let [alpha, beta] = weights(alpha);
        let (divisor, means, rests) = (Divisor::new(period), [V::ZERO; N], [V::ZERO; N]);
        WilderMeans { period, divisor, alpha, beta, means, rests, count: V::ZERO, warm: false }
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

    /// [`push`](WilderMeans::push) of what was computed on the way: where any of it overflowed, the inputs are missing.
    #[inline(always)]
    pub fn push_computed<const WARM: bool>(&mut self, xs: [V; N], ready: V::Mask) -> [V; N] {
        let mut finite = V::Mask::ALL;
        for x in &xs {
            finite = finite & x.is_ready();
        }
        if WARM && finite.all() {
            return self.push::<true>(xs, ready);
        }
        let ready = finite & if WARM { V::Mask::ALL } else { ready };
        let mut means = self.push::<false>(xs, ready);
        for mean in &mut means {
            *mean = V::select(ready, *mean, V::NAN);
        }
        means
    }

    #[inline(always)]
    fn seed(&mut self, xs: [V; N], ready: V::Mask) -> [V; N] {
        let period = V::splat(self.period);
        let one_more = self.count + V::splat(1.0);
        let seeding = period.gt(self.count);
        let seeded = one_more.ge(period);
        let mut sums = [[V::ZERO; 2]; N];
        let mut ready = ready;
        for n in 0..N {
            sums[n] = add_to([self.means[n], self.rests[n]], xs[n]);
            // With which a sum overflows, an input is missing.
            ready = ready & (!seeding | sums[n][0].is_ready());
        }
        for n in 0..N {
            let moved = moved(self.beta, self.means[n], V::splat(self.alpha) * xs[n]);
            let [sum, rest] = sums[n];
            let seed = V::select(seeded, self.divisor.quotient_of_two(sums[n]), sum);
            self.means[n] = V::select(ready, V::select(seeding, seed, moved), self.means[n]);
            let rest = V::select(seeding & !seeded, rest, V::ZERO);
            self.rests[n] = V::select(ready, rest, self.rests[n]);
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
}

impl<V: Lanes, const N: usize> State<V> for WilderMeans<V, N> {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.warm
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        for sum in self.means.iter_mut().chain(&mut self.rests) {
            visitor.lanes(sum)?;
        }
        visitor.count(&mut self.count, self.period as usize)?;
        self.warm = self.count.ge(V::splat(self.period)).all();
        Ok(())
    }
}

impl<V: Lanes, const N: usize> WilderMeans<V, N> {
    /// The means as they are.
    pub fn means(&self) -> &[V; N] {
        &self.means
    }

    /// Takes some inputs of each, all ready, once every lane is seeded, and gives their means.
    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "the means of one bar stand in several arrays")]
    pub fn run<const M: usize>(&mut self, xs: [[V; M]; N]) -> [[V; M]; N] {
        let mut means = xs;
        for xs in &mut means {
            for x in xs {
                *x = V::splat(self.alpha) * *x;
            }
        }
        // Only this waits for the means before.
        let mut last = self.means;
        for bar in 0..M {
            for n in 0..N {
                last[n] = moved(self.beta, last[n], means[n][bar]);
                means[n][bar] = last[n];
            }
        }
        self.means = last;
        means
    }
}
