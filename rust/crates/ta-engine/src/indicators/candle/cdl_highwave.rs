//! High-Wave, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A small body with very long shadows to both sides: 100 where it is white, −100 where black, else 0.
    ///
    /// The body is shorter than the mean of the ten before it, and each shadow longer than two bodies.
    cdl_highwave: version 1,
    also: [talib.cdl_highwave()],
    source: "TA-Lib, CDLHIGHWAVE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[candle]| candles::coloured(candle.is_small() & candle.reaches_up(2.0) & candle.reaches_down(2.0), candle),
}
