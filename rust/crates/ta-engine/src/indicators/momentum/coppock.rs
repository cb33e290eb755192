//! Coppock Curve.

use crate::kernel::declare;

declare! {
    /// Weighted mean of two rates of change added up.
    ///
    /// ```text
    /// coppock = wma(roc(close, fast_roc) + roc(close, slow_roc), wma_period)     roc in percent
    /// ```
    coppock: momentum, version 1,
    also: [talib.coppock(wma_period as wmaperiod, fast_roc as roc1period, slow_roc as roc2period)],
    source: "Edwin S. C. Coppock, Barron's, 1962",
    series: [close],
    params: {
        wma_period: usize = 10 in 1..=1_000_000, "Sums that are averaged.",
        fast_roc: usize = 11 in 1..=1_000_000, "Bars of the shorter change.",
        slow_roc: usize = 14 in 1..=1_000_000, "Bars of the longer change.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let fast = 100 * (close - close[fast_roc]) / close[fast_roc];
        let slow = 100 * (close - close[slow_roc]) / close[slow_roc];
        wma(fast + slow, wma_period)",
}
