//! Whether price follows a trend or a cycle, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// 1 where price follows a trend, 0 where it follows its dominant cycle.
    ///
    /// `talib.ht_cycle` says how it is made.
    talib.ht_trendmode: cycle, version 1,
    aliases: ["ht_trendmode"],
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_TRENDMODE",
    series: [close],
    params: {},
    outputs: { value: Number },
    body: "talib.ht_cycle(close).trend_mode",
}
