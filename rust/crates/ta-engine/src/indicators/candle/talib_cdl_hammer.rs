//! Hammer, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A small body with a long shadow below and hardly one above, near the low of the candle before: 100, else 0.
    ///
    /// The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than a
    /// tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    /// candles before the one before.
    talib.cdl_hammer: kernel Hammer, version 1,
    source: "TA-Lib, CDLHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992",
    candles: 2, means: [bodies, ranges, nearby],
    params: {},
    |[first, hammer], _| {
        let is_small = hammer.before.bodies.gt(hammer.body());
        let hangs = hammer.lower_shadow().gt(hammer.body()) & hammer.has_hardly_an_upper_shadow();
        candles::up(is_small & hangs & first.near_above(first.low).ge(hammer.bottom()))
    },
}
