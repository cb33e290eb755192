//! Inverted Hammer, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A small body with a long shadow above and hardly one below, in a gap below the body before: 100, else 0.
    ///
    /// The body is shorter than the mean of the ten before it and than its own upper shadow. Hardly a shadow is one below a
    /// tenth of the mean distance from low to high of the ten candles before.
    cdl_invertedhammer: version 1,
    also: [talib.cdl_invertedhammer()],
    source: "TA-Lib, CDLINVERTEDHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[first, hammer]| {
        let stands = hammer.reaches_up(1.0) & hammer.has_hardly_a_lower_shadow();
        candles::up(hammer.is_small() & stands & hammer.gaps_below(first))
    },
}
