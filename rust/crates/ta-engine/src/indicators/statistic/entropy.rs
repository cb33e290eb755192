//! Shannon entropy.

use crate::kernel::declare;

declare! {
    /// Information in the shares that the last values have in the sums of their windows.
    ///
    /// Each value counts with its share in the sum of the `period` values that end with it. There is none where a share
    /// is negative or the sum is 0.
    ///
    /// ```text
    /// share   = x / rolling_sum(x, period)
    /// entropy = rolling_sum(-share * log(share), period) / log(base)
    /// ```
    entropy: statistic, version 1,
    source: "Claude E. Shannon, A Mathematical Theory of Communication, 1948",
    series: [close by source],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Values that count.",
        base: f64 = 2.0 in 1.001..=1e6, "Base of the logarithm.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let share = close / rolling_sum(close, period);
        rolling_sum(if(share == 0, 0, 0 - share * log(share)), period) / log(base)",
}
