//! Chande momentum oscillator.

use crate::kernel::declare;

declare! {
    /// Upward less downward movement as a share of all movement over the last `period` changes, from -100 to 100; 0 where nothing moves.
    ///
    /// Plain sums, as Chande has them; `talib.cmo` smooths both as `rsi` does.
    ///
    /// ```text
    /// gain, loss = max(x - x[1], 0), max(x[1] - x, 0)
    /// cmo = 100 * (sum(gain, period) - sum(loss, period)) / (sum(gain, period) + sum(loss, period))
    /// ```
    cmo: momentum, version 1,
    source: "Tushar S. Chande, Stanley Kroll, The New Technical Trader, 1994",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes that count.",
    },
    outputs: { value: Percent },
    body: "let change = close - close[1];
        let gain = rolling_sum(greatest(change, 0), period);
        let loss = rolling_sum(greatest(-change, 0), period);
        if(gain + loss == 0, 0, 100 * ((gain - loss) / (gain + loss)))",
}
