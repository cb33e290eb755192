//! The last `period` inputs of one symbol in order of size, for medians and other order statistics.
//!
//! A short window is a row that is kept sorted: an input moves what lies between its place and that of the one it replaces.
//! A long one is a tree, in which that takes steps in proportion to the logarithm of the period. What is the n-th least is
//! a function of the inputs alone, −0 before 0, whichever way they are kept.

use std::cmp::Ordering;

use super::ring::Ring;
use crate::kernel::{State, StateError, Visitor};

/// Inputs up to which moving a part of a row is less work than walking a tree.
const LONGEST_ROW: usize = 512;

/// The last `period` inputs, by size.
#[derive(Debug)]
pub struct Ordered {
    ring: Ring<f64>,
    /// The inputs again, each in a place that it keeps while it is in the window; NaN where there is none yet.
    places: Box<[f64]>,
    /// The place of the next input.
    next: [i64; 1],
    sorted: Sorted,
}

#[derive(Debug)]
enum Sorted {
    Row(Row),
    Tree(Tree),
}

impl Ordered {
    /// A window that has seen nothing; `period` is at least 1.
    pub fn new(period: usize) -> Ordered {
        Ordered {
            ring: Ring::new(period),
            places: vec![f64::NAN; period].into(),
            next: [0],
            sorted: Sorted::new(period),
        }
    }

    /// How many inputs count.
    pub fn period(&self) -> usize {
        self.places.len()
    }

    /// True once the window is full.
    pub fn is_full(&self) -> bool {
        self.ring.is_warm()
    }

    /// Takes an input in place of the oldest.
    pub fn push(&mut self, x: f64) {
        self.ring.push_lanes(x, true);
        self.put(x);
        let next = self.next[0] as usize + 1;
        self.next[0] = if next == self.period() { 0 } else { next as i64 };
    }

    /// Of a full window the input of this rank: 0 is the least.
    pub fn nth_least(&self, rank: usize) -> f64 {
        match &self.sorted {
            Sorted::Row(row) => row.inputs[rank],
            Sorted::Tree(tree) => self.places[tree.nth(rank)],
        }
    }

    /// How many of the inputs are less than `x`, and how many are not greater.
    pub fn ranks_of(&self, x: f64) -> [usize; 2] {
        match &self.sorted {
            Sorted::Row(row) => {
                [row.inputs.partition_point(|y| *y < x), row.inputs.partition_point(|y| *y <= x)]
            }
            Sorted::Tree(tree) => {
                [tree.count_while(&self.places, |y| y < x), tree.count_while(&self.places, |y| y <= x)]
            }
        }
    }

    /// Puts an input into the next place, NaN for none.
    fn put(&mut self, x: f64) {
        let place = self.next[0] as usize;
        let old = self.places[place];
        match &mut self.sorted {
            Sorted::Row(row) => {
                row.replace(old, x);
                self.places[place] = x;
            }
            Sorted::Tree(tree) => {
                if !old.is_nan() {
                    tree.remove(&self.places, place);
                }
                self.places[place] = x;
                if !x.is_nan() {
                    tree.insert(&self.places, place);
                }
            }
        }
    }

    /// Makes anew what follows from the ring.
    fn sort(&mut self) {
        let period = self.period();
        self.sorted = Sorted::new(period);
        self.places.fill(f64::NAN);
        self.next = [0];
        let inputs: Vec<f64> = self.ring.lane(0).collect();
        for x in inputs {
            self.put(x);
            self.next[0] = (self.next[0] + 1) % period as i64;
        }
    }
}

impl State<f64> for Ordered {
    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.ring.is_warm()
    }

    fn visit(&mut self, visitor: &mut impl Visitor) -> Result<(), StateError> {
        self.ring.visit(visitor)?;
        visitor.implied_words::<f64>(&mut self.next);
        if visitor.loaded_lane().is_some() {
            self.sort();
        } else if visitor.undoes() {
            // The one place that a step may have filled.
            let oldest = if self.ring.is_warm() { self.ring.first() } else { f64::NAN };
            if self.places[self.next[0] as usize].to_bits() != oldest.to_bits() {
                self.put(oldest);
            }
        }
        Ok(())
    }
}

impl Sorted {
    fn new(period: usize) -> Sorted {
        if period <= LONGEST_ROW {
            Sorted::Row(Row { inputs: Vec::with_capacity(period) })
        } else {
            Sorted::Tree(Tree::new(period))
        }
    }
}

/// Inputs in a row, the least first.
#[derive(Debug)]
struct Row {
    inputs: Vec<f64>,
}

impl Row {
    /// Replaces an input; either may be NaN for none.
    fn replace(&mut self, old: f64, new: f64) {
        let place_of = |inputs: &[f64], x: f64| inputs.partition_point(|y| y.total_cmp(&x).is_lt());
        match (old.is_nan(), new.is_nan()) {
            (true, true) => {}
            (true, false) => self.inputs.insert(place_of(&self.inputs, new), new),
            (false, true) => {
                self.inputs.remove(place_of(&self.inputs, old));
            }
            (false, false) => {
                let (from, to) = (place_of(&self.inputs, old), place_of(&self.inputs, new));
                if from < to {
                    self.inputs.copy_within(from + 1..to, from);
                    self.inputs[to - 1] = new;
                } else {
                    self.inputs.copy_within(to..from, to + 1);
                    self.inputs[to] = new;
                }
            }
        }
    }
}

/// Places in a binary tree by the inputs in them, balanced by priorities that look random.
///
/// Raimund Seidel and Cecilia R. Aragon, Randomized Search Trees, 1996.
#[derive(Debug)]
struct Tree {
    root: u32,
    /// Lesser and greater neighbour below; `NONE` for none.
    below: Box<[[u32; 2]]>,
    /// Inputs in each place's own tree.
    sizes: Box<[u32]>,
}

const NONE: u32 = u32::MAX;

/// A fixed number for each place, in no order: the finalizer of MurmurHash3.
fn priority(place: u32) -> u32 {
    let x = (place ^ (place >> 16)).wrapping_mul(0x85eb_ca6b);
    let x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}

fn is_before(places: &[f64], a: u32, b: u32) -> bool {
    let order = places[a as usize].total_cmp(&places[b as usize]);
    order.then(a.cmp(&b)) == Ordering::Less
}

impl Tree {
    fn new(period: usize) -> Tree {
        Tree { root: NONE, below: vec![[NONE; 2]; period].into(), sizes: vec![0; period].into() }
    }

    fn size(&self, tree: u32) -> u32 {
        if tree == NONE { 0 } else { self.sizes[tree as usize] }
    }

    fn count(&mut self, tree: u32) {
        let [less, greater] = self.below[tree as usize];
        self.sizes[tree as usize] = 1 + self.size(less) + self.size(greater);
    }

    /// The place whose input has this rank.
    fn nth(&self, rank: usize) -> usize {
        let (mut tree, mut rank) = (self.root, rank as u32);
        loop {
            let [less, greater] = self.below[tree as usize];
            match rank.cmp(&self.size(less)) {
                Ordering::Less => tree = less,
                Ordering::Equal => return tree as usize,
                Ordering::Greater => (tree, rank) = (greater, rank - self.size(less) - 1),
            }
        }
    }

    /// How many inputs, the least first, are `before` something.
    fn count_while(&self, places: &[f64], before: impl Fn(f64) -> bool) -> usize {
        let (mut tree, mut count) = (self.root, 0);
        while tree != NONE {
            let [less, greater] = self.below[tree as usize];
            if before(places[tree as usize]) {
                count += self.size(less) as usize + 1;
                tree = greater;
            } else {
                tree = less;
            }
        }
        count
    }

    fn insert(&mut self, places: &[f64], place: usize) {
        self.root = self.inserted(places, self.root, place as u32);
    }

    fn inserted(&mut self, places: &[f64], tree: u32, place: u32) -> u32 {
        if tree == NONE || priority(place) > priority(tree) {
            self.below[place as usize] = self.split(places, tree, place);
            self.count(place);
            return place;
        }
        let side = usize::from(is_before(places, tree, place));
        self.below[tree as usize][side] = self.inserted(places, self.below[tree as usize][side], place);
        self.count(tree);
        tree
    }

    /// Takes a tree apart into what is before a place and what is behind.
    fn split(&mut self, places: &[f64], tree: u32, place: u32) -> [u32; 2] {
        if tree == NONE {
            return [NONE; 2];
        }
        // What hangs on the far side of this node may stand on either side of the place.
        let side = usize::from(is_before(places, tree, place));
        let mut parts = self.split(places, self.below[tree as usize][side], place);
        self.below[tree as usize][side] = parts[1 - side];
        self.count(tree);
        parts[1 - side] = tree;
        parts
    }

    fn remove(&mut self, places: &[f64], place: usize) {
        self.root = self.without(places, self.root, place as u32);
    }

    fn without(&mut self, places: &[f64], tree: u32, place: u32) -> u32 {
        if tree == place {
            let [less, greater] = self.below[tree as usize];
            return self.joined(less, greater);
        }
        let side = usize::from(is_before(places, tree, place));
        self.below[tree as usize][side] = self.without(places, self.below[tree as usize][side], place);
        self.count(tree);
        tree
    }

    /// One tree of two, of which the first is before the second.
    fn joined(&mut self, less: u32, greater: u32) -> u32 {
        if less == NONE || greater == NONE {
            return if less == NONE { greater } else { less };
        }
        if priority(less) > priority(greater) {
            self.below[less as usize][1] = self.joined(self.below[less as usize][1], greater);
            self.count(less);
            return less;
        }
        self.below[greater as usize][0] = self.joined(less, self.below[greater as usize][0]);
        self.count(greater);
        greater
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window of so many inputs against the sorted inputs themselves, on numbers with many equals.
    fn check(period: usize, inputs: usize, seed: u64) {
        let mut state = seed;
        let mut all: Vec<f64> = Vec::new();
        let mut window = Ordered::new(period);
        for at in 0..inputs {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Few numbers at first, zeros of both signs among them; then rising ones.
            let x = if at < inputs / 2 {
                ((state >> 60) as f64 - 8.0) * if state & 512 == 0 { 1.0 } else { -1.0 }
            } else {
                at as f64
            };
            all.push(x);
            window.push(x);
            assert_eq!(window.is_full(), all.len() >= period);
            if window.is_full() && (at % 7 == 0 || period < 20) {
                let mut sorted = all[all.len() - period..].to_vec();
                sorted.sort_by(f64::total_cmp);
                let counts = |x: f64| {
                    [sorted.iter().filter(|y| **y < x).count(), sorted.iter().filter(|y| **y <= x).count()]
                };
                assert_eq!(window.ranks_of(x), counts(x));
                assert_eq!(window.ranks_of(x + 0.5), counts(x + 0.5));
                for (rank, x) in sorted.iter().enumerate() {
                    assert_eq!(window.nth_least(rank).to_bits(), x.to_bits(), "rank {rank} of {period}");
                }
            }
        }
    }

    #[test]
    fn every_rank_of_a_row_and_of_a_tree_is_that_of_the_sorted_window() {
        for period in [1, 2, 3, 7, 16, LONGEST_ROW] {
            check(period, 4 * period + 50, period as u64);
        }
        for period in [LONGEST_ROW + 1, 900] {
            check(period, 4 * period, period as u64);
        }
    }
}
