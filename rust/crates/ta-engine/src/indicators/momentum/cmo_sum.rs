//! Chande's Momentum Oscillator.

use crate::kernel::declare;

declare! {
    /// Upward movement less downward movement of the last changes, as a share of all of it, from −100 to 100.
    ///
    /// Chande's own form with plain sums; Wilder's means are in TA-Lib's `CMO`. A window without movement gives 0.
    ///
    /// ```text
    /// cmo_sum = 100 * (up - down) / (up + down)     up, down: sums of the last `period` rises and falls
    /// ```
    cmo_sum: momentum, version 1,
    also: [talib.cmou(period as timeperiod)],
    source: "Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    series: [close],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Changes that count." },
    outputs: { value: Number },
    body: "let change = close - close[1];
        let up = rolling_sum(greatest(change, 0), period);
        let down = rolling_sum(greatest(-change, 0), period);
        if(up + down == 0, 0, 100 * ((up - down) / (up + down)))",
}
