//! Relative vigor index.

use crate::kernel::declare;

declare! {
    /// Symmetrically weighted bodies of bars over their ranges, summed over a window, and a signal line.
    ///
    /// The signal is the same weighting of the line. A window without ranges gives 0.
    ///
    /// ```text
    /// rvgi   = rolling_sum(swma(close - open), period) / rolling_sum(swma(high - low), period)
    /// signal = swma(rvgi)
    /// ```
    relative_vigor: momentum, version 1,
    aliases: ["rvgi"],
    source: "John F. Ehlers, Relative Vigor Index, Stocks and Commodities, 2002",
    fields: [open, high, low, close],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Bars that are summed.",
    },
    outputs: { rvgi: Number, signal: Number },
    body: "let bodies = rolling_sum(swma(close - open), period);
        let ranges = rolling_sum(swma(high - low), period);
        let vigor = if(ranges == 0, 0, bodies / ranges);
        {rvgi: vigor, signal: swma(vigor)}",
}
