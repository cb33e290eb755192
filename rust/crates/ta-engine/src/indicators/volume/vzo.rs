//! Volume zone oscillator.

use crate::kernel::declare;

declare! {
    /// Exponential mean of volumes with the sign of the change of the close, in percent of that of the volumes.
    ///
    /// Without volume it is 0.
    ///
    /// ```text
    /// 100 * ema(volume * signum(close - close[1]), period) / ema(volume, period)
    /// ```
    vzo: volume, version 1,
    source: "Walid Khalil and David Steckler, In the Volume Zone, Stocks and Commodities, 2011",
    fields: [close, volume],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Period of the means.",
    },
    outputs: { value: Percent },
    body: "let all = ema(volume.filter(ready(close[1])), period);
        if(all == 0, 0, 100 * (ema(volume * signum(close - close[1]), period) / all))",
}
