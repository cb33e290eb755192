//! TA-Lib's CMO.

use crate::kernel::declare;

declare! {
    /// Upward less downward movement as a share of all movement, both averaged as in `rsi`; from -100 to 100, 0 before anything moves.
    ///
    /// `cmo` is Chande's own, of plain sums.
    ///
    /// ```text
    /// cmo = 2 * rsi(x, period) - 100
    /// ```
    talib.cmo: momentum, version 1,
    source: "TA-Lib, CMO",
    series: [close],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [timeperiod], "Changes that are averaged.",
    },
    outputs: { value: Percent },
    body: "2 * rsi(close, period) - 100",
}
