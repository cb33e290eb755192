//! Standard score.

use crate::kernel::declare;

declare! {
    /// How many standard deviations a value is from the mean of the last `period`.
    ///
    /// A window without movement gives 0. With `ddof` 1 the deviation is that of a sample, as in pandas; with 0 a score
    /// of 2 is at the upper band of `bbands(x, period, 2)`.
    ///
    /// ```text
    /// zscore = (x - sma(x, period)) / (rolling_std(x, period) * sqrt(period / (period - ddof)))
    /// ```
    zscore: statistic, version 1,
    source: "The standard score",
    series: [close by source],
    params: {
        period: usize = 30 in 2..=1_000_000, aliases [lookback], "Values that count.",
        ddof: usize = 0 in 0..=1, "What is taken from the number of values for the deviation.",
    },
    outputs: { value: Number },
    body: |p| {
        // The deviation of a sample is greater by this.
        let share = ((p.period - p.ddof) as f64 / p.period as f64).sqrt();
        format!("let deviation = rolling_std(close, period); if(deviation == 0, 0, (close - sma(close, period)) / deviation * {share})")
    },
}
