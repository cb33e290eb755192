//! Ulcer index.

use crate::kernel::declare;

declare! {
    /// Square root of the mean of the squares of the depths below the highest value, in percent.
    ///
    /// ```text
    /// depth = 100 * (x - max(x, period)) / max(x, period)
    /// ulcer = sqrt(sma(depth * depth, period))
    /// ```
    ulcer: volatility, version 1,
    aliases: ["ulcer_index"],
    source: "Peter G. Martin and Byron B. McCann, The Investor's Guide to Fidelity Funds, 1989",
    series: [close by source],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Values that count.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let top = max(close, period);
        let depth = 100 * ((close - top) / top);
        sqrt(sma(depth * depth, period))",
}
