//! Squeeze Momentum.

use crate::kernel::declare;

declare! {
    /// Whether Bollinger Bands are within Keltner channels of mean true ranges, and where price tends meanwhile.
    ///
    /// The level is 3 within the narrow channel, 2 within the normal one, 1 within the wide one, −1 where both bands are
    /// beyond the wide one, else 0. Momentum is the end of the straight line through the last distances of the close from the
    /// middle of Donchian channel and mean.
    ///
    /// ```text
    /// apart    = close - ((max(high, kc_period) + min(low, kc_period)) / 2 + sma(close, kc_period)) / 2
    /// momentum = end of the line through kc_period of these
    /// bands    = sma(close, bb_period) +- multiplier * rolling_std(close, bb_period)
    /// channels = sma(close, kc_period) +- factor * sma(true range from the second bar on, kc_period)
    /// ```
    squeeze: volatility, version 1,
    source: "John F. Carter, Mastering the Trade, 2005; LazyBear, Squeeze Momentum, TradingView, 2014",
    fields: [high, low, close],
    params: {
        bb_period: usize = 20 in 2..=1_000_000, aliases [bbperiod], "Closes of the Bollinger Bands.",
        multiplier: f64 = 2.0 in 0.0..=1e9, aliases [nbdev], "Standard deviations from the middle to either band.",
        kc_period: usize = 20 in 2..=1_000_000, aliases [kcperiod], "Bars of the channels and of momentum.",
        factor_wide: f64 = 2.0 in 0.0..=1e9, aliases [factorwide], "Mean ranges to either lean of the wide channel.",
        factor_normal: f64 = 1.5 in 0.0..=1e9, aliases [factornormal], "The same of the normal one.",
        factor_narrow: f64 = 1.0 in 0.0..=1e9, aliases [factornarrow], "The same of the narrow one.",
    },
    outputs: { momentum: Difference, squeeze: Number },
    refusal: |p| {
        (p.factor_narrow > p.factor_normal || p.factor_normal > p.factor_wide)
            .then_some("factors are out of order; `factor_narrow` up to `factor_normal` up to `factor_wide` is needed")
    },
    body: "let reach = greatest(high - low, abs(high - close[1]), abs(low - close[1]));
        let apart = close - 0.5 * (0.5 * (max(high, kc_period) + min(low, kc_period)) + sma(close, kc_period));
        let plain = sma(apart, kc_period);
        let fitted = 3 * wma(apart, kc_period) - 2 * plain;
        let width = multiplier * rolling_std(close, bb_period);
        let middle = sma(close, bb_period);
        let top = middle + width;
        let bottom = middle - width;
        let center = sma(close, kc_period);
        let reaches = sma(reach, kc_period);
        let narrow = bottom > center - factor_narrow * reaches and top < center + factor_narrow * reaches;
        let normal = bottom > center - factor_normal * reaches and top < center + factor_normal * reaches;
        let wide = bottom > center - factor_wide * reaches and top < center + factor_wide * reaches;
        let beyond = bottom < center - factor_wide * reaches and top > center + factor_wide * reaches;
        let level = if(narrow, 3, if(normal, 2, if(wide, 1, if(beyond, -1, 0))));
        {momentum: fitted, squeeze: level}",
}
