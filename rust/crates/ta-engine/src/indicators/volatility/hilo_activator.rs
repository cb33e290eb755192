//! HiLo activator.

use crate::kernel::declare;

declare! {
    /// The mean of the lows while closes are above the mean of the highs before, the mean of the highs while they are below that of the lows before.
    ///
    /// Between the two the line stays where it was. The direction is up (true) until a close is below, and first.
    ///
    /// ```text
    /// line = sma(low, low_period)     where close > sma(high, high_period)[1]
    /// line = sma(high, high_period)   where close < sma(low, low_period)[1]
    /// ```
    hilo_activator: volatility, version 1,
    aliases: ["hilo", "price_channel_midline"],
    source: "Robert Krausz, The New Gann Swing Chartist, 1998",
    fields: [high, low, close],
    params: {
        high_period: usize = 13 in 1..=1_000_000, "Highs that are averaged.",
        low_period: usize = 21 in 1..=1_000_000, "Lows that are averaged.",
    },
    outputs: { line: Price, direction: Bool },
    body: "let tops = sma(high, high_period);
        let bottoms = sma(low, low_period);
        let is_above = close > tops[1];
        let is_below = close < bottoms[1];
        let line = if(is_above, bottoms, if(is_below, tops, line[1])) from bottoms;
        let direction = if(is_above, true, if(is_below, false, direction[1])) from true;
        {line: line, direction: direction}",
}
