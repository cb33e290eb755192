//! Chaikin Money Flow.

use crate::kernel::declare;

declare! {
    /// Share of the volume of the last bars that was traded near their highs, less that near their lows.
    ///
    /// Within a bar the share is where it closes, 1 at the high and −1 at the low; a bar without range has none. Without
    /// volume there is no value.
    ///
    /// ```text
    /// flow = ((close - low) - (high - close)) / (high - low) * volume
    /// cmf  = rolling_sum(flow, period) / rolling_sum(volume, period)
    /// ```
    cmf: volume, version 1,
    also: [talib.cmf(period as timeperiod)],
    source: "Marc Chaikin, Chaikin Money Flow",
    fields: [high, low, close, volume],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { value: Number },
    readiness: by_data,
    body: "let flow = if(high == low, 0, ((close - low) - (high - close)) / (high - low) * volume);
        rolling_sum(flow, period) / rolling_sum(volume, period)",
}
