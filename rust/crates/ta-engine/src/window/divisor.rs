//! Division of exact sums by a whole number, rounded once, without a division.

use crate::lanes::Lanes;

/// A whole number by which sums are divided.
#[derive(Clone, Copy, Debug)]
pub struct Divisor {
    number: f64,
    reciprocal: f64,
}

impl Divisor {
    /// Of a whole number from 1 to 2^53.
    pub fn new(number: f64) -> Divisor {
        Divisor { number, reciprocal: 1.0 / number }
    }

    /// `x / number`, rounded once.
    ///
    /// A quotient that is a rounding or two off, and what it leaves of the dividend, which is exact, give the right one:
    /// Markstein, Computation of elementary functions on the IBM RISC System/6000 processor, 1990. Of dividends below 1e-290
    /// the last bit may differ from a division's.
    #[inline(always)]
    pub fn quotient<V: Lanes>(self, x: V) -> V {
        let near = x * V::splat(self.reciprocal);
        let left = V::splat(-self.number).mul_add(near, x);
        left.mul_add(V::splat(self.reciprocal), near)
    }

    /// `(sum + rest) / number`, rounded once, where `sum` is the nearest double to `sum + rest`.
    #[inline(always)]
    pub fn quotient_of_two<V: Lanes>(self, [sum, rest]: [V; 2]) -> V {
        let near = sum * V::splat(self.reciprocal);
        let left = V::splat(-self.number).mul_add(near, sum) + rest;
        near + self.quotient(left)
    }
}

/// `(sum + rest) / count`, where `sum` is the nearest double to `sum + rest`, for a count that changes.
#[inline(always)]
pub fn quotient_of_any<V: Lanes>([sum, rest]: [V; 2], count: V) -> V {
    let near = sum / count;
    near + ((-near).mul_add(count, sum) + rest) / count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> impl Iterator<Item = f64> {
        (1..2_000).chain([1 << 14, 99_991, 999_999, 1_000_000]).map(f64::from)
    }

    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.0 >> 11
        }
    }

    #[test]
    fn a_quotient_has_the_bits_of_the_division() {
        let mut random = Random(1);
        for number in numbers() {
            let divisor = Divisor::new(number);
            for _ in 0..200 {
                let mantissa = 1.0 + random.next() as f64 / (1u64 << 53) as f64;
                let x = mantissa * 2f64.powi((random.next() % 1_800) as i32 - 900);
                // And what lies next to where quotients are rounded: whole multiples, and a bit off.
                let multiple = (random.next() % (1 << 32)) as f64 * number;
                for x in [x, -x, multiple, multiple.next_up(), multiple.next_down(), f64::MAX, 0.0] {
                    assert_eq!(divisor.quotient(x).to_bits(), (x / number).to_bits(), "{x} / {number}");
                }
            }
        }
        for x in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            assert!(!Divisor::new(3.0).quotient(x).is_finite());
        }
    }

    #[test]
    fn a_quotient_of_two_is_the_nearest_double_ties_to_even() {
        let mut random = Random(2);
        for number in numbers() {
            let divisor = Divisor::new(number);
            for case in 0..100 {
                // Whole numbers of up to 80 bits; of every third the quotient is half-way between two doubles.
                let quotient = i128::from(random.next() | 1 << 52);
                let whole = match case % 3 {
                    0 => (2 * quotient + 1) * number as i128,
                    1 => (2 * quotient + 1) * number as i128 + [-1, 1][case / 3 % 2],
                    _ => i128::from(random.next()) << (case % 27),
                };
                let sum = whole as f64;
                let found = divisor.quotient_of_two([sum, (whole - sum as i128) as f64]);
                // The nearest: twice its distance from the quotient is no more than that between doubles.
                let twice = 2 * (whole - found as i128 * number as i128).abs();
                let gap = if found as i128 >= 1 << 53 { found.next_up() as i128 - found as i128 } else { 1 };
                if found.fract() == 0.0 {
                    assert!(twice <= gap * number as i128, "{whole} / {number}");
                    if twice == gap * number as i128 && found >= (1u64 << 53) as f64 {
                        assert_eq!(found.to_bits() & 1, 0, "{whole} / {number}");
                    }
                }
            }
        }
    }
}
