//! Engulfing, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A body of the other colour that reaches over the one before: 100 where it is white, −100 where black, else 0.
    ///
    /// Where the bodies meet on one side the value is 80 or −80. A candle that closes where it opens is white.
    cdl_engulfing: version 1,
    also: [talib.cdl_engulfing()],
    source: "TA-Lib, CDLENGULFING; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [],
    |[first, second]| {
        let is_over = (second.top().ge(first.top()) & first.bottom().gt(second.bottom()))
            | (second.top().gt(first.top()) & first.bottom().ge(second.bottom()));
        let is_there = is_over & !first.is_like(second);
        let meets = second.open().equals(first.close()) | second.close().equals(first.open());
        let strength = R::Numbers::select(meets, R::Numbers::splat(0.8), R::Numbers::splat(1.0));
        strength * candles::coloured(is_there, second)
    },
}
