//! Three Outside Up and Down, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A body that reaches over the one before of the other colour, and a close that goes on: 100 where it is white, −100
    /// where black, else 0.
    cdl_3outside: version 1,
    also: [talib.cdl_3outside()],
    source: "TA-Lib, CDL3OUTSIDE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [],
    |[first, outside, third]| {
        let over = outside.close().gt(first.open()) & first.close().gt(outside.open());
        let under = outside.open().gt(first.close()) & first.open().gt(outside.close());
        let up = outside.is_white() & first.is_black() & over & third.close().gt(outside.close());
        let down = outside.is_black() & first.is_white() & under & outside.close().gt(third.close());
        candles::signal(up, down)
    },
}
