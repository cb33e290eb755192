//! Rising and Falling Three Methods, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, three small ones of the other colour that go back within its range, and a long one of its colour that
    /// goes on: 100 where it is white, −100 where black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it, and small where it is shorter.
    cdl_risefall3methods: version 1,
    also: [talib.cdl_risefall3methods()],
    source: "TA-Lib, CDLRISEFALL3METHODS; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    |[first, second, third, fourth, last]| {
        let three = [second, third, fourth].map(|one| {
            let is_within = first.high().gt(one.bottom()) & one.top().gt(first.low());
            one.is_small() & is_within & !one.is_like(first)
        });
        let around = first.is_long() & last.is_long() & last.is_like(first);
        let holds = around & three[0] & three[1] & three[2];
        let rises = second.close().gt(third.close())
            & third.close().gt(fourth.close())
            & last.open().gt(fourth.close())
            & last.close().gt(first.close());
        let falls = third.close().gt(second.close())
            & fourth.close().gt(third.close())
            & fourth.close().gt(last.open())
            & first.close().gt(last.close());
        candles::signal(holds & first.is_white() & rises, holds & first.is_black() & falls)
    },
}
