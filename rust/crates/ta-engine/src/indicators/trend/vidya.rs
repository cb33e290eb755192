//! Variable Index Dynamic Average.

use crate::kernel::declare;

declare! {
    /// Exponential mean whose weight is the greater the more the last changes point in one direction.
    ///
    /// It begins with the value of the first bar that has so many changes. Where nothing moves it stands. The ratio of
    /// standard deviations, Chande's first form, is another one.
    ///
    /// ```text
    /// share = abs(up - down) / (up + down)     up, down: sums of the last `cmo_period` rises and falls
    /// vidya = vidya[1] + 2 / (period + 1) * share * (x - vidya[1])
    /// ```
    vidya: trend, version 1,
    source: "Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    series: [close by source],
    params: {
        period: usize = 12 in 1..=1_000_000, aliases [lookback], "Sets the greatest weight of the newest value.",
        cmo_period: usize = 9 in 1..=1_000_000, "Changes that count.",
    },
    outputs: { value: Price },
    body: "let share = abs(cmo_sum(close, cmo_period)) / 100;
        let line = line[1] + 2 / (period + 1) * share * (close - line[1]) from close;
        line",
}
