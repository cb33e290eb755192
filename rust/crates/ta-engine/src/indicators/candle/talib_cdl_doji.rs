//! Doji, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A candle that closes about where it opens: 100, else 0.
    ///
    /// The body is no longer than a tenth of the mean distance from low to high of the ten candles before.
    talib.cdl_doji: kernel Doji, version 1,
    source: "TA-Lib, CDLDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992",
    candles: 1, means: [ranges],
    params: {},
    |[candle], _| candles::up(candle.is_doji()),
}
