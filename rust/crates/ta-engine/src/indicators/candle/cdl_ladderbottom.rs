//! Ladder Bottom, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three black candles with falling opens and closes, a black one with an upper shadow, and a white one that opens above
    /// its body and closes above its high: 100, else 0.
    ///
    /// The upper shadow is longer than a tenth of the mean distance from low to high of the ten candles before.
    cdl_ladderbottom: version 1,
    also: [talib.cdl_ladderbottom()],
    source: "TA-Lib, CDLLADDERBOTTOM; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[first, second, third, fourth, last]| {
        let black = first.is_black() & second.is_black() & third.is_black() & fourth.is_black();
        let opens = first.open().gt(second.open()) & second.open().gt(third.open());
        let closes = first.close().gt(second.close()) & second.close().gt(third.close());
        let turns = last.is_white() & last.open().gt(fourth.open()) & last.close().gt(fourth.high());
        candles::up(black & opens & closes & fourth.upper_shadow().gt(fourth.hardly()) & turns)
    },
}
