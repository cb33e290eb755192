//! In-Neck, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, and a white one that opens below its low and closes at its close or just above: −100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the mean
    /// distance from low to high of the five candles before.
    cdl_inneck: version 1,
    also: [talib.cdl_inneck()],
    source: "TA-Lib, CDLINNECK; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, nearby],
    |[first, second]| {
        let meets = first.is_about(second.close(), first.close()) & second.close().ge(first.close());
        let opens = first.low().gt(second.open());
        candles::down(first.is_black() & first.is_long() & second.is_white() & opens & meets)
    },
}
