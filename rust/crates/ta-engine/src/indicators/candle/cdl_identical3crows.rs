//! Identical Three Crows, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three black candles with hardly a lower shadow and falling closes, each of which opens about where the one before
    /// closed: −100, else 0.
    ///
    /// Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. About the same
    /// is within a twentieth of the mean distance from low to high of the five candles before.
    cdl_identical3crows: version 1,
    also: [talib.cdl_identical3crows()],
    source: "TA-Lib, CDLIDENTICAL3CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges, nearby],
    |[first, second, third]| {
        let black = [first, second, third].map(|crow| crow.is_black() & crow.has_hardly_a_lower_shadow());
        let falls = first.close().gt(second.close()) & second.close().gt(third.close());
        let opens = first.is_about(second.open(), first.close()) & second.is_about(third.open(), second.close());
        candles::down(black[0] & black[1] & black[2] & falls & opens)
    },
}
