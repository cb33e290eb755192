//! Chande momentum oscillator as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Rises less falls of the last `length` changes, in percent of both.
    ///
    /// ```text
    /// 100 * (up - down) / (up + down)
    /// ```
    pine.cmo: momentum, version 1,
    source: "Pine Script v6, ta.cmo",
    series: [close by source],
    params: {
        length: usize = 9 in 1..=1_000_000, aliases [period], "Changes that count.",
    },
    outputs: { value: Percent },
    readiness: by_data,
    body: "let change = close - close[1];
        let up = rolling_sum(greatest(change, 0), length);
        let down = rolling_sum(greatest(0 - change, 0), length);
        100 * ((up - down) / (up + down))",
}
