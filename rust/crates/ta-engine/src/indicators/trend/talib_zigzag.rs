//! ZigZag, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// The extreme of the present leg, its direction, and the row of its extreme, counted from 0.
    ///
    /// As `zigzag`; it begins with the row that the least length of a leg allows to be a turn.
    talib.zigzag: trend, version 1,
    source: "TA-Lib, ZIGZAG",
    fields: [high, low],
    params: {
        sensitivity: f64 = 5.0 in 0.0..=100.0, "Percent of the extreme that turn a leg.",
        minimum_trend_length: usize = 1 in 1..=1_000_000, aliases [mintrendlength], "Bars that a leg lasts at least.",
    },
    outputs: { zigzag: Price, trend: Number, pivotidx: Number },
    body: "let leg = zigzag(sensitivity, minimum_trend_length, high=high, low=low);
        let row = cum_sum(if(high == high, 1, 1)) - 1;
        let late = 0 * high[minimum_trend_length];
        {zigzag: leg.zigzag + late, trend: leg.trend + late, pivotidx: row - leg.age + late}",
}
