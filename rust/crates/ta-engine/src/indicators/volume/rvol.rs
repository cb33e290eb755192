//! Relative Volume.

use crate::kernel::declare;

declare! {
    /// Volume as a multiple of the mean of the bars before.
    ///
    /// The bar itself is not among them. Where they have none there is no value.
    ///
    /// ```text
    /// rvol = volume / sma(volume, period)[1]
    /// ```
    rvol: volume, version 1,
    also: [talib.rvol(period as timeperiod)],
    source: "Relative volume, as charting programs show it",
    series: [volume],
    params: { period: usize = 20 in 1..=1_000_000, aliases [lookback], "Bars that are averaged." },
    outputs: { value: Number },
    readiness: by_data,
    body: "volume / sma(volume, period)[1]",
}
