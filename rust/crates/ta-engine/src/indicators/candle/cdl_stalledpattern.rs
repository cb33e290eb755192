//! Stalled Pattern, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Two long white candles, and a small white one on the shoulder of the second: −100, else 0.
    ///
    /// Closes rise; the second opens within the first or near its close and has hardly an upper shadow; the third opens near
    /// the second one's close or its own body below that.
    ///
    /// A body is long where it is longer than the mean of the ten before it, and small where it is shorter. Hardly a shadow
    /// is one below a tenth of the mean distance from low to high of the ten candles before, near within a fifth of that of
    /// the five candles before.
    cdl_stalledpattern: version 1,
    also: [talib.cdl_stalledpattern()],
    source: "TA-Lib, CDLSTALLEDPATTERN; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges, nearby],
    |[first, second, third]| {
        let white = first.is_white() & second.is_white() & third.is_white();
        let rises = third.close().gt(second.close()) & second.close().gt(first.close());
        let opens = second.open().gt(first.open()) & (first.close() + first.near()).ge(second.open());
        let runs = first.is_long() & second.is_long() & second.has_hardly_an_upper_shadow() & opens;
        let stalls = third.is_small() & third.open().ge(second.close() - third.body() - second.near());
        candles::down(white & rises & runs & stalls)
    },
}
