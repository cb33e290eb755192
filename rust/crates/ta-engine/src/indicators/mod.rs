//! The list of indicators: one line each, and the file it names.

use crate::kernel::indicators;

#[path = "candle/candles.rs"]
mod candles;
#[path = "event/crossing.rs"]
mod crossing;
#[path = "math/elementwise.rs"]
mod elementwise;
#[path = "trend/parabolic.rs"]
mod parabolic;

indicators! {
    trend { sma ema wma kama supertrend psar talib_ema talib_sar; bodies dema talib_ma }
    momentum { rsi macd stochastic; bodies talib_macdext }
    volatility { true_range atr bbands; bodies keltner }
    volume { obv vwap }
    cycle { talib_ht_dcperiod }
    candle { talib_cdl_doji talib_cdl_engulfing talib_cdl_eveningstar talib_cdl_hammer talib_cdl_morningstar }
    statistic {
        rolling_sum rolling_mean rolling_median rolling_std rolling_ema rolling_rma max min rolling_argmax rolling_argmin
    }
    pattern {; bodies pivot_high pivot_low }
    event { crossup crossdown cross ready fixnan }
    math {
        abs signum sqrt log exp floor ceil round greatest least nz if_else barssince valuewhen
    }
}
