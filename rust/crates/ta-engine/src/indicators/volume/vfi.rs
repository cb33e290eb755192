//! Volume flow index.

use crate::kernel::declare;

declare! {
    /// Volumes of the last bars that moved, with the sign of the move and cut to a multiple of the mean, over that mean.
    ///
    /// A bar has moved where its typical price changed by more than `coefficient` times the deviation of the last 30
    /// logarithmic returns, of the close. The mean of volumes is that of the `period` bars before. Without volume it is
    /// 0. It is not smoothed.
    ///
    /// ```text
    /// cutoff = coefficient * rolling_std(log(typical / typical[1]), 30) * close
    /// flow   = least(volume, volume_coefficient * mean) * (1 where typical - typical[1] > cutoff, -1 where < -cutoff, else 0)
    /// vfi    = rolling_sum(flow, period) / mean
    /// ```
    vfi: volume, version 1,
    source: "Markos Katsanos, Volume Flow Indicator, Stocks and Commodities, 2004",
    fields: [high, low, close, volume],
    params: {
        period: usize = 130 in 1..=1_000_000, aliases [lookback], "Bars that are summed.",
        coefficient: f64 = 0.2 in 0.0..=1e9, aliases [coef], "Deviations that a move has to exceed.",
        volume_coefficient: f64 = 2.5 in 1e-9..=1e9, aliases [vcoef], "Means of volumes at which a volume is cut.",
    },
    outputs: { value: Number },
    readiness: by_data,
    body: "let typical = (high + low + close) / 3;
        let change = typical - typical[1];
        let cutoff = coefficient * rolling_std(log(typical / typical[1]), 30) * close;
        let mean = sma(volume, period)[1];
        let cut = least(volume, volume_coefficient * mean);
        let flow = rolling_sum(if(change > cutoff, cut, if(change < 0 - cutoff, 0 - cut, 0)), period);
        flow / if(mean == 0, 1, mean)",
}
