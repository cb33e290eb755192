//! Doji, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A candle that closes about where it opens: 100, else 0.
    ///
    /// The body is no longer than a tenth of the mean distance from low to high of the ten candles before.
    cdl_doji: version 1,
    also: [talib.cdl_doji()],
    source: "TA-Lib, CDLDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[candle]| candles::up(candle.is_doji()),
}
