//! Elder's Force Index, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Exponential mean of changes times volumes, begun with the plain mean of the first `period`.
    ///
    /// ```text
    /// efi = talib.ema((close - close[1]) * volume, period)
    /// ```
    talib.efi: volume, version 1,
    source: "TA-Lib, EFI; Alexander Elder, Trading for a Living, 1993",
    fields: [close, volume],
    params: { period: usize = 13 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest bar." },
    outputs: { value: Number },
    body: "talib.ema((close - close[1]) * volume, period)",
}
