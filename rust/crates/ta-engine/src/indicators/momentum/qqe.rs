//! Quantitative qualitative estimation.

use crate::kernel::declare;

declare! {
    /// A smoothed RSI, and a stop that follows it at some smoothed ranges of its own.
    ///
    /// The stop is the long one while the direction is up (true), first, and the short one while it is down.
    ///
    /// ```text
    /// line  = ema(rsi(x, period), smoothing)
    /// reach = factor * ema(ema(abs(line - line[1]), 2 * period - 1), 2 * period - 1)
    /// long  = greatest(long[1], line - reach) where line and line[1] are above long[1], else line - reach
    /// short = least(short[1], line + reach)   where line and line[1] are below short[1], else line + reach
    /// turns up where line > short[1], down where line < long[1]
    /// ```
    qqe: momentum, version 1,
    source: "Roman Ignatov, QQE, 2005",
    series: [close by source],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Period of the RSI.",
        smoothing: usize = 5 in 1..=1_000_000, aliases [smooth], "Period of the mean of the RSI.",
        factor: f64 = 4.236 in 1e-9..=1e9, "Ranges from the line to the stop.",
    },
    outputs: { line: Percent, stop: Percent, direction: Bool },
    body: |p| {
        let wide = 2 * p.period - 1;
        format!(
            "let line = ema(rsi(close, period), smoothing);
            let before = line[1];
            let reach = factor * ema(ema(abs(line - before), {wide}), {wide});
            let long = if(before > long[1] and line > long[1], greatest(long[1], line - reach), line - reach) from line - reach;
            let short = if(before < short[1] and line < short[1], least(short[1], line + reach), line + reach) from line + reach;
            let direction = if(line > nz(short[1], line + reach), true,
                if(line < nz(long[1], line - reach), false, direction[1])) from true;
            {{line: line, stop: if(direction, long, short), direction: direction}}"
        )
    },
}
