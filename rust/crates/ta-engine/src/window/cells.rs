//! The cells of a window, and where an input stands among them: for whole tiles that share one place, and lane by lane.

use std::hint::black_box;

use crate::lanes::Lanes;

/// Where an input stands.
pub trait Place<V: Lanes, const C: usize> {
    /// Inputs before it in its block.
    fn phase(&self) -> V;
    /// Reads the cell behind.
    fn next(&self) -> [V; C];
}

/// A place that all lanes share.
pub(super) struct At<'a, K> {
    pub(super) cells: &'a K,
    pub(super) phase: usize,
}

impl<V: Lanes, K: Cells<V, C>, const C: usize> Place<V, C> for At<'_, K> {
    #[inline(always)]
    fn phase(&self) -> V {
        V::splat(self.phase as f64)
    }
    #[inline(always)]
    fn next(&self) -> [V; C] {
        self.cells.get(self.phase + 1)
    }
}

/// A place that all lanes share, for loops that walk along the cells.
pub(super) struct Before<V, const C: usize> {
    pub(super) at: usize,
    pub(super) next: [V; C],
}

impl<V: Lanes, const C: usize> Place<V, C> for Before<V, C> {
    #[inline(always)]
    fn phase(&self) -> V {
        V::splat(self.at as f64)
    }
    #[inline(always)]
    fn next(&self) -> [V; C] {
        self.next
    }
}

/// A place of its own for each lane.
pub(super) struct Spread<'a, V: Lanes, const C: usize> {
    pub(super) cells: &'a [[V; C]],
    pub(super) phase: &'a V::Index,
}

impl<V: Lanes, const C: usize> Place<V, C> for Spread<'_, V, C> {
    #[inline(always)]
    fn phase(&self) -> V {
        V::of_index(self.phase)
    }
    #[inline(always)]
    fn next(&self) -> [V; C] {
        let mut next = [V::ZERO; C];
        for lane in 0..V::LANES {
            let x = &self.cells[self.phase[lane] as usize + 1];
            for c in 0..C {
                next[c].set_lane(lane, x[c].lane(lane));
            }
        }
        next
    }
}

/// The cells of a window as numbers of one type: whole tiles, or one lane of each.
pub trait Cells<V: Lanes, const C: usize> {
    /// Reads a cell.
    fn get(&self, at: usize) -> [V; C];
    /// Writes a cell.
    fn set(&mut self, at: usize, cell: [V; C]);
}

/// Whole tiles.
pub(super) struct Whole<'a, V, const C: usize>(pub(super) &'a mut [[V; C]]);

impl<V: Lanes, const C: usize> Cells<V, C> for Whole<'_, V, C> {
    #[inline(always)]
    fn get(&self, at: usize) -> [V; C] {
        self.0[at]
    }
    #[inline(always)]
    fn set(&mut self, at: usize, cell: [V; C]) {
        self.0[at] = cell;
    }
}

/// Whole tiles, of which only some lanes are written.
pub(super) struct Masked<'a, V: Lanes, const C: usize> {
    pub(super) cells: &'a mut [[V; C]],
    pub(super) lanes: V::Mask,
}

impl<'a, V: Lanes, const C: usize> Masked<'a, V, C> {
    #[inline(always)]
    pub(super) fn new(cells: &'a mut [[V; C]], lanes: V::Mask) -> Self {
        // Where the compiler knows what a mask is made of, it makes masked stores of `choose`, which some processors
        // take apart into a store for each lane.
        Masked { cells, lanes: black_box(lanes) }
    }
}

impl<V: Lanes, const C: usize> Cells<V, C> for Masked<'_, V, C> {
    #[inline(always)]
    fn get(&self, at: usize) -> [V; C] {
        self.cells[at]
    }
    #[inline(always)]
    fn set(&mut self, at: usize, cell: [V; C]) {
        self.cells[at] = choose(self.lanes, cell, self.cells[at]);
    }
}

pub(super) struct OneLane<'a, V, const C: usize> {
    pub(super) cells: &'a mut [[V; C]],
    pub(super) lane: usize,
}

impl<V: Lanes, const C: usize> Cells<f64, C> for OneLane<'_, V, C> {
    #[inline(always)]
    fn get(&self, at: usize) -> [f64; C] {
        std::array::from_fn(|c| self.cells[at][c].lane(self.lane))
    }
    #[inline(always)]
    fn set(&mut self, at: usize, cell: [f64; C]) {
        for (c, x) in cell.into_iter().enumerate() {
            self.cells[at][c].set_lane(self.lane, x);
        }
    }
}

/// Writes each lane's cell where its index says.
#[inline(always)]
pub(super) fn put<V: Lanes, const C: usize>(cells: &mut [[V; C]], at: &V::Index, cell: [V; C]) {
    for lane in 0..V::LANES {
        let old = &mut cells[at[lane] as usize];
        for c in 0..C {
            old[c].set_lane(lane, cell[c].lane(lane));
        }
    }
}

/// `new` in some lanes, `old` in the others.
#[inline(always)]
pub(super) fn choose<V: Lanes, const N: usize>(lanes: V::Mask, new: [V; N], old: [V; N]) -> [V; N] {
    let mut out = old;
    for i in 0..N {
        out[i] = V::select(lanes, new[i], old[i]);
    }
    out
}
