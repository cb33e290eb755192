//! Price without its dominant cycle, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Mean of the values of one dominant cycle, weighted over four bars.
    ///
    /// `talib.ht_cycle` says how it is made.
    talib.ht_trendline: trend, version 1,
    aliases: ["ht_trendline"],
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_TRENDLINE",
    series: [close],
    params: {},
    outputs: { value: Price },
    body: "talib.ht_cycle(close).trendline",
}
