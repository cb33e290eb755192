//! Hammer, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A small body with a long shadow below and hardly one above, near the low of the candle before: 100, else 0.
    ///
    /// The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than a
    /// tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    /// candles before the one before.
    cdl_hammer: version 1,
    also: [talib.cdl_hammer()],
    source: "TA-Lib, CDLHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges, nearby],
    |[first, hammer]| {
        let hangs = hammer.reaches_down(1.0) & hammer.has_hardly_an_upper_shadow();
        candles::up(hammer.is_small() & hangs & (first.low() + first.near()).ge(hammer.bottom()))
    },
}
