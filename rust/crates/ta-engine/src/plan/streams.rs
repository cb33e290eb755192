//! Streams: which bars a field belongs to.

use super::Plan;
use crate::calendar::Timeframe;
use crate::lang::ir::SourceRef;
use crate::lang::market_of;
use crate::lang::shift::multiple;

/// Source of fields of the joined row that are none of the plan's; no text can name it.
pub(crate) const JOINED: &str = "joined";

/// Whose bars a field belongs to: exchange, symbol, instrument type, timeframe and source. What is not named is that of
/// the rule's own bars.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stream(SourceRef);

impl Stream {
    /// The stream of a field.
    pub fn of(field: &SourceRef) -> Stream {
        Stream(SourceRef { field: None, column: None, is_asked: false, ..field.clone() })
    }

    /// The bars that the rule runs on.
    pub fn own() -> Stream {
        Stream(SourceRef::of("ohlcv", None))
    }

    /// The stream of this name.
    pub fn parse(name: &str) -> Option<Stream> {
        market_of(name).map(Stream)
    }

    /// As a rule names it, without a field: `ohlcv` for the rule's own bars, `trades`, `ETH`, `ohlcv.1d`,
    /// `binance.BTC/USDT.perp.4h.trades`.
    pub fn name(&self) -> String {
        let s = &self.0;
        let symbol = s.symbol.as_deref();
        let is_named = symbol.is_none() || s.source != "ohlcv";
        let source = is_named.then_some(s.source.as_str());
        let (before, after) = if symbol.is_none() { (source, None) } else { (None, source) };
        let parts = [
            s.exchange.as_deref(),
            symbol,
            s.instrument_type.as_deref(),
            before,
            s.timeframe.as_deref(),
            after,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(".")
    }

    /// The timeframe that it names.
    pub fn timeframe(&self) -> Option<Timeframe> {
        self.0.timeframe.as_deref().and_then(Timeframe::parse)
    }

    /// The timeframe that it names, as it names it.
    pub(crate) fn timeframe_name(&self) -> Option<&str> {
        self.0.timeframe.as_deref()
    }

    /// A field of it.
    pub(crate) fn field(&self, field: Option<&str>) -> SourceRef {
        self.0.with_field(field)
    }

    /// True for bars, which finer bars can be made into; trades and others are not.
    pub(crate) fn is_bars(&self) -> bool {
        self.0.source == "ohlcv"
    }

    /// True where only the timeframe differs.
    pub(crate) fn is_like(&self, other: &Stream) -> bool {
        self.at(None) == other.at(None)
    }

    /// The same bars of another length.
    pub(crate) fn at(&self, timeframe: Option<&str>) -> Stream {
        Stream(SourceRef { timeframe: timeframe.map(str::to_owned), ..self.0.clone() })
    }

    /// Before whom it comes where values of several streams meet: the rule's own bars, its other own sources, the rest
    /// by name.
    pub(super) fn rank(&self) -> (bool, bool, String) {
        let is_own = self.0.symbol.is_none() && self.0.exchange.is_none() && self.0.timeframe.is_none();
        (!is_own, !self.is_bars(), self.name())
    }
}

impl Plan {
    /// The streams it reads, in the order of their first field.
    pub fn streams(&self) -> Vec<Stream> {
        let mut streams: Vec<Stream> = Vec::new();
        for field in &self.fields {
            let stream = Stream::of(field);
            if !streams.contains(&stream) {
                streams.push(stream);
            }
        }
        streams
    }

    /// True where it reads bars of several lengths, or of a multiple of the rule's own: one row of numbers per bar cannot hold
    /// them.
    pub fn has_several_timeframes(&self) -> bool {
        let mut timeframes = self.fields.iter().map(|field| field.timeframe.as_deref());
        let first = timeframes.next();
        let is_multiple = |timeframe: Option<&str>| timeframe.and_then(multiple).is_some();
        first.is_some_and(is_multiple) || timeframes.any(|timeframe| Some(timeframe) != first)
    }
}
