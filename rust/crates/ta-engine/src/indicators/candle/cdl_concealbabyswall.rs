//! Concealing Baby Swallow, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Two black candles with hardly a shadow, a black one in a gap below them that reaches back up, and a black one that
    /// swallows it: 100, else 0.
    ///
    /// Hardly a shadow is one below a tenth of the mean distance from low to high of the ten candles before. Gaps are of
    /// bodies; the third one's upper shadow reaches into the second, the fourth one's shadows over the third.
    cdl_concealbabyswall: version 1,
    also: [talib.cdl_concealbabyswall()],
    source: "TA-Lib, CDLCONCEALBABYSWALL; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [ranges],
    |[first, second, third, fourth]| {
        let bare = [first, second].map(|one| one.has_hardly_an_upper_shadow() & one.has_hardly_a_lower_shadow());
        let black = first.is_black() & second.is_black() & third.is_black() & fourth.is_black();
        let reaches = third.upper_shadow().gt(third.hardly()) & third.high().gt(second.close());
        let swallows = fourth.high().gt(third.high()) & third.low().gt(fourth.low());
        candles::up(black & bare[0] & bare[1] & third.gaps_below(second) & reaches & swallows)
    },
}
