//! Up and Down Gap Side-by-Side White Lines, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Two white candles of about one size, side by side in a gap beyond the one before: 100 where the gap is upwards, −100
    /// where downwards, else 0.
    ///
    /// Their bodies differ by a fifth of the mean distance from low to high of the five candles before at most, where they
    /// open by a twentieth; gaps are of bodies.
    cdl_gapsidesidewhite: version 1,
    also: [talib.cdl_gapsidesidewhite()],
    source: "TA-Lib, CDLGAPSIDESIDEWHITE; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [nearby],
    |[first, second, third]| {
        let up = second.gaps_above(first) & third.gaps_above(first);
        let down = second.gaps_below(first) & third.gaps_below(first);
        let (one, two) = (second.body(), third.body());
        let alike = two.ge(one - second.near()) & (one + second.near()).ge(two);
        let beside = alike & second.is_about(third.open(), second.open());
        let is_there = second.is_white() & third.is_white() & beside;
        candles::signal(is_there & up, is_there & down)
    },
}
