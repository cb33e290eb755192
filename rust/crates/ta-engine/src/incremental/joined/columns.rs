//! The bars of streams as a history has them, and what is refused of them before any is taken.

use std::borrow::Cow;

use super::JoinedSession;
use super::feed::Feed;
use crate::closing::Closes;
use crate::incremental::contracts::StepError;
use crate::incremental::history::{check_count, check_defined, check_missing};
use crate::incremental::ordering::admit_column;
use crate::plan::joined::JoinedStream;

/// The bars of one stream.
#[derive(Clone, Debug)]
pub struct StreamColumns<'a> {
    /// When they closed, rising.
    pub times_ns: Cow<'a, [i64]>,
    /// What they are stamped with; none where that follows from when they closed.
    pub stamps_ns: Cow<'a, [i64]>,
    /// One column per field of the stream.
    pub columns: Vec<Cow<'a, [f64]>>,
}

impl<'a> StreamColumns<'a> {
    /// Bars read where they are.
    pub fn new(times_ns: &'a [i64], columns: &[&'a [f64]]) -> StreamColumns<'a> {
        let columns = columns.iter().map(|column| Cow::Borrowed(*column)).collect();
        StreamColumns { times_ns: Cow::Borrowed(times_ns), stamps_ns: Cow::Borrowed(&[]), columns }
    }

    /// The same bars closing so.
    pub fn closing(self, closes: Closes<'a>) -> StreamColumns<'a> {
        StreamColumns { times_ns: closes.closes_ns, stamps_ns: closes.stamps_ns, ..self }
    }

    /// The stamp of a bar, where it was kept.
    pub(crate) fn told(&self, row: usize) -> Option<i64> {
        self.stamps_ns.get(row).copied()
    }

    /// The watermark of a stream once it has had a bar.
    pub(super) fn watermark_after(&self, row: usize, feed: &Feed) -> i64 {
        match self.told(row) {
            Some(_) => self.times_ns[row],
            None => feed.watermark_after(self.times_ns[row]),
        }
    }

    /// The watermark of a stream once it has had the last bar.
    pub(super) fn last_watermark(&self, feed: &Feed) -> Option<i64> {
        Some(self.watermark_after(self.times_ns.len().checked_sub(1)?, feed))
    }
}

impl JoinedSession {
    pub(super) fn check_streams(&self, streams: &[StreamColumns<'_>]) -> Result<(), StepError> {
        check_defined(&self.plan.plan)?;
        check_count("streams", streams.len(), self.feeds.len())?;
        // Bars that are made of others may wait for their end: a run takes them with the ones it makes.
        let given = self.plan.streams.iter().zip(&self.feeds).filter(|(known, _)| known.made_of.is_none());
        let bars = given.map(|(_, feed)| feed.waiting.len()).sum::<usize>() + self.lockstep.waiting();
        if bars > 0 {
            return Err(StepError::Waiting { bars });
        }
        for ((given, feed), known) in streams.iter().zip(&self.feeds).zip(&self.plan.streams) {
            if known.made_of.is_some() {
                check_count("bars of a stream that is made of another", given.times_ns.len(), 0)?;
                continue;
            }
            check_count("columns of a stream", given.columns.len(), known.fields.len())?;
            for column in &given.columns {
                check_count("rows of a column", column.len(), given.times_ns.len())?;
            }
            let (told, bars) = (given.stamps_ns.len(), given.times_ns.len());
            if told > 0 {
                check_count("stamps of a stream", told, bars)?;
            }
            admit_column(feed.watermark.map(Some), Some(&given.times_ns))?;
            if told == 0 {
                self.check_lengths(known, feed, &given.times_ns)?;
            }
            for (name, column) in known.fields.iter().zip(&given.columns) {
                check_missing(self.policies, column, || format!("{}.{name}", known.stream.name()))?;
            }
        }
        Ok(())
    }

    /// Refuses bars that are closer together, or look longer, than their stream's are.
    fn check_lengths(&self, known: &JoinedStream, feed: &Feed, closes_ns: &[i64]) -> Result<(), StepError> {
        if let Some(row) = feed.closer(closes_ns) {
            let (event_ns, last_ns) = (closes_ns[row], closes_ns[row - 1]);
            return Err(StepError::Closer { stream: known.stream.name(), event_ns, last_ns, row: Some(row) });
        }
        // Trades and others come when they come.
        if self.trusts_lengths || !known.stream.is_bars() {
            return Ok(());
        }
        let is_named = known.stream.timeframe().is_some();
        Ok(known.closing.check_length(&|| known.stream.name(), is_named, closes_ns)?)
    }

    /// What rows are stamped with that close then, given these bars: as the data has them, or by
    /// [`JoinedPlan::row_stamp`](crate::plan::joined::JoinedPlan::row_stamp).
    pub fn row_stamps(&self, streams: &[StreamColumns<'_>], closes_ns: &[i64]) -> Vec<i64> {
        let clock = &self.plan.clocks[self.plan.clock].streams;
        if let [one] = clock.as_slice()
            && streams[*one].stamps_ns.len() == closes_ns.len()
        {
            return streams[*one].stamps_ns.to_vec();
        }
        let told = |close_ns: &i64| {
            let of = |stream: &usize| {
                streams[*stream].told(streams[*stream].times_ns.binary_search(close_ns).ok()?)
            };
            clock.iter().find_map(of)
        };
        let stamp = |close_ns: &i64| told(close_ns).unwrap_or_else(|| self.plan.row_stamp(*close_ns));
        closes_ns.iter().map(stamp).collect()
    }
}
