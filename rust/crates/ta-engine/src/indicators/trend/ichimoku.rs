//! Ichimoku Kinko Hyo.

use crate::kernel::declare;

declare! {
    /// Middles of the ranges of the last bars over three periods, their mean, and the close.
    ///
    /// The spans are drawn `displacement` bars ahead and the close as many behind; the values stay with their bars, and none
    /// looks ahead.
    ///
    /// ```text
    /// tenkan_sen    = (max(high, tenkan_period) + min(low, tenkan_period)) / 2
    /// kijun_sen     = (max(high, kijun_period) + min(low, kijun_period)) / 2
    /// senkou_span_a = (tenkan_sen + kijun_sen) / 2
    /// senkou_span_b = (max(high, span_b_period) + min(low, span_b_period)) / 2
    /// chikou_span   = close
    /// ```
    ichimoku: trend, version 1,
    source: "Goichi Hosoda, Ichimoku Kinko Hyo, 1969",
    fields: [high, low, close],
    params: {
        tenkan_period: usize = 9 in 1..=1_000_000, "Bars of the turning line.",
        kijun_period: usize = 26 in 1..=1_000_000, "Bars of the base line.",
        span_b_period: usize = 52 in 1..=1_000_000, aliases [senkou_b_period], "Bars of the slower span.",
        displacement: usize = 26 in 1..=1_000_000, "Bars by which the spans are drawn ahead and the close behind.",
    },
    outputs: {
        tenkan_sen: Price, kijun_sen: Price,
        senkou_span_a: Price at + displacement, senkou_span_b: Price at + displacement,
        chikou_span: Price at - displacement,
    },
    body: "let turning = 0.5 * (max(high, tenkan_period) + min(low, tenkan_period));
        let base = 0.5 * (max(high, kijun_period) + min(low, kijun_period));
        let slow = 0.5 * (max(high, span_b_period) + min(low, span_b_period));
        {tenkan_sen: turning, kijun_sen: base, senkou_span_a: 0.5 * (turning + base), senkou_span_b: slow, chikou_span: close}",
}
