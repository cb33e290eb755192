//! Windows of time of a run over several streams: which rows each stream and clock has in one, and how a column of one clock is
//! read at the times of another.

use std::borrow::Cow;

use super::columns::StreamColumns;

/// Rows of the busiest clock that are computed before the next region is looked at.
pub(super) const WINDOW: usize = 2_048;

/// A run while it goes on.
pub(super) struct Run<'a> {
    pub(super) streams: Vec<StreamColumns<'a>>,
    /// Per clock the times at which it ticks; empty where nobody asks.
    pub(super) clocks: Vec<Cow<'a, [i64]>>,
    /// Per stream and per clock, how many rows are done.
    pub(super) done: Vec<usize>,
    pub(super) ticked: Vec<usize>,
    /// Per output, whether its region writes it where the caller wants it.
    pub(super) direct: Vec<bool>,
}

/// Rows of every stream and clock that a window has, and what was there before it.
pub(super) struct Window {
    pub(super) streams: Vec<(usize, usize)>,
    pub(super) clocks: Vec<(usize, usize)>,
    /// The row as it was.
    pub(super) before: Vec<f64>,
}

impl Window {
    /// From where the run has come to, up to a moment.
    pub(super) fn of(run: &Run<'_>, moment: i64) -> Window {
        // Looked for from the front on: the rest of a long history is not in the cache yet.
        let rows = |times: &[i64], from: usize| {
            let mut near = WINDOW;
            while times.get(from + near).is_some_and(|t| *t <= moment) {
                near *= 2;
            }
            let times = &times[from..times.len().min(from + near)];
            (from, from + times.partition_point(|t| *t <= moment))
        };
        let streams = run.streams.iter().zip(&run.done).map(|(s, done)| rows(&s.times_ns, *done));
        let clocks = run.clocks.iter().zip(&run.ticked).map(|(times, done)| rows(times, *done));
        Window { streams: streams.collect(), clocks: clocks.collect(), before: Vec::new() }
    }
}

/// Where a column of a window is read from.
pub(super) enum Source<'r> {
    /// One number per row of the reader.
    Same(&'r [f64]),
    /// Rows of its own.
    Other(Laid<'r>),
}

/// A column with times of its own.
pub(super) struct Laid<'r> {
    pub(super) times: &'r [i64],
    pub(super) column: &'r [f64],
    /// The value before the first row.
    pub(super) before: f64,
    pub(super) fresh: bool,
}

impl Laid<'_> {
    /// Puts the value as of each of the reader's times beside it.
    pub(super) fn lay(&self, reader: &[i64], place: &mut [f64]) {
        let (mut from, mut last) = (0, self.before);
        if self.fresh {
            place.fill(f64::NAN);
        }
        for (time_ns, x) in self.times.iter().zip(self.column) {
            // Streams of one length follow each other closely, those of longer bars from afar.
            let near = reader[from..].iter().take(4).take_while(|t| *t < time_ns).count();
            let to = from + if near < 4 { near } else { reader[from..].partition_point(|t| t < time_ns) };
            if !self.fresh {
                place[from..to].fill(last);
            } else if reader.get(to) == Some(time_ns) {
                place[to] = *x;
            }
            (from, last) = (to, *x);
        }
        if !self.fresh {
            place[from..].fill(last);
        }
    }
}
