//! Gravestone Doji, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A doji with an upper shadow and hardly a lower one: 100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Hardly a
    /// shadow is one below a tenth of the mean distance from low to high of the ten candles before.
    cdl_gravestonedoji: version 1,
    also: [talib.cdl_gravestonedoji()],
    source: "TA-Lib, CDLGRAVESTONEDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[candle]| {
        let stands = candle.has_hardly_a_lower_shadow() & candle.upper_shadow().gt(candle.hardly());
        candles::up(candle.is_doji() & stands)
    },
}
