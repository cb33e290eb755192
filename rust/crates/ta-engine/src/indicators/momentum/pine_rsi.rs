//! Relative strength index as in Pine Script.

use crate::kernel::declare;

declare! {
    /// Share of rises in all movement by Wilder's means, from 0 to 100; without falls 100.
    ///
    /// ```text
    /// 100 - 100 / (1 + pine.rma(rises, length) / pine.rma(falls, length))
    /// ```
    pine.rsi: momentum, version 1,
    source: "Pine Script v6, ta.rsi",
    series: [close by source],
    params: {
        length: usize = 14 in 1..=1_000_000, aliases [period], "Changes that are averaged.",
    },
    outputs: { value: Percent },
    body: "let change = close - close[1];
        let down = pine.rma(greatest(0 - change, 0), length);
        if(down == 0, 100, rsi(close, length))",
}
