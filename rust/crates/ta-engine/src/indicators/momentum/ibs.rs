//! Internal Bar Strength.

use crate::kernel::declare;

declare! {
    /// Where in its range a bar closes: 0 at the low, 1 at the high.
    ///
    /// A bar without range gives 0.5.
    ///
    /// ```text
    /// ibs = (close - low) / (high - low)
    /// ```
    ibs: momentum, version 1,
    also: [talib.ibs()],
    source: "Internal bar strength, as in Volker Knapp's articles for Active Trader",
    fields: [high, low, close],
    params: {},
    outputs: { value: Number },
    body: "if(high == low, 0.5, (close - low) / (high - low))",
}
