//! Williams' fractals, as TA-Lib has them.

use crate::kernel::declare;

declare! {
    /// 100 on the bar that confirms a high above, or a low below, all of the bars to both sides, else 0.
    ///
    /// Of equal highs or lows none is one. The bar that is meant is `right` bars back.
    talib.fractal: pattern, version 1,
    source: "TA-Lib, FRACTAL; Bill Williams, Trading Chaos, 1995",
    fields: [high, low],
    params: {
        left: usize = 2 in 1..=1_000_000, aliases [leftbars], "Bars before it.",
        right: usize = 2 in 1..=1_000_000, aliases [rightbars], "Bars after it, which confirm it.",
    },
    outputs: { swinghigh: Number at - right, swinglow: Number at - right },
    body: |p| {
        let behind = p.right + 1;
        format!(
            "let top = greatest(max(high, right), max(high, left)[{behind}]);
            let bottom = least(min(low, right), min(low, left)[{behind}]);
            {{swinghigh: if(high[right] > top, 100, 0), swinglow: if(low[right] < bottom, 100, 0)}}"
        )
    },
}
