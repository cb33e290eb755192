//! Histories of several streams at once: region by region, a window of time after the other.
//!
//! The results are those of pushing every bar and then letting all streams pass the last one, bit for bit: each region
//! runs over the bars of its clock, and what it reads of others is laid beside them as of each bar. The end is stepped,
//! so that the state knows why its last values are not ready.

use std::borrow::Cow;
use std::collections::HashMap;

use super::JoinedSession;
use super::feed::Feed;
use crate::incremental::contracts::{Event, MissingInput, StepError};
use crate::incremental::machine::{Stretch, hold};
use crate::incremental::watch::{Interrupted, Unwatched, Watch, is_long};
use crate::lanes::Lanes;
use crate::plan::joined::{From, Link};

use super::columns::StreamColumns;
use super::windows::{Laid, Run, Source, WINDOW, Window};

/// When the last bar of all closed; `None` without a bar.
fn last_close(streams: &[StreamColumns<'_>]) -> Option<i64> {
    streams.iter().filter_map(|stream| stream.times_ns.last().copied()).max()
}

impl JoinedSession {
    /// When the rows close that a run over these bars gives: `streams` has the bars of every stream of the plan, in its
    /// order, none for those that are made of others.
    ///
    /// # Errors
    /// As [`run`](JoinedSession::run).
    pub fn row_times(&self, streams: &[StreamColumns<'_>]) -> Result<Vec<i64>, StepError> {
        self.check_streams(streams)?;
        let streams = self.with_made_bars(streams);
        Ok(self.clock_times(&streams, self.plan.clock).into_owned())
    }

    /// Takes many bars of every stream: `outputs` has one slice per output of the plan, with a number per row of
    /// [`row_times`](JoinedSession::row_times). When all are taken, every stream has passed the last bar of any.
    ///
    /// # Errors
    /// Where a shape does not fit, bars are out of order, a bar still waits or a policy fails; nothing is taken then.
    pub fn run(
        &mut self,
        streams: &[StreamColumns<'_>],
        outputs: &mut [&mut [f64]],
    ) -> Result<(), StepError> {
        self.run_watched(streams, outputs, None)
    }

    /// [`run`](JoinedSession::run) that somebody may wait for.
    ///
    /// # Errors
    /// As `run`; [`StepError::Interrupted`] where it was given up, and nothing is taken then either.
    pub fn run_watched(
        &mut self,
        streams: &[StreamColumns<'_>],
        outputs: &mut [&mut [f64]],
        watch: Option<&mut dyn Watch>,
    ) -> Result<(), StepError> {
        self.check_streams(streams)?;
        self.out_of_lockstep(|session| session.run_checked(streams, outputs, watch))
    }

    /// [`run_watched`](JoinedSession::run_watched) of bars that nothing is wrong with.
    fn run_checked(
        &mut self,
        streams: &[StreamColumns<'_>],
        outputs: &mut [&mut [f64]],
        watch: Option<&mut dyn Watch>,
    ) -> Result<(), StepError> {
        self.explain_all();
        let mut run = self.begin_run(streams);
        let rows = run.clocks[self.plan.clock].len();
        let shapes = outputs.iter().map(|o| ("rows of an output", o.len(), rows));
        let needed = self.plan.outputs.len();
        for (what, given, needed) in shapes.chain([("outputs", outputs.len(), needed)]) {
            if given != needed {
                return Err(StepError::Shape { what, given, needed });
            }
        }
        let end = last_close(streams);
        if let Some(cut) = self.last_cut(&run) {
            match watch {
                Some(watch) if is_long(rows, self.machine.nodes.len()) => {
                    let kept = self.snapshot();
                    if let Err(Interrupted) = self.run_windows(&mut run, cut, outputs, watch) {
                        *self = self.again(&kept).expect("a session's own snapshot");
                        return Err(StepError::Interrupted);
                    }
                }
                _ => self.run_windows(&mut run, cut, outputs, &mut Unwatched).expect("nobody gives it up"),
            }
        }
        self.step_rest(&mut run, outputs);
        for given in streams {
            let bars = given.times_ns.len() as u64;
            self.counters.received += bars;
            self.counters.applied += bars;
        }
        self.position += rows as u64;
        if let Some(end) = end {
            self.finish_run(streams, end);
        }
        Ok(())
    }

    /// [`run`](JoinedSession::run) that also says what each value is: `availabilities` has one slice per output, to be
    /// filled with [`Availability`](crate::incremental::contracts::Availability) as numbers. Slower.
    ///
    /// # Errors
    /// As `run`.
    pub fn run_explained(
        &mut self,
        streams: &[StreamColumns<'_>],
        outputs: &mut [&mut [f64]],
        availabilities: &mut [&mut [u8]],
        watch: &mut dyn Watch,
    ) -> Result<(), StepError> {
        self.check_streams(streams)?;
        let rows = self.row_times(streams)?.len();
        let mut shapes = outputs.iter().map(|o| o.len()).chain(availabilities.iter().map(|a| a.len()));
        if let Some(given) = shapes.find(|given| *given != rows) {
            return Err(StepError::Shape { what: "rows", given, needed: rows });
        }
        let mut row = 0;
        let mut give = |out: super::JoinedOutput<'_>| {
            for ((value, output), state) in out.values.iter().zip(&mut *outputs).zip(&mut *availabilities) {
                output[row] = value.value;
                state[row] = value.availability as u8;
            }
            row += 1;
        };
        // Stepping is slower than running, and what is not ready is looked into.
        let nodes = self.machine.nodes.len();
        let kept = is_long(rows.saturating_mul(16), nodes).then(|| self.snapshot());
        let mut done = vec![0; streams.len()];
        let mut inputs = Vec::new();
        while let Some(time_ns) =
            (0..streams.len()).filter_map(|s| streams[s].times_ns.get(done[s]).copied()).min()
        {
            if let Some(kept) = &kept
                && watch.look().is_err()
            {
                *self = self.again(kept).expect("a session's own snapshot");
                return Err(StepError::Interrupted);
            }
            for (stream, given) in streams.iter().enumerate() {
                if given.times_ns.get(done[stream]) == Some(&time_ns) {
                    inputs.clear();
                    inputs.extend(given.columns.iter().map(|column| column[done[stream]]));
                    done[stream] += 1;
                    let event = Event { time_ns: Some(time_ns), inputs: &inputs };
                    match given.told(done[stream] - 1) {
                        None => self.push(stream, &event, &mut give)?,
                        Some(stamp_ns) => self.push_told(stream, stamp_ns, &event, &mut give)?,
                    }
                }
            }
            // Nothing waits longer than it must: all bars up to this time have been given.
            self.advance_all(time_ns, &mut give);
        }
        Ok(())
    }

    /// The bars of all streams, those made of others included.
    fn with_made_bars<'a>(&self, streams: &'a [StreamColumns<'a>]) -> Vec<StreamColumns<'a>> {
        let mut all: Vec<StreamColumns<'a>> = streams
            .iter()
            .map(|s| StreamColumns {
                times_ns: Cow::Borrowed(&s.times_ns),
                stamps_ns: Cow::Borrowed(&s.stamps_ns),
                columns: s.columns.iter().map(|column| Cow::Borrowed(&**column)).collect(),
            })
            .collect();
        let Some(end) = last_close(streams) else { return all };
        let given = self
            .feeds
            .iter()
            .zip(streams)
            .map(|(feed, given)| feed.watermark.max(given.last_watermark(feed)).max(Some(end)));
        let mut watermarks: Vec<Option<i64>> = given.collect();
        let mut made: Vec<(usize, Feed)> = Vec::with_capacity(self.resamplers.len());
        for resampler in &self.resamplers {
            let (mut resampler, mut feed) = (resampler.clone(), self.feeds[resampler.stream].clone());
            let source = &streams[resampler.source];
            let mut bar = vec![0.0; source.columns.len()];
            for (row, close_ns) in source.times_ns.iter().enumerate() {
                for (x, column) in bar.iter_mut().zip(&source.columns) {
                    *x = column[row];
                }
                let watermark = source.watermark_after(row, &self.feeds[resampler.source]);
                resampler.feed(Some((*close_ns, &bar)), Some(watermark), &mut feed);
            }
            resampler.feed(None, watermarks[resampler.source], &mut feed);
            watermarks[resampler.stream] = feed.watermark;
            made.push((resampler.stream, feed));
        }
        // What some stream has not passed is not seen yet.
        let seen_to = watermarks.into_iter().min().flatten();
        for (stream, feed) in made {
            let seen: Vec<_> = feed.waiting.bars().take_while(|(close, _)| Some(*close) <= seen_to).collect();
            let column = |at: usize| seen.iter().map(|(_, fields)| fields[at]).collect();
            all[stream] = StreamColumns {
                columns: (0..feed.waiting.width()).map(|at| Cow::Owned(column(at))).collect(),
                times_ns: Cow::Owned(seen.iter().map(|(close, _)| *close).collect()),
                stamps_ns: Cow::Borrowed(&[]),
            };
        }
        all
    }

    /// When a clock ticks.
    fn clock_times<'a>(&self, streams: &[StreamColumns<'a>], clock: usize) -> Cow<'a, [i64]> {
        let clock = &self.plan.clocks[clock];
        if let [one] = clock.streams.as_slice() {
            return streams[*one].times_ns.clone();
        }
        let mut times: Vec<i64> =
            clock.streams.iter().flat_map(|s| streams[*s].times_ns.iter().copied()).collect();
        times.sort_unstable();
        let needed = if clock.all { clock.streams.len() } else { 1 };
        let runs = times.chunk_by(|a, b| a == b);
        Cow::Owned(runs.filter(|run| run.len() >= needed).map(|run| run[0]).collect())
    }

    fn begin_run<'a>(&self, streams: &'a [StreamColumns<'a>]) -> Run<'a> {
        let mut streams = self.with_made_bars(streams);
        if self.policies.missing_input == MissingInput::HoldPrevious {
            for (stream, feed) in streams.iter_mut().zip(&self.feeds) {
                for (column, before) in stream.columns.iter_mut().zip(&self.machine.row[feed.slots.clone()]) {
                    if column.iter().any(|x| !x.is_finite()) {
                        hold(column.to_mut(), *before);
                    }
                }
            }
        }
        let is_asked = |clock: usize| {
            clock == self.plan.clock || self.plan.regions.iter().any(|region| region.clock == clock)
        };
        let clocks = (0..self.plan.clocks.len())
            .map(|c| if is_asked(c) { self.clock_times(&streams, c) } else { Cow::Borrowed(&[][..]) })
            .collect();
        let (done, ticked) = (vec![0; streams.len()], vec![0; self.plan.clocks.len()]);
        Run { streams, clocks, done, ticked, direct: self.direct_outputs() }
    }

    /// Up to when windows are run. The rest is stepped, and long enough that every value which the last rows read was
    /// stepped too.
    fn last_cut(&self, run: &Run<'_>) -> Option<i64> {
        let mut cut = i64::MAX;
        for _ in 0..=self.plan.regions.len() {
            let last = |clock: usize| {
                let times = &run.clocks[clock];
                times[..times.partition_point(|t| *t <= cut)].last().copied()
            };
            let clocks = self.plan.regions.iter().map(|region| region.clock).chain([self.plan.clock]);
            cut = clocks.filter_map(last).min()?;
        }
        cut.checked_sub(1)
    }

    /// Computes everything up to a time.
    fn run_windows(
        &mut self,
        run: &mut Run<'_>,
        cut: i64,
        outputs: &mut [&mut [f64]],
        watch: &mut dyn Watch,
    ) -> Result<(), Interrupted> {
        let plan = self.plan.clone();
        let rows_to = |times: &[i64], moment: i64| times.partition_point(|t| *t <= moment);
        let busiest = (0..plan.clocks.len()).max_by_key(|c| rows_to(&run.clocks[*c], cut));
        let busiest = busiest.expect("a plan has a clock");
        let last = rows_to(&run.clocks[busiest], cut);
        let mut buffers: Vec<Vec<Vec<f64>>> =
            plan.regions.iter().map(|region| vec![Vec::new(); region.shown.len()]).collect();
        let widest = plan.regions.iter().map(|region| region.inputs.len()).max().unwrap_or(0);
        let mut laid = vec![Vec::new(); widest.max(1)];
        loop {
            watch.look()?;
            let until = run.ticked[busiest] + WINDOW;
            let moment = if until >= last { cut } else { run.clocks[busiest][until - 1] };
            let mut window = Window::of(run, moment);
            window.before.clone_from(&self.machine.row);
            let (from, to) = window.clocks[plan.clock];
            for at in 0..plan.regions.len() {
                let mut mine = std::mem::take(&mut buffers[at]);
                let places = outputs.iter_mut().map(|output| &mut output[from..to]);
                self.run_region(run, &window, at, &buffers, &mut laid, &mut mine, places);
                buffers[at] = mine;
            }
            for (at, (output, link)) in outputs.iter_mut().zip(&plan.outputs).enumerate() {
                if run.direct[at] {
                    continue;
                }
                let place = &mut output[from..to];
                match self.source(run, &window, link, plan.clock, &buffers) {
                    Source::Same(column) => place.copy_from_slice(column),
                    Source::Other(source) => source.lay(&run.clocks[plan.clock][from..to], place),
                }
                // A field may have come as an infinity.
                for x in place {
                    *x = x.finite_or_nan();
                }
            }
            self.close_window(run, &window);
            if moment == cut {
                return Ok(());
            }
        }
    }

    /// Per output, whether its region can write it where the caller wants it: nobody else reads it.
    fn direct_outputs(&self) -> Vec<bool> {
        let plan = &self.plan;
        let mut readers: HashMap<From, usize> = HashMap::new();
        let inputs = plan.regions.iter().flat_map(|region| &region.inputs).map(|input| &input.link);
        for link in plan.outputs.iter().chain(inputs) {
            *readers.entry(link.from).or_insert(0) += 1;
        }
        let is_direct = |link: &Link| match link.from {
            From::Region { region, .. } => {
                plan.regions[region].clock == plan.clock && readers[&link.from] == 1
            }
            _ => false,
        };
        plan.outputs.iter().map(is_direct).collect()
    }

    /// Runs one region over a window; `outputs` are the caller's, for the rows of the window.
    #[allow(clippy::too_many_arguments)]
    fn run_region<'o>(
        &mut self,
        run: &Run<'_>,
        window: &Window,
        at: usize,
        buffers: &[Vec<Vec<f64>>],
        laid: &mut [Vec<f64>],
        mine: &mut [Vec<f64>],
        outputs: impl Iterator<Item = &'o mut [f64]>,
    ) {
        let plan = self.plan.clone();
        let region = &plan.regions[at];
        let (from, to) = window.clocks[region.clock];
        let times = &run.clocks[region.clock][from..to];
        for buffer in mine.iter_mut() {
            buffer.resize(times.len(), f64::NAN);
        }
        if times.is_empty() {
            return;
        }
        let mut given: Vec<(usize, &[f64])> = Vec::with_capacity(region.inputs.len());
        for (input, place) in region.inputs.iter().zip(laid) {
            let column = match self.source(run, window, &input.link, region.clock, buffers) {
                Source::Same(column) => column,
                Source::Other(source) => {
                    place.resize(times.len(), f64::NAN);
                    source.lay(times, place);
                    place
                }
            };
            given.push((input.place, column));
        }
        let mut places: Vec<&mut [f64]> = mine.iter_mut().map(Vec::as_mut_slice).collect();
        for (which, place) in outputs.enumerate() {
            if let From::Region { region, output } = plan.outputs[which].from
                && region == at
                && run.direct[which]
            {
                places[output] = place;
            }
        }
        let stretch = Stretch {
            nodes: region.nodes.clone(),
            bars: times.len(),
            times: region.time_slot.map(|slot| (slot, times)),
            given: &given,
            wanted: &region.shown,
            holds: false,
        };
        self.machine
            .run(&stretch, &mut places, &mut Unwatched)
            .unwrap_or_else(|_| unreachable!("nobody gives it up, and no node fails"));
    }

    /// A window's column of what a link reads at a clock.
    fn source<'r>(
        &self,
        run: &'r Run<'_>,
        window: &Window,
        link: &Link,
        clock: usize,
        buffers: &'r [Vec<Vec<f64>>],
    ) -> Source<'r> {
        let (from, to) = window.clocks[clock];
        let reader = &run.clocks[clock][from..to];
        let (times, column): (&[i64], &[f64]) = match link.from {
            From::Constant => (&[], &[]),
            From::Stream { stream, column } => {
                let (from, to) = window.streams[stream];
                let given = &run.streams[stream];
                (&given.times_ns[from..to], &given.columns[column][from..to])
            }
            From::Region { region, output } => {
                let (from, to) = window.clocks[self.plan.regions[region].clock];
                let times = &run.clocks[self.plan.regions[region].clock][from..to];
                (times, &buffers[region][output][..])
            }
        };
        // What a region that has run gave before stands in the row no more; the window remembers it.
        let before = window.before[link.slot];
        // A clock of one stream has that stream's own times: they need not be compared.
        match std::ptr::eq(times, reader) || times == reader {
            true => Source::Same(column),
            false => Source::Other(Laid { times, column, before, fresh: link.fresh }),
        }
    }

    /// Puts a bar of a stream into the row.
    fn put_bar(&mut self, stream: usize, given: &StreamColumns<'_>, bar: usize) {
        let last = &mut self.machine.row[self.feeds[stream].slots.clone()];
        for (last, column) in last.iter_mut().zip(&given.columns) {
            *last = column[bar].finite_or_nan();
        }
    }

    /// Takes note of the last bars of a window.
    fn close_window(&mut self, run: &mut Run<'_>, window: &Window) {
        for (stream, (from, to)) in window.streams.iter().enumerate() {
            if from < to {
                self.put_bar(stream, &run.streams[stream], to - 1);
            }
            run.done[stream] = *to;
        }
        for (clock, (_, to)) in window.clocks.iter().enumerate() {
            run.ticked[clock] = *to;
        }
    }

    /// Steps what the windows left.
    fn step_rest(&mut self, run: &mut Run<'_>, outputs: &mut [&mut [f64]]) {
        let mut row = run.ticked[self.plan.clock];
        while let Some(time_ns) =
            run.streams.iter().zip(&run.done).filter_map(|(s, done)| s.times_ns.get(*done).copied()).min()
        {
            for ((given, done), present) in run.streams.iter().zip(&run.done).zip(&mut self.present) {
                *present = given.times_ns.get(*done) == Some(&time_ns);
            }
            self.explain_before();
            for (stream, given) in run.streams.iter().enumerate() {
                if self.present[stream] {
                    self.put_bar(stream, given, run.done[stream]);
                    run.done[stream] += 1;
                }
            }
            self.compute(time_ns, false);
            if self.plan.clocks[self.plan.clock].ticks(&self.present) {
                self.read_outputs(false);
                for (output, value) in outputs.iter_mut().zip(&self.values) {
                    output[row] = value.value;
                }
                row += 1;
            }
        }
    }

    /// Lets every stream, and what is made of them, pass the end of a run.
    fn finish_run(&mut self, streams: &[StreamColumns<'_>], end: i64) {
        for (stream, given) in streams.iter().enumerate() {
            if self.plan.streams[stream].made_of.is_some() {
                continue;
            }
            if self.resamplers.iter().any(|resampler| resampler.source == stream) {
                self.resample_all(stream, given);
            }
            if let Some(last) = given.times_ns.last() {
                let watermark = given.last_watermark(&self.feeds[stream]).expect("there is a last bar");
                self.feeds[stream].raise_watermark(watermark);
                self.feeds[stream].last = Some(*last);
                self.feeds[stream].is_last_told = !given.stamps_ns.is_empty();
            }
            self.feeds[stream].raise_watermark(end);
            self.resample(stream, None);
        }
        let watermark = self.feeds.iter().map(|feed| feed.watermark).min().flatten();
        for resampler in &self.resamplers {
            let waiting = &mut self.feeds[resampler.stream].waiting;
            // What all streams have passed has been computed.
            while waiting.front().is_some_and(|close| Some(close) <= watermark) {
                waiting.pop();
            }
        }
    }
}

impl JoinedSession {
    /// Hands the bars of a stream to those that are made of it.
    fn resample_all(&mut self, stream: usize, given: &StreamColumns<'_>) {
        let mut inputs = vec![0.0; given.columns.len()];
        for (row, close_ns) in given.times_ns.iter().enumerate() {
            for (x, column) in inputs.iter_mut().zip(&given.columns) {
                *x = column[row];
            }
            let watermark = given.watermark_after(row, &self.feeds[stream]);
            self.feeds[stream].raise_watermark(watermark);
            self.resample(stream, Some((*close_ns, &inputs)));
        }
    }
}
