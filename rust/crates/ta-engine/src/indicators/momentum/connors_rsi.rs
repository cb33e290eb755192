//! Connors RSI.

use crate::kernel::declare;

declare! {
    /// Mean of three strengths: of the values, of the lengths of their rises and falls, and of the last change among those
    /// before.
    ///
    /// A streak counts the bars of rises on end, or of falls, negative; a bar that stands ends it. The rank is that of
    /// `percent_rank`.
    ///
    /// ```text
    /// connors_rsi = (rsi(x, period) + rsi(streak, streak_period) + percent_rank(roc(x, 1), rank_period)) / 3
    /// ```
    connors_rsi: momentum, version 1,
    also: [talib.crsi(period as timeperiod, streak_period as streakperiod, rank_period as rankperiod)],
    source: "Laurence Connors and Cesar Alvarez, An Introduction to ConnorsRSI, 2012",
    series: [close by source],
    params: {
        period: usize = 3 in 2..=1_000_000, aliases [lookback], "Changes of the first strength.",
        streak_period: usize = 2 in 2..=1_000_000, aliases [streakperiod], "Changes of the second strength.",
        rank_period: usize = 100 in 2..=1_000_000, aliases [rankperiod], "Changes among which the last one is ranked.",
    },
    outputs: { value: Percent },
    body: "let change = close - close[1];
        let run = if(change > 0, if(run[1] > 0, run[1] + 1, 1), if(change < 0, if(run[1] < 0, run[1] - 1, -1), 0)) from 0;
        let rank = percent_rank(change / close[1], rank_period);
        (rsi(close, period) + rsi(run, streak_period) + rank) / 3",
}
