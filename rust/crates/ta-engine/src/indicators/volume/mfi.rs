//! Money flow index.

use crate::kernel::declare;

declare! {
    /// Share of money that flowed at rising typical prices in all that flowed at moving ones, from 0 to 100; 50 where none did.
    ///
    /// ```text
    /// flow = typical * volume, where typical = (high + low + close) / 3
    /// mfi  = 100 * up / (up + down), sums of the last `period` flows with typical above and below typical[1]
    /// ```
    mfi: volume, version 1,
    aliases: ["money_flow_index"],
    source: "Gene Quong, Avrum Soudack, Volume-Weighted RSI: Money Flow, 1989",
    fields: [high, low, close, volume],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Bars whose flows count.",
    },
    outputs: { value: Percent },
    body: "let typical = (high + low + close) / 3;
        let flow = typical * volume;
        let up = rolling_sum(if(typical > typical[1], flow, 0), period);
        let down = rolling_sum(if(typical < typical[1], flow, 0), period);
        if(up + down == 0, 50, 100 * (up / (up + down)))",
}
