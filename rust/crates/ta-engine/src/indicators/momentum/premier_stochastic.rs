//! Premier Stochastic Oscillator.

use crate::kernel::declare;

declare! {
    /// Where the close is in the range of the last bars, averaged twice and squeezed between −1 and 1.
    ///
    /// Means begin with their first values. Without range the place is the middle.
    ///
    /// ```text
    /// place = 10 * ((close - min(low, period)) / (max(high, period) - min(low, period)) - 0.5)
    /// s     = ema(ema(place, ema_period), ema_period)
    /// premier_stochastic = (exp(s) - 1) / (exp(s) + 1)
    /// ```
    premier_stochastic: momentum, version 1,
    source: "Lee Leibfarth, Premier Stochastic Oscillator, Stocks & Commodities, 2008",
    fields: [high, low, close],
    params: {
        period: usize = 8 in 1..=1_000_000, aliases [lookback], "Bars whose range counts.",
        ema_period: usize = 5 in 1..=1_000_000, "Period of both means.",
    },
    outputs: { value: Number },
    body: "let bottom = min(low, period);
        let span = max(high, period) - bottom;
        let place = if(span == 0, 0, 10 * ((close - bottom) / span - 0.5));
        let smooth = exp(ema(ema(place, ema_period), ema_period));
        (smooth - 1) / (smooth + 1)",
}
