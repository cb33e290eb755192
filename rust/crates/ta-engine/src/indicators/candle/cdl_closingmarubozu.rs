//! Closing Marubozu, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle with hardly a shadow where it closes: 100 where it is white, −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the mean
    /// distance from low to high of the ten candles before.
    cdl_closingmarubozu: version 1,
    also: [talib.cdl_closingmarubozu()],
    source: "TA-Lib, CDLCLOSINGMARUBOZU; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[candle]| {
        let up = candle.is_white() & candle.has_hardly_an_upper_shadow();
        let down = candle.is_black() & candle.has_hardly_a_lower_shadow();
        candles::signal(candle.is_long() & up, candle.is_long() & down)
    },
}
