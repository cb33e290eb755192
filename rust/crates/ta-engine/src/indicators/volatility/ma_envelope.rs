//! Envelope of a mean.

use crate::kernel::{choice, declare};

choice! {
    /// The mean in the middle.
    Average {
        /// Plain mean.
        Sma "sma",
        /// Exponential mean.
        Ema "ema",
        /// Linearly weighted mean.
        Wma "wma",
    }
}

declare! {
    /// A mean, and lines some percent above and below it.
    ///
    /// ```text
    /// middle = sma(x, period), or another mean
    /// upper, lower = middle * (1 +/- percent / 100)
    /// ```
    ma_envelope: volatility, version 1,
    aliases: ["envelope"],
    source: "Bands by percentages of a moving average",
    series: [close by source],
    params: {
        period: usize = 20 in 1..=1_000_000, aliases [lookback], "Values that count.",
        percent: f64 = 2.5 in 1e-9..=1e9, "Percent from the middle to either line.",
        average: Average = "sma", aliases [ma], "Kind of the mean.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: |p| {
        let mean = match p.average {
            Average::Sma => "sma",
            Average::Ema => "ema",
            Average::Wma => "wma",
        };
        format!(
            "let middle = {mean}(close, period);
            let width = middle * (percent / 100);
            {{upper: middle + width, middle: middle, lower: middle - width}}"
        )
    },
}
