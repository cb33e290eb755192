//! Ichimoku Kinko Hyo, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Middles of the ranges of the last bars over three periods, and the mean of the first two.
    ///
    /// All lines begin on the bar on which the slowest one does. The spans are drawn as many bars ahead as the base line
    /// counts.
    ///
    /// ```text
    /// as ichimoku
    /// ```
    talib.ichimoku: trend, version 1,
    source: "TA-Lib, ICHIMOKU; Goichi Hosoda, Ichimoku Kinko Hyo, 1969",
    fields: [high, low],
    params: {
        tenkan_period: usize = 9 in 2..=1_000_000, aliases [tenkanperiod], "Bars of the turning line.",
        kijun_period: usize = 26 in 2..=1_000_000, aliases [kijunperiod], "Bars of the base line.",
        senkou_b_period: usize = 52 in 2..=1_000_000, aliases [senkoubperiod], "Bars of the slower span.",
    },
    outputs: { tenkansen: Price, kijunsen: Price, senkouspana: Price at + kijun_period, senkouspanb: Price at + kijun_period },
    body: "let turning = 0.5 * (max(high, tenkan_period) + min(low, tenkan_period));
        let base = 0.5 * (max(high, kijun_period) + min(low, kijun_period));
        let slow = 0.5 * (max(high, senkou_b_period) + min(low, senkou_b_period));
        let all = turning == turning and base == base and slow == slow;
        {tenkansen: if(all, turning, turning), kijunsen: if(all, base, base),
        senkouspana: if(all, 0.5 * (turning + base), turning), senkouspanb: if(all, slow, slow)}",
}
