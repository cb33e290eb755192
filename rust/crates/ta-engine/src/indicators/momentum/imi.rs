//! Intraday Momentum Index.

use crate::kernel::declare;

declare! {
    /// Share of the rises within bars in all of their bodies, from 0 to 100.
    ///
    /// Bars without bodies give 50.
    ///
    /// ```text
    /// imi = 100 * up / (up + down)     up, down: sums of the last `period` white and black bodies
    /// ```
    imi: momentum, version 1,
    also: [talib.imi(period as timeperiod)],
    source: "Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    fields: [open, close],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { value: Percent },
    body: "let up = rolling_sum(greatest(close - open, 0), period);
        let down = rolling_sum(greatest(open - close, 0), period);
        if(up + down == 0, 50, 100 * (up / (up + down)))",
}
