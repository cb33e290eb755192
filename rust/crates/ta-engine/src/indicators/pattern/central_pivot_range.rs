//! Central pivot range.

use crate::indicators::volume::vwap::Anchor;
use crate::kernel::declare;

declare! {
    /// Pivot of the session, week or month before, and the two lines around it.
    ///
    /// Intervals are those of `previous_high_low`. The top is the greater of the two lines.
    ///
    /// ```text
    /// pivot = (high + low + close) / 3
    /// one   = (high + low) / 2
    /// other = 2 * pivot - one
    /// ```
    central_pivot_range: pattern, version 1,
    aliases: ["cpr"],
    source: "Mark B. Fisher, The Logical Trader, 2002",
    fields: [high, low, close, interval of anchor],
    params: {
        anchor: Anchor = "session", "What makes an interval.",
    },
    outputs: { top: Price, pivot: Price, bottom: Price },
    readiness: by_data,
    body: "let before = previous_high_low(anchor);
        let pivot = (before.high + before.low + before.close) / 3;
        let one = 0.5 * (before.high + before.low);
        let other = 2 * pivot - one;
        {top: greatest(one, other), pivot: pivot, bottom: least(one, other)}",
}
