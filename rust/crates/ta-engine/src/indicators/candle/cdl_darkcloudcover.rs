//! Dark Cloud Cover, as TA-Lib has it.

crate::indicators::candles::candle! {
    /// Long white candle, and a black one that opens above its high and closes well within it: −100, else 0.
    ///
    /// A body is long where it is longer than the mean of the ten before it.
    cdl_darkcloudcover: version 1,
    also: [talib.cdl_darkcloudcover()],
    source: "TA-Lib, CDLDARKCLOUDCOVER; Gregory L. Morris, Candlestick Charting Explained, 1992",
    means: [bodies],
    penetration: 0.5, "Share of the first body below whose close the second has to close.",
    |[first, cloud], penetration| {
        let covers = cloud.open().gt(first.high()) & cloud.close().gt(first.open());
        let is_deep = (first.close() - first.body() * penetration).gt(cloud.close());
        candles::down(first.is_white() & first.is_long() & cloud.is_black() & covers & is_deep)
    },
}
