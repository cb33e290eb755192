//! Separating Lines, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A long candle of the other colour that opens about where the one before did, with hardly a shadow there: 100 where it
    /// is white, −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the mean
    /// distance from low to high of the ten candles before. About the same is within a twentieth of the mean distance from
    /// low to high of the five candles before.
    cdl_separatinglines: version 1,
    also: [talib.cdl_separatinglines()],
    source: "TA-Lib, CDLSEPARATINGLINES; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges, nearby],
    |[first, second]| {
        let up = second.is_white() & first.is_black() & second.has_hardly_a_lower_shadow();
        let down = second.is_black() & first.is_white() & second.has_hardly_an_upper_shadow();
        let parts = second.is_long() & first.is_about(second.open(), first.open());
        candles::signal(parts & up, parts & down)
    },
}
