//! TRIX.

use crate::kernel::declare;

declare! {
    /// Change in percent of a mean that was smoothed three times, each mean seeded by its first input.
    ///
    /// ```text
    /// smooth = ema(ema(ema(x, period), period), period)
    /// trix   = 100 * (smooth - smooth[1]) / smooth[1]
    /// ```
    trix: momentum, version 1,
    source: "Jack K. Hutson, Good TRIX, Technical Analysis of Stocks & Commodities, 1983",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest value.",
    },
    outputs: { value: Percent },
    body: "let smooth = ema(ema(ema(close, period), period), period);
        100 * ((smooth - smooth[1]) / smooth[1])",
}
