//! Three Inside Up and Down, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, a short one within it, one that closes beyond where the first opened: 100 where the first is black, −100
    /// where white, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, else short.
    cdl_3inside: version 1,
    also: [talib.cdl_3inside()],
    source: "TA-Lib, CDL3INSIDE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, inside, third]| {
        let is_inside = first.top().gt(inside.top()) & inside.bottom().gt(first.bottom());
        let harami = first.is_long() & inside.is_short() & is_inside;
        let up = first.is_black() & third.is_white() & third.close().gt(first.open());
        let down = first.is_white() & third.is_black() & first.open().gt(third.close());
        candles::signal(harami & up, harami & down)
    },
}
