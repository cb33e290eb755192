//! Greatest and least value of a window, with or without its age.

use std::marker::PhantomData;

use super::blocks::{Blocks, Fold};
use super::cells::{Cells, Place};
use crate::lanes::Lanes;

/// Greatest of the last `period` inputs.
pub type Maximum<V> = Blocks<V, Extreme<Greatest>, 1, 1, 1>;
/// Least of the last `period` inputs.
pub type Minimum<V> = Blocks<V, Extreme<Least>, 1, 1, 1>;
/// Greatest of the last `period` inputs and how many inputs ago it was (0 is now); of equals the newest.
pub type MaximumAt<V> = Blocks<V, ExtremeAt<Greatest>, 2, 2, 2>;
/// Least of the last `period` inputs and how many inputs ago it was (0 is now); of equals the newest.
pub type MinimumAt<V> = Blocks<V, ExtremeAt<Least>, 2, 2, 2>;

/// Which end is looked for.
pub trait End: Send + 'static {
    /// What any number beats.
    const WORST: f64;
    /// The better of two; `newer` when they are equal or either is NaN.
    fn better<V: Lanes>(older: V, newer: V) -> V;
    /// Where `older` beats `newer`.
    fn beats<V: Lanes>(older: V, newer: V) -> V::Mask;
}

/// The greatest.
#[derive(Debug)]
pub struct Greatest;

/// The least.
#[derive(Debug)]
pub struct Least;

impl End for Greatest {
    const WORST: f64 = f64::NEG_INFINITY;
    #[inline(always)]
    fn better<V: Lanes>(older: V, newer: V) -> V {
        older.greater(newer)
    }
    #[inline(always)]
    fn beats<V: Lanes>(older: V, newer: V) -> V::Mask {
        older.gt(newer)
    }
}

impl End for Least {
    const WORST: f64 = f64::INFINITY;
    #[inline(always)]
    fn better<V: Lanes>(older: V, newer: V) -> V {
        older.lesser(newer)
    }
    #[inline(always)]
    fn beats<V: Lanes>(older: V, newer: V) -> V::Mask {
        newer.gt(older)
    }
}

/// Folds by keeping the better value.
#[derive(Debug)]
pub struct Extreme<E>(PhantomData<E>);

impl<E: End> Fold<1, 1, 1> for Extreme<E> {
    fn nothing<V: Lanes>() -> [V; 1] {
        [V::splat(E::WORST)]
    }

    #[inline(always)]
    fn cell<V: Lanes>(x: V, _phase: V) -> [V; 1] {
        [x]
    }

    #[inline(always)]
    fn start<V: Lanes>(running: &mut [V; 1]) {
        *running = Self::nothing();
    }

    #[inline(always)]
    fn push<V: Lanes>(place: &impl Place<V, 1>, [head]: &mut [V; 1], x: V, _period: usize) -> [V; 1] {
        *head = E::better(*head, x);
        let [tail] = place.next();
        [E::better(tail, *head)]
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 1>, [head]: &mut [V; 1], period: usize) {
        let mut tail = V::splat(E::WORST);
        for at in (1..period).rev() {
            tail = E::better(cells.get(at)[0], tail);
            cells.set(at, [tail]);
        }
        *head = V::splat(E::WORST);
    }

    fn align(cells: &mut impl Cells<f64, 1>, [head]: &[f64; 1], phase: usize, period: usize) {
        for at in phase..period {
            let [tail] = cells.get(at);
            cells.set(at, [E::better(tail, *head)]);
        }
        let mut tail = E::WORST;
        for at in (0..phase).rev() {
            tail = E::better(cells.get(at)[0], tail);
            cells.set(at, [tail]);
        }
    }
}

/// Folds by keeping the better value and its place in its block.
#[derive(Debug)]
pub struct ExtremeAt<E>(PhantomData<E>);

impl<E: End> Fold<2, 2, 2> for ExtremeAt<E> {
    fn nothing<V: Lanes>() -> [V; 2] {
        [V::splat(E::WORST), V::ZERO]
    }

    #[inline(always)]
    fn cell<V: Lanes>(x: V, phase: V) -> [V; 2] {
        [x, phase]
    }

    #[inline(always)]
    fn start<V: Lanes>(running: &mut [V; 2]) {
        *running = Self::nothing();
    }

    #[inline(always)]
    fn push<V: Lanes>(
        place: &impl Place<V, 2>,
        [head, head_place]: &mut [V; 2],
        x: V,
        period: usize,
    ) -> [V; 2] {
        let here = place.phase();
        let stays = E::beats(*head, x);
        *head = V::select(stays, *head, x);
        *head_place = V::select(stays, *head_place, here);
        let [tail, tail_place] = place.next();
        let old = E::beats(tail, *head);
        let block = V::splat(period as f64);
        [V::select(old, tail, *head), V::select(old, here + (block - tail_place), here - *head_place)]
    }

    #[inline(always)]
    fn turn<V: Lanes>(cells: &mut impl Cells<V, 2>, running: &mut [V; 2], period: usize) {
        let [mut tail, mut tail_place] = Self::nothing::<V>();
        for at in (1..period).rev() {
            let [x, place] = cells.get(at);
            let older = E::beats(x, tail);
            tail = V::select(older, x, tail);
            tail_place = V::select(older, place, tail_place);
            cells.set(at, [tail, tail_place]);
        }
        *running = Self::nothing();
    }

    fn align(cells: &mut impl Cells<f64, 2>, [head, head_place]: &[f64; 2], phase: usize, period: usize) {
        let before = (period - phase) as f64;
        for at in phase..period {
            let [tail, place] = cells.get(at);
            let older = E::beats(tail, *head);
            cells.set(at, if older { [tail, place - phase as f64] } else { [*head, head_place + before] });
        }
        let [mut tail, mut tail_place] = Self::nothing::<f64>();
        for at in (0..phase).rev() {
            let [x, place] = cells.get(at);
            if E::beats(x, tail) {
                (tail, tail_place) = (x, place + before);
            }
            cells.set(at, [tail, tail_place]);
        }
    }
}
