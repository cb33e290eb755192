//! Matching Low, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Two black candles that close about at the same price: 100, else 0.
    ///
    /// About the same is within a twentieth of the mean distance from low to high of the five candles before.
    cdl_matchinglow: version 1,
    also: [talib.cdl_matchinglow()],
    source: "TA-Lib, CDLMATCHINGLOW; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [nearby],
    |[first, second]| candles::up(first.is_black() & second.is_black() & first.is_about(second.close(), first.close())),
}
