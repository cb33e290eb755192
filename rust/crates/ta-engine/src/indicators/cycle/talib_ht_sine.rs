//! The dominant cycle's waves, as TA-Lib has them.

use crate::kernel::declare;

declare! {
    /// Sine of the phase of the dominant cycle, and that of 45 degrees later: where they cross the cycle turns.
    ///
    /// `talib.ht_cycle` says how it is made.
    talib.ht_sine: cycle, version 1,
    aliases: ["ht_sine"],
    source: "John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_SINE",
    series: [close],
    params: {},
    outputs: { sine: Number, lead_sine: Number },
    body: "let cycle = talib.ht_cycle(close);
        {sine: cycle.sine, lead_sine: cycle.lead_sine}",
}
