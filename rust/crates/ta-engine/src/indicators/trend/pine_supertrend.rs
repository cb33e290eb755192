//! SuperTrend as in Pine Script.

use crate::kernel::declare;

declare! {
    /// The line of `supertrend`, and -1 where the direction is up and 1 where it is down.
    pine.supertrend: trend, version 1,
    source: "Pine Script v6, ta.supertrend",
    fields: [high, low, close],
    params: {
        factor: f64 = 3.0 in 1e-9..=1e9, aliases [multiplier], "Average ranges from the middle of the bar to a band.",
        atr_period: usize = 10 in 1..=1_000_000, aliases [period, atrperiod], "Ranges that are averaged.",
    },
    outputs: { supertrend: Price, direction: Number },
    body: "let line = supertrend(atr_period, factor);
        {supertrend: line.supertrend, direction: if(line.direction, -1, 1)}",
}
