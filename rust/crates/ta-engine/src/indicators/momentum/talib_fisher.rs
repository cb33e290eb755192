//! Fisher Transform, as TA-Lib has it.

use crate::kernel::declare;

declare! {
    /// Where the bars' middles are in their range of the last bars, averaged and stretched so that extremes stand out.
    ///
    /// Beyond 0.99 the averaged place is 0.999; the trigger begins at 0 with the first value.
    ///
    /// ```text
    /// as fisher
    /// ```
    talib.fisher: momentum, version 1,
    source: "TA-Lib, FISHER; John F. Ehlers, Using the Fisher Transform, Stocks & Commodities, 2002",
    fields: [high, low],
    params: { period: usize = 10 in 2..=1_000_000, aliases [timeperiod], "Bars that count." },
    outputs: { fisher: Number, trigger: Number },
    body: "let middle = 0.5 * (high + low);
        let bottom = min(middle, period);
        let span = max(middle, period) - bottom;
        let place = if(span == 0, 0, (middle - bottom) / span - 0.5);
        let smooth = (let next = 0.66 * place + 0.67 * smooth[1]; if(next > 0.99, 0.999, if(next < -0.99, -0.999, next))) from 0;
        let line = 0.5 * log((1 + smooth) / (1 - smooth)) + 0.5 * line[1] from 0;
        {fisher: line, trigger: if(line == line, nz(line[1], 0), 0)}",
}
