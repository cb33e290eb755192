//! Long-Legged Doji, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A doji with a shadow longer than its body: 100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before.
    cdl_longleggeddoji: version 1,
    also: [talib.cdl_longleggeddoji()],
    source: "TA-Lib, CDLLONGLEGGEDDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[candle]| candles::up(candle.is_doji() & (candle.reaches_up(1.0) | candle.reaches_down(1.0))),
}
