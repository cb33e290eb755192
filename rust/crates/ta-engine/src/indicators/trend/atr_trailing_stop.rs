//! Average true range trailing stop.

use crate::kernel::declare;

declare! {
    /// A stop some average true ranges from the close, which is never loosened until a close has passed it.
    ///
    /// The direction is up (true) where the close is above the stop. The first stop is below the close.
    ///
    /// ```text
    /// stop = greatest(stop[1], close - reach)   where close and close[1] are above stop[1]
    /// stop = least(stop[1], close + reach)      where close and close[1] are below stop[1]
    /// stop = close - reach, or close + reach    where the close has passed it upwards, or has not
    /// reach = multiplier * atr(period)
    /// ```
    atr_trailing_stop: trend, version 1,
    source: "TradingView's UT Bot; Sylvain Vervoort, Average True Range Trailing Stops, 2009",
    fields: [high, low, close],
    params: {
        period: usize = 10 in 1..=1_000_000, aliases [lookback], "Ranges that are averaged.",
        multiplier: f64 = 1.0 in 1e-9..=1e9, aliases [mult], "Average ranges from the close to the stop.",
    },
    outputs: { stop: Price, direction: Bool },
    body: "let reach = multiplier * atr(period);
        let before = close[1];
        let stop = if(close > stop[1] and before > stop[1], greatest(stop[1], close - reach),
            if(close < stop[1] and before < stop[1], least(stop[1], close + reach),
            if(close > stop[1], close - reach, close + reach))) from close - reach;
        {stop: stop, direction: close > stop}",
}
