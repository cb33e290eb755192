//! Aroon.

use crate::kernel::declare;

declare! {
    /// How recent the lowest low and the highest high of the last `period` bars and the one before them are: 100 is now, 0 `period` ago.
    ///
    /// Of equals the newest counts.
    ///
    /// ```text
    /// down = 100 * (period - bars since the lowest low) / period
    /// up   = 100 * (period - bars since the highest high) / period
    /// ```
    aroon: trend, version 1,
    also: [talib.aroon(period = 14 as timeperiod)],
    source: "Tushar Chande, A Time Price Oscillator, 1995",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=999_999, aliases [lookback], "Bars before this one that count.",
    },
    outputs: { down: Percent, up: Percent },
    body: |p| format!(
        "{{down: 100 * (period - rolling_argmin(low, {0})) / period, up: 100 * (period - rolling_argmax(high, {0})) / period}}",
        p.period + 1
    ),
}
