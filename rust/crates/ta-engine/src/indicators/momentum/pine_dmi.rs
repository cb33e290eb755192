//! Directional movement as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Shares of upward and of downward movement in the true range, in percent, and how strong their difference is.
    ///
    /// Where there is no movement the strength is 0.
    ///
    /// ```text
    /// plus  = 100 * pine.rma(high - high[1] where that is greater than low[1] - low and than 0, di_length) / pine.rma(pine.tr(), di_length)
    /// minus = the same of low[1] - low
    /// adx   = 100 * pine.rma(abs(plus - minus) / (plus + minus), adx_smoothing)
    /// ```
    pine.dmi: momentum, version 1,
    source: "Pine Script v6, ta.dmi",
    fields: [high, low, close],
    params: {
        di_length: usize = 14 in 1..=1_000_000, aliases [dilength, period], "Period of the means of movement.",
        adx_smoothing: usize = 14 in 1..=1_000_000, aliases [adxsmoothing], "Period of the mean of strengths.",
    },
    outputs: { plus: Percent, minus: Percent, adx: Percent },
    readiness: by_data,
    body: "let up = high - high[1];
        let down = low[1] - low;
        let range_mean = pine.rma(pine.tr(), di_length);
        let plus = 100 * pine.rma(if(up > down and up > 0, up, 0), di_length) / range_mean;
        let minus = 100 * pine.rma(if(down > up and down > 0, down, 0), di_length) / range_mean;
        let both = plus + minus;
        {plus: plus, minus: minus, adx: 100 * pine.rma(abs(plus - minus) / if(both == 0, 1, both), adx_smoothing)}",
}
