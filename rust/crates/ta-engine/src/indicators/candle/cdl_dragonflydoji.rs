//! Dragonfly Doji, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A doji with a lower shadow and hardly an upper one: 100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    /// shadow is one below a tenth of the mean distance from low to high of the ten candles before.
    cdl_dragonflydoji: version 1,
    also: [talib.cdl_dragonflydoji()],
    source: "TA-Lib, CDLDRAGONFLYDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[candle]| {
        let hangs = candle.has_hardly_an_upper_shadow() & candle.lower_shadow().gt(candle.hardly());
        candles::up(candle.is_doji() & hangs)
    },
}
