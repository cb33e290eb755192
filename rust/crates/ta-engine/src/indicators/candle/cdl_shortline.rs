//! Short Line, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Small body with short shadows: 100 where it is white, −100 where black, else 0.
    ///
    /// A body is small where it is shorter than the mean of the ten before it, and a shadow short where it is shorter than
    /// half the mean of both shadows of the ten before.
    cdl_shortline: version 1,
    also: [talib.cdl_shortline()],
    source: "TA-Lib, CDLSHORTLINE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, shadows],
    |[candle]| {
        let short = candle.short_shadow();
        let bare = short.gt(candle.upper_shadow()) & short.gt(candle.lower_shadow());
        candles::coloured(candle.is_small() & bare, candle)
    },
}
