//! Percentage Volume Oscillator, as TA-Lib has it.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Distance of a fast mean of volume from a slow one of the kind that is chosen, in percent of the slow one.
    ///
    /// The means are those of `talib.ma`; where the fast period is the longer one they change places. Where the slow one is
    /// nothing the value is 0.
    ///
    /// ```text
    /// pvo = 100 * (talib.ma(volume, fast_period, matype) - slow) / slow     slow = talib.ma(volume, slow_period, matype)
    /// ```
    talib.pvo: momentum, version 1,
    source: "TA-Lib, PVO",
    series: [volume],
    params: {
        fast_period: usize = 12 in 2..=1_000_000, aliases [fastperiod], "Values that count in the fast mean.",
        slow_period: usize = 26 in 2..=1_000_000, aliases [slowperiod], "Values that count in the slow mean.",
        matype: MaType = "ema", "Kind of both means.",
    },
    outputs: { value: Percent },
    body: |p| {
        let (fast, slow) = (p.fast_period.min(p.slow_period), p.fast_period.max(p.slow_period));
        format!(
            "let slow = talib.ma(volume, {slow}, matype);
            if(slow == 0, 0, 100 * (talib.ma(volume, {fast}, matype) - slow) / slow)"
        )
    },
}
