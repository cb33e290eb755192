//! Volume-weighted average price, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Mean of the bars' typical prices, each weighing as much as was traded, since the first bar.
    ///
    /// While nothing is traded it is 0.
    ///
    /// ```text
    /// vwap = sum((high + low + close) / 3 * volume) / sum(volume)
    /// ```
    talib.vwap: volume, version 1,
    source: "TA-Lib, VWAP",
    fields: [high, low, close, volume],
    params: {},
    outputs: { value: Price },
    body: "if(cum_sum(volume) == 0, 0, vwap(high=high, low=low, close=close, volume=volume))",
}
