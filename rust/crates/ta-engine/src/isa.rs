//! Picks the instruction set at run time: the same source compiled for AVX2 with fused multiply-add, and for the
//! baseline. Both give the same bits: `mul_add` is exactly rounded on either.

#![allow(unsafe_code)]

/// Something to do to a state; its body is inlined into a function compiled for the chosen instruction set.
///
/// The state is an argument of that function so that the compiler knows that nothing else refers to it: a recurrence
/// then stays in a register while a column is written.
pub(crate) trait Work<S: ?Sized> {
    /// What it gives.
    type Output;
    /// Does it. Implementations are `#[inline(always)]`.
    fn run(self, state: &mut S) -> Self::Output;
}

/// An instruction set that this processor is known to have.
pub(crate) trait Isa: Copy + Send + Sync + 'static {
    /// Does the work with these instructions.
    fn run<S: ?Sized, W: Work<S>>(self, state: &mut S, work: W) -> W::Output;

    /// Makes rows of columns.
    #[inline(always)]
    fn transpose(self, rows: Square) -> Square {
        std::array::from_fn(|column| rows.map(|row| row[column]))
    }
}

/// Rows of numbers, as many as each has.
pub(crate) type Square = [[f64; SIDE]; SIDE];

/// Numbers in a row of a [`Square`].
pub(crate) const SIDE: usize = 4;

/// What every processor of this architecture has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Baseline(());

/// AVX2 and FMA. A value of this type exists only where they do.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2Fma(());

/// Numbers that a processor fetches from memory at once.
pub(crate) const LINE: usize = 8;

/// Asks for the memory `ahead` places behind this one before it is needed; a hint, and none where there is no such place.
#[inline(always)]
pub(crate) fn fetch_ahead<T>(place: &T, ahead: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let address = std::ptr::from_ref(place).wrapping_add(ahead).cast();
        // SAFETY: fetching reads nothing into the program and cannot fault, wherever the address points.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(address) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (place, ahead);
}

/// A number without its fraction; of one that 64 bits cannot hold, any.
#[inline(always)]
pub(crate) fn truncated(x: f64) -> i64 {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_mm_cvttsd_si64, _mm_set_sd};
        // SAFETY: every processor of this architecture has the instruction, which is defined for any number. `as` takes five
        // more, to give the nearest that 64 bits can hold.
        unsafe { _mm_cvttsd_si64(_mm_set_sd(x)) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        x as i64
    }
}

/// The best instruction set of this processor.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Best {
    /// See [`Avx2Fma`].
    #[cfg(target_arch = "x86_64")]
    Avx2Fma(Avx2Fma),
    /// See [`Baseline`].
    Baseline(Baseline),
}

/// Which instructions to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Instructions {
    /// The best that this processor has.
    #[default]
    Best,
    /// Only what every processor has: slower, the same bits.
    Baseline,
}

impl Isa for Baseline {
    #[inline(always)]
    fn run<S: ?Sized, W: Work<S>>(self, state: &mut S, work: W) -> W::Output {
        run_baseline(state, work)
    }
}

#[cfg(target_arch = "x86_64")]
impl Isa for Avx2Fma {
    #[inline(always)]
    fn run<S: ?Sized, W: Work<S>>(self, state: &mut S, work: W) -> W::Output {
        // SAFETY: `Avx2Fma` is made only by `Best::of`, after both features were found.
        unsafe { run_avx2_fma(state, work) }
    }

    #[inline(always)]
    fn transpose(self, rows: Square) -> Square {
        // SAFETY: as above.
        unsafe { transpose_avx2(rows) }
    }
}

/// By shuffles: of the portable form the compiler makes moves, number by number.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
fn transpose_avx2(rows: Square) -> Square {
    use std::arch::x86_64::{__m256d, _mm256_permute2f128_pd, _mm256_unpackhi_pd, _mm256_unpacklo_pd};
    // SAFETY: both are four numbers side by side.
    let [a, b, c, d]: [__m256d; SIDE] = rows.map(|row| unsafe { std::mem::transmute(row) });
    let (ab_even, ab_odd) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
    let (cd_even, cd_odd) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
    let columns: [__m256d; SIDE] = [
        _mm256_permute2f128_pd::<0x20>(ab_even, cd_even),
        _mm256_permute2f128_pd::<0x20>(ab_odd, cd_odd),
        _mm256_permute2f128_pd::<0x31>(ab_even, cd_even),
        _mm256_permute2f128_pd::<0x31>(ab_odd, cd_odd),
    ];
    // SAFETY: as above.
    columns.map(|column| unsafe { std::mem::transmute(column) })
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx2_fma<S: ?Sized, W: Work<S>>(state: &mut S, work: W) -> W::Output {
    work.run(state)
}

#[inline(never)]
fn run_baseline<S: ?Sized, W: Work<S>>(state: &mut S, work: W) -> W::Output {
    work.run(state)
}

impl Best {
    /// Looks the processor's features up (cached by the standard library).
    pub(crate) fn of(instructions: Instructions) -> Best {
        #[cfg(target_arch = "x86_64")]
        if instructions == Instructions::Best
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
        {
            return Best::Avx2Fma(Avx2Fma(()));
        }
        let _ = instructions;
        Best::Baseline(Baseline(()))
    }

    /// What was asked for, as far as this processor could give it.
    pub(crate) fn instructions(self) -> Instructions {
        match self {
            #[cfg(target_arch = "x86_64")]
            Best::Avx2Fma(_) => Instructions::Best,
            Best::Baseline(_) => Instructions::Baseline,
        }
    }

    /// Does the work with the chosen instructions.
    #[inline(always)]
    pub(crate) fn run<S: ?Sized, W: Work<S>>(self, state: &mut S, work: W) -> W::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Best::Avx2Fma(isa) => isa.run(state, work),
            Best::Baseline(isa) => isa.run(state, work),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instruction_set_makes_rows_of_columns() {
        let rows = [
            [0.0, 1.0, 2.0, 3.0],
            [10.0, 11.0, 12.0, 13.0],
            [20.0, 21.0, 22.0, 23.0],
            [30.0, 31.0, 32.0, 33.0],
        ];
        let columns = [
            [0.0, 10.0, 20.0, 30.0],
            [1.0, 11.0, 21.0, 31.0],
            [2.0, 12.0, 22.0, 32.0],
            [3.0, 13.0, 23.0, 33.0],
        ];
        assert_eq!(Baseline(()).transpose(rows), columns);
        match Best::of(Instructions::Best) {
            #[cfg(target_arch = "x86_64")]
            Best::Avx2Fma(isa) => assert_eq!(isa.transpose(rows), columns),
            Best::Baseline(isa) => assert_eq!(isa.transpose(rows), columns),
        }
    }
}
