//! Advance Block, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Three white candles with rising closes that lose strength: −100, else 0.
    ///
    /// Each opens within the one before or near its close; the first is long with a short upper shadow. They lose strength
    /// where bodies get far shorter, or shorter with long upper shadows.
    ///
    /// A body is long where it is longer than the mean of the ten before it. A shadow is short where it is shorter than half
    /// the mean of both shadows of the ten before, long where it is longer than its body; near is within a fifth, far three
    /// fifths of the mean distance from low to high of the five candles before.
    cdl_advanceblock: version 1,
    also: [talib.cdl_advanceblock()],
    source: "TA-Lib, CDLADVANCEBLOCK; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, nearby, shadows],
    |[first, second, third]| {
        let white = first.is_white() & second.is_white() & third.is_white();
        let rises = third.close().gt(second.close()) & second.close().gt(first.close());
        let follows = |one: Candle<'_, R, Means>, next: Candle<'_, R, Means>| {
            next.open().gt(one.open()) & (one.close() + one.near()).ge(next.open())
        };
        let is_strong = first.is_long() & first.short_shadow().gt(first.upper_shadow());
        let [one, two, three] = [first, second, third].map(Candle::body);
        let shadows = third.upper_shadow().gt(third.short_shadow()) | second.upper_shadow().gt(second.short_shadow());
        let weakens = ((one - first.far()).gt(two) & (two + second.near()).gt(three))
            | (two - second.far()).gt(three)
            | (two.gt(three) & one.gt(two) & shadows)
            | (two.gt(three) & third.reaches_up(1.0));
        candles::down(white & rises & follows(first, second) & follows(second, third) & is_strong & weakens)
    },
}
