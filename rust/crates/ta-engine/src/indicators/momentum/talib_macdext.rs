//! MACD of means of any kind, as TA-Lib has it.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Distance of a fast mean from a slow one, its mean, and their difference, each mean of the kind that is chosen.
    ///
    /// The means are those of `talib.ma`. The two of the input have their first value on the same bar: the shorter one is not
    /// begun before it is needed. Where the fast period is the longer one, the two means change places.
    ///
    /// ```text
    /// macd      = talib.ma(x, fast_period, fast_matype) - talib.ma(x, slow_period, slow_matype)
    /// signal    = talib.ma(macd, signal_period, signal_matype)
    /// histogram = macd - signal
    /// ```
    talib.macdext: momentum, version 1,
    aliases: ["macdext"],
    source: "TA-Lib, MACDEXT",
    series: [close by source],
    params: {
        fast_period: usize = 12 in 2..=100_000, aliases [fastperiod], "Values that count in the fast mean.",
        fast_matype: MaType = "sma", aliases [fastmatype], "Kind of the fast mean.",
        slow_period: usize = 26 in 2..=100_000, aliases [slowperiod], "Values that count in the slow mean.",
        slow_matype: MaType = "sma", aliases [slowmatype], "Kind of the slow mean.",
        signal_period: usize = 9 in 1..=100_000, aliases [signalperiod], "Values that count in the signal.",
        signal_matype: MaType = "sma", aliases [signalmatype], "Kind of the signal's mean.",
    },
    outputs: { macd: Difference, signal: Difference, histogram: Histogram },
    readiness: by_data,
    body: |p| {
        let (mut fast, mut slow) = ((p.fast_period, p.fast_matype, "fast"), (p.slow_period, p.slow_matype, "slow"));
        if slow.0 < fast.0 {
            std::mem::swap(&mut fast, &mut slow);
        }
        let last = fast.1.warmup(fast.0).max(slow.1.warmup(slow.0));
        let mean = |(period, matype, name): (usize, MaType, &str)| match last - matype.warmup(period) {
            0 => format!("talib.ma(close, {name}_period, {name}_matype)"),
            // The value itself, from the bar on that has so many before it.
            later => format!("talib.ma(if_else(close[{later}] == close[{later}], close, close), {name}_period, {name}_matype)"),
        };
        format!(
            "let distance = {} - {};
            let average = talib.ma(distance, signal_period, signal_matype);
            {{macd: distance, signal: average, histogram: distance - average}}",
            mean(fast),
            mean(slow)
        )
    },
}
