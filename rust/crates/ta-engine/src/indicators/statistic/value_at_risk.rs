//! Value at risk.

use crate::kernel::declare;

declare! {
    /// The loss that some share of the last `period` returns did not exceed.
    ///
    /// It is greater than 0 for a loss, and of the history alone: no distribution is assumed.
    ///
    /// ```text
    /// value_at_risk = -percentile(returns, period, 100 * (1 - level))
    /// ```
    value_at_risk: statistic, version 1,
    aliases: ["var_historical"],
    source: "Philippe Jorion, Value at Risk, 1996: historical simulation",
    operands: [returns],
    params: {
        period: usize = 100 in 1..=1_000_000, aliases [lookback], "Returns that count.",
        level: f64 = 0.95 in 0.0..=1.0, "Share of the returns that are no worse.",
    },
    outputs: { value: Number },
    body: |p| format!("0 - percentile(returns, period, {})", (100.0 * (1.0 - p.level)).clamp(0.0, 100.0)),
}
