//! Unique Three River Bottom, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, a black one within its body with a lower low, and a small white one above that low: 100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, and small where it is shorter. The second closes
    /// above the first and opens no higher.
    cdl_unique3river: version 1,
    also: [talib.cdl_unique3river()],
    source: "TA-Lib, CDLUNIQUE3RIVER; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, second, third]| {
        let harami = second.close().gt(first.close()) & first.open().ge(second.open()) & first.low().gt(second.low());
        let rests = third.is_white() & third.is_small() & third.open().gt(second.low());
        candles::up(first.is_black() & first.is_long() & second.is_black() & harami & rests)
    },
}
