//! RSX.

use crate::kernel::declare;

declare! {
    /// Relative strength of smoothed changes, from 0 to 100.
    ///
    /// Changes and their sizes are smoothed alike, three times by the same filter of two exponential means, which
    /// begins with 0. Where the sizes are less than 1e-12 of the value it is 50.
    ///
    /// ```text
    /// smooth(v) = 1.5 * a - 0.5 * b, where a = a[1] + f * (v - a[1]), b = b[1] + f * (a - b[1]), f = 3 / (period + 2)
    /// rsx = 50 + 50 * smooth(smooth(smooth(x - x[1]))) / smooth(smooth(smooth(abs(x - x[1]))))
    /// ```
    rsx: momentum, version 1,
    source: "The published reading of Mark Jurik's RSX",
    series: [close by source],
    params: {
        period: usize = 14 in 1..=1_000_000, aliases [lookback], "Sets the weight of the newest change.",
    },
    outputs: { value: Percent },
    body: |p| {
        let weight = 3.0 / (p.period as f64 + 2.0);
        format!(
            "let smooth(v) = (
                let a = a[1] + {weight} * (v - a[1]) from 0;
                let b = b[1] + {weight} * (a - b[1]) from 0;
                1.5 * a - 0.5 * b);
            let change = close - close[1];
            let moved = smooth(smooth(smooth(change)));
            let all = smooth(smooth(smooth(abs(change))));
            if(all <= abs(close) * 1e-12, 50, greatest(0, least(100, 50 + 50 * (moved / all))))"
        )
    },
}
