//! Piercing Line, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, and a long white one that opens below its low and closes in the upper half of its body: 100, else
    /// 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it.
    cdl_piercing: version 1,
    also: [talib.cdl_piercing()],
    source: "TA-Lib, CDLPIERCING; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, second]| {
        let half = first.close() + first.body() * R::Numbers::splat(0.5);
        let pierces = first.low().gt(second.open()) & first.open().gt(second.close()) & second.close().gt(half);
        candles::up(first.is_black() & first.is_long() & second.is_white() & second.is_long() & pierces)
    },
}
