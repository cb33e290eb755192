//! TA-Lib's ADOSC.

use crate::kernel::declare;

declare! {
    /// The values of `adosc` from the longer period's bar on.
    talib.adosc: volume, version 1,
    source: "TA-Lib, ADOSC",
    fields: [high, low, close, volume],
    params: {
        fast_period: usize = 3 in 2..=100_000, aliases [fastperiod], "Period of the fast mean.",
        slow_period: usize = 10 in 2..=100_000, aliases [slowperiod], "Period of the slow mean.",
    },
    outputs: { value: Number },
    body: |p| format!(
        "let all = adosc(fast_period, slow_period, high=high, low=low, close=close, volume=volume);
        if_else(all[{0}] == all[{0}], all, all)",
        p.fast_period.max(p.slow_period) - 1
    ),
}
