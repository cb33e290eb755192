//! The list of indicators: one line each, and the file it names.

use crate::kernel::indicators;

#[path = "event/crossing.rs"]
mod crossing;
#[path = "math/elementwise.rs"]
mod elementwise;

indicators! {
    trend { sma ema wma supertrend talib_ema; bodies dema talib_ma }
    momentum { rsi macd stochastic; bodies talib_macdext }
    volatility { true_range atr bbands; bodies keltner }
    volume { obv }
    statistic {
        rolling_sum rolling_mean rolling_std rolling_ema rolling_rma max min rolling_argmax rolling_argmin
    }
    event { crossup crossdown cross }
    math {
        abs signum sqrt log exp floor ceil round greatest least nz if_else barssince valuewhen
    }
}
