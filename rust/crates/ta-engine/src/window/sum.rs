//! Sum and mean of a window, rounded once.

use super::divisor::Divisor;
use super::grid::{Grid, NO_GRID, Scratch, joined};
use super::sliding::{Sliding, Sums, WideLanes};
use super::wide::{SUM, Wide, scaled};
use crate::kernel::Visitor;
use crate::lanes::Lanes;

/// Sum of the last `period` inputs.
pub type Sum<V> = Sliding<V, Total<V, false>, 1>;

/// Mean of the last `period` inputs.
pub type Mean<V> = Sliding<V, Total<V, true>, 1>;

/// The exact sum of a window, which is given as it is or divided by the number of inputs.
#[derive(Debug)]
pub struct Total<V, const MEAN: bool> {
    period: usize,
    divisor: Divisor,
    grid: Grid,
    /// Of each lane's grid.
    scale: V,
    high: V,
    low: V,
    wide: WideLanes<Wide<SUM>>,
}

impl<V: Lanes, const MEAN: bool> Total<V, MEAN> {
    #[inline(always)]
    fn value<W: Lanes>(&self, high: W, low: W) -> W {
        if MEAN { self.divisor.quotient_of_two(joined(high, low)) } else { high + low }
    }
}

impl<V: Lanes, const MEAN: bool> Sums<V, 1> for Total<V, MEAN> {
    fn new(period: usize) -> Self {
        let count = period as f64;
        Total {
            period,
            divisor: Divisor::new(count),
            grid: Grid::of_weight(count),
            scale: V::splat(NO_GRID),
            high: V::ZERO,
            low: V::ZERO,
            wide: WideLanes::new(),
        }
    }

    #[inline(always)]
    fn slide<const WARM: bool>(&mut self, new: V, old: V, lanes: V::Mask) -> V::Mask {
        let [new_high, new_low] = Grid::split(self.scale, new);
        let [old_high, old_low] = Grid::split(self.scale, old);
        self.high = V::keep::<WARM>(lanes, self.high + (new_high - old_high), self.high);
        self.low = V::keep::<WARM>(lanes, self.low + (new_low - old_low), self.low);
        self.grid.fits(self.scale, new, new_low)
    }

    #[inline(always)]
    fn values(&self) -> [V; 1] {
        [self.value(self.high, self.low)]
    }

    fn sum_up(&mut self, lane: usize, window: impl Iterator<Item = f64> + Clone) {
        if let Some(scale) = self.grid.scale(window.clone()) {
            let (mut high, mut low) = (0.0, 0.0);
            for x in window {
                let [x_high, x_low] = Grid::split(scale, x);
                (high, low) = (high + x_high, low + x_low);
            }
            self.scale.set_lane(lane, scale);
            self.high.set_lane(lane, high);
            self.low.set_lane(lane, low);
            self.wide.drop(lane);
        } else {
            let mut sum = Wide::zero();
            window.for_each(|x| sum.add_times(x, 1));
            self.scale.set_lane(lane, NO_GRID);
            self.wide.put(lane, sum, self.period);
        }
    }

    fn mend(&mut self, lane: usize, new: f64, old: f64, window: impl Iterator<Item = f64> + Clone) {
        if let Some(sum) = self.wide.take_turn(lane) {
            sum.add_times(new, 1);
            sum.add_times(old, -1);
        } else if !self.grid.has_place_for(self.scale.lane(lane), new) {
            self.sum_up(lane, window);
        }
    }

    fn wide_values(&self, lane: usize) -> Option<[f64; 1]> {
        self.wide.get(lane).map(|sum| {
            let (sum, rest, down) = sum.read();
            let value = if MEAN { self.divisor.quotient_of_two([sum, rest]) } else { sum };
            [scaled(value, down)]
        })
    }

    #[inline(always)]
    fn run(&mut self, new: &[f64], old: &[f64], [out]: [&mut [f64]; 1], scratch: &mut Scratch) -> bool {
        if !scratch.take(&self.grid, self.scale.lane(0), new, old) {
            return false;
        }
        let (mut last_high, mut last_low) = (self.high.lane(0), self.low.lane(0));
        let [high, low] = scratch.sums(new.len(), [&mut last_high, &mut last_low]);
        for ((out, high), low) in out.iter_mut().zip(high).zip(low) {
            *out = self.value(*high, *low);
        }
        (self.high, self.low) = (V::splat(last_high), V::splat(last_low));
        true
    }

    fn visit_implied(&mut self, visitor: &mut impl Visitor) {
        for part in [&mut self.scale, &mut self.high, &mut self.low] {
            visitor.implied(part);
        }
    }
}
