//! Linear regression channel.

use crate::kernel::declare;

declare! {
    /// End of the line of least squares through the last `period` values, and lines some deviations from it above and below.
    ///
    /// The deviation is that of the values from the line, of a population. Drawn channels show the whole line of the
    /// last window and change with every bar; these are its ends, which stay.
    ///
    /// ```text
    /// middle = linreg(x, period)
    /// upper, lower = middle +/- multiplier * sqrt(mean of squared distances from the line)
    /// ```
    linreg_channel: volatility, version 1,
    source: "Gilbert Raff, Trading the Regression Channel, 1996",
    series: [close],
    params: {
        period: usize = 100 in 2..=100_000, aliases [lookback], "Values that count.",
        multiplier: f64 = 2.0 in 1e-9..=1e9, aliases [mult], "Deviations from the middle to either line.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: |p| {
        // Mean of the squares of the distances of bars from the middle of the window.
        let spread = ((p.period * p.period - 1) as f64) / 12.0;
        format!(
            "let middle = linreg(close, period);
            let whole = rolling_std(close, period);
            let of_line = abs(linreg_slope(close, period)) * {};
            let width = multiplier * sqrt(greatest(0, (whole - of_line) * (whole + of_line)));
            {{upper: middle + width, middle: middle, lower: middle - width}}",
            spread.sqrt()
        )
    },
}
