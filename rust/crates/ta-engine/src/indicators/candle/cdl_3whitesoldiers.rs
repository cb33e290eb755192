//! Three Advancing White Soldiers, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three white candles with hardly an upper shadow, each of which opens within the one before or near its close and
    /// closes higher: 100, else 0.
    ///
    /// Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before, near within a
    /// fifth and far three fifths of that of the five candles before. No body is far shorter than the one before, and the
    /// last is longer than the mean of the ten before it.
    cdl_3whitesoldiers: version 1,
    also: [talib.cdl_3whitesoldiers()],
    source: "TA-Lib, CDL3WHITESOLDIERS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, ranges, nearby],
    |[first, second, third]| {
        let white = [first, second, third].map(|one| one.is_white() & one.has_hardly_an_upper_shadow());
        let rises = third.close().gt(second.close()) & second.close().gt(first.close());
        let follows = |one: Candle<'_, R, Means>, next: Candle<'_, R, Means>| {
            let opens = next.open().gt(one.open()) & (one.close() + one.near()).ge(next.open());
            opens & next.body().gt(one.body() - one.far())
        };
        let marches = rises & follows(first, second) & follows(second, third) & third.is_long();
        candles::up(white[0] & white[1] & white[2] & marches)
    },
}
