//! Three Stars in the South, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three black candles, each within the range of the one before: long with a long lower shadow, shorter with a lower
    /// shadow, small with hardly any: 100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, and small where it is shorter; a long shadow is
    /// longer than its body. Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles
    /// before.
    cdl_3starsinsouth: version 1,
    also: [talib.cdl_3starsinsouth()],
    source: "TA-Lib, CDL3STARSINSOUTH; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    |[first, second, third]| {
        let black = first.is_black() & second.is_black() & third.is_black();
        let falls = first.is_long() & first.reaches_down(1.0);
        let opens = second.open().gt(first.close()) & first.high().ge(second.open());
        let tests = first.close().gt(second.low()) & second.low().ge(first.low());
        let shrinks = first.body().gt(second.body()) & second.lower_shadow().gt(second.hardly());
        let rests = third.is_small() & third.has_hardly_a_lower_shadow() & third.has_hardly_an_upper_shadow();
        let within = third.low().gt(second.low()) & second.high().gt(third.high());
        candles::up(black & falls & opens & tests & shrinks & rests & within)
    },
}
