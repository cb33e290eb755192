"""The witnesses of every indicator: none shares code with it, and the table names just those of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import talib as c

from tests.parity import formulas as f
from tests.parity.calendar_witnesses import CALENDAR
from tests.parity.cross_section_witnesses import CROSS_SECTION
from tests.parity.patterns import patterns
from tests.parity.pine_witnesses import PINE
from tests.parity.study_witnesses import STUDIES
from tests.parity.talib_additions import ADDITIONS
from tests.parity.talib_crate import CRATE
from tests.parity.witness import (
    REAL,
    WHOLE,
    Bars,
    Column,
    TaLib,
    Values,
    Witness,
    body,
    exact,
    formula,
    pynecore,
    talib,
)


def hlc(b: Bars) -> tuple[Column, Column, Column]:
    return b["high"], b["low"], b["close"]


def ohlc(b: Bars) -> tuple[Column, Column, Column, Column]:
    return b["open"], b["high"], b["low"], b["close"]


def begun(numbers: Column, bars: int) -> Column:
    """TA-Lib's integers are zeros before the first that it looks for."""
    return np.where(np.arange(len(numbers)) < bars, np.nan, numbers)


def age(index: Column, period: int) -> Column:
    """TA-Lib gives the row of an extreme; ours is how many bars ago it was."""
    ages = np.arange(len(index)) - index.astype(float)
    ages[: period - 1] = np.nan
    return ages


def rising(b: Bars) -> np.ndarray:
    return b["close"] > b["open"]


# TA-Lib's numbers of the kinds of means.
MATYPES = {
    "sma": 0,
    "ema": 1,
    "wma": 2,
    "dema": 3,
    "tema": 4,
    "trima": 5,
    "kama": 6,
    "mama": 7,
    "t3": 8,
    "hma": 9,
    "zlema": 12,
    "rma": 13,
}


def average(b: Bars, period: int, matype: int) -> Column:
    return c.MA(b["close"], period, matype)


def difference(b: Bars, fast: int, slow: int, signal: int, kinds: list[str]) -> tuple[Column, Column, Column]:
    of = [MATYPES[kind] for kind in kinds]
    return c.MACDEXT(b["close"], fast, of[0], slow, of[1], signal, of[2])


def of_phases(rule: str, of: Callable[[Bars], Values], **heard: Any) -> list[Witness]:
    """What follows from the angle of two sums of prices around a circle, in which the prices themselves cancel out.

    Where a market hardly moves over a cycle (a millionth, in some nights of the currency) the sums are as small, and
    have as many digits less than prices have: the order in which they are added up is seen in the angle.
    """
    return [
        TaLib(rule=rule, of=of, markets=("aapl_1d", "walk", "gaps"), relative=1e-10, near_zero=1e-11, **heard),
        TaLib(rule=rule, of=of, markets=("eurusd_1h",), near_zero=5e-9, **heard),
    ]


# Of equals TA-Lib and PyneCore take another one than we do; with volume in the last digits no two are equal.
UNLIKE = "close + volume / 1e15"

# Without markets that stand still, where TA-Lib has other values than ours or none.
GROWING = tuple(name for name in WHOLE if name not in ("flat", "flat_cents", "ties"))

# Patterns are exact: 100 is no 80.
INTEGERS: dict[str, Any] = {"relative": 0.0, "near_zero": 0.0}

CANDLES = patterns("cdl_")

WITNESSES: dict[str, list[Witness]] = {
    **CANDLES,
    **patterns("talib.cdl_"),
    **ADDITIONS,
    **CRATE,
    "sma": [
        exact("sma(close, 20)"),
        exact("sma(close, 1)", 1.0),
        exact("sma(3, 'volume')"),
        formula("sma(close, 20)", lambda b: f.mean(b["close"], 20)),
        talib("sma(close, 20)", lambda b: c.SMA(b["close"], 20)),
        pynecore("sma(close, 20)", "sma"),
    ],
    "ema": [
        exact("ema(close, 12)", 1.0),
        exact("ema(high, 3)", 1.0),
        formula("ema(close, 12)", lambda b: f.ema(b["close"], 12)),
        talib("ema(close, 12)", lambda b: c.EMA(b["close"], 12), seeds_differ=True),
        pynecore("ema(close, 12)", "ema", seeds_differ=True),
    ],
    "wma": [
        exact("wma(close, 10)"),
        formula("wma(close, 10)", lambda b: f.weighted_mean(b["close"], 10)),
        talib("wma(close, 20)", lambda b: c.WMA(b["close"], 20)),
        pynecore("wma(close, 10)", "wma"),
    ],
    "talib.sma": [
        formula("talib.sma(close)", lambda b: f.mean(b["close"], 30)),
        talib("talib.sma(close, 10)", lambda b: c.SMA(b["close"], 10)),
    ],
    "talib.wma": [
        formula("talib.wma(close)", lambda b: f.weighted_mean(b["close"], 30)),
        talib("talib.wma(close, timeperiod=20)", lambda b: c.WMA(b["close"], 20)),
    ],
    "talib.kama": [
        formula("talib.kama(close)", lambda b: f.adaptive_mean(b["close"], 30, 2, 30)),
        talib("talib.kama(close)", lambda b: c.KAMA(b["close"]), ready_alike=True),
    ],
    "talib.ema": [
        formula("talib.ema(close, 12)", lambda b: f.exponential(b["close"], 2 / 13, seed=12)),
        talib("talib.ema(close, 12)", lambda b: c.EMA(b["close"], 12)),
    ],
    "dema": [
        formula("dema(close, 9)", lambda b: 2 * (m := f.ema(b["close"], 9)) - f.ema(m, 9)),
        talib("dema(close, 9)", lambda b: c.DEMA(b["close"], 9), seeds_differ=True),
    ],
    "talib.ma": [
        talib(f"talib.ma(close, {period}, '{name}')", partial(average, period=period, matype=matype))
        for name, matype in MATYPES.items()
        for period in (1, 10, 13)
    ],
    "talib.macdext": [
        talib(
            f"talib.macdext(close, {fast}, '{kinds[0]}', {slow}, '{kinds[1]}', {signal}, '{kinds[2]}')",
            partial(difference, fast=fast, slow=slow, signal=signal, kinds=kinds),
            near_zero=1e-9,
        )
        for fast, slow, signal, *kinds in (
            (12, 26, 9, "sma", "sma", "sma"),
            (7, 12, 5, "kama", "kama", "ema"),
            (5, 12, 4, "ema", "ema", "ema"),
            (12, 5, 4, "ema", "dema", "wma"),
            (5, 12, 1, "wma", "t3", "tema"),
            (10, 12, 3, "trima", "tema", "trima"),
            (5, 12, 3, "kama", "sma", "ema"),
        )
    ],
    "keltner": [
        formula("keltner(20, 10, 2)", lambda b: f.keltner(*hlc(b), 20, 10, 2.0)),
        formula("keltner(5, 14, 1.5)", lambda b: f.keltner(*hlc(b), 5, 14, 1.5)),
    ],
    "rsi": [
        exact("rsi(close, 14)"),
        exact("rsi(hlc3, 5)"),
        formula("rsi(close, 14)", lambda b: f.rsi(b["close"], 14)),
        talib("rsi(close, 14)", lambda b: c.RSI(b["close"], 14)),
        talib("rsi(hlc3, 5)", lambda b: c.RSI(sum(hlc(b)) / 3, 5), relative=1e-8),
        pynecore("rsi(close, 5)", "rsi"),
    ],
    "macd": [
        exact("macd(close, 12, 26, 9)", 3.0),
        formula("macd(close, 12, 26, 9)", lambda b: f.macd(b["close"], 12, 26, 9)),
        talib("macd(close, 5, 12, 4)", lambda b: c.MACD(b["close"], 5, 12, 4), seeds_differ=True),
        pynecore("macd(close, 5, 12, 4)", "macd_macd", "macd_signal", "macd_histogram", seeds_differ=True),
    ],
    "stochastic": [
        exact("stochastic(14, 3)", 1.7),
        exact("stochastic(5, 3, 3)", 1.7),
        formula("stochastic(14, 3)", lambda b: f.stochastic(*hlc(b), 14, 3, 1)),
        formula("stochastic(5, 3, 3)", lambda b: f.stochastic(*hlc(b), 5, 3, 3)),
        talib("stochastic(14, 3)", lambda b: c.STOCH(*hlc(b), 14, 1, 0, 3, 0)),
        talib("stochastic(5, 3, 3)", lambda b: c.STOCH(*hlc(b), 5, 3, 0, 3, 0)),
        pynecore("stochastic(14, 3)", "stochastic_k", "stochastic_d"),
        body("stochastic(14, 3).k", "100 * (close - min(low, 14)) / (max(high, 14) - min(low, 14))", markets=REAL),
    ],
    "true_range": [
        exact("true_range()", 1.0),
        formula("true_range()", lambda b: f.true_range(*hlc(b))),
        talib("true_range()", lambda b: c.TRANGE(*hlc(b))),
        pynecore("true_range()", "true_range"),
    ],
    "atr": [
        exact("atr(14)"),
        formula("atr(14)", lambda b: f.wilder(f.true_range(*hlc(b)), 14)),
        talib("atr(14)", lambda b: c.ATR(*hlc(b), 14), seeds_differ=True),
        pynecore("atr(5)", "atr"),
    ],
    "bbands": [
        exact("bbands(close, 20, 2)", 2.5),
        formula("bbands(close, 20, 2)", lambda b: f.bands(b["close"], 20, 2.0)),
        talib("bbands(close, 20, 2)", lambda b: c.BBANDS(b["close"], 20, 2.0, 2.0)),
        pynecore("bbands(close, 20, 2)", "bbands_upper", "bbands_middle", "bbands_lower"),
    ],
    "supertrend": [
        formula("supertrend(10, 3)", lambda b: f.supertrend(*hlc(b), 10, 3.0)),
        formula("supertrend(3, 1)", lambda b: f.supertrend(*hlc(b), 3, 1.0)),
        pynecore("supertrend(10, 3)", "supertrend_supertrend", "supertrend_direction"),
    ],
    "psar": [
        formula("psar(0.02, 0.02, 0.2)", lambda b: f.parabolic_stop(b["high"], b["low"], 0.02, 0.02, 0.2)),
        formula("psar(0.1, 0.05, 0.5)", lambda b: f.parabolic_stop(b["high"], b["low"], 0.1, 0.05, 0.5)),
    ],
    "talib.sar": [
        formula("talib.sar(0.02, 0.2)", lambda b: f.talib_parabolic_stop(b["high"], b["low"], 0.02, 0.2)),
        talib("talib.sar(0.02, 0.2)", lambda b: c.SAR(b["high"], b["low"], 0.02, 0.2), *WHOLE, ready_alike=True),
        talib("talib.sar(0.3, 0.1)", lambda b: c.SAR(b["high"], b["low"], 0.3, 0.1), *WHOLE, ready_alike=True),
    ],
    "kama": [
        formula("kama(close, 10, 2, 30)", lambda b: f.adaptive_mean(b["close"], 10, 2, 30)),
        formula("kama(hl2, 3, 1, 5)", lambda b: f.adaptive_mean((b["high"] + b["low"]) / 2, 3, 1, 5)),
        talib("kama(close, 30)", lambda b: c.KAMA(b["close"], 30), ready_alike=True),
        talib("kama(close, 10)", lambda b: c.KAMA(b["close"], 10), ready_alike=True),
    ],
    "talib.ht_dcperiod": [
        formula("talib.ht_dcperiod(close)", lambda b: f.dominant_period(b["close"])),
        talib("talib.ht_dcperiod(close)", lambda b: c.HT_DCPERIOD(b["close"]), ready_alike=True),
    ],
    "cdl_doji": [formula("cdl_doji()", lambda b: f.doji(ohlc(b)), **INTEGERS), *CANDLES["cdl_doji"]],
    "cdl_engulfing": [
        formula("cdl_engulfing()", lambda b: f.engulfing(ohlc(b)), **INTEGERS),
        *CANDLES["cdl_engulfing"],
    ],
    "cdl_eveningstar": [
        formula("cdl_eveningstar(0.3)", lambda b: f.star(ohlc(b), 0.3, is_morning=False), **INTEGERS),
        *CANDLES["cdl_eveningstar"],
    ],
    "cdl_hammer": [formula("cdl_hammer()", lambda b: f.hammer(ohlc(b)), **INTEGERS), *CANDLES["cdl_hammer"]],
    "cdl_morningstar": [
        formula("cdl_morningstar(0.3)", lambda b: f.star(ohlc(b), 0.3, is_morning=True), **INTEGERS),
        *CANDLES["cdl_morningstar"],
    ],
    "obv": [
        formula("obv()", lambda b: f.on_balance_volume(b["close"], b["volume"])),
        talib("obv()", lambda b: c.OBV(b["close"], b["volume"])),
        pynecore("obv() - obv()[1]", "obv_change"),
    ],
    "vwap": [
        formula("vwap()", lambda b: f.volume_weighted(*hlc(b), b["volume"])),
    ],
    "rolling_sum": [
        exact("rolling_sum(close, 30)"),
        formula("rolling_sum(close, 30)", lambda b: f.rolling_sum(b["close"], 30)),
        talib("rolling_sum(close, 30)", lambda b: c.SUM(b["close"], 30)),
        pynecore("rolling_sum(close, 30)", "rolling_sum"),
    ],
    "rolling_mean": [
        exact("rolling_mean(volume, 10)"),
        formula("rolling_mean(volume, 10)", lambda b: f.mean(b["volume"], 10)),
        talib("rolling_mean(volume, 7)", lambda b: c.SMA(b["volume"], 7)),
        pynecore("rolling_mean(volume, 10)", "rolling_mean"),
    ],
    "rolling_median": [
        formula("rolling_median(close, 15)", lambda b: f.median(b["close"], 15)),
        formula("rolling_median(volume, 8)", lambda b: f.median(b["volume"], 8)),
        pynecore("rolling_median(close, 15)", "rolling_median"),
    ],
    "rolling_std": [
        exact("rolling_std(close, 20)"),
        formula("rolling_std(close, 20)", lambda b: f.deviation(b["close"], 20)),
        talib("rolling_std(close, 20)", lambda b: c.STDDEV(b["close"], 20), relative=1e-6),
        pynecore("rolling_std(close, 20)", "rolling_std", relative=1e-8),
    ],
    "rolling_ema": [
        exact("rolling_ema(close, 9)", 1.0),
        formula("rolling_ema(close, 9)", lambda b: f.ema(b["close"], 9)),
        talib("rolling_ema(close, 9)", lambda b: c.EMA(b["close"], 9), seeds_differ=True),
        pynecore("rolling_ema(close, 9)", "rolling_ema", seeds_differ=True),
    ],
    "rolling_rma": [
        exact("rolling_rma(close, 14)", 1.0),
        formula("rolling_rma(close, 14)", lambda b: f.rma(b["close"], 14)),
        pynecore("rolling_rma(close, 5)", "rolling_rma", seeds_differ=True),
    ],
    "max": [
        exact("max(high, 20)"),
        formula("max(high, 20)", lambda b: f.greatest(b["high"], 20)),
        talib("max(high, 20)", lambda b: c.MAX(b["high"], 20)),
        pynecore("max(high, 20)", "max"),
    ],
    "min": [
        exact("min(low, 20)"),
        formula("min(low, 20)", lambda b: f.least(b["low"], 20)),
        talib("min(low, 20)", lambda b: c.MIN(b["low"], 20)),
        pynecore("min(low, 20)", "min"),
    ],
    "rolling_argmax": [
        exact("rolling_argmax(high, 20)"),
        formula("rolling_argmax(high, 20)", lambda b: f.bars_since_greatest(b["high"], 20)),
        talib(f"rolling_argmax({UNLIKE}, 20)", lambda b: age(c.MAXINDEX(b["close"] + b["volume"] / 1e15, 20), 20)),
        pynecore(f"rolling_argmax({UNLIKE}, 20)", "rolling_argmax"),
    ],
    "rolling_argmin": [
        exact("rolling_argmin(low, 15)"),
        formula("rolling_argmin(low, 15)", lambda b: f.bars_since_least(b["low"], 15)),
        talib(f"rolling_argmin({UNLIKE}, 20)", lambda b: age(c.MININDEX(b["close"] + b["volume"] / 1e15, 20), 20)),
        pynecore(f"rolling_argmin({UNLIKE}, 20)", "rolling_argmin"),
    ],
    "tema": [
        formula("tema(close, 9)", lambda b: f.triple_mean(b["close"], 9)),
        talib("tema(close, 9)", lambda b: c.TEMA(b["close"], 9), seeds_differ=True),
    ],
    "trima": [
        formula("trima(close, 13)", lambda b: f.late(f.mean(f.mean(b["close"], 7)[6:], 7), 6)),
        talib("trima(close, 13)", lambda b: c.TRIMA(b["close"], 13)),
        talib("trima(close, 8)", lambda b: c.TRIMA(b["close"], 8)),
    ],
    "talib.trima": [
        formula("talib.trima(close)", lambda b: f.late(f.mean(f.mean(b["close"], 15)[14:], 16), 14)),
        talib("talib.trima(close)", lambda b: c.TRIMA(b["close"])),
    ],
    "t3": [
        formula("t3(close, 4, 0.6)", lambda b: f.tillson(b["close"], 4, 0.6, seed=1)),
        talib("t3(close, 3, 0.7)", lambda b: c.T3(b["close"], 3, 0.7), seeds_differ=True),
    ],
    "talib.t3": [
        formula("talib.t3(close, 4, 0.6)", lambda b: f.tillson(b["close"], 4, 0.6, seed=4)),
        talib("talib.t3(close)", lambda b: c.T3(b["close"])),
        talib("talib.t3(close, 8, vfactor=0.2)", lambda b: c.T3(b["close"], 8, 0.2)),
    ],
    "talib.dema": [
        formula("talib.dema(close, 9)", lambda b: 2 * (m := f.seeded_mean(b["close"], 9)) - f.seeded_mean(m, 9)),
        talib("talib.dema(close)", lambda b: c.DEMA(b["close"])),
        talib("talib.dema(close, 9)", lambda b: c.DEMA(b["close"], 9)),
    ],
    "talib.tema": [
        formula("talib.tema(close, 9)", lambda b: f.triple_mean(b["close"], 9, seed=9)),
        talib("talib.tema(close)", lambda b: c.TEMA(b["close"])),
        talib("talib.tema(close, 9)", lambda b: c.TEMA(b["close"], 9)),
    ],
    "ma": [
        body(f"ma(close, 10, '{kind}')", f"{kind}(close, 10)")
        for kind in ("sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3")
    ],
    "midpoint": [
        formula("midpoint(close, 14)", lambda b: (f.greatest(b["close"], 14) + f.least(b["close"], 14)) / 2),
        talib("midpoint(close, 14)", lambda b: c.MIDPOINT(b["close"], 14)),
    ],
    "midprice": [
        formula("midprice(9)", lambda b: (f.greatest(b["high"], 9) + f.least(b["low"], 9)) / 2),
        talib("midprice(9)", lambda b: c.MIDPRICE(b["high"], b["low"], 9)),
    ],
    "aroon": [
        formula("aroon(14)", lambda b: f.aroon(b["high"], b["low"], 14)),
        talib("aroon(14)", lambda b: c.AROON(b["high"], b["low"], 14)),
    ],
    "aroon_osc": [
        formula("aroon_osc(14)", lambda b: f.aroon(b["high"], b["low"], 14)[1] - f.aroon(b["high"], b["low"], 14)[0]),
        talib("aroon_osc(14)", lambda b: c.AROONOSC(b["high"], b["low"], 14)),
    ],
    "momentum": [
        formula("momentum(close, 10)", lambda b: b["close"] - f.ago(b["close"], 10)),
        talib("momentum(close, 10)", lambda b: c.MOM(b["close"], 10)),
    ],
    "roc": [
        formula("roc(close, 10)", lambda b: 100 * (b["close"] / f.ago(b["close"], 10) - 1), near_zero=1e-10),
        talib("roc(close, 10)", lambda b: c.ROC(b["close"], 10), near_zero=1e-10),
    ],
    "rocp": [
        formula("rocp(close, 10)", lambda b: b["close"] / f.ago(b["close"], 10) - 1, near_zero=1e-10),
        talib("rocp(close, 10)", lambda b: c.ROCP(b["close"], 10), near_zero=1e-10),
    ],
    "rocr": [
        formula("rocr(close, 10)", lambda b: b["close"] / f.ago(b["close"], 10)),
        talib("rocr(close, 10)", lambda b: c.ROCR(b["close"], 10)),
    ],
    "rocr100": [
        formula("rocr100(close, 10)", lambda b: 100 * (b["close"] / f.ago(b["close"], 10))),
        talib("rocr100(close, 10)", lambda b: c.ROCR100(b["close"], 10)),
    ],
    "williams_r": [
        formula("williams_r(14)", lambda b: f.stochastic(*hlc(b), 14, 1, 1)[0] - 100, near_zero=1e-11),
        talib("williams_r(14)", lambda b: c.WILLR(*hlc(b), 14)),
    ],
    "bop": [
        formula("bop()", lambda b: f.balance_of_power(*ohlc(b))),
        talib("bop()", lambda b: c.BOP(*ohlc(b))),
    ],
    "adx": [
        formula("adx(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["adx"]),
        talib("adx(3)", lambda b: c.ADX(*hlc(b), 3), seeds_differ=True),
    ],
    "adxr": [
        formula("adxr(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["adxr"]),
        talib("adxr(3)", lambda b: c.ADXR(*hlc(b), 3), seeds_differ=True),
    ],
    "dx": [
        formula("dx(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["dx"]),
        talib("dx(3)", lambda b: c.DX(*hlc(b), 3), seeds_differ=True),
    ],
    "plus_di": [
        formula("plus_di(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["plus_di"]),
        talib("plus_di(3)", lambda b: c.PLUS_DI(*hlc(b), 3), seeds_differ=True),
    ],
    "minus_di": [
        formula("minus_di(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["minus_di"]),
        talib("minus_di(3)", lambda b: c.MINUS_DI(*hlc(b), 3), seeds_differ=True),
    ],
    "plus_dm": [
        formula("plus_dm(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["plus_dm"]),
        talib("plus_dm(9)", lambda b: c.PLUS_DM(b["high"], b["low"], 9), seeds_differ=True),
    ],
    "minus_dm": [
        formula("minus_dm(9)", lambda b: f.directional(*hlc(b), 9, talib=False)["minus_dm"]),
        talib("minus_dm(9)", lambda b: c.MINUS_DM(b["high"], b["low"], 9), seeds_differ=True),
    ],
    "cci": [
        formula("cci(14)", lambda b: f.channel_index(*hlc(b), 14), near_zero=1e-9),
        talib("cci(14)", lambda b: c.CCI(*hlc(b), 14), near_zero=1e-9),
    ],
    "linreg": [
        formula("linreg(close, 14)", lambda b: f.regression(b["close"], 14)[0]),
        talib("linreg(close, 14)", lambda b: c.LINEARREG(b["close"], 14)),
    ],
    "tsf": [
        formula("tsf(close, 14)", lambda b: sum(f.regression(b["close"], 14))),
        talib("tsf(close, 14)", lambda b: c.TSF(b["close"], 14)),
    ],
    "linreg_slope": [
        formula("linreg_slope(close, 14)", lambda b: f.regression(b["close"], 14)[1]),
        talib("linreg_slope(close, 14)", lambda b: c.LINEARREG_SLOPE(b["close"], 14), near_zero=1e-9),
    ],
    "linreg_intercept": [
        formula(
            "linreg_intercept(close, 14)",
            lambda b: f.regression(b["close"], 14)[0] - 13 * f.regression(b["close"], 14)[1],
        ),
        talib("linreg_intercept(close, 14)", lambda b: c.LINEARREG_INTERCEPT(b["close"], 14)),
    ],
    "linreg_angle": [
        formula("linreg_angle(close, 14)", lambda b: np.degrees(np.arctan(f.regression(b["close"], 14)[1]))),
        talib("linreg_angle(close, 14)", lambda b: c.LINEARREG_ANGLE(b["close"], 14), near_zero=1e-9),
    ],
    "open_high_low_close_mean": [
        formula("open_high_low_close_mean()", lambda b: sum(ohlc(b)) / 4),
        talib("open_high_low_close_mean()", lambda b: c.AVGPRICE(*ohlc(b))),
    ],
    "median_price": [
        formula("median_price()", lambda b: (b["high"] + b["low"]) / 2),
        talib("median_price()", lambda b: c.MEDPRICE(b["high"], b["low"])),
    ],
    "typical_price": [
        formula("typical_price()", lambda b: sum(hlc(b)) / 3),
        talib("typical_price()", lambda b: c.TYPPRICE(*hlc(b))),
    ],
    "weighted_close": [
        formula("weighted_close()", lambda b: (b["high"] + b["low"] + 2 * b["close"]) / 4),
        talib("weighted_close()", lambda b: c.WCLPRICE(*hlc(b))),
    ],
    "acos": [
        talib(
            "acos((close - open) / close)",
            lambda b: c.ACOS((b["close"] - b["open"]) / b["close"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "asin": [
        talib(
            "asin((close - open) / close)",
            lambda b: c.ASIN((b["close"] - b["open"]) / b["close"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "atan": [
        talib(
            "atan(close / open)", lambda b: c.ATAN(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True
        ),
    ],
    "cos": [
        talib("cos(close / open)", lambda b: c.COS(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True),
    ],
    "cosh": [
        talib(
            "cosh(close / open)", lambda b: c.COSH(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True
        ),
    ],
    "sin": [
        talib("sin(close / open)", lambda b: c.SIN(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True),
    ],
    "sinh": [
        talib(
            "sinh(close / open)", lambda b: c.SINH(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True
        ),
    ],
    "tan": [
        talib("tan(close / open)", lambda b: c.TAN(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True),
    ],
    "tanh": [
        talib(
            "tanh(close / open)", lambda b: c.TANH(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True
        ),
    ],
    "log10": [
        talib("log10(volume + 1)", lambda b: c.LOG10(b["volume"] + 1), "tiny", "huge", "splits", ready_alike=True),
    ],
    "minmax": [
        formula("minmax(close, 30)", lambda b: (f.least(b["close"], 30), f.greatest(b["close"], 30))),
        talib("minmax(close, 30)", lambda b: c.MINMAX(b["close"], 30)),
    ],
    "ad": [
        formula("ad()", lambda b: f.accumulation(*hlc(b), b["volume"])),
        talib("ad()", lambda b: c.AD(*hlc(b), b["volume"])),
    ],
    "talib.midpoint": [
        formula("talib.midpoint(close, 14)", lambda b: (f.greatest(b["close"], 14) + f.least(b["close"], 14)) / 2),
        talib("talib.midpoint(close, 14)", lambda b: c.MIDPOINT(b["close"], 14)),
    ],
    "talib.midprice": [
        formula("talib.midprice(9)", lambda b: (f.greatest(b["high"], 9) + f.least(b["low"], 9)) / 2),
        talib("talib.midprice(9)", lambda b: c.MIDPRICE(b["high"], b["low"], 9)),
    ],
    "talib.aroon": [
        formula("talib.aroon(14)", lambda b: f.aroon(b["high"], b["low"], 14)),
        talib("talib.aroon(14)", lambda b: c.AROON(b["high"], b["low"], 14)),
    ],
    "talib.aroonosc": [
        formula(
            "talib.aroonosc(14)", lambda b: f.aroon(b["high"], b["low"], 14)[1] - f.aroon(b["high"], b["low"], 14)[0]
        ),
        talib("talib.aroonosc(14)", lambda b: c.AROONOSC(b["high"], b["low"], 14)),
    ],
    "talib.mom": [
        formula("talib.mom(close, 10)", lambda b: b["close"] - f.ago(b["close"], 10)),
        talib("talib.mom(close, 10)", lambda b: c.MOM(b["close"], 10)),
    ],
    "talib.roc": [
        formula("talib.roc(close, 10)", lambda b: 100 * (b["close"] / f.ago(b["close"], 10) - 1), near_zero=1e-10),
        talib("talib.roc(close, 10)", lambda b: c.ROC(b["close"], 10), near_zero=1e-10),
    ],
    "talib.rocp": [
        formula("talib.rocp(close, 10)", lambda b: b["close"] / f.ago(b["close"], 10) - 1, near_zero=1e-10),
        talib("talib.rocp(close, 10)", lambda b: c.ROCP(b["close"], 10), near_zero=1e-10),
    ],
    "talib.rocr": [
        formula("talib.rocr(close, 10)", lambda b: b["close"] / f.ago(b["close"], 10)),
        talib("talib.rocr(close, 10)", lambda b: c.ROCR(b["close"], 10)),
    ],
    "talib.rocr100": [
        formula("talib.rocr100(close, 10)", lambda b: 100 * (b["close"] / f.ago(b["close"], 10))),
        talib("talib.rocr100(close, 10)", lambda b: c.ROCR100(b["close"], 10)),
    ],
    "talib.willr": [
        formula("talib.willr(14)", lambda b: f.stochastic(*hlc(b), 14, 1, 1)[0] - 100, near_zero=1e-11, markets=REAL),
        talib("talib.willr(14)", lambda b: c.WILLR(*hlc(b), 14), *WHOLE, ready_alike=True),
    ],
    "talib.bop": [
        formula("talib.bop()", lambda b: f.balance_of_power(*ohlc(b))),
        talib("talib.bop()", lambda b: c.BOP(*ohlc(b))),
    ],
    "talib.adx": [
        formula("talib.adx(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["adx"]),
        talib("talib.adx(9)", lambda b: c.ADX(*hlc(b), 9)),
    ],
    "talib.adxr": [
        formula("talib.adxr(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["adxr"]),
        talib("talib.adxr(9)", lambda b: c.ADXR(*hlc(b), 9)),
    ],
    "talib.dx": [
        formula("talib.dx(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["dx"]),
        talib("talib.dx(9)", lambda b: c.DX(*hlc(b), 9)),
    ],
    "talib.plus_di": [
        formula("talib.plus_di(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["plus_di"]),
        talib("talib.plus_di(9)", lambda b: c.PLUS_DI(*hlc(b), 9)),
    ],
    "talib.minus_di": [
        formula("talib.minus_di(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["minus_di"]),
        talib("talib.minus_di(9)", lambda b: c.MINUS_DI(*hlc(b), 9)),
    ],
    "talib.plus_dm": [
        formula("talib.plus_dm(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["plus_dm"]),
        talib("talib.plus_dm(9)", lambda b: c.PLUS_DM(b["high"], b["low"], 9)),
    ],
    "talib.minus_dm": [
        formula("talib.minus_dm(9)", lambda b: f.directional(*hlc(b), 9, talib=True)["minus_dm"]),
        talib("talib.minus_dm(9)", lambda b: c.MINUS_DM(b["high"], b["low"], 9)),
    ],
    "talib.cci": [
        formula("talib.cci(14)", lambda b: f.channel_index(*hlc(b), 14), near_zero=1e-9),
        talib("talib.cci(14)", lambda b: c.CCI(*hlc(b), 14), near_zero=1e-9),
    ],
    "talib.linearreg": [
        formula("talib.linearreg(close, 14)", lambda b: f.regression(b["close"], 14)[0]),
        talib("talib.linearreg(close, 14)", lambda b: c.LINEARREG(b["close"], 14)),
    ],
    "talib.tsf": [
        formula("talib.tsf(close, 14)", lambda b: sum(f.regression(b["close"], 14))),
        talib("talib.tsf(close, 14)", lambda b: c.TSF(b["close"], 14)),
    ],
    "talib.linearreg_slope": [
        formula("talib.linearreg_slope(close, 14)", lambda b: f.regression(b["close"], 14)[1]),
        talib("talib.linearreg_slope(close, 14)", lambda b: c.LINEARREG_SLOPE(b["close"], 14), near_zero=1e-9),
    ],
    "talib.linearreg_intercept": [
        formula(
            "talib.linearreg_intercept(close, 14)",
            lambda b: f.regression(b["close"], 14)[0] - 13 * f.regression(b["close"], 14)[1],
        ),
        talib("talib.linearreg_intercept(close, 14)", lambda b: c.LINEARREG_INTERCEPT(b["close"], 14)),
    ],
    "talib.linearreg_angle": [
        formula("talib.linearreg_angle(close, 14)", lambda b: np.degrees(np.arctan(f.regression(b["close"], 14)[1]))),
        talib("talib.linearreg_angle(close, 14)", lambda b: c.LINEARREG_ANGLE(b["close"], 14), near_zero=1e-9),
    ],
    "talib.avgprice": [
        formula("talib.avgprice()", lambda b: sum(ohlc(b)) / 4),
        talib("talib.avgprice()", lambda b: c.AVGPRICE(*ohlc(b))),
    ],
    "talib.medprice": [
        formula("talib.medprice()", lambda b: (b["high"] + b["low"]) / 2),
        talib("talib.medprice()", lambda b: c.MEDPRICE(b["high"], b["low"])),
    ],
    "talib.typprice": [
        formula("talib.typprice()", lambda b: sum(hlc(b)) / 3),
        talib("talib.typprice()", lambda b: c.TYPPRICE(*hlc(b))),
    ],
    "talib.wclprice": [
        formula("talib.wclprice()", lambda b: (b["high"] + b["low"] + 2 * b["close"]) / 4),
        talib("talib.wclprice()", lambda b: c.WCLPRICE(*hlc(b))),
    ],
    "talib.acos": [
        talib(
            "talib.acos((close - open) / close)",
            lambda b: c.ACOS((b["close"] - b["open"]) / b["close"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.asin": [
        talib(
            "talib.asin((close - open) / close)",
            lambda b: c.ASIN((b["close"] - b["open"]) / b["close"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.atan": [
        talib(
            "talib.atan(close / open)",
            lambda b: c.ATAN(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.cos": [
        talib(
            "talib.cos(close / open)",
            lambda b: c.COS(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.cosh": [
        talib(
            "talib.cosh(close / open)",
            lambda b: c.COSH(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.sin": [
        talib(
            "talib.sin(close / open)",
            lambda b: c.SIN(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.sinh": [
        talib(
            "talib.sinh(close / open)",
            lambda b: c.SINH(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.tan": [
        talib(
            "talib.tan(close / open)",
            lambda b: c.TAN(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.tanh": [
        talib(
            "talib.tanh(close / open)",
            lambda b: c.TANH(b["close"] / b["open"]),
            "tiny",
            "huge",
            "splits",
            ready_alike=True,
        ),
    ],
    "talib.log10": [
        talib(
            "talib.log10(volume + 1)", lambda b: c.LOG10(b["volume"] + 1), "tiny", "huge", "splits", ready_alike=True
        ),
    ],
    "talib.minmax": [
        formula("talib.minmax(close, 30)", lambda b: (f.least(b["close"], 30), f.greatest(b["close"], 30))),
        talib("talib.minmax(close, 30)", lambda b: c.MINMAX(b["close"], 30)),
    ],
    "talib.ad": [
        formula("talib.ad()", lambda b: f.accumulation(*hlc(b), b["volume"])),
        talib("talib.ad()", lambda b: c.AD(*hlc(b), b["volume"])),
    ],
    "dmi": [
        formula(
            "dmi(9, 9)", lambda b: tuple(f.directional(*hlc(b), 9)[one] for one in ("adx", "plus_di", "minus_di", "dx"))
        ),
    ],
    "directional_movement": [
        formula(
            "directional_movement(9)",
            lambda b: tuple(f.directional(*hlc(b), 9)[one] for one in ("plus_dm", "minus_dm")),
        ),
    ],
    "mean_abs_dev": [
        formula("mean_abs_dev(close, 14)", lambda b: f.mean_distance(b["close"], 14)),
        talib("mean_abs_dev(close, 14)", lambda b: c.AVGDEV(b["close"], 14)),
    ],
    "covariance": [
        formula("covariance(close, volume, 20)", lambda b: f.covariance(b["close"], b["volume"], 20)),
    ],
    "correlation": [
        formula("correlation(close, volume, 20)", lambda b: f.correlation(b["close"], b["volume"], 20)),
        talib("correlation(high, low, 30)", lambda b: c.CORREL(b["high"], b["low"], 30), relative=1e-7),
    ],
    "talib.correl": [
        formula("talib.correl(close, volume, 20)", lambda b: f.correlation(b["close"], b["volume"], 20), markets=REAL),
        talib("talib.correl(high, low)", lambda b: c.CORREL(b["high"], b["low"]), relative=1e-7),
    ],
    "beta": [
        formula("beta(close, open, 10)", lambda b: f.beta(b["close"], b["open"], 10), near_zero=1e-9),
        talib("beta(high, low, 5)", lambda b: c.BETA(b["high"], b["low"], 5), relative=1e-7, near_zero=1e-9),
    ],
    "talib.beta": [
        formula(
            "talib.beta(close, open, 10)", lambda b: f.beta(b["close"], b["open"], 10), near_zero=1e-9, markets=REAL
        ),
        talib("talib.beta(high, low)", lambda b: c.BETA(b["high"], b["low"]), *GROWING, relative=1e-7, near_zero=1e-9),
    ],
    "variance": [
        formula("variance(close, 5)", lambda b: f.deviation(b["close"], 5) ** 2),
        talib("variance(close, 20)", lambda b: c.VAR(b["close"], 20), relative=1e-5, near_zero=1e-9),
    ],
    "talib.var": [
        formula("talib.var(close)", lambda b: f.deviation(b["close"], 5) ** 2),
        talib("talib.var(close, 20)", lambda b: c.VAR(b["close"], 20), relative=1e-5, near_zero=1e-9),
    ],
    "talib.stddev": [
        formula("talib.stddev(close, 5, 2.5)", lambda b: 2.5 * f.deviation(b["close"], 5)),
        talib("talib.stddev(close, 20, 2.5)", lambda b: c.STDDEV(b["close"], 20, 2.5), relative=1e-6),
    ],
    "stdev": [
        formula("stdev(close)", lambda b: f.deviation(b["close"], 5)),
        talib("stdev(close, 20)", lambda b: c.STDDEV(b["close"], 20), relative=1e-6),
    ],
    "minmaxindex": [
        formula(
            "minmaxindex(close, 20)",
            lambda b: (f.bars_since_least(b["close"], 20), f.bars_since_greatest(b["close"], 20)),
        ),
    ],
    "talib.maxindex": [
        formula(
            "talib.maxindex(close, 20)", lambda b: np.arange(len(b["close"])) - f.bars_since_greatest(b["close"], 20)
        ),
        talib(f"talib.maxindex({UNLIKE}, 20)", lambda b: begun(c.MAXINDEX(b["close"] + b["volume"] / 1e15, 20), 19)),
    ],
    "talib.minindex": [
        formula("talib.minindex(close, 20)", lambda b: np.arange(len(b["close"])) - f.bars_since_least(b["close"], 20)),
        talib(f"talib.minindex({UNLIKE}, 20)", lambda b: begun(c.MININDEX(b["close"] + b["volume"] / 1e15, 20), 19)),
    ],
    "talib.minmaxindex": [
        formula(
            "talib.minmaxindex(close, 20)",
            lambda b: tuple(
                np.arange(len(b["close"])) - one(b["close"], 20) for one in (f.bars_since_least, f.bars_since_greatest)
            ),
        ),
        talib(
            f"talib.minmaxindex({UNLIKE}, 20)",
            lambda b: tuple(begun(one, 19) for one in c.MINMAXINDEX(b["close"] + b["volume"] / 1e15, 20)),
        ),
    ],
    "talib.max": [
        formula("talib.max(high)", lambda b: f.greatest(b["high"], 30)),
        talib("talib.max(high)", lambda b: c.MAX(b["high"])),
    ],
    "talib.min": [
        formula("talib.min(low)", lambda b: f.least(b["low"], 30)),
        talib("talib.min(low)", lambda b: c.MIN(b["low"])),
    ],
    "rolling_max": [
        formula("rolling_max(high)", lambda b: f.greatest(b["high"], 30)),
        talib("rolling_max(high)", lambda b: c.MAX(b["high"])),
    ],
    "rolling_min": [
        formula("rolling_min(low)", lambda b: f.least(b["low"], 30)),
        talib("rolling_min(low)", lambda b: c.MIN(b["low"])),
    ],
    "talib.sum": [
        formula("talib.sum(volume)", lambda b: f.rolling_sum(b["volume"], 30)),
        talib("talib.sum(volume)", lambda b: c.SUM(b["volume"])),
    ],
    "talib.obv": [
        formula("talib.obv()", lambda b: f.on_balance_volume(b["close"], b["volume"])),
        talib("talib.obv()", lambda b: c.OBV(b["close"], b["volume"])),
    ],
    "adosc": [
        formula(
            "adosc(3, 10)",
            lambda b: f.ema(line := f.accumulation(*hlc(b), b["volume"]), 3) - f.ema(line, 10),
            near_zero=1e-11,
        ),
        talib("adosc(3, 10)", lambda b: c.ADOSC(*hlc(b), b["volume"], 3, 10), near_zero=1e-9),
    ],
    "talib.adosc": [
        formula(
            "talib.adosc(3, 10)",
            lambda b: f.begun(f.ema(line := f.accumulation(*hlc(b), b["volume"]), 3) - f.ema(line, 10), 9),
            near_zero=1e-11,
        ),
        talib("talib.adosc()", lambda b: c.ADOSC(*hlc(b), b["volume"]), near_zero=1e-9),
    ],
    "mfi": [
        formula("mfi(14)", lambda b: f.money_flow(*hlc(b), b["volume"], 14)),
        body("mfi(14)", "talib.mfi(14)", markets=("aapl_1d", "walk", "gaps")),
    ],
    "talib.mfi": [
        formula("talib.mfi(14)", lambda b: f.money_flow(*hlc(b), b["volume"], 14), markets=REAL),
        talib("talib.mfi()", lambda b: c.MFI(*hlc(b), b["volume"]), *WHOLE, relative=1e-7),
    ],
    "talib.trange": [
        formula("talib.trange()", lambda b: f.begun(f.true_range(*hlc(b)), 1)),
        talib("talib.trange()", lambda b: c.TRANGE(*hlc(b)), ready_alike=True),
    ],
    "talib.atr": [
        formula("talib.atr(14)", lambda b: f.late(f.wilder(f.true_range(*hlc(b))[1:], 14), 1)),
        talib("talib.atr()", lambda b: c.ATR(*hlc(b)), ready_alike=True),
    ],
    "natr": [
        formula("natr(14)", lambda b: 100 * f.wilder(f.true_range(*hlc(b)), 14) / b["close"]),
        talib("natr(14)", lambda b: c.NATR(*hlc(b), 14), seeds_differ=True),
    ],
    "talib.natr": [
        formula("talib.natr(14)", lambda b: 100 * f.late(f.wilder(f.true_range(*hlc(b))[1:], 14), 1) / b["close"]),
        talib("talib.natr()", lambda b: c.NATR(*hlc(b)), ready_alike=True),
    ],
    "talib.bbands": [
        formula("talib.bbands(close, 20, 2, 2)", lambda b: f.bands(b["close"], 20, 2.0)),
        *(
            talib(
                f"talib.bbands(close, 10, 1.5, 2.5, '{kind}')",
                partial(lambda b, of: c.BBANDS(b["close"], 10, 1.5, 2.5, of), of=of),
                near_zero=1e-8,
            )
            for kind, of in MATYPES.items()
        ),
    ],
    "talib.rsi": [
        formula("talib.rsi(close, 14)", lambda b: f.rsi(b["close"], 14), markets=REAL),
        talib("talib.rsi(close)", lambda b: c.RSI(b["close"]), *WHOLE, ready_alike=True),
    ],
    "cmo": [
        formula("cmo(close, 14)", lambda b: f.chande_momentum(b["close"], 14), near_zero=1e-11),
        talib("cmo(close, 14)", lambda b: c.CMOU(b["close"], 14), near_zero=1e-9),
    ],
    "talib.cmo": [
        formula("talib.cmo(close, 14)", lambda b: 2 * f.rsi(b["close"], 14) - 100, near_zero=1e-11),
        talib("talib.cmo(close)", lambda b: c.CMO(b["close"]), near_zero=1e-11),
    ],
    "stochf": [
        formula("stochf(5, 3)", lambda b: f.stochastic(*hlc(b), 5, 3, 1)),
        talib("stochf()", lambda b: c.STOCHF(*hlc(b))),
    ],
    "talib.stoch": [
        formula("talib.stoch(5, 3, 'sma', 3, 'sma')", lambda b: f.stochastic(*hlc(b), 5, 3, 3), markets=REAL),
        talib("talib.stoch()", lambda b: c.STOCH(*hlc(b)), *WHOLE, near_zero=1e-11),
        talib("talib.stoch(7, 4, 'ema', 5, 'wma')", lambda b: c.STOCH(*hlc(b), 7, 4, 1, 5, 2), near_zero=1e-11),
    ],
    "talib.stochf": [
        formula("talib.stochf(5, 3, 'sma')", lambda b: f.stochastic(*hlc(b), 5, 3, 1), markets=REAL),
        talib("talib.stochf()", lambda b: c.STOCHF(*hlc(b)), *WHOLE, near_zero=1e-11),
        talib("talib.stochf(7, 5, 'ema')", lambda b: c.STOCHF(*hlc(b), 7, 5, 1), near_zero=1e-11),
    ],
    "stoch_rsi": [
        formula(
            "stoch_rsi(close, 14, 5, 3)",
            lambda b: f.stochastic_strength(b["close"], 14, 5, 3),
            near_zero=1e-9,
            markets=(*REAL, *GROWING),
        ),
        talib("stoch_rsi()", lambda b: c.STOCHRSI(b["close"]), near_zero=1e-9),
    ],
    "talib.stochrsi": [
        formula(
            "talib.stochrsi(close, 14, 5, 3)",
            lambda b: f.stochastic_strength(b["close"], 14, 5, 3),
            near_zero=1e-9,
            markets=REAL,
        ),
        talib("talib.stochrsi()", lambda b: c.STOCHRSI(b["close"]), *GROWING, near_zero=1e-9),
        talib("talib.stochrsi(close, 9, 7, 4, 'ema')", lambda b: c.STOCHRSI(b["close"], 9, 7, 4, 1), near_zero=1e-9),
    ],
    "trix": [
        formula("trix(close, 9)", lambda b: f.change_percent(f.ema(f.ema(f.ema(b["close"], 9), 9), 9)), near_zero=1e-9),
        talib("trix(close, 9)", lambda b: c.TRIX(b["close"], 9), seeds_differ=True, near_zero=1e-9),
    ],
    "talib.trix": [
        formula(
            "talib.trix(close, 9)",
            lambda b: f.change_percent(f.seeded_mean(f.seeded_mean(f.seeded_mean(b["close"], 9), 9), 9)),
            near_zero=1e-9,
        ),
        talib("talib.trix(close)", lambda b: c.TRIX(b["close"]), near_zero=1e-9),
        talib("talib.trix(close, 9)", lambda b: c.TRIX(b["close"], 9), near_zero=1e-9),
    ],
    "ultimate": [
        formula("ultimate(7, 14, 28)", lambda b: f.ultimate(*hlc(b), 7, 14, 28)),
        talib("ultimate(7, 14, 28)", lambda b: c.ULTOSC(*hlc(b), 7, 14, 28)),
    ],
    "talib.ultosc": [
        formula("talib.ultosc(7, 14, 28)", lambda b: f.ultimate(*hlc(b), 7, 14, 28), markets=REAL),
        talib("talib.ultosc()", lambda b: c.ULTOSC(*hlc(b)), *GROWING),
        talib("talib.ultosc(20, 5, 11)", lambda b: c.ULTOSC(*hlc(b), 20, 5, 11)),
    ],
    "apo": [
        formula("apo(close, 5, 12)", lambda b: f.ema(b["close"], 5) - f.ema(b["close"], 12), near_zero=1e-11),
        talib("apo(close, 5, 12)", lambda b: c.APO(b["close"], 5, 12, 1), seeds_differ=True, near_zero=1e-9),
        talib("apo(close, 5, 12, 'sma')", lambda b: c.APO(b["close"], 5, 12, 0), near_zero=1e-9),
    ],
    "talib.apo": [
        formula(
            "talib.apo(close, 5, 12)",
            lambda b: f.seeded_mean(b["close"], 5) - f.seeded_mean(b["close"], 12),
            near_zero=1e-11,
        ),
        talib("talib.apo()", lambda b: c.APO(b["close"]), near_zero=1e-10),
        talib("talib.apo(close, 12, 5, 'kama')", lambda b: c.APO(b["close"], 12, 5, 6), near_zero=1e-10),
    ],
    "ppo": [
        formula(
            "ppo(close, 5, 12)",
            lambda b: 100 * (f.ema(b["close"], 5) - (m := f.ema(b["close"], 12))) / m,
            near_zero=1e-11,
        ),
        talib("ppo(close, 5, 12)", lambda b: c.PPO(b["close"], 5, 12, 1), seeds_differ=True, near_zero=1e-9),
        talib("ppo(close, 5, 12, 'sma')", lambda b: c.PPO(b["close"], 5, 12, 0), near_zero=1e-9),
    ],
    "talib.ppo": [
        formula(
            "talib.ppo(close, 5, 12)",
            lambda b: 100 * (f.seeded_mean(b["close"], 5) - (m := f.seeded_mean(b["close"], 12))) / m,
            near_zero=1e-11,
        ),
        talib("talib.ppo()", lambda b: c.PPO(b["close"]), near_zero=1e-10),
        talib("talib.ppo(close, 12, 5, 'kama')", lambda b: c.PPO(b["close"], 12, 5, 6), near_zero=1e-10),
    ],
    "talib.macd": [
        formula("talib.macd(close, 5, 12, 4)", lambda b: f.seeded_macd(b["close"], 5, 12, 4), near_zero=1e-11),
        talib("talib.macd()", lambda b: c.MACD(b["close"]), near_zero=1e-10),
        talib("talib.macd(close, 12, 5, 4)", lambda b: c.MACD(b["close"], 12, 5, 4), near_zero=1e-10),
    ],
    "talib.macdfix": [
        body("talib.macdfix(close, 9).macd", "talib.macd(close, 12, 26, 9, 0.15, 0.075).macd"),
        talib("talib.macdfix()", lambda b: c.MACDFIX(b["close"]), near_zero=1e-10),
    ],
    "talib.add": [
        formula("talib.add(high, low)", lambda b: b["high"] + b["low"]),
        talib("talib.add(close, open)", lambda b: c.ADD(b["close"], b["open"])),
    ],
    "talib.sub": [
        formula("talib.sub(high, low)", lambda b: b["high"] - b["low"]),
        talib("talib.sub(close, open)", lambda b: c.SUB(b["close"], b["open"])),
    ],
    "talib.mult": [
        formula("talib.mult(high, low)", lambda b: b["high"] * b["low"]),
        talib("talib.mult(close, open)", lambda b: c.MULT(b["close"], b["open"])),
    ],
    "talib.div": [
        formula("talib.div(high, low)", lambda b: b["high"] / b["low"]),
        talib("talib.div(close, open)", lambda b: c.DIV(b["close"], b["open"])),
    ],
    "talib.ht_phasor": [
        talib("talib.ht_phasor(close)", lambda b: c.HT_PHASOR(b["close"]), near_zero=1e-9, ready_alike=True),
    ],
    "talib.ht_cycle": of_phases(
        "talib.ht_cycle(close)",
        lambda b: (
            c.HT_DCPHASE(b["close"]),
            *c.HT_SINE(b["close"]),
            c.HT_TRENDLINE(b["close"]),
            begun(c.HT_TRENDMODE(b["close"]), 63),
        ),
    ),
    "talib.ht_dcphase": of_phases("talib.ht_dcphase(close)", lambda b: c.HT_DCPHASE(b["close"]), ready_alike=True),
    "talib.ht_sine": of_phases("talib.ht_sine(close)", lambda b: c.HT_SINE(b["close"]), ready_alike=True),
    "talib.ht_trendline": [
        talib("talib.ht_trendline(close)", lambda b: c.HT_TRENDLINE(b["close"]), ready_alike=True),
    ],
    "talib.ht_trendmode": [
        talib("talib.ht_trendmode(close)", lambda b: begun(c.HT_TRENDMODE(b["close"]), 63), **INTEGERS),
    ],
    "mama": [
        talib("mama(close, 0.5, 0.05)", lambda b: c.MAMA(b["close"], 0.5, 0.05), ready_alike=True),
        talib("mama(close, 0.3, 0.1)", lambda b: c.MAMA(b["close"], 0.3, 0.1), ready_alike=True),
    ],
    "talib.mama": [
        talib("talib.mama(close)", lambda b: c.MAMA(b["close"]), ready_alike=True),
    ],
    "talib.mavp": [
        talib(
            f"talib.mavp(close, volume % 17 + 1, 2, 15, '{kind}')",
            partial(lambda b, of: c.MAVP(b["close"], b["volume"] % 17 + 1, 2, 15, of), of=of),
        )
        for kind, of in (("sma", 0), ("ema", 1), ("wma", 2), ("kama", 6))
    ],
    "talib.sarext": [
        talib("talib.sarext()", lambda b: c.SAREXT(b["high"], b["low"]), *WHOLE, ready_alike=True),
        talib(
            "talib.sarext(0, 0.01, 0.03, 0.02, 0.15, 0.05, 0.04, 0.3)",
            lambda b: c.SAREXT(b["high"], b["low"], 0, 0.01, 0.03, 0.02, 0.15, 0.05, 0.04, 0.3),
            *WHOLE,
            ready_alike=True,
        ),
        talib("talib.sarext(-150)", lambda b: c.SAREXT(b["high"], b["low"], -150.0), ready_alike=True),
        talib("talib.sarext(50)", lambda b: c.SAREXT(b["high"], b["low"], 50.0), ready_alike=True),
    ],
    "pivot_high": [
        formula("pivot_high(high, 5, 5)", lambda b: f.pivots(b["high"], 5, 5)),
        formula("pivot_high(close, 3, 1)", lambda b: f.pivots(b["close"], 3, 1)),
        formula("pivot_high(2, 0)", lambda b: f.pivots(b["high"], 2, 0)),
    ],
    "pivot_low": [
        formula("pivot_low(low, 5, 5)", lambda b: -f.pivots(-b["low"], 5, 5)),
        formula("pivot_low(close, 0, 4)", lambda b: -f.pivots(-b["close"], 0, 4)),
    ],
    "crossup": [
        exact("crossup(ema(close, 5), ema(close, 20))"),
        formula("crossup(close, open)", lambda b: f.crossed_up(b["close"], b["open"])),
        pynecore("crossup(close, sma(close, 10))", "crossup"),
    ],
    "crossdown": [
        exact("crossdown(close, sma(close, 10))", ties_when_flat=True),
        formula("crossdown(close, open)", lambda b: f.crossed_up(b["open"], b["close"])),
        pynecore("crossdown(close, sma(close, 10))", "crossdown"),
    ],
    "cross": [
        exact("cross(close, open)"),
        pynecore("cross(close, sma(close, 10))", "cross"),
        body("cross(close, open)", "crossup(close, open) or crossdown(close, open)"),
    ],
    "abs": [
        exact("abs(close - open)", 1.0),
        formula("abs(close - open)", lambda b: np.abs(b["close"] - b["open"])),
    ],
    "signum": [
        exact("signum(close - open)", 1.0),
        formula("signum(close - open)", lambda b: np.sign(b["close"] - b["open"])),
    ],
    "sqrt": [
        exact("sqrt(volume)", 1.0),
        talib("sqrt(volume)", lambda b: c.SQRT(b["volume"]), "flat", "tiny", "huge", "zero_volume", ready_alike=True),
    ],
    "log": [
        exact("log(close)", 1.0),
        talib("log(close)", lambda b: c.LN(b["close"]), "flat", "tiny", "huge", "ties", ready_alike=True),
    ],
    "exp": [
        exact("exp(close / open)", 1.0),
        talib("exp(close / open)", lambda b: c.EXP(b["close"] / b["open"]), "tiny", "huge", "splits", ready_alike=True),
    ],
    "talib.sqrt": [
        talib("talib.sqrt(volume)", lambda b: c.SQRT(b["volume"]), "flat", "tiny", "huge", ready_alike=True),
    ],
    "talib.ln": [
        talib("talib.ln(close)", lambda b: c.LN(b["close"]), "flat", "tiny", "huge", "ties", ready_alike=True),
    ],
    "talib.exp": [
        talib("talib.exp(close / open)", lambda b: c.EXP(b["close"] / b["open"]), "tiny", "huge", ready_alike=True),
    ],
    "talib.floor": [
        talib("talib.floor(close)", lambda b: c.FLOOR(b["close"]), "flat", "huge", "ties", ready_alike=True),
    ],
    "talib.ceil": [
        talib("talib.ceil(close)", lambda b: c.CEIL(b["close"]), "flat", "huge", "ties", ready_alike=True),
    ],
    "floor": [
        exact("floor(volume / 7)", 1.0),
        talib("floor(close)", lambda b: c.FLOOR(b["close"]), "flat", "huge", "ties", ready_alike=True),
    ],
    "ceil": [
        exact("ceil(volume / 7)", 1.0),
        talib("ceil(close)", lambda b: c.CEIL(b["close"]), "flat", "huge", "ties", ready_alike=True),
    ],
    "round": [
        exact("round(volume / 7)", 1.0),
        formula("round(close - 2 * open)", lambda b: f.rounded(b["close"] - 2 * b["open"])),
    ],
    "greatest": [
        exact("greatest(open, close)", 1.0),
        formula("greatest(open, close, volume)", lambda b: np.maximum.reduce([b["open"], b["close"], b["volume"]])),
    ],
    "least": [
        exact("least(open, close, volume)", 1.0),
        formula("least(open, close)", lambda b: np.minimum(b["open"], b["close"])),
    ],
    "ready": [
        exact("ready(sma(close, 20))", 1.0),
        formula("ready(sma(close, 20))", lambda b: (np.arange(len(b["close"])) >= 19).astype(float)),
    ],
    "fixnan": [
        exact("fixnan(close.filter(close > open))"),
        formula("fixnan(close.filter(close > open))", lambda b: f.value_when(rising(b), b["close"], 0)),
    ],
    "nz": [
        exact("nz(sma(close, 20), close)", 1.0),
        formula("nz(max(high, 20), low)", lambda b: np.where(np.isnan(m := f.greatest(b["high"], 20)), b["low"], m)),
    ],
    "if_else": [
        exact("if_else(close > open, high, low)", 1.0),
        formula("if_else(close > open, high, low)", lambda b: np.where(rising(b), b["high"], b["low"])),
    ],
    "barssince": [
        exact("barssince(close > open)"),
        formula("barssince(close > open)", lambda b: f.bars_since(rising(b))),
        pynecore("barssince(close > open)", "barssince"),
    ],
    "valuewhen": [
        exact("valuewhen(close > open, volume, 1)"),
        formula("valuewhen(close > open, volume, 1)", lambda b: f.value_when(rising(b), b["volume"], 1)),
        pynecore("valuewhen(close > open, volume, 1)", "valuewhen"),
    ],
    **STUDIES,
    **PINE,
    **CALENDAR,
    **CROSS_SECTION,
}
