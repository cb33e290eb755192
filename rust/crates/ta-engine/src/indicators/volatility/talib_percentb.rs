//! %b, as TA-Lib has it.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Where a value is between Bollinger Bands around a mean of the kind that is chosen: 0 on the lower, 1 on the upper one.
    ///
    /// Bands that meet give 0.5.
    ///
    /// ```text
    /// percentb = (x - lower) / (upper - lower)
    /// ```
    talib.percentb: volatility, version 1,
    source: "TA-Lib, PERCENTB; John Bollinger, Bollinger on Bollinger Bands, 2001",
    series: [close by source],
    params: {
        period: usize = 20 in 2..=1_000_000, aliases [timeperiod], "Values that count.",
        deviations_up: f64 = 2.0 in -1e9..=1e9, aliases [nbdevup], "Standard deviations from the middle to the upper band.",
        deviations_down: f64 = 2.0 in -1e9..=1e9, aliases [nbdevdn], "Standard deviations from the middle to the lower band.",
        matype: MaType = "sma", "Kind of the middle.",
    },
    outputs: { value: Number },
    body: "let middle = talib.ma(close, period, matype);
        let width = rolling_std(close, period);
        let top = middle + deviations_up * width;
        let bottom = middle - deviations_down * width;
        if(top == bottom, 0.5, (close - bottom) / (top - bottom))",
}
