//! How many inputs a window counts, and what is reckoned with that number on every bar.

use crate::lanes::Lanes;

/// A window's period.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Inputs that count.
    pub bars: usize,
    count: f64,
    reciprocal: f64,
    of_squares: f64,
}

impl Period {
    /// Of so many inputs, one at least.
    pub fn new(bars: usize) -> Period {
        let count = bars as f64;
        Period { bars, count, reciprocal: 1.0 / count, of_squares: 1.0 / (count * count) }
    }

    /// The number of inputs.
    #[inline(always)]
    pub fn count<V: Lanes>(self) -> V {
        V::splat(self.count)
    }

    /// `sum / count`, rounded once, without a division.
    ///
    /// A quotient that is a rounding or two off, and what it leaves of the sum, which is exact, give the right one: Markstein,
    /// Computation of elementary functions on the IBM RISC System/6000 processor, 1990. Of sums below 1e-290 the last bit
    /// may differ from a division's; the mean of −0, which no sum is that began with zero, is 0.
    #[inline(always)]
    pub fn mean<V: Lanes>(self, sum: V) -> V {
        let near = sum * V::splat(self.reciprocal);
        let left = V::splat(-self.count).mul_add(near, sum);
        left.mul_add(V::splat(self.reciprocal), near)
    }

    /// `1 / count^2`
    #[inline(always)]
    pub fn of_squares<V: Lanes>(self) -> V {
        V::splat(self.of_squares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_has_the_bits_of_the_division() {
        let mut state = 1u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 11
        };
        let periods = (1..2_000).chain([1 << 14, 99_991, 999_999, 1_000_000]);
        for bars in periods {
            let period = Period::new(bars);
            let count = bars as f64;
            for _ in 0..200 {
                let mantissa = 1.0 + random() as f64 / (1u64 << 53) as f64;
                let sum = mantissa * 2f64.powi((random() % 1_800) as i32 - 900);
                // And what lies next to where quotients are rounded: whole multiples, and a bit off.
                let multiple = (random() % (1 << 32)) as f64 * count;
                for x in [sum, -sum, multiple, multiple.next_up(), multiple.next_down(), f64::MAX, 0.0] {
                    assert_eq!(period.mean(x).to_bits(), (x / count).to_bits(), "{x} / {bars}");
                }
            }
        }
        assert_eq!(Period::new(3).mean(-0.0f64).to_bits(), 0);
        for x in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            assert!(!Period::new(3).mean(x).is_finite());
        }
    }
}
