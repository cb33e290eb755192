//! Bars made of finer bars, by a calendar. A bar exists if a finer one closes in its interval, and is seen from the
//! interval's end: when the watermark of the finer stream has passed it.

use super::feed::Feed;
use crate::calendar::{Calendar, Timeframe};
use crate::plan::joined::JoinedPlan;

/// How the values of one field come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    First,
    Greatest,
    Least,
    Last,
    Sum,
}

/// Makes the bars of one stream.
#[derive(Clone, Debug)]
pub(crate) struct Resampler {
    /// The stream whose bars it makes.
    pub(crate) stream: usize,
    /// The stream it makes them of.
    pub(crate) source: usize,
    /// Per field: where it stands in a finer bar, and how its values come together.
    fields: Box<[(usize, Fold)]>,
    /// The bar so far; NaN where no value was ready.
    pub(crate) bar: Box<[f64]>,
    /// When it closes; `None` while it has seen no finer bar.
    pub(crate) end: Option<i64>,
    calendar: Calendar,
    timeframe: Timeframe,
}

impl Resampler {
    /// One for every stream of a plan whose bars are made of others'.
    pub(crate) fn all(plan: &JoinedPlan) -> Vec<Resampler> {
        let Some(calendar) = &plan.joining.resample else { return Vec::new() };
        let made = plan.streams.iter().enumerate().filter_map(|(stream, known)| {
            let ((source, places), timeframe) = known.made_of.as_ref().zip(known.timeframe)?;
            let folds = known.fields.iter().map(|field| Fold::of(field));
            Some(Resampler {
                stream,
                source: *source,
                fields: places.iter().copied().zip(folds).collect(),
                bar: vec![f64::NAN; known.fields.len()].into(),
                end: None,
                calendar: calendar.clone(),
                timeframe,
            })
        });
        made.collect()
    }

    /// Takes a finer bar, where there is one, and the watermark of its stream.
    pub(crate) fn feed(&mut self, bar: Option<(i64, &[f64])>, watermark: Option<i64>, feed: &mut Feed) {
        if let Some((close_ns, fields)) = bar {
            if self.end.is_some_and(|end| close_ns > end) {
                self.close(feed);
            }
            if self.end.is_none() {
                self.end = Some(self.calendar.end_of(close_ns, self.timeframe));
            }
            for (so_far, (place, fold)) in self.bar.iter_mut().zip(&self.fields) {
                *so_far = fold.add(*so_far, fields[*place]);
            }
        }
        let Some(watermark) = watermark else { return };
        if self.end.is_some_and(|end| watermark >= end) {
            self.close(feed);
        }
        // The next bar ends with the interval of the first moment that is still open.
        let end =
            self.end.unwrap_or_else(|| self.calendar.end_of(watermark.saturating_add(1), self.timeframe));
        feed.raise_watermark(end.saturating_sub(1));
    }

    /// The last bar that a finer one completes if nothing more comes up to its close.
    pub(crate) fn completed_by(&self, close_ns: i64, fields: &[f64], feed: &Feed) -> Option<Vec<f64>> {
        let (mut trial, mut feed) = (self.clone(), feed.clone());
        let before = feed.waiting.len();
        trial.feed(Some((close_ns, fields)), Some(close_ns), &mut feed);
        let made = feed.waiting.bars().next_back().filter(|_| feed.waiting.len() > before);
        made.map(|(_, fields)| fields.to_vec())
    }

    /// Gives the bar to its stream.
    fn close(&mut self, feed: &mut Feed) {
        let end = self.end.take().expect("a bar that has begun");
        feed.give_made(end, &self.bar);
        self.bar.fill(f64::NAN);
    }
}

impl Fold {
    fn of(field: &str) -> Fold {
        match field {
            "open" => Fold::First,
            "high" => Fold::Greatest,
            "low" => Fold::Least,
            "volume" => Fold::Sum,
            _ => Fold::Last,
        }
    }

    /// Values that are not finite are not there.
    fn add(self, so_far: f64, x: f64) -> f64 {
        if !x.is_finite() {
            return so_far;
        }
        if so_far.is_nan() {
            return x;
        }
        match self {
            Fold::First => so_far,
            Fold::Greatest => {
                if x > so_far {
                    x
                } else {
                    so_far
                }
            }
            Fold::Least => {
                if x < so_far {
                    x
                } else {
                    so_far
                }
            }
            Fold::Last => x,
            Fold::Sum => so_far + x,
        }
    }
}
