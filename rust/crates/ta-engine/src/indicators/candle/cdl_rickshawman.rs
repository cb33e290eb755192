//! Rickshaw Man, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A doji near the middle of its range, with both shadows longer than its body: 100, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before. Near is
    /// within a fifth of the mean distance from low to high of the five candles before.
    cdl_rickshawman: version 1,
    also: [talib.cdl_rickshawman()],
    source: "TA-Lib, CDLRICKSHAWMAN; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges, nearby],
    |[man]| {
        let middle = man.low() + (man.high() - man.low()) / R::Numbers::splat(2.0);
        let is_central = (middle + man.near()).ge(man.bottom()) & man.top().ge(middle - man.near());
        candles::up(man.is_doji() & man.reaches_up(1.0) & man.reaches_down(1.0) & is_central)
    },
}
