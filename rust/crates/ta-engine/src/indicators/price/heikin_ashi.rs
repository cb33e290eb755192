//! Heikin-Ashi.

use crate::kernel::declare;

declare! {
    /// Bars made of means: each opens in the middle of the body before and closes at the mean of its own four prices.
    ///
    /// The first one opens in the middle of its bar's body.
    ///
    /// ```text
    /// close = (open + high + low + close) / 4     of the bar
    /// open  = (open[1] + close[1]) / 2            of the mean bar before
    /// high  = greatest(high, open, close)
    /// low   = least(low, open, close)
    /// ```
    heikin_ashi: price, version 1,
    also: [talib.ha()],
    source: "Dan Valcu, Using the Heikin-Ashi Technique, Technical Analysis of Stocks & Commodities, 2004",
    fields: [open, high, low, close],
    params: {},
    outputs: { open: Price, high: Price, low: Price, close: Price },
    body: "let last = 0.25 * open + 0.25 * high + 0.25 * low + 0.25 * close;
        let begin = 0.5 * open + 0.5 * close;
        let first = 0.5 * first[1] + 0.5 * nz(last[1], begin) from begin;
        {open: first, high: greatest(high, first, last), low: least(low, first, last), close: last}",
}
