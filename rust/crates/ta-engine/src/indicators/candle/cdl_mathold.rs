//! Mat Hold, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long white candle, three small ones that fall from a gap above it and hold well within its body, and a white one that
    /// closes above them all: 100, else 0.
    ///
    /// The first of the three is black. A body is long where it is longer than the mean of the ten before it, and small where
    /// it is shorter; gaps are of bodies.
    cdl_mathold: version 1,
    also: [talib.cdl_mathold()],
    source: "TA-Lib, CDLMATHOLD; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    penetration: 0.5, "Share of the first body below whose close the small ones must not reach.",
    |[first, second, third, fourth, last], penetration| {
        let small = second.is_small() & third.is_small() & fourth.is_small();
        let begins = first.is_white() & first.is_long() & second.is_black() & second.gaps_above(first);
        let (close, floor) = (first.close(), first.close() - first.body() * penetration);
        let dips = close.gt(third.bottom()) & close.gt(fourth.bottom());
        let holds = third.bottom().gt(floor) & fourth.bottom().gt(floor);
        let falls = second.open().gt(third.top()) & third.top().gt(fourth.top());
        let highest = second.high().greater(third.high()).greater(fourth.high());
        let goes_on = last.is_white() & last.open().gt(fourth.close()) & last.close().gt(highest);
        candles::up(begins & small & dips & holds & falls & goes_on)
    },
}
