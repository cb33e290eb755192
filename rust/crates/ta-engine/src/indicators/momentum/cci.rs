//! Commodity channel index.

use crate::kernel::declare;

declare! {
    /// Distance of the typical price from its mean, in mean distances; 0 where prices do not move.
    ///
    /// ```text
    /// typical = (high + low + close) / 3
    /// cci     = (typical - sma(typical, period)) / (0.015 * mean_abs_dev(typical, period))
    /// ```
    cci: momentum, version 1,
    also: [talib.cci(period = 14 as timeperiod)],
    source: "Donald R. Lambert, Commodity Channel Index, Commodities, 1980",
    fields: [high, low, close],
    params: { period: usize = 14 in 1..=100_000, aliases [lookback], "Bars that count." },
    outputs: { value: Number },
    body: "let typical = (high + low + close) / 3;
        let middle = sma(typical, period);
        let deviation = mean_abs_dev(typical, period);
        if(deviation == 0, 0, (typical - middle) / (0.015 * deviation))",
}
