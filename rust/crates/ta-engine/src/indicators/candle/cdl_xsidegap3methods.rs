//! Upside and Downside Gap Three Methods, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Two candles of one colour with a gap between them, and one of the other that opens within the second and closes within
    /// the first: 100 where the gap is upwards, −100 where downwards, else 0.
    ///
    /// Gaps are of bodies: upwards between white candles, downwards between black ones.
    cdl_xsidegap3methods: version 1,
    also: [talib.cdl_xsidegap3methods()],
    source: "TA-Lib, CDLXSIDEGAP3METHODS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [],
    |[first, second, third]| {
        let like = first.is_like(second) & !second.is_like(third);
        let closes = like & second.encloses(third.open()) & first.encloses(third.close());
        let up = first.is_white() & second.gaps_above(first);
        candles::signal(closes & up, closes & first.is_black() & second.gaps_below(first))
    },
}
