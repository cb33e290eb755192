//! McGinley Dynamic.

use crate::kernel::declare;

declare! {
    /// Mean that follows price the faster the further price has fallen below it.
    ///
    /// It begins with the first value. A step that overflows is not taken.
    ///
    /// ```text
    /// mcginley = mcginley[1] + (x - mcginley[1]) / (period * (x / mcginley[1]) ** 4)
    /// ```
    mcginley: trend, version 1,
    source: "John R. McGinley, the McGinley Dynamic, Journal of Technical Analysis, 1997",
    series: [close by source],
    params: { period: usize = 14 in 1..=1_000_000, aliases [lookback], "About as many values as are averaged." },
    outputs: { value: Price },
    body: "let line = (let ratio = close / line[1]; let square = ratio * ratio;
        nz(line[1] + (close - line[1]) / (period * (square * square)), line[1])) from close;
        line",
}
