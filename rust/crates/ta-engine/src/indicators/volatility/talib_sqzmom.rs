//! Squeeze Momentum, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Whether Bollinger Bands are within Keltner channels of mean true ranges, and where price tends meanwhile.
    ///
    /// As `squeeze`; both outputs have their first value on one bar.
    talib.sqzmom: volatility, version 1,
    source: "TA-Lib, SQZMOM; LazyBear, Squeeze Momentum, TradingView, 2014",
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
    body: "let both = squeeze(bb_period, multiplier, kc_period, factor_wide, factor_normal, factor_narrow,
        high=high, low=low, close=close);
        {momentum: both.momentum + 0 * both.squeeze, squeeze: both.squeeze + 0 * both.momentum}",
}
