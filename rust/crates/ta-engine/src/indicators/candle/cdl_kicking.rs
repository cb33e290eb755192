//! Kicking, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Two long candles with hardly a shadow, of different colours, and a gap between them: 100 where the second is white,
    /// −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. Hardly a shadow is one below a tenth of the mean
    /// distance from low to high of the ten candles before; the gap is of whole candles, in the direction of the second.
    cdl_kicking: version 1,
    also: [talib.cdl_kicking()],
    source: "TA-Lib, CDLKICKING; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[first, second]| {
        let bare = |one: Candle<'_, R, Means>| {
            one.is_long() & one.has_hardly_an_upper_shadow() & one.has_hardly_a_lower_shadow()
        };
        let up = first.is_black() & second.is_white() & second.is_above(first);
        let down = first.is_white() & second.is_black() & second.is_below(first);
        let both = bare(first) & bare(second);
        candles::signal(both & up, both & down)
    },
}
