//! Fibonacci retracements.

use crate::kernel::declare;

declare! {
    /// Levels between the latest swing high and the latest swing low, measured back from the end of the leg.
    ///
    /// The leg is that of `fib_leg`; the levels of one that rises lie below its high, those of one that falls above its
    /// low.
    ///
    /// ```text
    /// level_382 = high - 0.382 * (high - low)   where the leg rises
    /// level_382 = low  + 0.382 * (high - low)   where it falls
    /// ```
    fib_retracement: pattern, version 1,
    source: "Retracements of a leg between two swings by ratios of Fibonacci numbers",
    fields: [high, low],
    params: {
        left: usize = 2 in 1..=100_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=100_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { level_236: Price, level_382: Price, level_500: Price, level_618: Price, level_786: Price },
    readiness: by_data,
    body: "let leg = fib_leg(left, right);
        let end = if(leg.rises, leg.high, leg.low);
        let back = if(leg.rises, leg.low, leg.high) - end;
        {level_236: end + 0.236 * back, level_382: end + 0.382 * back, level_500: end + 0.5 * back,
            level_618: end + 0.618 * back, level_786: end + 0.786 * back}",
}
