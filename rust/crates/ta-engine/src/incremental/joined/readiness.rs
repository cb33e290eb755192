//! How many rows a session over streams still needs until it gives values: a copy takes bars of all streams without holes.

use super::{JoinedOutput, JoinedSession};
use crate::calendar::Timeframe;
use crate::incremental::contracts::Event;
use crate::incremental::readiness::{Trial, all_ready};

/// Where streams begin of which no bar has come: a day, a week and a month do, on the first of June 1970.
const BEGINNING_NS: i64 = 151 * 86_400 * SECOND_NS;
const SECOND_NS: i64 = 1_000_000_000;

impl JoinedSession {
    /// Rows, the one that makes it ready included, until every output has a value when no stream has holes; 0 where it is
    /// ready, `None` where what the bars hold decides it. Streams of which no bar has come begin with the others.
    pub fn bars_to_ready(&mut self) -> Option<usize> {
        if self.is_ready() {
            return Some(0);
        }
        let snapshot = self.snapshot();
        let rising = self.bars_to_ready_of(&snapshot, Trial::Rising);
        rising.filter(|_| rising == self.bars_to_ready_of(&snapshot, Trial::Falling))
    }

    /// How many rows a copy gives of a trial's bars until every output has a value.
    fn bars_to_ready_of(&self, snapshot: &[u8], trial: Trial) -> Option<usize> {
        let mut copy = self.again(snapshot).ok()?;
        let plan = &self.plan;
        let begin_ns = self.feeds.iter().filter_map(|feed| feed.last).max().unwrap_or(BEGINNING_NS);
        let mut next_ns = Vec::new();
        for (stream, feed) in plan.streams.iter().zip(&self.feeds) {
            let length = stream.timeframe;
            let first =
                feed.last.map_or_else(|| boundary_after(length, begin_ns), |last| after(length, last));
            next_ns.push(feed.is_given.then_some(first));
        }
        let lengths = plan.streams.iter().map(|stream| length_ns(stream.timeframe));
        let (longest, shortest) = (lengths.clone().max()?, lengths.clone().min()?);
        let most_rows = plan.warmup().into_iter().max()?.saturating_add((longest / shortest) as usize + 1);
        let clock_ns = length_ns(plan.streams[plan.clocks[plan.clock].streams[0]].timeframe);
        let bars_per_row: u64 = lengths.map(|length| clock_ns / length + 1).sum();
        let most_bars =
            (most_rows as u64 + 1).saturating_mul(bars_per_row).saturating_add(longest / shortest);
        let (mut rows, mut found, mut inputs) = (0, None, Vec::new());
        for bar in 0..most_bars {
            let at = |(stream, at): (usize, &Option<i64>)| at.map(|close_ns| (close_ns, stream));
            let (close_ns, stream) = next_ns.iter().enumerate().filter_map(at).min()?;
            inputs.clear();
            inputs.extend(
                plan.streams[stream].fields.iter().map(|field| trial.value(Some(field), bar as usize)),
            );
            let mut count = |row: JoinedOutput<'_>| {
                rows += 1;
                found = found.or(all_ready(row.values).then_some(rows));
            };
            copy.push(stream, &Event { time_ns: Some(close_ns), inputs: &inputs }, &mut count).ok()?;
            if found.is_some() || rows > most_rows {
                return found;
            }
            next_ns[stream] = Some(after(plan.streams[stream].timeframe, close_ns));
        }
        None
    }
}

/// When the bar after one closes.
fn after(length: Option<Timeframe>, close_ns: i64) -> i64 {
    length.map_or(close_ns.saturating_add(SECOND_NS), |length| length.after(close_ns))
}

/// When the bar of a stream closes that is open at a moment.
fn boundary_after(length: Option<Timeframe>, moment_ns: i64) -> i64 {
    match length.map_or(Some(SECOND_NS as u64), Timeframe::fixed_ns).and_then(|ns| i64::try_from(ns).ok()) {
        None => after(length, moment_ns),
        Some(length_ns) => {
            let bars = moment_ns.saturating_sub(BEGINNING_NS).div_euclid(length_ns);
            BEGINNING_NS.saturating_add((bars + 1).saturating_mul(length_ns))
        }
    }
}

fn length_ns(length: Option<Timeframe>) -> u64 {
    length.map_or(SECOND_NS as u64, Timeframe::nominal_ns).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::incremental::contracts::Policies;
    use crate::isa::Instructions;
    use crate::plan::joined::Joining;
    use crate::rule::Rule;

    const HOUR_NS: i64 = 3_600 * SECOND_NS;

    fn session(text: &str, joining: Joining) -> JoinedSession {
        let joining = Joining { timeframe: Timeframe::parse("1h"), ..joining };
        Rule::compile(text).unwrap().joined_session(joining, Policies::default(), Instructions::Best).unwrap()
    }

    #[test]
    fn a_new_session_needs_the_rows_that_its_plan_says_and_one() {
        for text in [
            "sma(close, 20)",
            "sma(ohlcv.4h.close, 5) > close",
            "sma(sma(ohlcv.4h.close, 2) + close, 5)",
            "sma(ETH.close, 3) + rsi(close, 14)",
            "sma(ohlcv.15m.close, 6) > 0",
            "close > ohlcv.1d.high and close > ohlcv.1w.low",
            "{a: close, b: rsi(ETH.close, 14), c: 1}",
        ] {
            let mut session = session(text, Joining::default());
            let warmup = session.plan().warmup().into_iter().max();
            assert_eq!(session.bars_to_ready(), warmup.map(|rows| rows + 1), "{text}");
        }
    }

    #[test]
    fn rows_that_are_needed_become_fewer_with_every_row_and_asking_changes_no_bit() {
        let mut session = session("sma(ohlcv.4h.close, 2) > sma(close, 3)", Joining::default());
        let long = session.plan().stream("ohlcv.4h").unwrap();
        for hour in 1..=8 {
            let event = Event { time_ns: Some(BEGINNING_NS + hour * HOUR_NS), inputs: &[1.0] };
            session.push(1 - long, &event, &mut |_| ()).unwrap();
            if hour % 4 == 0 {
                session.push(long, &event, &mut |_| ()).unwrap();
            }
            let before = session.snapshot();
            assert_eq!(session.bars_to_ready(), Some(8 - session.position() as usize), "{hour}");
            assert_eq!(session.snapshot(), before);
        }
        assert!(session.is_ready());
    }

    #[test]
    fn bars_that_are_made_of_others_are_waited_for() {
        let joining = Joining {
            resample: Some(Calendar::default()),
            clock: Some("ohlcv".to_owned()),
            ..Joining::default()
        };
        assert_eq!(session("ohlcv.1d.close", joining.clone()).bars_to_ready(), Some(24));
        assert_eq!(session("sma(ohlcv.4h.close, 3)", joining).bars_to_ready(), Some(12));
    }

    #[test]
    fn what_waits_for_something_in_the_data_has_no_number() {
        for text in [
            "barssince(close > 1000) + ETH.close",
            "barssince(close > ETH.close)",
            "barssince(close > ETH.open)",
        ] {
            assert_eq!(session(text, Joining::default()).bars_to_ready(), None, "{text}");
        }
    }
}
