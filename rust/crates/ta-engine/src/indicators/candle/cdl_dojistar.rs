//! Doji Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, and a doji in a gap beyond it: −100 where the first is white, 100 where black, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    /// bodies. A body is long where it is longer than the mean of the ten before it.
    cdl_dojistar: version 1,
    also: [talib.cdl_dojistar()],
    source: "TA-Lib, CDLDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[first, star]| {
        let star_there = first.is_long() & star.is_doji();
        let down = star_there & first.is_white() & star.gaps_above(first);
        candles::signal(star_there & first.is_black() & star.gaps_below(first), down)
    },
}
