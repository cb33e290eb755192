//! DeMarker.

use crate::kernel::declare;

declare! {
    /// Share of rises of highs in those and the falls of lows, from 0 to 1.
    ///
    /// A window without either gives 0.5; MetaTrader's gives 0.
    ///
    /// ```text
    /// up   = greatest(high - high[1], 0)     down = greatest(low[1] - low, 0)
    /// demarker = rolling_sum(up, period) / (rolling_sum(up, period) + rolling_sum(down, period))
    /// ```
    demarker: momentum, version 1,
    source: "Thomas R. DeMark, The New Science of Technical Analysis, 1994",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes that are summed.",
    },
    outputs: { value: Number },
    body: "let up = rolling_sum(greatest(high - high[1], 0), period);
        let down = rolling_sum(greatest(low[1] - low, 0), period);
        if(up + down == 0, 0.5, up / (up + down))",
}
