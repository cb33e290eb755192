//! The dominant cycle's phase, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Phase of the dominant cycle in degrees, from -45 to 315.
    ///
    /// `talib.ht_cycle` says how it is made.
    talib.ht_dcphase: cycle, version 1,
    aliases: ["ht_dcphase"],
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_DCPHASE",
    series: [close],
    params: {},
    outputs: { value: Number },
    body: "talib.ht_cycle(close).phase",
}
