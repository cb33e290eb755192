//! The list of indicators: one line each, and the file it names.

use crate::kernel::indicators;

#[path = "candle/candles.rs"]
mod candles;
#[path = "event/crossing.rs"]
mod crossing;
#[path = "trend/directional.rs"]
mod directional;
#[path = "math/elementwise.rs"]
mod elementwise;
#[path = "cycle/hilbert.rs"]
mod hilbert;
#[path = "trend/parabolic.rs"]
mod parabolic;
#[path = "candle/recent.rs"]
mod recent;
#[path = "cross_section/ties.rs"]
mod ties;
#[path = "trend/weights.rs"]
mod weights;

indicators! {
    trend {
        sma ema wma kama supertrend psar talib_ema talib_sar sine_wma pwma linreg dmi directional_movement
        talib_sarext mama alma talib_rma;
        bodies dema talib_ma swma super_smoother hwma alligator gator td_sequential atr_trailing_stop
        ttm_trend amat halftrend talib_ht_trendline talib_mavp tema trima t3 talib_t3 talib_dema talib_tema
        midpoint midprice aroon aroon_osc tsf ma adx adxr dx plus_di minus_di plus_dm minus_dm elder_ray
        talib_eri hma qstick vhf vortex talib_vortex vwma zlema talib_zlema talib_supertrend choppiness
        talib_chop choppiness_tr talib_choptr ichimoku talib_ichimoku mcginley talib_mcgd gaussian
        butterworth frama zigzag talib_zigzag vidya talib_vidya pine_supertrend pine_sar pine_alma jma
    }
    momentum {
        rsi macd stochastic rci talib_macd;
        bodies talib_macdext relative_vigor demarker macd_histogram log_return pgo bias laguerre_rsi rsx qqe
        pmo slope momentum roc talib_roc rocp talib_rocp rocr talib_rocr rocr100 talib_rocr100 williams_r
        talib_willr stochf talib_stoch talib_stochf stoch_rsi talib_stochrsi trix talib_trix ultimate
        talib_ultosc bop cmo talib_cmo apo talib_apo ppo talib_ppo talib_macdfix cci ao ac cmo_sum coppock
        dpo efficiency_ratio forecast_osc imi mass_index talib_massi pvo talib_pvo tsi talib_tsi talib_kdj
        kdj smi talib_smi cti cog fisher talib_fisher ibs kst talib_kst talib_kstext connors_rsi wavetrend
        talib_wavetrend derivative_osc talib_dosc premier_stochastic talib_pso inertia swing_index
        accumulative_swing_index stc talib_stc pine_change pine_mom pine_roc pine_macd pine_tsi pine_cmo
        pine_wpr pine_stoch pine_rsi pine_dmi pine_cci
    }
    volatility {
        true_range atr bbands vwap_bands;
        bodies keltner ma_envelope chandelier_exit keltner_width starc fractal_chaos_bands hilo_activator
        historical_volatility ulcer parkinson garman_klass yang_zhang natr talib_natr talib_bbands accbands
        adr chaikin_volatility talib_cvi donchian talib_kc relative_volatility bb_width percent_b
        chande_kroll_stop rogers_satchell relative_volatility_hl squeeze talib_sqzmom talib_bbw
        talib_percentb pine_bb pine_bbw pine_kc pine_kcw pine_tr linreg_channel
    }
    volume {
        obv vwap ad volume_profile;
        bodies anchored_vwap rolling_vwap intraday_intensity volume_osc wvad archer_obv vfi vzo
        elder_volume_weighted_macd mfi talib_mfi adosc talib_adosc cmf force_index talib_efi
        market_facilitation talib_marketfi nvi pvi pvt rvol wad ease_of_movement klinger talib_vwap pine_mfi
        pine_obv pine_pvt pine_accdist pine_wvad pine_iii
    }
    cycle {
        talib_ht_dcperiod msw talib_ht_phasor talib_ht_cycle;
        bodies ebsw detrended_synthetic talib_ht_dcphase talib_ht_sine talib_ht_trendmode high_pass
        high_pass2 band_pass
    }
    candle {
        cdl_2crows cdl_3blackcrows cdl_3inside cdl_3linestrike cdl_3outside cdl_3starsinsouth
        cdl_3whitesoldiers cdl_abandonedbaby cdl_advanceblock cdl_belthold cdl_breakaway cdl_closingmarubozu
        cdl_concealbabyswall cdl_counterattack cdl_darkcloudcover cdl_doji cdl_dojistar cdl_dragonflydoji
        cdl_engulfing cdl_eveningdojistar cdl_eveningstar cdl_gapsidesidewhite cdl_gravestonedoji cdl_hammer
        cdl_hangingman cdl_harami cdl_haramicross cdl_highwave cdl_hikkake cdl_hikkakemod cdl_homingpigeon
        cdl_identical3crows cdl_inneck cdl_invertedhammer cdl_kicking cdl_kickingbylength cdl_ladderbottom
        cdl_longleggeddoji cdl_longline cdl_marubozu cdl_matchinglow cdl_mathold cdl_morningdojistar
        cdl_morningstar cdl_onneck cdl_piercing cdl_rickshawman cdl_risefall3methods cdl_separatinglines
        cdl_shootingstar cdl_shortline cdl_spinningtop cdl_stalledpattern cdl_sticksandwich cdl_takuri
        cdl_tasukigap cdl_thrusting cdl_tristar cdl_unique3river cdl_upsidegap2crows cdl_xsidegap3methods
    }
    statistic {
        rolling_sum rolling_mean rolling_median rolling_std rolling_ema rolling_rma max min rolling_argmax
        rolling_argmin percentile rolling_rank mode skew linreg_slope mean_abs_dev covariance kurtosis
        cum_sum percent_rank hurst;
        bodies range standard_error zscore entropy cum_max cum_min linear_decay exp_decay drawdown sharpe
        sortino rolling_count value_at_risk variance talib_var talib_stddev minmax minmaxindex
        talib_maxindex talib_minindex talib_minmaxindex beta talib_beta correlation talib_correl
        linreg_intercept linreg_angle pine_highest pine_lowest pine_max pine_min pine_cum pine_stdev
        pine_variance pine_linreg pine_percentile_linear_interpolation pine_percentile_nearest_rank
        pine_highestbars pine_lowestbars
    }
    pattern {
        previous_high_low opening_range;
        bodies pivot_high pivot_low inside_bar swing_points swing_high_at swing_low_at fib_leg
        fib_retracement central_pivot_range pivot_points fractals talib_fractal
    }
    event {
        crossup crossdown cross ready fixnan time_of_day day_of_week;
        bodies rising_pct falling_pct in_channel out_channel enter_channel exit_channel divergence
        pine_crossover pine_crossunder pine_cross pine_rising pine_falling session
    }
    price {
        ;
        bodies upper_wick lower_wick bar_range open_high_low_close_mean median_price typical_price
        weighted_close heikin_ashi
    }
    cross_section {
        ;
        across rank cs_zscore demean scale top quantile_of cs_sum cs_mean cs_count;
        bodies advance_decline mcclellan_osc mcclellan_sum trin new_highs_lows percent_above_ma
    }
    math {
        abs signum sqrt log exp floor ceil round greatest least nz if_else barssince valuewhen acos asin
        atan cos cosh log10 sin sinh tan tanh;
        bodies talib_add talib_sub talib_mult talib_div
    }
}
