//! Two Crows, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long white candle, black one in a gap above it, black one that opens within that and closes within the first: −100,
    /// else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. Gaps are of bodies.
    cdl_2crows: version 1,
    also: [talib.cdl_2crows()],
    source: "TA-Lib, CDL2CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, crow, second]| {
        let falls_back = crow.encloses(second.open()) & first.encloses(second.close());
        let gap = crow.gaps_above(first) & falls_back;
        candles::down(first.is_white() & first.is_long() & crow.is_black() & second.is_black() & gap)
    },
}
