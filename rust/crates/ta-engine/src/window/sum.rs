//! Sum of a window.

use super::blocks::{Blocks, Cells, Fold, Place};
use super::period::Period;
use crate::lanes::Lanes;

/// Sum of the last `period` inputs.
pub type Sum<V> = Blocks<V, Total, 1, 1, 1>;

impl<V: Lanes> Sum<V> {
    /// Takes a column of ready inputs, warm from the start, and gives the mean of each window.
    #[inline(always)]
    pub fn run_mean(&mut self, xs: &[V], means: &mut [V]) {
        self.run(xs, [&mut *means]);
        // Apart from the sums, several at a time.
        let period = self.period();
        for mean in means {
            *mean = period.mean(*mean);
        }
    }
}

/// Folds by adding.
#[derive(Debug)]
pub struct Total;

impl Fold<1, 1, 1> for Total {
    #[inline(always)]
    fn cell<V: Lanes>(x: V, _phase: V) -> [V; 1] {
        [x]
    }

    #[inline(always)]
    fn push<V: Lanes>(place: &impl Place<V, 1>, [head]: &mut [V; 1], x: V, _period: Period) -> [V; 1] {
        *head = *head + x;
        let [tail] = place.next();
        [tail + *head]
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 1>, [head]: &mut [V; 1], period: Period) {
        let mut tail = V::ZERO;
        // The tail from the first cell on would be the whole block, which the next input pushes out.
        for at in (1..period.bars).rev() {
            tail = cells.get(at)[0] + tail;
            cells.set(at, [tail]);
        }
        *head = V::ZERO;
    }
}
