//! Divergence of a price and an oscillator.

use crate::kernel::declare;

declare! {
    /// True on the bar that confirms a swing of the oscillator between which and the one before price went the other way.
    ///
    /// Swings are those of `pivot_low` and `pivot_high` of the oscillator, so nothing is told before `right` bars have
    /// confirmed it, and nothing is taken back. Of two lows price made a lower one and the oscillator a higher one:
    /// `bull`; the other way round: `hidden_bull`. Of two highs price made a higher one and the oscillator a lower one:
    /// `bear`; the other way round: `hidden_bear`. The two are at most `most` bars apart.
    ///
    /// ```text
    /// bull        = price[right] < price of the low before and oscillator[right] > oscillator of the low before
    /// hidden_bull = price[right] > price of the low before and oscillator[right] < oscillator of the low before
    /// ```
    divergence: event, version 1,
    source: "Regular and hidden divergence at confirmed pivots, as in TradingView's RSI Divergence Indicator",
    operands: [price, oscillator],
    params: {
        left: usize = 5 in 0..=1_000, "Bars before a swing.",
        right: usize = 5 in 0..=1_000, "Bars after a swing, which confirm it.",
        most: usize = 60 in 1..=1_000_000, aliases [max], "Bars between the two swings at most.",
    },
    outputs: { bull: Bool at - right, bear: Bool at - right, hidden_bull: Bool at - right, hidden_bear: Bool at - right },
    body: |p| {
        let around = p.left + p.right + 1;
        // How far the swing before is back, and what price and oscillator were there: before the first out of reach.
        let side = |side: &str, at: &str| {
            format!(
                "let is_{side} = {at}(oscillator, {around}) == right;
                let {side}_age = if(is_{side}, 0, {side}_age[1] + 1) from 10000000;
                let {side}_gap = if(is_{side}, nz({side}_age[1], 10000000) + 1, {side}_gap[1]) from 10000000;
                let {side}_price = if(is_{side}, price[right], {side}_price[1]) from price[right];
                let {side}_was = if(is_{side}, nz({side}_price[1], price[right]), {side}_was[1]) from price[right];
                let {side}_swing = if(is_{side}, oscillator[right], {side}_swing[1]) from oscillator[right];
                let {side}_swung = if(is_{side}, nz({side}_swing[1], oscillator[right]), {side}_swung[1]) from oscillator[right];
                let {side}_counts = is_{side} and {side}_gap <= most;"
            )
        };
        let (low, high) = (side("low", "rolling_argmin"), side("high", "rolling_argmax"));
        format!(
            "{low} {high} {{
                bull: low_counts and low_price < low_was and low_swing > low_swung,
                bear: high_counts and high_price > high_was and high_swing < high_swung,
                hidden_bull: low_counts and low_price > low_was and low_swing < low_swung,
                hidden_bear: high_counts and high_price < high_was and high_swing > high_swung
            }}"
        )
    },
}
