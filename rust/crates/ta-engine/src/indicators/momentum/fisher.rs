//! Fisher Transform.

use crate::kernel::declare;

declare! {
    /// Where the bars' middles are in their range of the last bars, averaged and stretched so that extremes stand out.
    ///
    /// Both recursions begin at 0; the averaged place is kept between −0.999 and 0.999. Without range the place is the
    /// middle.
    ///
    /// ```text
    /// m      = (high + low) / 2
    /// x      = (m - min(m, period)) / (max(m, period) - min(m, period)) - 0.5
    /// v      = 0.66 * x + 0.67 * v[1]
    /// fisher = 0.5 * log((1 + v) / (1 - v)) + 0.5 * fisher[1]
    /// signal = fisher[1]
    /// ```
    fisher: momentum, version 1,
    source: "John F. Ehlers, Using the Fisher Transform, Stocks & Commodities, 2002",
    fields: [high, low],
    params: { period: usize = 9 in 1..=1_000_000, aliases [lookback], "Bars that count." },
    outputs: { fisher: Number, signal: Number },
    body: "let middle = 0.5 * (high + low);
        let bottom = min(middle, period);
        let span = max(middle, period) - bottom;
        let place = if(span == 0, 0, (middle - bottom) / span - 0.5);
        let smooth = least(greatest(0.66 * place + 0.67 * smooth[1], -0.999), 0.999) from 0;
        let line = 0.5 * log((1 + smooth) / (1 - smooth)) + 0.5 * line[1] from 0;
        {fisher: line, signal: line[1]}",
}
