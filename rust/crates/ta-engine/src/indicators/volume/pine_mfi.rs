//! Money flow index as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Relative strength of sums of values that rose or fell, each times what was traded.
    ///
    /// ```text
    /// up = rolling_sum(volume * x where x > x[1], length)   down likewise
    /// 100 - 100 / (1 + up / down)
    /// ```
    pine.mfi: volume, version 1,
    source: "Pine Script v6, ta.mfi",
    series: [hlc3 by source, volume],
    params: {
        length: usize = 14 in 1..=1_000_000, aliases [period], "Changes that count.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let change = hlc3 - hlc3[1];
        let up = rolling_sum(if(change > 0, volume * hlc3, 0), length);
        let down = rolling_sum(if(change < 0, volume * hlc3, 0), length);
        100 * (up / (up + down))",
}
