//! Williams %R.

use crate::kernel::declare;

declare! {
    /// Place of the close in the range of the last bars, from -100 at the lowest low to 0 at the highest high; -50 without a range.
    ///
    /// ```text
    /// williams_r = -100 * (highest high - close) / (highest high - lowest low)
    /// ```
    williams_r: momentum, version 1,
    aliases: ["willr"],
    source: "Larry Williams, How I Made One Million Dollars, 1973",
    fields: [high, low, close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars whose range counts.",
    },
    outputs: { value: Percent },
    body: "let top = max(high, period);
        let bottom = min(low, period);
        if(top == bottom, -50, -100 * ((top - close) / (top - bottom)))",
}
