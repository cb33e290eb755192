//! Ease of Movement.

use crate::kernel::declare;

declare! {
    /// Mean of how far the bars' middles moved per volume and range.
    ///
    /// A bar without range or volume counts as 0.
    ///
    /// ```text
    /// ease_of_movement = sma((m - m[1]) * (high - low) / (volume / volume_divisor), period)     m = (high + low) / 2
    /// ```
    ease_of_movement: volume, version 1,
    also: [talib.emv(period as timeperiod, volume_divisor as volumedivisor)],
    source: "Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983",
    fields: [high, low, volume],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars that are averaged.",
        volume_divisor: f64 = 10000.0 in 1.0..=1e18, aliases [volumedivisor], "Volume that counts as one.",
    },
    outputs: { value: Number },
    body: "let middle = 0.5 * (high + low);
        let moved = middle - middle[1];
        let box = volume / volume_divisor / (high - low);
        sma(if(high == low or volume == 0, 0 * moved, moved / box), period)",
}
