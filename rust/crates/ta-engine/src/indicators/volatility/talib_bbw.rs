//! Bollinger Band Width, as TA-Lib has it.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// Distance between Bollinger Bands around a mean of the kind that is chosen, in percent of it.
    ///
    /// A middle of nothing gives 0.
    ///
    /// ```text
    /// bbw = 100 * (upper - lower) / middle
    /// ```
    talib.bbw: volatility, version 1,
    source: "TA-Lib, BBW; John Bollinger, Bollinger on Bollinger Bands, 2001",
    series: [close by source],
    params: {
        period: usize = 20 in 2..=1_000_000, aliases [timeperiod], "Values that count.",
        deviations_up: f64 = 2.0 in -1e9..=1e9, aliases [nbdevup], "Standard deviations from the middle to the upper band.",
        deviations_down: f64 = 2.0 in -1e9..=1e9, aliases [nbdevdn], "Standard deviations from the middle to the lower band.",
        matype: MaType = "sma", "Kind of the middle.",
    },
    outputs: { value: Percent },
    body: "let middle = talib.ma(close, period, matype);
        let width = rolling_std(close, period);
        let top = middle + deviations_up * width;
        let bottom = middle - deviations_down * width;
        if(middle == 0, 0, 100 * ((top - bottom) / middle))",
}
