//! Counterattack, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long candle, and a long one of the other colour that closes about where it did: 100 where that is white, −100 where
    /// black, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it. About the same is within a twentieth of the mean
    /// distance from low to high of the five candles before.
    cdl_counterattack: version 1,
    also: [talib.cdl_counterattack()],
    source: "TA-Lib, CDLCOUNTERATTACK; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies, nearby],
    |[first, second]| {
        let meet = first.is_about(second.close(), first.close());
        candles::coloured(!first.is_like(second) & first.is_long() & second.is_long() & meet, second)
    },
}
