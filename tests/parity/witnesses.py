"""The witnesses of every indicator: none shares code with it, and the table names just those of the catalogue."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import talib as c

from tests.parity import formulas as f
from tests.parity.patterns import patterns
from tests.parity.study_witnesses import STUDIES
from tests.parity.witness import REAL, WHOLE, Bars, Column, Witness, body, exact, formula, pynecore, talib


def hlc(b: Bars) -> tuple[Column, Column, Column]:
    return b["high"], b["low"], b["close"]


def ohlc(b: Bars) -> tuple[Column, Column, Column, Column]:
    return b["open"], b["high"], b["low"], b["close"]


def age(index: Column, period: int) -> Column:
    """TA-Lib gives the row of an extreme; ours is how many bars ago it was."""
    ages = np.arange(len(index)) - index.astype(float)
    ages[: period - 1] = np.nan
    return ages


def rising(b: Bars) -> np.ndarray:
    return b["close"] > b["open"]


# TA-Lib's numbers of the kinds of means.
MATYPES = {"sma": 0, "ema": 1, "wma": 2, "dema": 3, "tema": 4, "trima": 5, "kama": 6, "t3": 8}


def average(b: Bars, period: int, matype: int) -> Column:
    return c.MA(b["close"], period, matype)


def difference(b: Bars, fast: int, slow: int, signal: int, kinds: list[str]) -> tuple[Column, Column, Column]:
    of = [MATYPES[kind] for kind in kinds]
    return c.MACDEXT(b["close"], fast, of[0], slow, of[1], signal, of[2])


# Of equals TA-Lib and PyneCore take another one than we do; with volume in the last digits no two are equal.
UNLIKE = "close + volume / 1e15"

# Patterns are exact: 100 is no 80.
INTEGERS: dict[str, Any] = {"relative": 0.0, "near_zero": 0.0}

CANDLES = patterns("cdl_")

WITNESSES: dict[str, list[Witness]] = {
    **CANDLES,
    **patterns("talib.cdl_"),
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
}
