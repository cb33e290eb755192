//! Rolling volume-weighted average price.

use crate::kernel::declare;

declare! {
    /// Mean of the last typical prices, each weighing as much as was traded.
    ///
    /// Where nothing was traded in the window it is the plain mean.
    ///
    /// ```text
    /// rolling_sum(hlc3 * volume, period) / rolling_sum(volume, period)
    /// ```
    rolling_vwap: volume, version 1,
    source: "Volume-weighted mean of a moving window",
    fields: [high, low, close, volume],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars that count.",
    },
    outputs: { value: Price },
    body: "let typical = (high + low + close) / 3;
        let traded = rolling_sum(volume, period);
        let weighted = if(traded == 0, sma(typical, period), rolling_sum(typical * volume, period) / traded);
        least(greatest(weighted, min(typical, period)), max(typical, period))",
}
