//! Know Sure Thing with means of any kind, as TA-Lib has it.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Means of four rates of change, the longer the greater their weight, and the mean of their sum.
    ///
    /// Both outputs have their first value on one bar.
    ///
    /// ```text
    /// kst    = 1 * talib.ma(roc(x, roc_1_period), ma_1_period, ma_1_matype) + 2 * talib.ma(roc(x, roc_2_period), ma_2_period, ma_2_matype) + 3 * ... + 4 * ...
    /// signal = talib.ma(kst, signal_period, signal_matype)     roc in percent
    /// ```
    talib.kstext: momentum, version 1,
    source: "TA-Lib, KSTEXT; Martin J. Pring, Summed Rate of Change, Stocks & Commodities, 1992",
    series: [close by source],
    params: {
        roc_1_period: usize = 10 in 1..=1_000_000, aliases [roc1period], "Bars of the change that counts once.",
        roc_2_period: usize = 15 in 1..=1_000_000, aliases [roc2period], "Bars of the change that counts twice.",
        roc_3_period: usize = 20 in 1..=1_000_000, aliases [roc3period], "Bars of the change that counts three times.",
        roc_4_period: usize = 30 in 1..=1_000_000, aliases [roc4period], "Bars of the change that counts four times.",
        ma_1_period: usize = 10 in 1..=100_000, aliases [ma1period], "Changes of that kind that are averaged.",
        ma_1_matype: MaType = "sma", aliases [ma1matype], "Kind of that mean.",
        ma_2_period: usize = 10 in 1..=100_000, aliases [ma2period], "Changes of that kind that are averaged.",
        ma_2_matype: MaType = "sma", aliases [ma2matype], "Kind of that mean.",
        ma_3_period: usize = 10 in 1..=100_000, aliases [ma3period], "Changes of that kind that are averaged.",
        ma_3_matype: MaType = "sma", aliases [ma3matype], "Kind of that mean.",
        ma_4_period: usize = 15 in 1..=100_000, aliases [ma4period], "Changes of that kind that are averaged.",
        ma_4_matype: MaType = "sma", aliases [ma4matype], "Kind of that mean.",
        signal_period: usize = 9 in 1..=100_000, aliases [signalperiod], "Values that the signal averages.",
        signal_matype: MaType = "sma", aliases [signalmatype], "Kind of the mean that the signal is.",
    },
    outputs: { kst: Percent, kstsignal: Percent },
    readiness: by_data,
    body: "let one = talib.ma(100 * (close - close[roc_1_period]) / close[roc_1_period], ma_1_period, ma_1_matype);
        let two = talib.ma(100 * (close - close[roc_2_period]) / close[roc_2_period], ma_2_period, ma_2_matype);
        let three = talib.ma(100 * (close - close[roc_3_period]) / close[roc_3_period], ma_3_period, ma_3_matype);
        let four = talib.ma(100 * (close - close[roc_4_period]) / close[roc_4_period], ma_4_period, ma_4_matype);
        let line = one + 2 * two + 3 * three + 4 * four;
        let average = talib.ma(line, signal_period, signal_matype);
        {kst: line + 0 * average, kstsignal: average}",
}
