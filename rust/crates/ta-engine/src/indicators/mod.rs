//! The list of indicators: one line each, and the file it names.

use crate::kernel::indicators;

#[path = "candle/candles.rs"]
mod candles;
#[path = "candle/recent.rs"]
mod recent;
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
    candle {
        talib_cdl_2crows talib_cdl_3blackcrows talib_cdl_3inside talib_cdl_3linestrike talib_cdl_3outside
        talib_cdl_3starsinsouth talib_cdl_3whitesoldiers talib_cdl_abandonedbaby talib_cdl_advanceblock
        talib_cdl_belthold talib_cdl_breakaway talib_cdl_closingmarubozu talib_cdl_concealbabyswall
        talib_cdl_counterattack talib_cdl_darkcloudcover talib_cdl_doji talib_cdl_dojistar
        talib_cdl_dragonflydoji talib_cdl_engulfing talib_cdl_eveningdojistar talib_cdl_eveningstar
        talib_cdl_gapsidesidewhite talib_cdl_gravestonedoji talib_cdl_hammer talib_cdl_hangingman
        talib_cdl_harami talib_cdl_haramicross talib_cdl_highwave talib_cdl_hikkake talib_cdl_hikkakemod
        talib_cdl_homingpigeon talib_cdl_identical3crows talib_cdl_inneck talib_cdl_invertedhammer
        talib_cdl_kicking talib_cdl_kickingbylength talib_cdl_ladderbottom talib_cdl_longleggeddoji
        talib_cdl_longline talib_cdl_marubozu talib_cdl_matchinglow talib_cdl_mathold talib_cdl_morningdojistar
        talib_cdl_morningstar talib_cdl_onneck talib_cdl_piercing talib_cdl_rickshawman
        talib_cdl_risefall3methods talib_cdl_separatinglines talib_cdl_shootingstar talib_cdl_shortline
        talib_cdl_spinningtop talib_cdl_stalledpattern talib_cdl_sticksandwich talib_cdl_takuri
        talib_cdl_tasukigap talib_cdl_thrusting talib_cdl_tristar talib_cdl_unique3river
        talib_cdl_upsidegap2crows talib_cdl_xsidegap3methods
    }
    statistic {
        rolling_sum rolling_mean rolling_median rolling_std rolling_ema rolling_rma max min rolling_argmax rolling_argmin
    }
    pattern {; bodies pivot_high pivot_low }
    event { crossup crossdown cross ready fixnan }
    math {
        abs signum sqrt log exp floor ceil round greatest least nz if_else barssince valuewhen
    }
}
