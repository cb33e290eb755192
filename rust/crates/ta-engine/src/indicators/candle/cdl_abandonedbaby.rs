//! Abandoned Baby, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, a doji with a gap to either side, candle of the other colour that closes well within the first: 100 where
    /// the last is white, −100 where black, else 0.
    ///
    /// A doji is a body no longer than a tenth of the mean distance from low to high of the ten candles before; gaps are of
    /// whole candles. A body is long where it is longer than the mean of the ten before it; the third one is.
    cdl_abandonedbaby: version 1,
    also: [talib.cdl_abandonedbaby()],
    source: "TA-Lib, CDLABANDONEDBABY; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges],
    penetration: 0.3, "Share of the first body past whose close the third has to close.",
    |[first, baby, third], penetration| {
        let three = first.is_long() & baby.is_doji() & third.is_long();
        let way = first.body() * penetration;
        let falls = first.is_white() & third.is_black() & (first.close() - way).gt(third.close());
        let rises = first.is_black() & third.is_white() & third.close().gt(first.close() + way);
        let down = three & falls & baby.is_above(first) & third.is_below(baby);
        candles::signal(three & rises & baby.is_below(first) & third.is_above(baby), down)
    },
}
