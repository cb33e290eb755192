//! Chaikin's Volatility, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// By how many percent the exponential mean of the bars' ranges has changed.
    ///
    /// The mean begins with the plain mean of its first `period` ranges, unlike that of `chaikin_volatility`. Where the mean
    /// was nothing the value is 0.
    ///
    /// ```text
    /// mean = talib.ema(high - low, period)
    /// cvi  = 100 * (mean - mean[roc_period]) / mean[roc_period]
    /// ```
    talib.cvi: volatility, version 1,
    source: "TA-Lib, CVI; Marc Chaikin",
    fields: [high, low],
    params: {
        period: usize = 10 in 2..=1_000_000, aliases [timeperiod], "Sets the weight of the newest range.",
        roc_period: usize = 10 in 1..=1_000_000, aliases [rocperiod], "Bars of the change.",
    },
    outputs: { value: Percent },
    body: "let mean = talib.ema(high - low, period);
        if(mean[roc_period] == 0, 0, 100 * (mean - mean[roc_period]) / mean[roc_period])",
}
