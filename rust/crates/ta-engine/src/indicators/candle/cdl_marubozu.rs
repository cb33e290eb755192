//! Marubozu, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle with hardly a shadow: 100 where it is white, −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the mean
    /// distance from low to high of the ten candles before.
    cdl_marubozu: version 1,
    also: [talib.cdl_marubozu()],
    source: "TA-Lib, CDLMARUBOZU; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[candle]| {
        let bare = candle.has_hardly_an_upper_shadow() & candle.has_hardly_a_lower_shadow();
        candles::coloured(candle.is_long() & bare, candle)
    },
}
