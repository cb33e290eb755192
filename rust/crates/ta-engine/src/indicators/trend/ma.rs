//! The moving averages under one name.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Moving average of the chosen kind, each the one of that name.
    ///
    /// `mama` has no period. Exponential means are seeded by their first input, also those that others are made of; `talib.ma` has TA-Lib's.
    ma: trend, version 1,
    source: "Means of several kinds, so that one may be tried for another",
    series: [close by source],
    params: {
        period: usize = 30 in 1..=100_000, aliases [lookback], "Values that count.",
        matype: MaType = "sma", aliases [ma_type], "Kind of the mean.",
    },
    outputs: { value: Price },
    body: |p| match p.matype {
        MaType::Mama => "mama(close, 0.5, 0.05).mama".to_owned(),
        other => format!("{}(close, period)", other.name()),
    },
}
