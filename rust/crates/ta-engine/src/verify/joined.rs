//! Proof on data of several streams: at once, bar by bar in any order of arrival, restarted everywhere, the same bits.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::incremental::contracts::{Event, Policies, StepError};
use crate::incremental::joined::{JoinedOutput, JoinedSession, StreamColumns};
use crate::incremental::watch::{Interrupted, Unwatched, Watch};
use crate::isa::Instructions;
use crate::plan::joined::Joining;
use crate::rule::{Rule, RunError};
use crate::verify::late::{Watched, starts};
use crate::verify::{
    Check, LONG_CUTS, LOOKED_AT, LateStart, ParityReport, TOO_FEW_BARS, cuts, most_cuts, ready_values, spread,
};

/// The data of one verification.
struct Proof<'a> {
    rule: &'a Rule,
    joining: &'a Joining,
    policies: Policies,
    streams: &'a [StreamColumns<'a>],
    names: Vec<String>,
    times: Vec<i64>,
    batch: Vec<Vec<f64>>,
    /// State after all bars.
    state: Vec<u8>,
    watch: RefCell<&'a mut dyn Watch>,
}

/// One output of every row: the row's time and the values.
type Rows = Vec<(i64, Vec<f64>)>;

impl Rule {
    /// Takes the bars of several streams in every way in which they may come and compares bit for bit with a run over all of
    /// them: `streams` is as for [`JoinedSession::run`].
    ///
    /// # Errors
    /// As that.
    pub fn verify_streams(
        &self,
        joining: &Joining,
        policies: Policies,
        streams: &[StreamColumns<'_>],
    ) -> Result<ParityReport, RunError> {
        self.verify_streams_watched(joining, policies, streams, &mut Unwatched)
    }

    /// [`verify_streams`](Rule::verify_streams) that somebody waits for and is told how far it has come.
    ///
    /// # Errors
    /// As that; [`StepError::Interrupted`] where it was given up.
    pub fn verify_streams_watched(
        &self,
        joining: &Joining,
        policies: Policies,
        streams: &[StreamColumns<'_>],
        watch: &mut dyn Watch,
    ) -> Result<ParityReport, RunError> {
        let mut session = self.joined_session(joining.clone(), policies, Instructions::Best)?;
        let times = session.row_times(streams)?;
        let batch = run(&mut session, streams, times.len(), watch)?;
        let names = self.plan().outputs().iter().map(|o| o.name.clone()).collect();
        let state = session.snapshot();
        let watch = RefCell::new(watch);
        let proof = Proof { rule: self, joining, policies, streams, names, times, batch, state, watch };
        Ok(ParityReport {
            bars: proof.times.len(),
            ready: ready_values(&proof.names, &proof.batch),
            checks: vec![
                proof.pushed("pushed in the order of time", &proof.by_time(false))?,
                proof.pushed("pushed, of one time the last stream first", &proof.by_time(true))?,
                proof.pushed("pushed one stream after the other", &proof.by_stream())?,
                proof.restarts()?,
                proof.prefixes()?,
                proof.baseline()?,
            ],
            late_starts: proof.late_starts()?,
        })
    }
}

fn run(
    session: &mut JoinedSession,
    streams: &[StreamColumns<'_>],
    rows: usize,
    watch: &mut dyn Watch,
) -> Result<Vec<Vec<f64>>, StepError> {
    let mut outputs = vec![vec![0.0; rows]; session.plan().plan().outputs().len()];
    let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    session.run_watched(streams, &mut slices, Some(watch))?;
    Ok(outputs)
}

impl Proof<'_> {
    /// Asks whoever waits, and says how far a check has come.
    fn look(&self, part: &str, done: usize, all: usize) -> Result<(), StepError> {
        let mut watch = self.watch.borrow_mut();
        watch.progress(part, done, all);
        watch.look().map_err(|Interrupted| StepError::Interrupted)
    }

    fn session(&self) -> Result<JoinedSession, RunError> {
        let mut session =
            self.rule.joined_session(self.joining.clone(), self.policies, Instructions::Best)?;
        // A part of these bars may look longer than all of them do.
        session.trusts_lengths = true;
        Ok(session)
    }

    /// Streams and rows of all bars, by close.
    fn by_time(&self, last_first: bool) -> Vec<(usize, usize)> {
        let mut order = self.by_stream();
        let rank = |stream: usize| if last_first { self.streams.len() - stream } else { stream };
        order.sort_by_key(|(stream, row)| (self.streams[*stream].times_ns[*row], rank(*stream)));
        order
    }

    fn by_stream(&self) -> Vec<(usize, usize)> {
        let streams = self.streams.iter().enumerate();
        streams.flat_map(|(stream, s)| (0..s.times_ns.len()).map(move |row| (stream, row))).collect()
    }

    fn push(
        &self,
        session: &mut JoinedSession,
        bar: (usize, usize),
        rows: &mut Rows,
    ) -> Result<(), StepError> {
        let (stream, row) = bar;
        let given = &self.streams[stream];
        let inputs: Vec<f64> = given.columns.iter().map(|column| column[row]).collect();
        let event = Event { time_ns: Some(given.times_ns[row]), inputs: &inputs };
        let mut give = |out: JoinedOutput<'_>| {
            rows.push((out.time_ns, out.values.iter().map(|v| v.value).collect()));
        };
        match given.told(row) {
            None => session.push(stream, &event, &mut give),
            Some(stamp_ns) => session.push_told(stream, stamp_ns, &event, &mut give),
        }
    }

    fn finish(&self, session: &mut JoinedSession, rows: &mut Rows) {
        if let Some(end) = self.streams.iter().filter_map(|s| s.times_ns.last().copied()).max() {
            session.advance_all(end, &mut |out| {
                rows.push((out.time_ns, out.values.iter().map(|v| v.value).collect()));
            });
        }
    }

    fn compare(&self, check: &mut Check, rows: &Rows) {
        check.compare(rows.len(), "number of rows", self.times.len() as f64, rows.len() as f64);
        for (at, (time_ns, values)) in rows.iter().enumerate().take(self.times.len()) {
            check.compare(at, "time", self.times[at] as f64, *time_ns as f64);
            for ((name, expected), found) in self.names.iter().zip(&self.batch).zip(values) {
                check.compare(at, name, expected[at], *found);
            }
        }
    }

    fn pushed(&self, name: &'static str, order: &[(usize, usize)]) -> Result<Check, RunError> {
        let mut check = Check::new(name);
        let (mut session, mut rows) = (self.session()?, Rows::new());
        for (at, bar) in order.iter().enumerate() {
            if at.is_multiple_of(LOOKED_AT) {
                self.look(name, at, order.len())?;
            }
            match self.push(&mut session, *bar, &mut rows) {
                // So many bars of one stream cannot wait: that is asked of nobody.
                Err(error @ StepError::Backlog { .. }) => {
                    let reason = format!("after {at} of {} bars {error}", order.len());
                    return Ok(Check::not_made(name, reason));
                }
                other => other?,
            }
        }
        self.finish(&mut session, &mut rows);
        self.compare(&mut check, &rows);
        check.compare_bytes(self.times.len(), "state", &self.state, &session.snapshot());
        Ok(check)
    }

    /// Restores at every bar and goes on with the restored session; a forming bar before each leaves no trace. Of a large state
    /// some bars are chosen.
    fn restarts(&self) -> Result<Check, RunError> {
        let order = self.by_time(false);
        let bars = order.len();
        let is_cut = spread(bars, most_cuts(bars, self.state.len()));
        let cuts = (0..bars).filter(|at| is_cut(*at)).count();
        let mut check = Check::new(match cuts == bars {
            true => "restored at every bar".to_owned(),
            false => format!("restored at {cuts} of {bars} bars (large state)"),
        });
        let (mut session, mut rows) = (self.session()?, Rows::new());
        for (at, bar) in order.into_iter().enumerate() {
            if is_cut(at) || at.is_multiple_of(LOOKED_AT) {
                self.look(&check.name, at, bars)?;
            }
            if !is_cut(at) {
                self.push(&mut session, bar, &mut rows)?;
                continue;
            }
            let saved = session.snapshot();
            let given = &self.streams[bar.0];
            let inputs: Vec<f64> = given.columns.iter().map(|column| column[bar.1]).collect();
            let event = Event { time_ns: Some(given.times_ns[bar.1]), inputs: &inputs };
            session.preview(bar.0, &event, &mut Vec::new())?;
            check.compare_bytes(at, "state after a preview", &saved, &session.snapshot());
            match self.rule.restore_joined(&saved, Instructions::Best) {
                Ok(restored) => session = restored,
                Err(error) => check.compare_bytes(at, &error.to_string(), &saved, &[]),
            }
            self.push(&mut session, bar, &mut rows)?;
        }
        self.finish(&mut session, &mut rows);
        self.compare(&mut check, &rows);
        check.compare_bytes(self.times.len(), "state", &self.state, &session.snapshot());
        Ok(check)
    }

    /// What the first bars give must not depend on the later ones.
    fn prefixes(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run on the first bars only");
        for cut in cuts(self.times.len(), LONG_CUTS) {
            self.look(&check.name, cut, self.times.len())?;
            let Some(end) = cut.checked_sub(1).map(|last| self.times[last]) else { continue };
            let first: Vec<_> = self.streams.iter().map(|s| up_to(s, end)).collect();
            let mut session = self.session()?;
            let found = run(&mut session, &first, cut, &mut **self.watch.borrow_mut())?;
            for ((name, expected), found) in self.names.iter().zip(&self.batch).zip(&found) {
                for (at, x) in found.iter().enumerate() {
                    check.compare(at, name, expected[at], *x);
                }
            }
        }
        Ok(check.unless_empty(TOO_FEW_BARS))
    }

    /// Starts at later places and tells where the bits meet. Of windows over bars of several lengths, some of them cut by the
    /// beginning, nothing is promised.
    fn late_starts(&self) -> Result<Vec<LateStart>, RunError> {
        let outputs = self.names.iter().zip(&self.batch);
        let mut outputs: Vec<_> =
            outputs.map(|(name, whole)| Watched::new(name, whole, None, false)).collect();
        let mut none = Check::new("begun later");
        for start in starts(self.times.len()) {
            self.look("begun later", start, self.times.len())?;
            let late: Vec<_> = self.streams.iter().map(|s| after(s, self.times[start - 1])).collect();
            let mut session = self.session()?;
            let times = session.row_times(&late)?;
            let found = run(&mut session, &late, times.len(), &mut **self.watch.borrow_mut())?;
            for (output, found) in outputs.iter_mut().zip(&found) {
                let mut rows = vec![f64::NAN; self.times.len() - start];
                for (time_ns, x) in times.iter().zip(found) {
                    if let Ok(row) = self.times[start..].binary_search(time_ns) {
                        rows[row] = *x;
                    }
                }
                output.compare(start, &rows, &mut none);
            }
        }
        Ok(outputs.into_iter().map(|output| output.found).collect())
    }

    fn baseline(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run with baseline instructions");
        let mut session =
            self.rule.joined_session(self.joining.clone(), self.policies, Instructions::Baseline)?;
        self.look(&check.name, 0, self.times.len())?;
        let watch = &mut **self.watch.borrow_mut();
        let found = run(&mut session, self.streams, self.times.len(), watch)?;
        let rows = |at: usize| found.iter().map(|column| column[at]).collect();
        self.compare(&mut check, &self.times.iter().enumerate().map(|(at, t)| (*t, rows(at))).collect());
        Ok(check)
    }
}

/// The bars of a stream that closed after a time.
fn after<'a>(stream: &'a StreamColumns<'_>, end: i64) -> StreamColumns<'a> {
    let rows = stream.times_ns.partition_point(|t| *t <= end);
    StreamColumns {
        times_ns: Cow::Borrowed(&stream.times_ns[rows..]),
        stamps_ns: Cow::Borrowed(&stream.stamps_ns[rows.min(stream.stamps_ns.len())..]),
        columns: stream.columns.iter().map(|column| Cow::Borrowed(&column[rows..])).collect(),
    }
}

/// The bars of a stream that closed at a time or before.
fn up_to<'a>(stream: &'a StreamColumns<'_>, end: i64) -> StreamColumns<'a> {
    let rows = stream.times_ns.partition_point(|t| *t <= end);
    StreamColumns {
        times_ns: Cow::Borrowed(&stream.times_ns[..rows]),
        stamps_ns: Cow::Borrowed(&stream.stamps_ns[..rows.min(stream.stamps_ns.len())]),
        columns: stream.columns.iter().map(|column| Cow::Borrowed(&column[..rows])).collect(),
    }
}
