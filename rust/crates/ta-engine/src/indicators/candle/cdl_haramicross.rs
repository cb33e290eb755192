//! Harami Cross, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, and a doji within its body: −100 where the first is white, 100 where black, else 0.
    ///
    /// Where the bodies meet on one side the value is 80 or −80. A doji is a body no longer than a tenth of the mean distance
    /// from low to high of the ten candles before. A body is long where it is longer than the mean of the ten before it.
    cdl_haramicross: version 1,
    also: [talib.cdl_haramicross()],
    source: "TA-Lib, CDLHARAMICROSS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[first, inside]| {
        let (top, bottom) = (first.top(), first.bottom());
        let is_inside = top.ge(inside.top()) & inside.bottom().ge(bottom);
        let is_apart = top.gt(inside.top()) & inside.bottom().gt(bottom);
        let is_there = first.is_long() & inside.is_doji() & is_inside;
        let strength = R::Numbers::select(is_apart, R::Numbers::splat(1.0), R::Numbers::splat(0.8));
        strength * candles::signal(is_there & first.is_black(), is_there & first.is_white())
    },
}
