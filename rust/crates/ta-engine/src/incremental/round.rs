//! The usual way of bars: those of one close come from every stream before any of the next.

use super::feed::Feed;

/// What the feeds have where bars come that way, so that a bar needs one look and not one at every stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// The streams of which one bar is [staged](super::feed::stage), a bit each: all of one close, which the others have not
    /// passed. No other bar waits. All bits where that is not so, or not known.
    came: u64,
    all: u64,
    /// When they closed.
    close_ns: i64,
    /// What the stream that is furthest has passed.
    passed: i64,
}

impl Round {
    /// No bar may be taken the usual way.
    pub(crate) const UNKNOWN: Round = Round { came: u64::MAX, all: u64::MAX, close_ns: 0, passed: i64::MAX };

    /// What these feeds have, where the bars that wait are staged from now on.
    pub(crate) fn of(feeds: &[Feed]) -> Round {
        let Some(all) = 1u64.checked_shl(feeds.len() as u32).map(|bit| bit - 1) else {
            return Round::UNKNOWN;
        };
        let mut round = Round { came: 0, all, close_ns: i64::MIN, passed: i64::MIN };
        for (stream, feed) in feeds.iter().enumerate() {
            round.passed = round.passed.max(feed.passed.unwrap_or(i64::MIN));
            let Some(front) = feed.waiting.front() else { continue };
            if feed.waiting.len() > 1 || (round.came != 0 && front != round.close_ns) {
                return Round::UNKNOWN;
            }
            round.close_ns = front;
            round.came |= 1 << stream;
        }
        let has_passed = |feed: &Feed| feed.waiting.len() == 0 && feed.passed >= Some(round.close_ns);
        if round.came != 0 && feeds.iter().any(has_passed) { Round::UNKNOWN } else { round }
    }

    /// True where a bar begins the next round, or belongs to this one.
    #[inline(always)]
    pub(crate) fn takes(&self, stream: usize, close_ns: i64) -> bool {
        match self.came {
            0 => close_ns > self.passed,
            came => close_ns == self.close_ns && came >> (stream & 63) & 1 == 0,
        }
    }

    /// Close of a stream's bar that waits for the others of its round.
    pub(crate) fn waits(&self, stream: usize) -> Option<i64> {
        (self.came != u64::MAX && self.came >> (stream & 63) & 1 == 1).then_some(self.close_ns)
    }

    /// How many wait for the others of their round.
    pub(crate) fn waiting(&self) -> usize {
        if self.came == u64::MAX { 0 } else { self.came.count_ones() as usize }
    }

    /// Takes note of such a bar, with which its stream has passed so much; true where it was the last of its round.
    #[inline(always)]
    pub(crate) fn come(&mut self, stream: usize, close_ns: i64, passes: i64) -> bool {
        self.close_ns = close_ns;
        self.passed = self.passed.max(passes);
        self.came |= 1 << (stream & 63);
        let is_last = self.came == self.all;
        self.came = if is_last { 0 } else { self.came };
        is_last
    }
}
