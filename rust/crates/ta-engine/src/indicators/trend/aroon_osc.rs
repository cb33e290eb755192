//! Aroon oscillator.

use crate::kernel::declare;

declare! {
    /// By how much the highest high of the last bars is more recent than the lowest low, from -100 to 100: `aroon`'s up less its down.
    ///
    /// ```text
    /// aroon_osc = 100 * (bars since the lowest low - bars since the highest high) / period
    /// ```
    aroon_osc: trend, version 1,
    aliases: ["aroonosc"],
    also: [talib.aroonosc(period = 14 as timeperiod)],
    source: "Tushar Chande, A Time Price Oscillator, 1995",
    fields: [high, low],
    params: {
        period: usize = 14 in 1..=999_999, aliases [lookback], "Bars before this one that count.",
    },
    outputs: { value: Percent },
    body: |p| format!("100 * (rolling_argmin(low, {0}) - rolling_argmax(high, {0})) / period", p.period + 1),
}
