//! TA-Lib's BETA.

use crate::kernel::declare;

declare! {
    /// Slope of the line through the last `period` pairs of one-bar returns, of `y` for those of `x`; 0 where `x` stood still. A return
    /// from 0 is 0.
    talib.beta: statistic, version 1,
    source: "TA-Lib, BETA",
    operands: [x, y],
    params: {
        period: usize = 5 in 1..=100_000, aliases [timeperiod], "Returns that count.",
    },
    outputs: { value: Number },
    body: "let a = if(x[1] == 0, 0, (x - x[1]) / x[1]);
        let b = if(y[1] == 0, 0, (y - y[1]) / y[1]);
        let pairs = covariance(a, b, period);
        if(pairs.variance_x == 0, 0, pairs.covariance / pairs.variance_x)",
}
