//! Evening Doji Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long white candle, a doji in a gap above it, black candle that closes well within the first: −100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    /// bodies. A body is long where it is longer than the mean of the ten before it; the third one is.
    cdl_eveningdojistar: version 1,
    also: [talib.cdl_eveningdojistar()],
    source: "TA-Lib, CDLEVENINGDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    penetration: 0.3, "Share of the first body below whose close the third has to close.",
    |[first, star, third], penetration| {
        let within = first.close() - first.body() * penetration;
        let turns = third.is_black() & third.is_long() & within.gt(third.close());
        candles::down(first.is_white() & first.is_long() & star.is_doji() & star.gaps_above(first) & turns)
    },
}
