//! On-Neck, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, and a white one that opens below its low and closes about there: −100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the mean
    /// distance from low to high of the five candles before.
    cdl_onneck: version 1,
    also: [talib.cdl_onneck()],
    source: "TA-Lib, CDLONNECK; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, nearby],
    |[first, second]| {
        let meets = first.low().gt(second.open()) & first.is_about(second.close(), first.low());
        candles::down(first.is_black() & first.is_long() & second.is_white() & meets)
    },
}
