//! Variable Index Dynamic Average, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Exponential mean whose weight is the greater the more the last changes point in one direction.
    ///
    /// It begins with the first value; until there are so many changes those that there are count. Where nothing moves it
    /// stands. Of period 1 it is the value.
    ///
    /// ```text
    /// share = abs(up - down) / (up + down)     up, down: sums of the last `cmo_period` rises and falls
    /// vidya = vidya[1] + 2 / (period + 1) * share * (x - vidya[1])
    /// ```
    talib.vidya: trend, version 1,
    source: "TA-Lib, VIDYA; Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994",
    series: [close by source],
    params: {
        period: usize = 12 in 1..=1_000_000, aliases [timeperiod], "Sets the greatest weight of the newest value.",
        cmo_period: usize = 9 in 2..=1_000_000, aliases [cmoperiod], "Changes that count.",
    },
    outputs: { value: Price },
    body: |p| {
        let line = "let change = close - nz(close[1], close);
            let rise = greatest(change, 0);
            let fall = greatest(-change, 0);
            let up = nz(rolling_sum(rise, cmo_period), cum_sum(rise));
            let down = nz(rolling_sum(fall, cmo_period), cum_sum(fall));
            let share = if(up + down == 0, 0, abs(up - down) / (up + down));
            let line = line[1] + 2 / (period + 1) * share * (close - line[1]) from close;";
        let line = if p.period == 1 { "let line = close;" } else { line };
        format!("{line} if(line[{0}] == line[{0}], line, line)", p.cmo_period)
    },
}
