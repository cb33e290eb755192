//! Engulfing, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A body of the other colour that reaches over the one before: 100 where it is white, −100 where black, else 0.
    ///
    /// Where the bodies meet on one side the value is 80 or −80. A candle that closes where it opens is white.
    talib.cdl_engulfing: kernel Engulfing, version 1,
    source: "TA-Lib, CDLENGULFING; Gregory L. Morris, Candlestick Charting Explained, 1992",
    candles: 2, means: [],
    params: {},
    |[first, second], _| {
        let is_over = (second.top().ge(first.top()) & first.bottom().gt(second.bottom()))
            | (second.top().gt(first.top()) & first.bottom().ge(second.bottom()));
        let is_up = second.is_white() & first.is_black() & is_over;
        let is_down = second.is_black() & first.is_white() & is_over;
        let meets = second.open.equals(first.close) | second.close.equals(first.open);
        let strength = V::select(meets, V::splat(0.8), V::splat(1.0));
        strength * candles::signal(is_up, is_down)
    },
}
