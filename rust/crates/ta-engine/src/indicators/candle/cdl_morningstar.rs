//! Morning Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, short body in a gap below it, white candle that closes well within the first: 100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.
    cdl_morningstar: version 1,
    also: [talib.cdl_morningstar()],
    source: "TA-Lib, CDLMORNINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    penetration: 0.3, "Share of the first body above whose close the third has to close.",
    |[first, star, third], penetration| {
        let within = first.close() + first.body() * penetration;
        let turns = third.is_white() & third.is_long() & third.close().gt(within);
        candles::up(first.is_black() & first.is_long() & star.is_short() & star.gaps_below(first) & turns)
    },
}
