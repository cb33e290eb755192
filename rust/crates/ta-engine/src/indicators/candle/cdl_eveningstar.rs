//! Evening Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long white candle, short body in a gap above it, black candle that closes well within the first: −100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.
    cdl_eveningstar: version 1,
    also: [talib.cdl_eveningstar()],
    source: "TA-Lib, CDLEVENINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    penetration: 0.3, "Share of the first body below whose close the third has to close.",
    |[first, star, third], penetration| {
        let within = first.close() - first.body() * penetration;
        let turns = third.is_black() & third.is_long() & within.gt(third.close());
        candles::down(first.is_white() & first.is_long() & star.is_short() & star.gaps_above(first) & turns)
    },
}
