//! Takuri, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A doji with a very long lower shadow and hardly an upper one: 100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    /// shadow is one below a tenth of the mean distance from low to high of the ten candles before, a very long one longer
    /// than two bodies.
    cdl_takuri: version 1,
    also: [talib.cdl_takuri()],
    source: "TA-Lib, CDLTAKURI; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[candle]| candles::up(candle.is_doji() & candle.has_hardly_an_upper_shadow() & candle.reaches_down(2.0)),
}
