//! Tasuki Gap, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// A candle in a gap beyond the one before, and one of the other colour and about the size that opens within it and
    /// closes in the gap: 100 where the gap is upwards, −100 where downwards, else 0.
    ///
    /// The bodies differ by less than a fifth of the mean distance from low to high of the five candles before; gaps are of
    /// bodies, and the candle beyond is white above one and black below it.
    cdl_tasukigap: version 1,
    also: [talib.cdl_tasukigap()],
    source: "TA-Lib, CDLTASUKIGAP; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [nearby],
    |[first, second, third]| {
        let alike = second.near().gt((second.body() - third.body()).abs());
        let up = second.gaps_above(first)
            & second.is_white()
            & third.is_black()
            & second.encloses(third.open())
            & second.open().gt(third.close())
            & third.close().gt(first.top());
        let down = second.gaps_below(first)
            & second.is_black()
            & third.is_white()
            & second.encloses(third.open())
            & third.close().gt(second.open())
            & first.bottom().gt(third.close());
        candles::signal(alike & up, alike & down)
    },
}
