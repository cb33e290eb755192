//! What is missing: holes between bars and between the numbers of a source, until they are filled or acknowledged.

use super::events::Sequence;

/// Most holes that are told apart; of more the oldest are taken together.
pub(super) const MOST_HOLES: usize = 256;

const DAY_NS: u64 = 24 * 3_600 * 1_000_000_000;

/// A hole between two bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The last bar before.
    pub after_ns: i64,
    /// Where bars go on.
    pub until_ns: i64,
    /// How many are missing; `None` where the feed said so.
    pub missing: Option<u64>,
}

/// What a number of the source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Next,
    /// It was there before.
    Before,
    /// Numbers from the first to the last are missing before it.
    Skipped(u64, u64),
}

/// What is missing of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    pub(super) holes: Vec<Hole>,
    /// Numbers of the source that did not come: epoch, first and last.
    pub(super) skipped: Vec<(u64, u64, u64)>,
    pub(super) newest: Option<Sequence>,
    /// Trading has stopped.
    pub(super) is_halted: bool,
}

/// How many bars of such a length would stand between two.
pub(super) fn missing_between(last_ns: i64, time_ns: i64, length_ns: u64) -> u64 {
    let distance = time_ns.abs_diff(last_ns);
    // Days are longer and shorter where clocks change, and stamped within them as their maker likes.
    let slack = if length_ns >= DAY_NS { length_ns / 2 } else { 0 };
    (distance.saturating_add(slack) / length_ns.max(1)).saturating_sub(1)
}

impl Gaps {
    /// True while something is missing that nobody has acknowledged.
    pub(super) fn are_open(&self) -> bool {
        !self.holes.is_empty() || !self.skipped.is_empty()
    }

    pub(super) fn acknowledge(&mut self) {
        self.holes.clear();
        self.skipped.clear();
    }

    pub(super) fn add(&mut self, hole: Hole) {
        self.holes.push(hole);
        if self.holes.len() > MOST_HOLES {
            let Hole { until_ns, missing, .. } = self.holes.remove(1);
            let first = &mut self.holes[0];
            first.until_ns = first.until_ns.max(until_ns);
            first.missing = first.missing.zip(missing).map(|(a, b)| a.saturating_add(b));
        }
    }

    /// A bar has come of which a hole says that it is missing.
    pub(super) fn fill(&mut self, time_ns: i64) {
        let inside = |hole: &Hole| hole.after_ns < time_ns && time_ns < hole.until_ns;
        if let Some(at) = self.holes.iter().position(inside) {
            let hole = &mut self.holes[at];
            hole.missing = hole.missing.map(|missing| missing.saturating_sub(1));
            if hole.missing == Some(0) {
                self.holes.remove(at);
            }
        }
    }

    /// Takes note of a number of the source.
    pub(super) fn see(&mut self, given: Sequence) -> Seen {
        let Some(newest) = self.newest else {
            self.newest = Some(given);
            return Seen::Next;
        };
        if given <= newest {
            return if self.fill_skipped(given) { Seen::Next } else { Seen::Before };
        }
        self.newest = Some(given);
        if given.epoch > newest.epoch || given.number == newest.number + 1 {
            return Seen::Next;
        }
        let (first, last) = (newest.number + 1, given.number - 1);
        self.skipped.push((given.epoch, first, last));
        if self.skipped.len() > MOST_HOLES {
            // What stands between the two is taken for missing, too.
            let (epoch, _, last) = self.skipped.remove(1);
            let first = &mut self.skipped[0];
            match first.0 == epoch {
                true => first.2 = last,
                false => *first = (epoch, last, last),
            }
        }
        Seen::Skipped(first, last)
    }

    /// True where the number was missing.
    fn fill_skipped(&mut self, given: Sequence) -> bool {
        let Sequence { epoch, number } = given;
        let inside = |(of, first, last): &(u64, u64, u64)| *of == epoch && (*first..=*last).contains(&number);
        let Some(at) = self.skipped.iter().position(inside) else { return false };
        let (_, first, last) = self.skipped.remove(at);
        let mut rest = vec![];
        if first < number {
            rest.push((epoch, first, number - 1));
        }
        if number < last {
            rest.push((epoch, number + 1, last));
        }
        self.skipped.splice(at..at, rest);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: u64) -> Sequence {
        Sequence { epoch: 0, number }
    }

    #[test]
    fn a_number_that_was_skipped_is_no_repetition_when_it_comes_and_one_when_it_comes_again() {
        let mut gaps = Gaps::default();
        let seen = [5, 6, 9, 8, 8, 7, 7, 6, 10].map(|n| gaps.see(number(n)));
        use Seen::{Before, Next, Skipped};
        assert_eq!(seen, [Next, Next, Skipped(7, 8), Next, Before, Next, Before, Before, Next]);
        assert!(!gaps.are_open());
    }

    #[test]
    fn a_new_epoch_numbers_anew() {
        let mut gaps = Gaps::default();
        gaps.see(number(9));
        assert_eq!(gaps.see(Sequence { epoch: 1, number: 3 }), Seen::Next);
        assert_eq!(gaps.see(number(10)), Seen::Before);
    }

    #[test]
    fn holes_are_counted_in_bars_and_days_may_be_stamped_within_them() {
        let hour = 3_600_000_000_000;
        assert_eq!(missing_between(0, hour, hour as u64), 0);
        assert_eq!(missing_between(0, 3 * hour, hour as u64), 2);
        assert_eq!(missing_between(i64::MIN, i64::MAX, 1), u64::MAX - 1);
        assert_eq!(missing_between(0, 25 * hour, DAY_NS), 0);
        assert_eq!(missing_between(0, 47 * hour, DAY_NS), 1);
    }

    #[test]
    fn more_holes_than_are_told_apart_are_taken_together_and_none_is_forgotten() {
        let mut gaps = Gaps::default();
        for at in 0..MOST_HOLES as i64 + 3 {
            gaps.add(Hole { after_ns: 10 * at, until_ns: 10 * at + 2, missing: Some(1) });
        }
        assert_eq!(gaps.holes.len(), MOST_HOLES);
        assert_eq!(gaps.holes[0], Hole { after_ns: 0, until_ns: 32, missing: Some(4) });
    }
}
