//! Thrusting, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, and a white one that opens below its low and closes in the lower half of its body: −100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. It closes above what would be about the first
    /// one's close. About the same is within a twentieth of the mean distance from low to high of the five candles before.
    cdl_thrusting: version 1,
    also: [talib.cdl_thrusting()],
    source: "TA-Lib, CDLTHRUSTING; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, nearby],
    |[first, second]| {
        let half = first.close() + first.body() * R::Numbers::splat(0.5);
        let is_above = second.close().gt(first.close() + first.about());
        let thrusts = first.low().gt(second.open()) & is_above & half.ge(second.close());
        candles::down(first.is_black() & first.is_long() & second.is_white() & thrusts)
    },
}
