//! Spinning Top, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Small body with longer shadows to both sides: 100 where it is white, −100 where black, else 0.
    ///
    /// A body is small where it is shorter than the mean of the ten before it.
    cdl_spinningtop: version 1,
    also: [talib.cdl_spinningtop()],
    source: "TA-Lib, CDLSPINNINGTOP; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[candle]| candles::coloured(candle.is_small() & candle.reaches_up(1.0) & candle.reaches_down(1.0), candle),
}
