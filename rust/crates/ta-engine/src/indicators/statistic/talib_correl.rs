//! TA-Lib's CORREL.

use crate::kernel::declare;

declare! {
    /// Pearson's correlation of the last `period` pairs; 0 where `x` or `y` stood still, where `correlation` is not ready.
    talib.correl: statistic, version 1,
    source: "TA-Lib, CORREL",
    operands: [x, y],
    params: {
        period: usize = 30 in 1..=100_000, aliases [timeperiod], "Pairs that count.",
    },
    outputs: { value: Number },
    body: "let pairs = covariance(x, y, period);
        let both = sqrt(pairs.variance_x) * sqrt(pairs.variance_y);
        if(both == 0, 0, greatest(-1, least(1, pairs.covariance / both)))",
}
