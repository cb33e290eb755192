//! McGinley Dynamic, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Mean that follows price the faster the further price has fallen below it.
    ///
    /// It begins with the first value and is given from the `period`-th on.
    ///
    /// ```text
    /// as mcginley
    /// ```
    talib.mcgd: trend, version 1,
    source: "TA-Lib, MCGD; John R. McGinley, the McGinley Dynamic, Journal of Technical Analysis, 1997",
    series: [close by source],
    params: { period: usize = 14 in 2..=1_000_000, aliases [timeperiod], "About as many values as are averaged." },
    outputs: { value: Price },
    body: |p| format!("let line = mcginley(close, period);
        if(line[{0}] == line[{0}], line, line)", p.period - 1),
}
