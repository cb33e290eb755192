//! Stick Sandwich, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Black candle, a white one above its close, and a black one that closes about where the first did: 100, else 0.
    ///
    /// About the same is within a twentieth of the mean distance from low to high of the five candles before.
    cdl_sticksandwich: version 1,
    also: [talib.cdl_sticksandwich()],
    source: "TA-Lib, CDLSTICKSANDWICH; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [nearby],
    |[first, second, third]| {
        let colours = first.is_black() & second.is_white() & third.is_black();
        let closes = second.low().gt(first.close()) & first.is_about(third.close(), first.close());
        candles::up(colours & closes)
    },
}
