//! Three-Line Strike, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three candles of one colour that go on, and one of the other that opens beyond them and closes before the first: 100
    /// where the three are white, −100 where black, else 0.
    ///
    /// Each opens within the body before or near it. Near is within a fifth of the mean distance from low to high of the five
    /// candles before.
    cdl_3linestrike: version 1,
    also: [talib.cdl_3linestrike()],
    source: "TA-Lib, CDL3LINESTRIKE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [nearby],
    |[first, second, third, strike]| {
        let near = |one: Candle<'_, R, Means>, next: Candle<'_, R, Means>| {
            next.open().ge(one.bottom() - one.near()) & (one.top() + one.near()).ge(next.open())
        };
        let like = first.is_like(second) & second.is_like(third);
        let three = like & near(first, second) & near(second, third);
        let rises = third.close().gt(second.close()) & second.close().gt(first.close());
        let falls = second.close().gt(third.close()) & first.close().gt(second.close());
        let strikes_down = strike.is_black() & strike.open().gt(third.close()) & first.open().gt(strike.close());
        let strikes_up = strike.is_white() & third.close().gt(strike.open()) & strike.close().gt(first.open());
        let up = three & third.is_white() & rises & strikes_down;
        candles::signal(up, three & third.is_black() & falls & strikes_up)
    },
}
