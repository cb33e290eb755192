//! Tri-Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three doji, of which the second is in a gap beyond the first and the third falls back: −100 where the gap is upwards,
    /// 100 where downwards, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before the first;
    /// gaps are of bodies.
    cdl_tristar: version 1,
    also: [talib.cdl_tristar()],
    source: "TA-Lib, CDLTRISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[first, second, third]| {
        let hardly = first.hardly();
        let three = hardly.ge(first.body()) & hardly.ge(second.body()) & hardly.ge(third.body());
        let down = second.gaps_above(first) & second.top().gt(third.top());
        let up = second.gaps_below(first) & third.bottom().gt(second.bottom());
        candles::signal(three & up, three & down)
    },
}
