//! Fractal chaos bands.

use crate::kernel::declare;

declare! {
    /// The latest high, and the latest low, that none of the bars around it reaches.
    ///
    /// Swings are those of `swing_points(period, period)`.
    ///
    /// ```text
    /// upper = swing_high_at(1, period, period)
    /// lower = swing_low_at(1, period, period)
    /// ```
    fractal_chaos_bands: volatility, version 1,
    source: "Edward W. Dreiss, fractal bands after Bill Williams, Trading Chaos, 1995",
    fields: [high, low],
    params: {
        period: usize = 2 in 1..=100_000, "Bars on either side of a fractal.",
    },
    outputs: { upper: Price, lower: Price },
    readiness: by_data,
    body: "{upper: swing_high_at(1, period, period), lower: swing_low_at(1, period, period)}",
}
