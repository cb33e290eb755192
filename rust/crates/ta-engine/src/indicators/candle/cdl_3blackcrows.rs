//! Three Black Crows, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three black candles with hardly a lower shadow, each of which opens within the one before and closes lower: −100, else
    /// 0.
    ///
    /// Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. They follow a
    /// white candle, below whose high the first of them closes.
    cdl_3blackcrows: version 1,
    also: [talib.cdl_3blackcrows()],
    source: "TA-Lib, CDL3BLACKCROWS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[white, first, second, third]| {
        let black = [first, second, third].map(|crow| crow.is_black() & crow.has_hardly_a_lower_shadow());
        let opens = first.encloses(second.open()) & second.encloses(third.open());
        let closes = white.high().gt(first.close()) & first.close().gt(second.close()) & second.close().gt(third.close());
        candles::down(white.is_white() & black[0] & black[1] & black[2] & opens & closes)
    },
}
