//! TA-Lib's T3.

use crate::kernel::declare;

declare! {
    /// Generalised double exponential mean, three times, of means that begin with the plain mean of their first `period` values.
    ///
    /// `t3` has the same factors, and means that are seeded by their first input.
    ///
    /// ```text
    /// one = talib.ema(x, period), two = talib.ema(one, period), ... six
    /// t3  = three + 3 v (three - four) + 3 v^2 (three - 2 four + five) + v^3 (three - 3 four + 3 five - six)     v = vfactor
    /// ```
    talib.t3: trend, version 1,
    source: "TA-Lib, T3",
    series: [close by source],
    params: {
        period: usize = 5 in 1..=1_000_000, aliases [timeperiod], "Sets the weight of the newest value.",
        vfactor: f64 = 0.7 in 0.0..=1.0, "How much of the lag is made up for.",
    },
    outputs: { value: Price },
    body: |p| t3("talib.ema", p.vfactor),
}

/// Six means, each of the one before, and their weights in powers of the factor: what the lag is made up for is a sum of
/// differences, so that means of equal values are that value.
pub(crate) fn t3(ema: &str, factor: f64) -> String {
    let (one, two, three) = (3.0 * factor, 3.0 * (factor * factor), factor * factor * factor);
    format!(
        "let one = {ema}(close, period);
        let two = {ema}(one, period);
        let three = {ema}(two, period);
        let four = {ema}(three, period);
        let five = {ema}(four, period);
        let six = {ema}(five, period);
        let a = three - four;
        let b = four - five;
        let c = five - six;
        three + {one:?} * a + {two:?} * (a - b) + {three:?} * (a - 2 * b + c)"
    )
}
