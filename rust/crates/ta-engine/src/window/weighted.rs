//! Mean of a window with weights 1, 2, ... `period`, the newest the heaviest, rounded once.

use super::divisor::Divisor;
use super::grid::{Grid, NO_GRID, Scratch, joined};
use super::sliding::{Sliding, Sums, WideLanes};
use super::wide::{SUM, Wide, scaled};
use crate::kernel::Visitor;
use crate::lanes::Lanes;

/// Linearly weighted mean of the last `period` inputs.
pub type WeightedMean<V> = Sliding<V, Weighted<V>, 1>;

/// The exact sums of a window, with and without weights.
///
/// With each input every weight falls by one, so that the plain sum before is taken from the weighted one.
#[derive(Debug)]
pub struct Weighted<V> {
    period: usize,
    pub(super) count: f64,
    divisor: Divisor,
    pub(super) grid: Grid,
    /// Of each lane's grid.
    pub(super) scale: V,
    /// Sums of high and of low parts.
    pub(super) sums: [V; 2],
    pub(super) weighted: [V; 2],
    pub(super) wide: WideLanes<[Wide<SUM>; 2]>,
}

impl<V: Lanes> Weighted<V> {
    /// With a grid for sums so many times as great.
    pub(super) fn with_room(period: usize, times: f64) -> Self {
        let count = period as f64;
        let weight = count * (count + 1.0) / 2.0;
        Weighted {
            period,
            count,
            divisor: Divisor::new(weight),
            grid: Grid::of_weight(times * weight),
            scale: V::splat(NO_GRID),
            sums: [V::ZERO; 2],
            weighted: [V::ZERO; 2],
            wide: WideLanes::new(),
        }
    }
}

impl<V: Lanes> Sums<V, 1> for Weighted<V> {
    fn new(period: usize) -> Self {
        Weighted::with_room(period, 1.0)
    }

    #[inline(always)]
    fn slide<const WARM: bool>(&mut self, new: V, old: V, lanes: V::Mask) -> V::Mask {
        let (new_parts, old_parts) = (Grid::split(self.scale, new), Grid::split(self.scale, old));
        for part in 0..2 {
            let difference = V::splat(self.count) * new_parts[part] - self.sums[part];
            let weighted = self.weighted[part] + difference;
            let sum = self.sums[part] + (new_parts[part] - old_parts[part]);
            self.weighted[part] = V::keep::<WARM>(lanes, weighted, self.weighted[part]);
            self.sums[part] = V::keep::<WARM>(lanes, sum, self.sums[part]);
        }
        self.grid.fits(self.scale, new, new_parts[1])
    }

    #[inline(always)]
    fn values(&self) -> [V; 1] {
        let [high, low] = self.weighted;
        [self.divisor.quotient_of_two(joined(high, low))]
    }

    fn sum_up(&mut self, lane: usize, window: impl Iterator<Item = f64> + Clone) {
        if let Some(scale) = self.grid.scale(window.clone()) {
            let (mut sums, mut weighted) = ([0.0; 2], [0.0; 2]);
            for (before, x) in window.enumerate() {
                for (part, x) in Grid::split(scale, x).into_iter().enumerate() {
                    sums[part] += x;
                    weighted[part] += (before + 1) as f64 * x;
                }
            }
            self.scale.set_lane(lane, scale);
            for part in 0..2 {
                self.sums[part].set_lane(lane, sums[part]);
                self.weighted[part].set_lane(lane, weighted[part]);
            }
            self.wide.drop(lane);
        } else {
            let [mut sum, mut weighted] = [Wide::zero(), Wide::zero()];
            for (before, x) in window.enumerate() {
                sum.add_times(x, 1);
                weighted.add_times(x, before as i64 + 1);
            }
            self.scale.set_lane(lane, NO_GRID);
            self.wide.put(lane, [sum, weighted], self.period);
        }
    }

    fn mend(&mut self, lane: usize, new: f64, old: f64, window: impl Iterator<Item = f64> + Clone) {
        if let Some([sum, weighted]) = self.wide.take_turn(lane) {
            weighted.subtract(sum);
            weighted.add_times(new, self.period as i64);
            sum.add_times(new, 1);
            sum.add_times(old, -1);
        } else if !self.grid.has_place_for(self.scale.lane(lane), new) {
            self.sum_up(lane, window);
        }
    }

    fn wide_values(&self, lane: usize) -> Option<[f64; 1]> {
        self.wide.get(lane).map(|[_, weighted]| {
            let (sum, rest, down) = weighted.read();
            [scaled(self.divisor.quotient_of_two([sum, rest]), down)]
        })
    }

    #[inline(always)]
    fn run(&mut self, new: &[f64], old: &[f64], [out]: [&mut [f64]; 1], scratch: &mut Scratch) -> bool {
        let scale = self.scale.lane(0);
        if !scratch.take(&self.grid, scale, new, old) {
            return false;
        }
        let [mut sums, mut weighted] = [self.sums, self.weighted].map(|parts| parts.map(|part| part.lane(0)));
        scratch.sums(new.len(), sums.each_mut());
        let [high, low] = scratch.weighted_sums(scale, self.count, new, weighted.each_mut());
        for ((out, high), low) in out.iter_mut().zip(high).zip(low) {
            *out = self.divisor.quotient_of_two(joined(*high, *low));
        }
        (self.sums, self.weighted) = (sums.map(V::splat), weighted.map(V::splat));
        true
    }

    fn visit_implied(&mut self, visitor: &mut impl Visitor) {
        visitor.implied(&mut self.scale);
        for part in self.sums.iter_mut().chain(&mut self.weighted) {
            visitor.implied(part);
        }
    }
}
