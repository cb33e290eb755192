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
#[path = "candle/recent.rs"]
mod recent;

indicators! {
    trend { sma ema wma kama supertrend psar talib_ema talib_sar; bodies dema talib_ma }
    momentum { rsi macd stochastic; bodies talib_macdext }
    volatility { true_range atr bbands; bodies keltner }
    volume { obv vwap }
    cycle { talib_ht_dcperiod }
    candle {
        cdl_2crows cdl_3blackcrows cdl_3inside cdl_3linestrike cdl_3outside cdl_3starsinsouth cdl_3whitesoldiers
        cdl_abandonedbaby cdl_advanceblock cdl_belthold cdl_breakaway cdl_closingmarubozu cdl_concealbabyswall
        cdl_counterattack cdl_darkcloudcover cdl_doji cdl_dojistar cdl_dragonflydoji cdl_engulfing
        cdl_eveningdojistar cdl_eveningstar cdl_gapsidesidewhite cdl_gravestonedoji cdl_hammer cdl_hangingman
        cdl_harami cdl_haramicross cdl_highwave cdl_hikkake cdl_hikkakemod cdl_homingpigeon cdl_identical3crows
        cdl_inneck cdl_invertedhammer cdl_kicking cdl_kickingbylength cdl_ladderbottom cdl_longleggeddoji
        cdl_longline cdl_marubozu cdl_matchinglow cdl_mathold cdl_morningdojistar cdl_morningstar cdl_onneck
        cdl_piercing cdl_rickshawman cdl_risefall3methods cdl_separatinglines cdl_shootingstar cdl_shortline
        cdl_spinningtop cdl_stalledpattern cdl_sticksandwich cdl_takuri cdl_tasukigap cdl_thrusting cdl_tristar
        cdl_unique3river cdl_upsidegap2crows cdl_xsidegap3methods
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
