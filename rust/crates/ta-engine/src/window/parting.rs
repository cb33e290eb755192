//! Lanes of a tile that have places of their own in a window, because one was not ready, and how they come together again.
//!
//! A window whose lanes share one place moves as vectors, at a fraction of the cost. To bring lanes together costs about as
//! much as some steps apart, in proportion to the window's length; so it is done when they have been apart for so long.

use crate::lanes::Lanes;

/// For how many inputs lanes have been apart since one of them stood still.
#[derive(Debug)]
pub struct Parting {
    inputs: u32,
    most: u32,
}

impl Parting {
    /// Of a window over so many inputs.
    pub fn new(period: usize) -> Parting {
        Parting { inputs: 0, most: period as u32 + 2 }
    }

    /// The next input is the first: of a trial, too, which may only write what it writes together.
    #[inline(always)]
    pub fn begin(&mut self) {
        self.inputs = 0;
    }

    /// Takes an input, of every lane of a full window or not, and says whether lanes are to come together.
    #[inline(always)]
    pub fn is_over(&mut self, all: bool) -> bool {
        self.inputs = if all { self.inputs.saturating_add(1) } else { 0 };
        self.inputs > self.most
    }
}

/// Turns one lane of a ring of cells so that the cell at `first` comes to stand at the beginning.
pub fn turn_lane<V: Lanes, const C: usize>(cells: &mut [[V; C]], lane: usize, first: usize) {
    if first > 0 {
        reverse(&mut cells[..first], lane);
        reverse(&mut cells[first..], lane);
        reverse(cells, lane);
    }
}

#[expect(clippy::needless_range_loop, reason = "a number stands in two cells")]
fn reverse<V: Lanes, const C: usize>(cells: &mut [[V; C]], lane: usize) {
    let (mut from, mut to) = (0, cells.len());
    while from + 1 < to {
        to -= 1;
        for c in 0..C {
            let (a, b) = (cells[from][c].lane(lane), cells[to][c].lane(lane));
            cells[from][c].set_lane(lane, b);
            cells[to][c].set_lane(lane, a);
        }
        from += 1;
    }
}
