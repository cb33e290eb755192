//! Upside Gap Two Crows, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long white candle, a short black one in a gap above it, and a black one that reaches over that and closes above the
    /// first: −100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, else short; gaps are of bodies.
    cdl_upsidegap2crows: version 1,
    also: [talib.cdl_upsidegap2crows()],
    source: "TA-Lib, CDLUPSIDEGAP2CROWS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, crow, second]| {
        let over = second.open().gt(crow.open()) & crow.close().gt(second.close());
        let gap = crow.gaps_above(first) & second.close().gt(first.close());
        let crows = crow.is_black() & crow.is_short() & second.is_black();
        candles::down(first.is_white() & first.is_long() & crows & over & gap)
    },
}
