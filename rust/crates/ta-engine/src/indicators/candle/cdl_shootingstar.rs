//! Shooting Star, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A small body with a long shadow above and hardly one below, in a gap above the body before: −100, else 0.
    ///
    /// The body is shorter than the mean of the ten before it and than its own upper shadow. Hardly a shadow is one below a
    /// tenth of the mean distance from low to high of the ten candles before.
    cdl_shootingstar: version 1,
    also: [talib.cdl_shootingstar()],
    source: "TA-Lib, CDLSHOOTINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[first, star]| {
        let stands = star.reaches_up(1.0) & star.has_hardly_a_lower_shadow();
        candles::down(star.is_small() & stands & star.gaps_above(first))
    },
}
