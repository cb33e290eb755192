//! Clocks: when a value is computed.
//!
//! A value is computed at the bars of its clock, whatever else stands in the rule: that of its inputs, or where those
//! differ the one of the shortest bars among them. Inputs of another clock are read as of their last closed bar.

use crate::calendar::Timeframe;
use crate::plan::operation::Operation;
use crate::plan::streams::Stream;
use crate::plan::{Plan, PlanError};

/// At which times values of streams with bars of one length meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Where all have a bar.
    Inner,
    /// Where any has one.
    Outer,
    /// Where the first has one: the rule's own bars, else the first by name.
    Left,
    /// Where the last has one.
    Right,
}

/// How streams with bars of one length meet. Those of longer bars are always read as of their last closed bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// At which times.
    pub how: How,
    /// A stream without a bar at such a time is read as of its last bar, else it is missing input.
    pub fills: bool,
}

impl Default for Alignment {
    /// At the bars of the first, the others as of their last closed bar.
    fn default() -> Alignment {
        Alignment { how: How::Left, fills: true }
    }
}

impl Alignment {
    /// The policy of these names: `inner`, `outer`, `left` or `right`, and `none` or `ffill`.
    ///
    /// # Errors
    /// What is accepted.
    pub fn from_names(how: &str, fill: &str) -> Result<Alignment, String> {
        let how = match how {
            "inner" => How::Inner,
            "outer" => How::Outer,
            "left" => How::Left,
            "right" => How::Right,
            _ => return Err(format!("`{how}` is not one of inner, outer, left, right")),
        };
        match fill {
            "none" => Ok(Alignment { how, fills: false }),
            "ffill" => Ok(Alignment { how, fills: true }),
            _ => Err(format!("`{fill}` is not one of none, ffill")),
        }
    }

    /// The names of this policy.
    pub fn names(self) -> (&'static str, &'static str) {
        let how = match self.how {
            How::Inner => "inner",
            How::Outer => "outer",
            How::Left => "left",
            How::Right => "right",
        };
        (how, if self.fills { "ffill" } else { "none" })
    }
}

/// When a value is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Of these streams, in the order of their rank; one, or several with bars of one length.
    pub(crate) streams: Vec<usize>,
    /// At times where all of them have a bar, else where any has.
    pub(crate) all: bool,
}

impl Clock {
    /// True at a time where these streams have a bar.
    #[inline]
    pub(crate) fn ticks(&self, present: &[bool]) -> bool {
        match self.streams.as_slice() {
            [one] => present[*one],
            several if self.all => several.iter().all(|s| present[*s]),
            several => several.iter().any(|s| present[*s]),
        }
    }
}

/// The streams of a plan and the clocks of its values.
#[derive(Clone, Debug)]
pub(crate) struct Clocks {
    pub(crate) streams: Vec<Stream>,
    pub(crate) timeframes: Vec<Option<Timeframe>>,
    alignment: Alignment,
    /// Per stream, its place among all.
    ranks: Vec<usize>,
    pub(crate) clocks: Vec<Clock>,
    /// Per slot of the plan; `None` for what never changes.
    pub(crate) of_slot: Vec<Option<usize>>,
    /// The plan's own.
    pub(crate) plan: usize,
}

impl Clocks {
    /// The clocks of a plan over these streams, which contain all that it reads. `named` is the stream whose bars are
    /// the plan's rows; without one, those of the shortest bars.
    pub(crate) fn of(
        plan: &Plan,
        streams: Vec<Stream>,
        own: Option<Timeframe>,
        named: Option<usize>,
        alignment: Alignment,
    ) -> Result<Clocks, PlanError> {
        let timeframes: Vec<_> = streams.iter().map(|s| s.timeframe().or(own)).collect();
        let lengths: Vec<_> = timeframes.iter().map(|t| t.map(Timeframe::nominal_ns)).collect();
        if lengths.iter().any(Option::is_none) && lengths.iter().any(Option::is_some) {
            return Err(PlanError::OwnTimeframeNeeded);
        }
        let mut order: Vec<usize> = (0..streams.len()).collect();
        order.sort_by_key(|s| (named != Some(*s), streams[*s].rank()));
        let mut ranks = vec![0; streams.len()];
        for (rank, stream) in order.iter().enumerate() {
            ranks[*stream] = rank;
        }
        let clocks = (0..streams.len()).map(|s| Clock { streams: vec![s], all: true }).collect();
        let mut it = Clocks { streams, timeframes, alignment, ranks, clocks, of_slot: Vec::new(), plan: 0 };
        let rows: Vec<usize> = match named {
            Some(named) => (0..it.streams.len()).filter(|s| it.length(*s) == it.length(named)).collect(),
            None => plan.streams().iter().filter_map(|s| it.find(s)).collect(),
        };
        it.plan = it.meet(rows).or(named).unwrap_or(0);
        it.assign(plan);
        Ok(it)
    }

    fn assign(&mut self, plan: &Plan) {
        for field in &plan.fields {
            self.of_slot.push(self.find(&Stream::of(field)));
        }
        self.of_slot.extend(plan.constants.iter().map(|_| None));
        for node in &plan.nodes {
            let clocks: Vec<usize> = node.inputs.iter().filter_map(|slot| self.of_slot[*slot]).collect();
            let clock = match (&node.operation, self.meet(clocks)) {
                (Operation::Time, _) => None,
                // Constants change at no time: what is made of them is computed with the plan's rows.
                (_, clock) => Some(clock.unwrap_or(self.plan)),
            };
            self.of_slot.extend(std::iter::repeat_n(clock, node.width()));
        }
    }

    pub(crate) fn find(&self, stream: &Stream) -> Option<usize> {
        self.streams.iter().position(|s| s == stream)
    }

    /// Length of a clock's bars.
    pub(crate) fn length(&self, clock: usize) -> Option<u64> {
        self.timeframes[self.clocks[clock].streams[0]].map(Timeframe::nominal_ns)
    }

    /// The clock of a value with inputs of these clocks; `None` for no inputs.
    fn meet(&mut self, clocks: Vec<usize>) -> Option<usize> {
        let shortest = clocks.iter().map(|c| self.length(*c)).min()?;
        let mut finest: Vec<usize> = clocks.into_iter().filter(|c| self.length(*c) == shortest).collect();
        finest.sort_by_key(|c| self.rank(*c));
        finest.dedup();
        if let [only] = finest.as_slice() {
            return Some(*only);
        }
        let all = match self.alignment.how {
            How::Left => return finest.first().copied(),
            How::Right => return finest.last().copied(),
            How::Inner => true,
            How::Outer => false,
        };
        let mut streams: Vec<usize> =
            finest.iter().flat_map(|c| self.clocks[*c].streams.iter().copied()).collect();
        streams.sort_by_key(|s| self.ranks[*s]);
        streams.dedup();
        let clock = Clock { streams, all };
        let found = self.clocks.iter().position(|c| *c == clock);
        Some(found.unwrap_or_else(|| {
            self.clocks.push(clock);
            self.clocks.len() - 1
        }))
    }

    fn rank(&self, clock: usize) -> Vec<usize> {
        self.clocks[clock].streams.iter().map(|s| self.ranks[*s]).collect()
    }

    /// Whether a value of one clock, read at a bar of another, is only there where its own clock ticks too.
    pub(crate) fn is_fresh(&self, reader: usize, read: usize) -> bool {
        reader != read && !self.alignment.fills && self.length(reader) == self.length(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Rule;

    fn clocks(text: &str, own: &str, named: Option<&str>, alignment: Alignment) -> (Clocks, Plan) {
        let plan = Plan::clone(Rule::compile(text).unwrap().plan());
        let streams = plan.streams();
        let named = named.map(|name| streams.iter().position(|s| s.name() == name).unwrap());
        (Clocks::of(&plan, streams, Timeframe::parse(own), named, alignment).unwrap(), plan)
    }

    fn named(clocks: &Clocks, clock: usize) -> String {
        let Clock { streams, all } = &clocks.clocks[clock];
        let names: Vec<_> = streams.iter().map(|s| clocks.streams[*s].name()).collect();
        names.join(if *all { "&" } else { "|" })
    }

    /// The clock of the root, and that of the rows.
    fn root(text: &str, named_stream: Option<&str>, alignment: Alignment) -> (String, String) {
        let (clocks, plan) = clocks(text, "1h", named_stream, alignment);
        let root = clocks.of_slot[plan.outputs[0].slot].unwrap();
        (named(&clocks, root), named(&clocks, clocks.plan))
    }

    fn both(one: &str) -> (String, String) {
        (one.to_owned(), one.to_owned())
    }

    #[test]
    fn streams_are_named_as_a_rule_names_them() {
        let text =
            "close + ETH.close + ohlcv.1d.close + binance.BTC.USDT.perp.h4.trades.volume + trades.price";
        let plan = Rule::compile(text).unwrap().plan().clone();
        let mut names: Vec<_> = plan.streams().iter().map(Stream::name).collect();
        names.sort();
        assert_eq!(names, ["ETH", "binance.BTC/USDT.perp.4h.trades", "ohlcv", "ohlcv.1d", "trades"]);
    }

    #[test]
    fn a_value_is_computed_at_the_shortest_bars_that_it_reads() {
        let default = Alignment::default();
        let of = |text| root(text, None, default);
        assert_eq!(of("sma(close, 3)"), both("ohlcv"));
        assert_eq!(of("close > sma(ohlcv.1d.close, 3)"), both("ohlcv"));
        assert_eq!(of("sma(BTC.4h.close, 3) > BTC.1d.close"), both("BTC.4h"));
        assert_eq!(of("ETH.close > BTC.close"), both("BTC"));
        assert_eq!(of("ETH.close > close"), both("ohlcv"));
        assert_eq!(of("trades.volume > ETH.close"), both("trades"));
        assert_eq!(of("BTC.30m.close > close"), both("BTC.30m"));
        assert_eq!(root("ETH.close > BTC.close", Some("ETH"), default), both("ETH"));
        assert_eq!(
            root("BTC.30m.close > close", Some("ohlcv"), default),
            ("BTC.30m".to_owned(), "ohlcv".to_owned())
        );
    }

    #[test]
    fn a_policy_says_where_streams_of_one_length_meet() {
        let at = |how, text| root(text, None, Alignment { how, fills: false });
        assert_eq!(at(How::Inner, "ETH.close > close"), both("ohlcv&ETH"));
        assert_eq!(at(How::Outer, "ETH.close > BTC.close"), both("BTC|ETH"));
        assert_eq!(at(How::Left, "ETH.close > BTC.close"), both("BTC"));
        assert_eq!(at(How::Right, "ETH.close > BTC.close"), both("ETH"));
        assert_eq!(at(How::Inner, "sma(ETH.close + BTC.close, 2) > close"), both("ohlcv&BTC&ETH"));
        assert_eq!(at(How::Inner, "ohlcv.1d.close > close"), both("ohlcv"));
    }

    #[test]
    fn several_lengths_need_the_length_of_the_own_bars() {
        let plan = Plan::clone(Rule::compile("close > ohlcv.1d.close").unwrap().plan());
        let refused = Clocks::of(&plan, plan.streams(), None, None, Alignment::default());
        assert!(matches!(refused, Err(PlanError::OwnTimeframeNeeded)));
        assert!(plan.has_several_timeframes());
        assert!(!Rule::compile("ETH.close > close").unwrap().plan().has_several_timeframes());
    }
}
