//! TD Sequential.

use crate::kernel::declare;

declare! {
    /// Counts of closes below, or above, the close four bars before, and the countdowns behind nine of them.
    ///
    /// A setup counts bars on end, up to `setup`, and stays there until it is broken. When a buy setup is complete its
    /// countdown begins with 0 on that bar and counts closes at or below the low two bars before, up to `countdown`; it
    /// ends with the next complete buy setup or sell setup, and on the bar behind its last. For sells everything is the
    /// other way round. Perfections, deferrals and recycling are left out.
    ///
    /// ```text
    /// buy            = least(setup, buy[1] + 1) where close < close[4], else 0
    /// buy_countdown counts close <= low[2]
    /// ```
    td_sequential: trend, version 1,
    source: "Thomas R. DeMark, The New Science of Technical Analysis, 1994",
    fields: [close, high, low],
    params: {
        setup: usize = 9 in 1..=1_000, "Bars of a setup.",
        countdown: usize = 13 in 1..=1_000, "Bars of a countdown.",
    },
    outputs: { buy: Bars, sell: Bars, buy_countdown: Bars, sell_countdown: Bars },
    body: "let buys = if(close < close[4], buys[1] + 1, 0) from 0;
        let sells = if(close > close[4], sells[1] + 1, 0) from 0;
        let bought = buys == setup;
        let sold = sells == setup;
        let low_run = if(bought, 0, if(sold or low_run[1] < 0 or low_run[1] >= countdown, -1, low_run[1] + if(close <= low[2], 1, 0))) from -1;
        let high_run = if(sold, 0, if(bought or high_run[1] < 0 or high_run[1] >= countdown, -1, high_run[1] + if(close >= high[2], 1, 0))) from -1;
        {buy: least(buys, setup), sell: least(sells, setup), buy_countdown: greatest(low_run, 0), sell_countdown: greatest(high_run, 0)}",
}
