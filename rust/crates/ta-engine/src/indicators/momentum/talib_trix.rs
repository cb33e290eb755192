//! TA-Lib's TRIX.

use crate::kernel::declare;

declare! {
    /// Change in percent of a mean that was smoothed three times, of means that begin with the plain mean of their first `period` values.
    ///
    /// `trix` is the same of means that are seeded by their first input. A smoothed value of 0 gives 0 on the next bar.
    ///
    /// ```text
    /// smooth = talib.ema(talib.ema(talib.ema(x, period), period), period)
    /// trix   = 100 * (smooth - smooth[1]) / smooth[1]
    /// ```
    talib.trix: momentum, version 1,
    source: "TA-Lib, TRIX",
    series: [close],
    params: {
        period: usize = 30 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest value.",
    },
    outputs: { value: Percent },
    body: "let smooth = talib.ema(talib.ema(talib.ema(close, period), period), period);
        if(smooth[1] == 0, 0 * smooth, 100 * ((smooth - smooth[1]) / smooth[1]))",
}
