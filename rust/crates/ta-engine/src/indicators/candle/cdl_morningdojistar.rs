//! Morning Doji Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long black candle, a doji in a gap below it, white candle that closes well within the first: 100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    /// bodies. A body is long where it is longer than the mean of the ten before it; the third one is.
    cdl_morningdojistar: version 1,
    also: [talib.cdl_morningdojistar()],
    source: "TA-Lib, CDLMORNINGDOJISTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    penetration: 0.3, "Share of the first body above whose close the third has to close.",
    |[first, star, third], penetration| {
        let within = first.close() + first.body() * penetration;
        let turns = third.is_white() & third.is_long() & third.close().gt(within);
        candles::up(first.is_black() & first.is_long() & star.is_doji() & star.gaps_below(first) & turns)
    },
}
