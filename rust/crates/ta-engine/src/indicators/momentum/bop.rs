//! Balance of power.

use crate::kernel::declare;

declare! {
    /// Share of the bar's range that lies between open and close, from -1 to 1; 0 where there is no range.
    ///
    /// ```text
    /// bop = (close - open) / (high - low)
    /// ```
    bop: momentum, version 1,
    aliases: ["balance_of_power"],
    also: [talib.bop()],
    source: "Igor Livshin, Balance of Market Power, Technical Analysis of Stocks & Commodities, 2001",
    fields: [open, high, low, close],
    params: {},
    outputs: { value: Number },
    body: "if(high > low, (close - open) / (high - low), 0 * (close - open))",
}
