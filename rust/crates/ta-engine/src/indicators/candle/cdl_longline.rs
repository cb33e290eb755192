//! Long Line, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long body with short shadows: 100 where it is white, −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, and a shadow short where it is shorter than half
    /// the mean of both shadows of the ten before.
    cdl_longline: version 1,
    also: [talib.cdl_longline()],
    source: "TA-Lib, CDLLONGLINE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, shadows],
    |[candle]| {
        let short = candle.short_shadow();
        let bare = short.gt(candle.upper_shadow()) & short.gt(candle.lower_shadow());
        candles::coloured(candle.is_long() & bare, candle)
    },
}
