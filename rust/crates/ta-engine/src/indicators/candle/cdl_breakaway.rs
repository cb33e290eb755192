//! Breakaway, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, one of its colour in a gap beyond it, two that go on, and one of the other colour that closes within the
    /// gap: 100 where the last is white, −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. The second and the fourth have the colour of the
    /// first.
    cdl_breakaway: version 1,
    also: [talib.cdl_breakaway()],
    source: "TA-Lib, CDLBREAKAWAY; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, second, third, fourth, last]| {
        let like = first.is_like(second) & second.is_like(fourth);
        let falls = second.gaps_below(first)
            & second.high().gt(third.high())
            & second.low().gt(third.low())
            & third.high().gt(fourth.high())
            & third.low().gt(fourth.low());
        let rises = second.gaps_above(first)
            & third.high().gt(second.high())
            & third.low().gt(second.low())
            & fourth.high().gt(third.high())
            & fourth.low().gt(third.low());
        let back_up = last.is_white() & last.close().gt(second.open()) & first.close().gt(last.close());
        let back_down = last.is_black() & second.open().gt(last.close()) & last.close().gt(first.close());
        let begins = first.is_long() & like;
        let up = begins & first.is_black() & falls & back_up;
        candles::signal(up, begins & first.is_white() & rises & back_down)
    },
}
