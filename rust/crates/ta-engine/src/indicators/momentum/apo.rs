//! Absolute price oscillator.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Distance of a fast mean from a slow one.
    ///
    /// ```text
    /// fast, slow = ma(x, fast_period, matype), ma(x, slow_period, matype)
    /// apo = fast - slow
    /// ```
    apo: momentum, version 1,
    source: "Gerald Appel, The Moving Average Convergence-Divergence Method, 1979",
    series: [close],
    params: {
        fast_period: usize = 12 in 1..=100_000, "Values that count in the fast mean; fewer than in the slow one.",
        slow_period: usize = 26 in 1..=100_000, "Values that count in the slow mean.",
        matype: MaType = "ema", aliases [ma_type], "Kind of both means.",
    },
    outputs: { value: Difference },
    refusal: |p| (p.fast_period >= p.slow_period).then_some("Fast period must be less than slow period"),
    body: "let fast = ma(close, fast_period, matype);
        let slow = ma(close, slow_period, matype);
        fast - slow",
}
