//! Know Sure Thing.

use crate::kernel::declare;

declare! {
    /// Means of four rates of change, the longer the greater their weight, and the mean of their sum.
    ///
    /// ```text
    /// kst    = 1 * sma(roc(x, roc_1_period), sma_1_period) + 2 * sma(roc(x, roc_2_period), sma_2_period) + 3 * ... + 4 * ...
    /// signal = sma(kst, signal_period)     roc in percent
    /// ```
    kst: momentum, version 1,
    source: "Martin J. Pring, Summed Rate of Change, Stocks & Commodities, 1992",
    series: [close by source],
    params: {
        roc_1_period: usize = 10 in 1..=1_000_000, aliases [roc1period], "Bars of the change that counts once.",
        roc_2_period: usize = 15 in 1..=1_000_000, aliases [roc2period], "Bars of the change that counts twice.",
        roc_3_period: usize = 20 in 1..=1_000_000, aliases [roc3period], "Bars of the change that counts three times.",
        roc_4_period: usize = 30 in 1..=1_000_000, aliases [roc4period], "Bars of the change that counts four times.",
        sma_1_period: usize = 10 in 1..=1_000_000, aliases [sma1period], "Changes of that kind that are averaged.",
        sma_2_period: usize = 10 in 1..=1_000_000, aliases [sma2period], "Changes of that kind that are averaged.",
        sma_3_period: usize = 10 in 1..=1_000_000, aliases [sma3period], "Changes of that kind that are averaged.",
        sma_4_period: usize = 15 in 1..=1_000_000, aliases [sma4period], "Changes of that kind that are averaged.",
        signal_period: usize = 9 in 1..=1_000_000, aliases [signalperiod], "Values that the signal averages.",
    },
    outputs: { kst: Percent, signal: Percent },
    readiness: by_data,
    body: "let one = sma(100 * (close - close[roc_1_period]) / close[roc_1_period], sma_1_period);
        let two = sma(100 * (close - close[roc_2_period]) / close[roc_2_period], sma_2_period);
        let three = sma(100 * (close - close[roc_3_period]) / close[roc_3_period], sma_3_period);
        let four = sma(100 * (close - close[roc_4_period]) / close[roc_4_period], sma_4_period);
        let line = one + 2 * two + 3 * three + 4 * four;
        {kst: line, signal: sma(line, signal_period)}",
}
