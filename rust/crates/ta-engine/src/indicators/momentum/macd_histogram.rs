//! Histogram of the MACD.

use crate::kernel::declare;

declare! {
    /// Distance of the MACD line from its signal.
    ///
    /// ```text
    /// macd(x, fast_period, slow_period, signal_period).histogram
    /// ```
    macd_histogram: momentum, version 1,
    aliases: ["osma"],
    source: "Thomas Aspray, 1986",
    series: [close],
    params: {
        fast_period: usize = 12 in 1..=1_000_000, "Period of the fast mean; less than the slow one's.",
        slow_period: usize = 26 in 1..=1_000_000, "Period of the slow mean.",
        signal_period: usize = 9 in 1..=1_000_000, "Period of the signal's mean.",
    },
    outputs: { value: Histogram },
    refusal: |p| (p.fast_period >= p.slow_period).then_some("Fast period must be less than slow period"),
    body: "macd(close, fast_period, slow_period, signal_period).histogram",
}
