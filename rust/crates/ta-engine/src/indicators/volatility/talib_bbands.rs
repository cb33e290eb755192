//! TA-Lib's BBANDS.

use crate::indicators::trend::talib_ma::MaType;
use crate::kernel::declare;

declare! {
    /// A mean of any kind and bands some population standard deviations above and below it, each its own number.
    ///
    /// `bbands` has one number for both and its mean is the plain one. The default period is that of TA-Lib since 0.8; before it was 5.
    ///
    /// ```text
    /// middle = talib.ma(x, period, matype)
    /// upper  = middle + nbdevup * rolling_std(x, period)     lower = middle - nbdevdn * rolling_std(x, period)
    /// ```
    talib.bbands: volatility, version 1,
    source: "TA-Lib, BBANDS",
    series: [close],
    params: {
        period: usize = 20 in 1..=100_000, aliases [timeperiod], "Values that count.",
        nbdevup: f64 = 2.0 in -1e9..=1e9, "Standard deviations from the middle to the upper band.",
        nbdevdn: f64 = 2.0 in -1e9..=1e9, "Standard deviations from the middle to the lower band.",
        matype: MaType = "sma", "Kind of the mean.",
    },
    outputs: { upper: Price, middle: Price, lower: Price },
    body: "let middle = talib.ma(close, period, matype);
        let deviation = rolling_std(close, period);
        {upper: middle + nbdevup * deviation, middle: middle, lower: middle - nbdevdn * deviation}",
}
