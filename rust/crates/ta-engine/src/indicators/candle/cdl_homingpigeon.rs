//! Homing Pigeon, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, and a short black one within its body: 100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, else short.
    cdl_homingpigeon: version 1,
    also: [talib.cdl_homingpigeon()],
    source: "TA-Lib, CDLHOMINGPIGEON; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, second]| {
        let is_inside = first.open().gt(second.open()) & second.close().gt(first.close());
        candles::up(first.is_black() & second.is_black() & first.is_long() & second.is_short() & is_inside)
    },
}
