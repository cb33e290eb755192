"""The witnesses of indicators that are made of others: a naive formula of each, by its definition."""

from __future__ import annotations

import math

import numpy as np

from tests.parity import formulas as f
from tests.parity import studies as s
from tests.parity.witness import REAL, WHOLE, Bars, Column, Witness, body, formula


def hl(b: Bars) -> tuple[Column, Column]:
    return b["high"], b["low"]


def hlc(b: Bars) -> tuple[Column, Column, Column]:
    return b["high"], b["low"], b["close"]


def ohlc(b: Bars) -> tuple[Column, Column, Column, Column]:
    return b["open"], b["high"], b["low"], b["close"]


def hlcv(b: Bars) -> tuple[Column, Column, Column, Column]:
    return *hlc(b), b["volume"]


def rising(b: Bars) -> np.ndarray:
    return b["close"] > b["open"]


def returns(b: Bars) -> Column:
    return b["close"] / s.ago(b["close"], 1) - 1


RETURNS = "close / close[1] - 1"
# Where nothing moves there are no swings.
WITH_SWINGS = tuple(name for name in (*REAL, *WHOLE) if name not in ("flat", "flat_cents"))
# Where prices stand still, a comparison of what is equal but for rounding says nothing.
MOVING = tuple(name for name in (*REAL, *WHOLE) if name not in ("flat", "flat_cents", "ties"))

STUDIES: dict[str, list[Witness]] = {
    "rising_pct": [
        formula("rising_pct(close, 1)", lambda b: s.truth((p := s.ago(b["close"], 1)) * 1.01 <= b["close"], p)),
        formula("rising_pct(pct=0)", lambda b: s.truth((p := s.ago(b["close"], 1)) <= b["close"], p)),
    ],
    "falling_pct": [
        formula("falling_pct(close, 1)", lambda b: s.truth((p := s.ago(b["close"], 1)) * 0.99 >= b["close"], p)),
    ],
    "hurst": [
        formula("hurst(close / close[1] - 1, 20, 3)", lambda b: s.late(returns(b), lambda x: s.hurst(x, 20, 3))),
        formula("hurst(volume, 30)", lambda b: s.hurst(b["volume"], 30, 4)),
    ],
    "volume_profile": [
        formula("volume_profile(20, 10)", lambda b: s.volume_profile(b["high"], b["low"], b["volume"], 20, 10, 0.7)),
        formula("volume_profile(7, 24, 0.5)", lambda b: s.volume_profile(b["high"], b["low"], b["volume"], 7, 24, 0.5)),
    ],
    "jma": [
        formula("jma(close)", lambda b: s.jurik(b["close"], 7, 0.0)),
        formula("jma(close, 30, 60)", lambda b: s.jurik(b["close"], 30, 60.0)),
        formula("jma(close, 2, -100)", lambda b: s.jurik(b["close"], 2, -100.0)),
    ],
    "in_channel": [
        formula("in_channel(open, close, low)", lambda b: (b["low"] <= b["open"]) & (b["open"] <= b["close"])),
    ],
    "out_channel": [
        formula("out_channel(open, close, low)", lambda b: b["open"] > b["close"]),
    ],
    "enter_channel": [
        formula("enter_channel(open, close, low)", lambda b: s.moved_in(b["open"], b["close"], b["low"], inwards=True)),
    ],
    "exit_channel": [
        formula("exit_channel(open, close, low)", lambda b: s.moved_in(b["open"], b["close"], b["low"], inwards=False)),
    ],
    "divergence": [
        formula("divergence(close, volume, 3, 2, 20)", lambda b: s.divergence(b["close"], b["volume"], 3, 2, 20)),
        formula("divergence(low, high, 1, 1)", lambda b: s.divergence(b["low"], b["high"], 1, 1, 60)),
    ],
    "inside_bar": [
        formula(
            "inside_bar()",
            lambda b: s.truth((b["high"] < (h := s.ago(b["high"], 1))) & (b["low"] > s.ago(b["low"], 1)), h),
        ),
    ],
    "swing_points": [
        formula("swing_points(2, 2)", lambda b: s.swings(*hl(b), 2, 2), markets=WITH_SWINGS),
        formula("swing_points(3, 1)", lambda b: s.swings(*hl(b), 3, 1), markets=WITH_SWINGS),
    ],
    "swing_high_at": [
        formula("swing_high_at(2, 2, 3)", lambda b: s.latest(s.swings(*hl(b), 2, 3)[0], 2), markets=WITH_SWINGS),
    ],
    "swing_low_at": [
        formula("swing_low_at(1, 2, 2)", lambda b: s.latest(s.swings(*hl(b), 2, 2)[1], 1), markets=WITH_SWINGS),
    ],
    "fib_leg": [
        formula("fib_leg(2, 2)", lambda b: s.leg(*hl(b), 2, 2), markets=WITH_SWINGS),
        formula("fib_leg(1, 1)", lambda b: s.leg(*hl(b), 1, 1), markets=WITH_SWINGS),
    ],
    "fib_retracement": [
        formula("fib_retracement(2, 2)", lambda b: s.retracements(*hl(b), 2, 2), markets=WITH_SWINGS),
    ],
    "upper_wick": [
        formula("upper_wick()", lambda b: b["high"] - np.maximum(b["open"], b["close"])),
    ],
    "lower_wick": [
        formula("lower_wick()", lambda b: np.minimum(b["open"], b["close"]) - b["low"]),
    ],
    "bar_range": [
        formula("bar_range()", lambda b: b["high"] - b["low"]),
    ],
    "range": [
        formula("range(close, 20)", lambda b: f.over_windows(b["close"], 20, lambda w: max(w) - min(w))),
    ],
    "standard_error": [
        formula("standard_error(close, 20)", lambda b: f.deviation(b["close"], 20) / np.sqrt(20)),
    ],
    "zscore": [
        formula("zscore(close, 20)", lambda b: s.standard_score(b["close"], 20, 0), relative=1e-9),
        formula("zscore(volume, 5, 1)", lambda b: s.standard_score(b["volume"], 5, 1), relative=1e-9),
    ],
    "entropy": [
        formula("entropy(close, 10, 2)", lambda b: s.entropy(b["close"], 10, 2)),
        formula("entropy(hl2, 5, 10)", lambda b: s.entropy((b["high"] + b["low"]) / 2, 5, 10)),
    ],
    "cum_max": [
        formula("cum_max(close)", lambda b: np.maximum.accumulate(b["close"])),
    ],
    "cum_min": [
        formula("cum_min(low)", lambda b: np.minimum.accumulate(b["low"])),
    ],
    "linear_decay": [
        formula("linear_decay(close, 5)", lambda b: s.decay(b["close"], 5, linear=True)),
    ],
    "exp_decay": [
        formula("exp_decay(close, 5)", lambda b: s.decay(b["close"], 5, linear=False)),
    ],
    "drawdown": [
        formula("drawdown(close)", lambda b: 100 * (1 - b["close"] / np.maximum.accumulate(b["close"])), relative=1e-9),
    ],
    "sharpe": [
        formula(f"sharpe({RETURNS}, 30, 252)", lambda b: s.sharpe(returns(b), 30, 252), relative=1e-9),
    ],
    "sortino": [
        formula(f"sortino({RETURNS}, 20, 365)", lambda b: s.sortino(returns(b), 20, 365), relative=1e-9),
    ],
    "rolling_count": [
        formula("rolling_count(close > open, 10)", lambda b: f.rolling_sum((b["close"] > b["open"]) * 1.0, 10)),
    ],
    "swma": [
        formula("swma(close)", lambda b: s.symmetric(b["close"])),
    ],
    "super_smoother": [
        formula("super_smoother(close, 20, 2)", lambda b: s.super_smoother(b["close"], 20, 2), relative=1e-11),
        formula("super_smoother(close, 10, 3)", lambda b: s.super_smoother(b["close"], 10, 3), relative=1e-11),
    ],
    "hwma": [
        formula("hwma(close, 0.2, 0.1, 0.1)", lambda b: s.holt_winters(b["close"], 0.2, 0.1, 0.1)),
        formula("hwma(close, 0.5, 0.3, 0.9)", lambda b: s.holt_winters(b["close"], 0.5, 0.3, 0.9), relative=1e-11),
    ],
    "alligator": [
        formula("alligator()", lambda b: tuple(f.rma((b["high"] + b["low"]) / 2, n) for n in (13, 8, 5))),
    ],
    "gator": [
        formula("gator()", lambda b: s.gator((b["high"] + b["low"]) / 2)),
    ],
    "td_sequential": [
        formula("td_sequential(9, 13)", lambda b: s.sequential(b["close"], *hl(b), 9, 13)),
        formula("td_sequential(2, 3)", lambda b: s.sequential(b["close"], *hl(b), 2, 3)),
    ],
    "atr_trailing_stop": [
        formula("atr_trailing_stop(10, 1)", lambda b: s.trailing_stop(*hlc(b), 10, 1.0), markets=MOVING),
        formula("atr_trailing_stop(14, 3)", lambda b: s.trailing_stop(*hlc(b), 14, 3.0), markets=MOVING),
    ],
    "ttm_trend": [
        formula("ttm_trend(6)", lambda b: s.truth(b["close"] > (m := f.mean(0.5 * (b["high"] + b["low"]), 6)), m)),
    ],
    "amat": [
        formula("amat(close, 8, 21, 2)", lambda b: s.archer(b["close"], 8, 21, 2), markets=MOVING),
    ],
    "halftrend": [
        formula("halftrend(2, 2, 10)", lambda b: s.half_trend(*hlc(b), 2, 2.0, 10)),
        formula("halftrend(4, 1, 20)", lambda b: s.half_trend(*hlc(b), 4, 1.0, 20)),
    ],
    "ma_envelope": [
        formula("ma_envelope(close, 20, 2.5)", lambda b: s.envelope(f.mean(b["close"], 20), 2.5)),
        formula("ma_envelope(close, 9, 1, 'ema')", lambda b: s.envelope(f.ema(b["close"], 9), 1)),
        formula("ma_envelope(close, 9, 1, 'wma')", lambda b: s.envelope(f.weighted_mean(b["close"], 9), 1)),
    ],
    "chandelier_exit": [
        formula("chandelier_exit(22, 3)", lambda b: s.chandelier(*hlc(b), 22, 3.0, ratchet=False)),
        formula(
            "chandelier_exit(5, 1, 'ratchet')", lambda b: s.chandelier(*hlc(b), 5, 1.0, ratchet=True), markets=MOVING
        ),
        formula(
            "chandelier_exit(5, 2, 'raw', 'close')",
            lambda b: (
                f.greatest(b["close"], 5) - 2 * s.atr(*hlc(b), 5),
                f.least(b["close"], 5) + 2 * s.atr(*hlc(b), 5),
            ),
        ),
    ],
    "keltner_width": [
        body("keltner_width(20, 10, 2)", "2 * 2 * atr(10) / ema(close, 20)"),
        formula("keltner_width(5, 14, 1)", lambda b: 2 * s.atr(*hlc(b), 14) / f.ema(b["close"], 5)),
    ],
    "starc": [
        formula("starc(6, 15, 2)", lambda b: s.around(f.mean(b["close"], 6), 2 * s.atr(*hlc(b), 15))),
    ],
    "fractal_chaos_bands": [
        formula(
            "fractal_chaos_bands(2)",
            lambda b: tuple(s.latest(side, 1) for side in s.swings(*hl(b), 2, 2)),
            markets=WITH_SWINGS,
        ),
    ],
    "hilo_activator": [
        formula("hilo_activator(13, 21)", lambda b: s.hilo(*hlc(b), 13, 21)),
        formula("hilo_activator(3, 3)", lambda b: s.hilo(*hlc(b), 3, 3)),
    ],
    "historical_volatility": [
        formula(
            "historical_volatility(close, 20, 252)",
            lambda b: 100 * np.sqrt(252) * s.sample_deviation(s.log_return(b["close"]), 20),
        ),
    ],
    "ulcer": [
        formula("ulcer(close, 14)", lambda b: s.ulcer(b["close"], 14), relative=1e-9),
    ],
    "parkinson": [
        formula(
            "parkinson(20, 252)",
            lambda b: 100 * np.sqrt(252 * f.mean(np.log(b["high"] / b["low"]) ** 2, 20) / (4 * np.log(2))),
        ),
    ],
    "garman_klass": [
        formula("garman_klass(20, 252)", lambda b: s.garman_klass(*ohlc(b), 20, 252), relative=1e-9),
    ],
    "yang_zhang": [
        formula("yang_zhang(20, 252)", lambda b: s.yang_zhang(*ohlc(b), 20, 252), relative=1e-9),
    ],
    "relative_vigor": [
        formula("relative_vigor(10)", lambda b: s.vigor(*ohlc(b), 10)),
    ],
    "demarker": [
        formula("demarker(14)", lambda b: s.demarker(*hl(b), 14)),
    ],
    "macd_histogram": [
        formula("macd_histogram(close, 5, 12, 4)", lambda b: f.macd(b["close"], 5, 12, 4)[2], relative=1e-9),
    ],
    "log_return": [
        formula("log_return(close, 3)", lambda b: s.log_return(b["close"], 3)),
    ],
    "pgo": [
        formula(
            "pgo(14)",
            lambda b: s.over(b["close"] - f.mean(b["close"], 14), f.ema(f.true_range(*hlc(b)), 14), 0),
            relative=1e-9,
        ),
    ],
    "bias": [
        formula("bias(close, 26)", lambda b: 100 * (b["close"] / f.mean(b["close"], 26) - 1), relative=1e-9),
    ],
    "laguerre_rsi": [
        formula("laguerre_rsi(close, 0.5)", lambda b: s.laguerre(b["close"], 0.5), markets=MOVING, relative=1e-9),
        formula("laguerre_rsi(close, 0.8)", lambda b: s.laguerre(b["close"], 0.8), markets=MOVING, relative=1e-9),
    ],
    "rsx": [
        formula("rsx(close, 14)", lambda b: s.rsx(b["close"], 14), relative=1e-9),
        formula("rsx(close, 3)", lambda b: s.rsx(b["close"], 3), relative=1e-9),
    ],
    "qqe": [
        formula("qqe(close, 14, 5, 4.236)", lambda b: s.qqe(b["close"], 14, 5, 4.236), markets=MOVING, relative=1e-9),
        formula("qqe(close, 6, 3, 1)", lambda b: s.qqe(b["close"], 6, 3, 1.0), markets=MOVING, relative=1e-9),
    ],
    "pmo": [
        formula("pmo(close, 35, 20, 10)", lambda b: s.price_momentum(b["close"], 35, 20, 10), relative=1e-9),
    ],
    "slope": [
        formula("slope(close, 3)", lambda b: (b["close"] - s.ago(b["close"], 3)) / 3),
    ],
    "anchored_vwap": [
        formula(
            "anchored_vwap(close > open)",
            lambda b: s.weighted_since(b["close"] > b["open"], sum(hlc(b)) / 3, b["volume"]),
        ),
        formula(
            "anchored_vwap(high > 2 * low, close)",
            lambda b: s.weighted_since(b["high"] > 2 * b["low"], b["close"], b["volume"]),
        ),
    ],
    "rolling_vwap": [
        formula("rolling_vwap(14)", lambda b: s.weighted_by_volume(sum(hlc(b)) / 3, b["volume"], 14)),
    ],
    "intraday_intensity": [
        formula(
            "intraday_intensity()",
            lambda b: s.over(b["volume"] * (2 * b["close"] - b["high"] - b["low"]), b["high"] - b["low"], 0),
        ),
    ],
    "volume_osc": [
        formula(
            "volume_osc(5, 12)",
            lambda b: 100 * s.over(f.mean(b["volume"], 5) - (m := f.mean(b["volume"], 12)), m, 0),
        ),
    ],
    "wvad": [
        formula("wvad()", lambda b: s.over(b["volume"] * (b["close"] - b["open"]), b["high"] - b["low"], 0)),
    ],
    "archer_obv": [
        formula("archer_obv(4, 12, 2)", lambda b: s.archer_volume(b["close"], b["volume"]), markets=MOVING),
    ],
    "vfi": [
        formula("vfi(30)", lambda b: s.volume_flow(*hlcv(b), 30), markets=MOVING, relative=1e-9),
    ],
    "vzo": [
        formula("vzo(14)", lambda b: s.volume_zone(b["close"], b["volume"], 14)),
    ],
    "elder_volume_weighted_macd": [
        formula(
            "elder_volume_weighted_macd(5, 12, 4)",
            lambda b: s.volume_macd(b["close"], b["volume"], 5, 12, 4),
            near_zero=1e-10,
        ),
    ],
    "ebsw": [
        formula("ebsw(close, 40, 10)", lambda b: s.even_better_sine(b["close"], 40, 10), relative=1e-9),
        formula("ebsw(close, 15, 4)", lambda b: s.even_better_sine(b["close"], 15, 4), relative=1e-9),
    ],
    "detrended_synthetic": [
        formula(
            "detrended_synthetic(hl2, 40)",
            lambda b: f.ema((m := (b["high"] + b["low"]) / 2), 10) - f.ema(m, 20),
        ),
    ],
    "percentile": [
        formula("percentile(close, 20, 25)", lambda b: s.percentile(b["close"], 20, 25, "linear")),
        formula("percentile(volume, 7, 90)", lambda b: s.percentile(b["volume"], 7, 90, "linear")),
        formula("percentile(close, 20, 3, 'hazen')", lambda b: s.percentile(b["close"], 20, 3, "hazen")),
        formula("percentile(close, 20, 33, 'nearest')", lambda b: s.percentile(b["close"], 20, 33, "inverted_cdf")),
    ],
    "rolling_rank": [
        formula("rolling_rank(close, 20)", lambda b: s.mean_rank(b["close"], 20)),
        formula("rolling_rank(volume, 1)", lambda b: s.mean_rank(b["volume"], 1)),
    ],
    "mode": [
        formula("mode(close, 20)", lambda b: s.most_frequent(b["close"], 20)),
        formula("mode(open, 3)", lambda b: s.most_frequent(b["open"], 3)),
    ],
    "skew": [
        formula("skew(close, 20)", lambda b: s.skewness(b["close"], 20, of_sample=False), relative=1e-9),
        formula("skew(volume, 5, 'sample')", lambda b: s.skewness(b["volume"], 5, of_sample=True), relative=1e-9),
    ],
    "value_at_risk": [
        formula(
            f"value_at_risk({RETURNS}, 50, 0.9)",
            lambda b: -s.late(returns(b), lambda x: s.percentile(x, 50, 10, "linear")),
            relative=1e-9,
        ),
    ],
    "rci": [
        formula("rci(close, 10)", lambda b: s.rank_correlation(b["close"], 10)),
        formula("rci(volume, 3)", lambda b: s.rank_correlation(b["volume"], 3)),
    ],
    "sine_wma": [
        formula(
            "sine_wma(close, 14)", lambda b: s.weighted(b["close"], [math.sin(math.pi * i / 15) for i in range(1, 15)])
        ),
    ],
    "pwma": [
        formula("pwma(close, 10)", lambda b: s.weighted(b["close"], [math.comb(9, i) for i in range(10)])),
        formula("pwma(close, 1)", lambda b: b["close"]),
    ],
    "msw": [
        formula("msw(close, 5)", lambda b: s.phase_sine(b["close"], 5), markets=MOVING, relative=1e-8),
        formula("msw(volume, 12)", lambda b: s.phase_sine(b["volume"], 12), markets=MOVING, relative=1e-8),
    ],
    "vwap_bands": [
        formula("vwap_bands('first', 2)", lambda b: s.weighted_bands(*hlcv(b), 2.0), relative=1e-11),
    ],
    "linreg_channel": [
        formula("linreg_channel(close, 20, 2)", lambda b: s.regression_channel(b["close"], 20, 2.0), relative=1e-8),
    ],
}
