//! History begun later: a value that is a function of a window may not know where history began.

use crate::lanes::canonical_bits;
use crate::verify::report::{Check, LateStart};

/// At how many later places history begins.
pub(super) const STARTS: usize = 20;

/// The places, spread over the bars; none is the first bar.
pub(super) fn starts(bars: usize) -> Vec<usize> {
    let mut starts: Vec<usize> = (1..=STARTS).map(|k| k * bars / (STARTS + 1)).filter(|at| *at > 0).collect();
    starts.dedup();
    starts
}

/// What one output gave over the whole history, and what is promised of it where history begins later.
pub(super) struct Watched<'a> {
    pub(super) name: &'a str,
    pub(super) whole: &'a [f64],
    pub(super) look_back: Option<usize>,
    /// Nothing that was read was missing: bars are bars of the window.
    pub(super) is_gapless: bool,
    pub(super) found: LateStart,
}

impl<'a> Watched<'a> {
    pub(super) fn new(
        name: &'a str,
        whole: &'a [f64],
        look_back: Option<usize>,
        is_gapless: bool,
    ) -> Watched<'a> {
        let first = whole.iter().position(|x| !x.is_nan()).unwrap_or(whole.len());
        let is_gapless = is_gapless && whole[first..].iter().all(|x| !x.is_nan());
        let found = LateStart { output: name.to_owned(), look_back, starts: 0, met: 0, bars: None };
        Watched { name, whole, look_back, is_gapless, found }
    }

    /// Compares what the bars from `start` on gave, where the output is promised to have forgotten what was before.
    pub(super) fn compare(&mut self, start: usize, late: &[f64], check: &mut Check) {
        let whole = &self.whole[start..];
        let differs = |at: usize| canonical_bits(whole[at]) != canonical_bits(late[at]);
        // What has no value on either side has not met.
        let first_ready = |from: usize| (from..late.len()).find(|at| !late[*at].is_nan());
        let met = (0..late.len()).rev().find(|at| differs(*at)).map_or(0, |last| last + 1);
        self.found.starts += 1;
        if let Some(ready) = first_ready(met) {
            let bars = if met == 0 { ready + 1 } else { met.max(ready) + 1 };
            self.found.met += 1;
            self.found.bars = self.found.bars.max(Some(bars));
        }
        let Some(look_back) = self.look_back else { return };
        for at in self.promised(whole, late, look_back) {
            check.compare(start + at, self.name, whole[at], late[at]);
        }
    }

    /// The rows at which the window holds nothing of before: after so many bars, or, where some were missing, after so many
    /// on which both had a value.
    fn promised(&self, whole: &[f64], late: &[f64], look_back: usize) -> std::ops::Range<usize> {
        let end = late.len();
        if self.is_gapless {
            return (look_back - 1).min(end)..end;
        }
        let mut seen = 0;
        let full = (0..end).find(|at| {
            seen += usize::from(!whole[*at].is_nan() && !late[*at].is_nan());
            seen == look_back
        });
        full.unwrap_or(end)..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    fn watched(whole: &[f64], look_back: Option<usize>, start: usize, late: &[f64]) -> (LateStart, Check) {
        let mut check = Check::new("late");
        let mut watched = Watched::new("value", whole, look_back, true);
        watched.compare(start, late, &mut check);
        (watched.found, check)
    }

    #[test]
    fn a_window_that_remembers_what_left_it_differs() {
        let whole = [NAN, 1.0, 2.0, 3.0, 4.0];
        let (found, check) = watched(&whole, Some(2), 1, &[NAN, 2.0, 3.0, 4.0]);
        assert_eq!((found.met, found.bars), (1, Some(2)));
        assert_eq!((check.compared, check.differing), (3, 0));
        let (found, check) = watched(&whole, Some(2), 1, &[NAN, 2.0, 3.5, 4.0]);
        assert_eq!((found.met, found.bars), (1, Some(4)));
        assert_eq!((check.compared, check.differing), (3, 1));
        let (found, check) = watched(&whole, None, 1, &[NAN, 2.0, 3.5, 4.5]);
        assert_eq!((found.met, found.bars), (0, None));
        assert_eq!(check.compared, 0, "of a recursive value it is told, not promised");
    }

    #[test]
    fn where_bars_are_missing_those_with_values_are_counted() {
        let whole = [0.0, 1.0, NAN, 3.0, 4.0, 5.0];
        let (_, check) = watched(&whole, Some(3), 1, &[9.0, NAN, 9.0, 4.0, 5.0]);
        assert_eq!((check.compared, check.differing), (2, 0));
    }

    #[test]
    fn history_begins_at_twenty_places_where_there_are_so_many() {
        assert_eq!(starts(2_100).len(), STARTS);
        assert_eq!(starts(2_100)[..2], [100, 200]);
        assert_eq!(starts(3), [1, 2]);
        assert!(starts(1).is_empty() && starts(0).is_empty());
    }
}
