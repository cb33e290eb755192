//! Moving average of a period that changes.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Moving average of as many values as `periods` says on each bar, of the kind that is chosen.
    ///
    /// A period is made whole and no less and no more than the bounds; a mean of every period between them goes along.
    /// All begin so that they have their first value on the bar on which the longest has it, as in TA-Lib.
    ///
    /// ```text
    /// mavp = talib.ma(x, floor(periods), matype)     min_period <= periods <= max_period
    /// ```
    talib.mavp: trend, version 1,
    aliases: ["mavp"],
    source: "TA-Lib, MAVP",
    operands: [x or close, periods],
    params: {
        min_period: usize = 2 in 2..=200, aliases [minperiod], "Shortest period.",
        max_period: usize = 30 in 2..=200, aliases [maxperiod], "Longest period; at least the shortest.",
        matype: MaType = "sma", aliases [ma_type], "Kind of the mean.",
    },
    outputs: { value: Price },
    refusal: |p| {
        if p.max_period < p.min_period {
            Some("max_period must be at least min_period")
        } else if (p.max_period - p.min_period + 1) * p.matype.parts() > 200 {
            Some("the means of all periods would be too many: at most 200 means, of which `t3` needs 6 and `tema` 3 for each period")
        } else {
            None
        }
    },
    body: |p| {
        let last = p.matype.warmup(p.max_period);
        let mean = |period: usize| match last - p.matype.warmup(period) {
            0 => format!("talib.ma(x, {period}, matype)"),
            later => format!("talib.ma(if_else(x[{later}] == x[{later}], x, x), {period}, matype)"),
        };
        // By halves, so that a choice of many is not as deep.
        fn choice(from: usize, to: usize, mean: &impl Fn(usize) -> String) -> String {
            if from == to {
                return mean(from);
            }
            let middle = from + (to - from) / 2;
            let (less, more) = (choice(from, middle, mean), choice(middle + 1, to, mean));
            format!("if_else(periods < {}, {less}, {more})", middle + 1)
        }
        choice(p.min_period, p.max_period, &mean)
    },
}
