//! Proof on data of several streams: at once, bar by bar in any order of arrival, restarted everywhere, the same bits.

use std::borrow::Cow;

use crate::incremental::contracts::{Event, Policies, StepError};
use crate::incremental::joined::JoinedSession;
use crate::incremental::joined_run::StreamColumns;
use crate::isa::Instructions;
use crate::plan::regions::Joining;
use crate::rule::{Rule, RunError};
use crate::verify::{Check, ParityReport, cuts};

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
        let mut session = self.joined_session(joining.clone(), policies, Instructions::Best)?;
        let times = session.row_times(streams)?;
        let batch = run(&mut session, streams, times.len())?;
        let names = self.plan().outputs().iter().map(|o| o.name.clone()).collect();
        let state = session.snapshot();
        let proof = Proof { rule: self, joining, policies, streams, names, times, batch, state };
        let ready = |column: &Vec<f64>| column.iter().filter(|x| !x.is_nan()).count();
        Ok(ParityReport {
            bars: proof.times.len(),
            ready: proof.names.iter().cloned().zip(proof.batch.iter().map(ready)).collect(),
            checks: vec![
                proof.pushed("pushed in the order of time", &proof.by_time(false))?,
                proof.pushed("pushed, of one time the last stream first", &proof.by_time(true))?,
                proof.pushed("pushed one stream after the other", &proof.by_stream())?,
                proof.restarts()?,
                proof.prefixes()?,
                proof.baseline()?,
            ],
        })
    }
}

fn run(
    session: &mut JoinedSession,
    streams: &[StreamColumns<'_>],
    rows: usize,
) -> Result<Vec<Vec<f64>>, StepError> {
    let mut outputs = vec![vec![0.0; rows]; session.plan().plan().outputs().len()];
    let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    session.run(streams, &mut slices)?;
    Ok(outputs)
}

impl Proof<'_> {
    fn session(&self) -> Result<JoinedSession, RunError> {
        Ok(self.rule.joined_session(self.joining.clone(), self.policies, Instructions::Best)?)
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
        session.push(stream, &event, &mut |out| {
            rows.push((out.time_ns, out.values.iter().map(|v| v.value).collect()));
        })
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
            match self.push(&mut session, *bar, &mut rows) {
                // So many bars of one stream cannot wait: that is asked of nobody.
                Err(StepError::Backlog { .. }) => {
                    let prefix = order[..at].len();
                    check.compare(prefix, "bars that wait", prefix as f64, prefix as f64);
                    return Ok(check);
                }
                other => other?,
            }
        }
        self.finish(&mut session, &mut rows);
        self.compare(&mut check, &rows);
        check.compare_bytes(self.times.len(), "state", &self.state, &session.snapshot());
        Ok(check)
    }

    /// Restores at every bar and goes on with the restored session; a forming bar before each leaves no trace.
    fn restarts(&self) -> Result<Check, RunError> {
        let mut check = Check::new("restored at every bar");
        let (mut session, mut rows) = (self.session()?, Rows::new());
        for (at, bar) in self.by_time(false).into_iter().enumerate() {
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
        for cut in cuts(self.times.len()) {
            let Some(end) = cut.checked_sub(1).map(|last| self.times[last]) else { continue };
            let first: Vec<_> = self.streams.iter().map(|s| up_to(s, end)).collect();
            let mut session = self.session()?;
            let found = run(&mut session, &first, cut)?;
            for ((name, expected), found) in self.names.iter().zip(&self.batch).zip(&found) {
                for (at, x) in found.iter().enumerate() {
                    check.compare(at, name, expected[at], *x);
                }
            }
        }
        Ok(check)
    }

    fn baseline(&self) -> Result<Check, RunError> {
        let mut check = Check::new("run with baseline instructions");
        let mut session =
            self.rule.joined_session(self.joining.clone(), self.policies, Instructions::Baseline)?;
        let found = run(&mut session, self.streams, self.times.len())?;
        let rows = |at: usize| found.iter().map(|column| column[at]).collect();
        self.compare(&mut check, &self.times.iter().enumerate().map(|(at, t)| (*t, rows(at))).collect());
        Ok(check)
    }
}

/// The bars of a stream that closed at a time or before.
fn up_to<'a>(stream: &'a StreamColumns<'_>, end: i64) -> StreamColumns<'a> {
    let rows = stream.times_ns.partition_point(|t| *t <= end);
    StreamColumns {
        times_ns: Cow::Borrowed(&stream.times_ns[..rows]),
        columns: stream.columns.iter().map(|column| Cow::Borrowed(&column[..rows])).collect(),
    }
}
