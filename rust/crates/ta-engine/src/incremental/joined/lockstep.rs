//! Streams in lockstep: the bars of one close come from every stream before any of the next.

use super::feed::Feed;

/// What the feeds have where bars come in lockstep, so that a bar needs one look and not one at every stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lockstep {
    /// The streams of which one bar is [staged](super::feed::stage), a bit each: all of one close, which the
    /// watermarks of the others have not passed. No other bar waits. All bits where that is not so, or not known.
    came: u64,
    all: u64,
    /// When they closed.
    close_ns: i64,
    /// The highest watermark.
    watermark: i64,
}

impl Lockstep {
    /// No bar may be taken in lockstep.
    pub(crate) const UNKNOWN: Lockstep =
        Lockstep { came: u64::MAX, all: u64::MAX, close_ns: 0, watermark: i64::MAX };

    /// Stages the bars that wait, where no bar waits that does not come in lockstep.
    pub(super) fn stage(feeds: &mut [Feed], staged: &mut [f64]) -> Lockstep {
        let lockstep = Lockstep::of(feeds);
        for (stream, feed) in feeds.iter_mut().enumerate() {
            if lockstep.waits(stream).is_some() {
                staged[feed.slots.clone()].copy_from_slice(feed.waiting.pop());
            }
        }
        lockstep
    }

    /// Puts the staged bars into the inboxes of their streams.
    pub(super) fn unstage(&mut self, feeds: &mut [Feed], staged: &[f64]) {
        if self.waiting() > 0 {
            for (stream, feed) in feeds.iter_mut().enumerate() {
                if let Some(close_ns) = self.waits(stream) {
                    feed.waiting.push(close_ns, &staged[feed.slots.clone()]);
                }
            }
        }
        *self = Lockstep::UNKNOWN;
    }

    /// What these feeds have, where the bars that wait are staged from now on.
    fn of(feeds: &[Feed]) -> Lockstep {
        let Some(all) = 1u64.checked_shl(feeds.len() as u32).map(|bit| bit - 1) else {
            return Lockstep::UNKNOWN;
        };
        let mut it = Lockstep { came: 0, all, close_ns: i64::MIN, watermark: i64::MIN };
        for (stream, feed) in feeds.iter().enumerate() {
            it.watermark = it.watermark.max(feed.watermark.unwrap_or(i64::MIN));
            let Some(front) = feed.waiting.front() else { continue };
            if feed.waiting.len() > 1 || (it.came != 0 && front != it.close_ns) {
                return Lockstep::UNKNOWN;
            }
            it.close_ns = front;
            it.came |= 1 << stream;
        }
        let is_behind = |feed: &Feed| feed.waiting.len() == 0 && feed.watermark >= Some(it.close_ns);
        if it.came != 0 && feeds.iter().any(is_behind) { Lockstep::UNKNOWN } else { it }
    }

    /// True where a bar is the first of the next close, or belongs to this one.
    #[inline(always)]
    pub(crate) fn takes(&self, stream: usize, close_ns: i64) -> bool {
        match self.came {
            0 => close_ns > self.watermark,
            came => close_ns == self.close_ns && came >> (stream & 63) & 1 == 0,
        }
    }

    /// Close of a stream's bar that waits for those of the other streams.
    fn waits(&self, stream: usize) -> Option<i64> {
        (self.came != u64::MAX && self.came >> (stream & 63) & 1 == 1).then_some(self.close_ns)
    }

    /// How many wait for those of the other streams.
    pub(crate) fn waiting(&self) -> usize {
        if self.came == u64::MAX { 0 } else { self.came.count_ones() as usize }
    }

    /// Takes note of such a bar, which raises the watermark of its stream to this; true where it was the last of its close.
    #[inline(always)]
    pub(crate) fn come(&mut self, stream: usize, close_ns: i64, watermark: i64) -> bool {
        self.close_ns = close_ns;
        self.watermark = self.watermark.max(watermark);
        self.came |= 1 << (stream & 63);
        let is_last = self.came == self.all;
        self.came = if is_last { 0 } else { self.came };
        is_last
    }
}
