//! The line of least squares through a window, from exact sums.
//!
//! With the values' sum `s` and their sum `w` with weights 1, 2, ... `n`, the newest the heaviest, the line's slope is
//! `(2 * w - (n + 1) * s) / (n * (n * n - 1) / 6)`: a whole number of steps by a whole number, rounded once.

use super::divisor::Divisor;
use super::grid::{Scratch, joined};
use super::sliding::{PIECE, Sliding, Sums};
use super::weighted::Weighted;
use super::wide::scaled;
use crate::kernel::Visitor;
use crate::lanes::Lanes;

/// Mean of the last `period` inputs, at least two, and slope of the line of least squares through them.
pub type RegressionLine<V> = Sliding<V, Line<V>, 2>;

/// The exact sums of a window, given as mean and slope.
#[derive(Debug)]
pub struct Line<V> {
    weighted: Weighted<V>,
    mean: Divisor,
    slope: Divisor,
    /// One more than the period.
    after: f64,
}

impl<V: Lanes> Line<V> {
    /// Mean and slope of exact sums' high and low parts.
    #[inline(always)]
    fn line<W: Lanes>(&self, sums: [W; 2], weighted: [W; 2]) -> [W; 2] {
        let tilt = |part: usize| W::splat(2.0) * weighted[part] - W::splat(self.after) * sums[part];
        [
            self.mean.quotient_of_two(joined(sums[0], sums[1])),
            self.slope.quotient_of_two(joined(tilt(0), tilt(1))),
        ]
    }
}

impl<V: Lanes> Sums<V, 2> for Line<V> {
    fn new(period: usize) -> Self {
        let count = period as f64;
        // Twice the sum with weights, and as much of the other sum, have to be exact.
        Line {
            weighted: Weighted::with_room(period, 2.0),
            mean: Divisor::new(count),
            slope: Divisor::new((count - 1.0) * count * (count + 1.0) / 6.0),
            after: count + 1.0,
        }
    }

    #[inline(always)]
    fn slide<const WARM: bool>(&mut self, new: V, old: V, lanes: V::Mask) -> V::Mask {
        self.weighted.slide::<WARM>(new, old, lanes)
    }

    #[inline(always)]
    fn values(&self) -> [V; 2] {
        self.line(self.weighted.sums, self.weighted.weighted)
    }

    fn sum_up(&mut self, lane: usize, window: impl Iterator<Item = f64> + Clone) {
        self.weighted.sum_up(lane, window);
    }

    fn mend(&mut self, lane: usize, new: f64, old: f64, window: impl Iterator<Item = f64> + Clone) {
        self.weighted.mend(lane, new, old, window);
    }

    fn wide_values(&self, lane: usize) -> Option<[f64; 2]> {
        self.weighted.wide.get(lane).map(|[sum, weighted]| {
            let mut tilt = weighted.times(2);
            tilt.subtract(&sum.times(self.after as u64));
            [(sum, self.mean), (&tilt, self.slope)].map(|(sum, divisor)| {
                let (sum, rest, down) = sum.read();
                scaled(divisor.quotient_of_two([sum, rest]), down)
            })
        })
    }

    #[inline(always)]
    fn run(
        &mut self,
        new: &[f64],
        old: &[f64],
        [means, slopes]: [&mut [f64]; 2],
        scratch: &mut Scratch,
    ) -> bool {
        let of = &self.weighted;
        let scale = of.scale.lane(0);
        if !scratch.take(&of.grid, scale, new, old) {
            return false;
        }
        let [mut sums, mut weighted] = [of.sums, of.weighted].map(|parts| parts.map(|part| part.lane(0)));
        let [high, low] = scratch.sums(new.len(), sums.each_mut());
        // Kept where the values will be, for the sums with weights take their place.
        means.copy_from_slice(high);
        slopes.copy_from_slice(low);
        let [high, low] = scratch.weighted_sums(scale, of.count, new, weighted.each_mut());
        for (((mean, slope), high), low) in means.iter_mut().zip(slopes).zip(high).zip(low) {
            [*mean, *slope] = self.line([*mean, *slope], [*high, *low]);
        }
        (self.weighted.sums, self.weighted.weighted) = (sums.map(V::splat), weighted.map(V::splat));
        true
    }

    fn visit_implied(&mut self, visitor: &mut impl Visitor) {
        self.weighted.visit_implied(visitor);
    }
}

impl<V: Lanes> RegressionLine<V> {
    /// Takes a column of ready inputs, warm from the start, and puts what is made of each mean and slope into one as long.
    #[inline(always)]
    pub fn run_through(&mut self, xs: &[V], out: &mut [V], of: impl Fn(V, V) -> V) {
        let mut slopes = [V::ZERO; PIECE];
        for (xs, out) in xs.chunks(PIECE).zip(out.chunks_mut(PIECE)) {
            let slopes = &mut slopes[..out.len()];
            self.run(xs, [&mut *out, &mut *slopes]);
            for (out, slope) in out.iter_mut().zip(slopes) {
                *out = of(*out, *slope);
            }
        }
    }
}
