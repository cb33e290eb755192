//! Anchored volume-weighted average price.

use crate::kernel::declare;

declare! {
    /// Mean price since the condition was last true, each weighing as much as was traded.
    ///
    /// Before the condition was ever true it counts from the first bar; the bar on which it is true counts. While
    /// nothing is traded the value is the price.
    ///
    /// ```text
    /// sum(price * volume) / sum(volume), both since `anchor` was last true
    /// ```
    anchored_vwap: volume, version 1,
    aliases: ["avwap"],
    source: "Brian Shannon, Maximum Trading Gains with Anchored VWAP, 2023",
    operands: [anchor is bool, price or hlc3, volume or volume],
    params: {},
    outputs: { value: Price },
    body: "let traded = traded[1] + volume from 0 restart when anchor;
        let mean = if(traded > 0, mean[1] + (price - mean[1]) * (volume / if(traded > 0, traded, 1)), price) from price restart when anchor;
        mean",
}
