//! Trades become bars: the bar that forms, in the interval in which a trade falls.

use crate::calendar::{Calendar, Timeframe};
use crate::incremental::contracts::Bar;

/// The bar that trades have made so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TradeBar {
    pub(super) open_ns: i64,
    pub(super) close_ns: i64,
    /// Times of the trades that its open and its close are.
    pub(super) first_ns: i64,
    pub(super) last_ns: i64,
    pub(super) open: f64,
    pub(super) high: f64,
    pub(super) low: f64,
    pub(super) close: f64,
    pub(super) volume: f64,
}

/// The interval of half-open bars, `[open, close)`, that a moment falls in, by the days and weeks of UTC.
pub(super) fn interval_of(time_ns: i64, timeframe: Timeframe) -> Option<(i64, i64)> {
    let calendar = Calendar::default();
    let inside = time_ns.checked_add(1)?;
    let (open, close) = (calendar.start_of(inside, timeframe), calendar.end_of(inside, timeframe));
    (open > i64::MIN && close < i64::MAX).then_some((open, close))
}

impl TradeBar {
    pub(super) fn new((open_ns, close_ns): (i64, i64), time_ns: i64, price: f64, amount: f64) -> TradeBar {
        TradeBar {
            open_ns,
            close_ns,
            first_ns: time_ns,
            last_ns: time_ns,
            open: price,
            high: price,
            low: price,
            close: price,
            volume: amount,
        }
    }

    /// Takes one more trade; where trades within a bar come out of order the earliest is its open, the latest its close.
    pub(super) fn take(&mut self, time_ns: i64, price: f64, amount: f64) {
        if time_ns < self.first_ns {
            (self.first_ns, self.open) = (time_ns, price);
        }
        if time_ns >= self.last_ns {
            (self.last_ns, self.close) = (time_ns, price);
        }
        self.high = self.high.max(price);
        self.low = self.low.min(price);
        self.volume += amount;
    }

    pub(super) fn bar(&self, stamp_ns: i64) -> Bar {
        let TradeBar { open, high, low, close, volume, .. } = *self;
        Bar { time_ns: Some(stamp_ns), open, high, low, close, volume }
    }
}
