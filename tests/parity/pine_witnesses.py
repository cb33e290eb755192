"""The witnesses of Pine Script's functions: columns of PyneCore from the first bars on, and formulas in NumPy."""

from __future__ import annotations

import math
import statistics
from typing import Any

import numpy as np

from tests.parity import formulas as f
from tests.parity import studies as s
from tests.parity.study_witnesses import MOVING, WITH_SWINGS, hl, hlc, rising
from tests.parity.witness import REAL, Bars, Column, Golden, Witness, body, formula, pynecore


def pine(rule: str, *columns: str, **heard: Any) -> Golden:
    """Columns of the files whose rows begin where seeds are still seen."""
    return Golden(rule=rule, tool="pynecore_dialect", columns=columns, markets=REAL, **heard)


def ema(x: Column, period: int) -> Column:
    return s.late(x, lambda y: f.exponential(y, 2 / (period + 1), seed=period))


def rma(x: Column, period: int) -> Column:
    return s.late(x, lambda y: f.wilder(y, period))


def change(x: Column, bars: int = 1) -> Column:
    return x - s.ago(x, bars)


def true_range(b: Bars) -> Column:
    """Give true ranges, of which the first bar has none."""
    ranges = f.true_range(*hlc(b))
    ranges[0] = np.nan
    return ranges


def channel(b: Bars, period: int, width: float) -> s.Values:
    upper, middle, lower = s.around(ema(b["close"], period), width * ema(true_range(b), period))
    return middle, upper, lower


def bands(x: Column, period: int, width: float) -> s.Values:
    upper, middle, lower = f.bands(x, period, width)
    return middle, upper, lower


def macd(x: Column, fast: int, slow: int, signal: int) -> s.Values:
    line = ema(x, fast) - ema(x, slow)
    return line, ema(line, signal), line - ema(line, signal)


def strength(x: Column, short: int, long: int) -> Column:
    moved = change(x)
    return s.over(ema(ema(moved, long), short), ema(ema(np.abs(moved), long), short))


def relative_strength(x: Column, period: int) -> Column:
    moved = change(x)
    up, down = rma(np.maximum(moved, 0), period), rma(np.maximum(-moved, 0), period)
    return np.where(down == 0, 100, 100 - 100 / (1 + up / np.where(down == 0, 1, down))) + 0 * down


def chande(x: Column, period: int) -> Column:
    moved = change(x)
    up, down = s.total(np.maximum(moved, 0), period), s.total(np.maximum(-moved, 0), period)
    return 100 * s.over(up - down, up + down)


def gravity(x: Column, period: int) -> Column:
    return f.over_windows(x, period, lambda w: -sum(i * v for i, v in enumerate(w[::-1], 1)) / sum(w))


def regression(x: Column, period: int, offset: int) -> Column:
    """Give the line of least squares by NumPy's polynomial fit."""

    def of(window: list[float]) -> float:
        level, tilt = np.polynomial.polynomial.polyfit(range(period), np.array(window) - window[0], 1)
        return float(window[0] + level + tilt * (period - 1 - offset))

    return f.over_windows(x, period, of)


def place(x: Column, high: Column, low: Column, period: int) -> Column:
    top, bottom = f.greatest(high, period), f.least(low, period)
    return 100 * s.over(x - bottom, top - bottom)


def money_flow(x: Column, volume: Column, period: int) -> Column:
    moved = change(x)
    flow = np.where(np.isnan(moved), np.nan, x * volume)
    up, down = (
        s.total(np.where(moved > 0, flow, 0 * moved), period),
        s.total(np.where(moved < 0, flow, 0 * moved), period),
    )
    return 100 * s.over(up, up + down)


def hull(x: Column, period: int) -> Column:
    def mean(y: Column, bars: int) -> Column:
        return s.late(y, lambda z: f.weighted_mean(z, bars))

    return mean(2 * mean(x, period // 2) - mean(x, period), int(period**0.5))


def crossed(a: Column, b: Column) -> Column:
    """Give 1 where `a` is above and was below when last the two were not equal."""
    sides = np.sign(a - b)
    out = []
    for bar, side in enumerate(sides):
        before = [one for one in sides[:bar] if one != 0]
        out.append(side == 1 and bool(before) and before[-1] == -1)
    return np.array(out, dtype=float)


def exceeds(x: Column, period: int) -> Column:
    return np.array([bar >= period and (x[bar - period : bar] < x[bar]).all() for bar in range(len(x))], dtype=float)


def index(close: Column, volume: Column, sign: int) -> Column:
    out = [1.0]
    for bar in range(1, len(close)):
        counts = sign * (volume[bar] - volume[bar - 1]) > 0
        out.append(out[-1] * (close[bar] / close[bar - 1] if counts else 1))
    return np.array(out)


def accumulated(flow: Column) -> Column:
    return s.late(flow, np.cumsum)


def closeness(b: Bars) -> Column:
    return s.over(2 * b["close"] - b["high"] - b["low"], b["high"] - b["low"])


def williams(high: Column, low: Column, close: Column) -> Column:
    before = s.ago(close, 1)
    rise, fall = close - np.minimum(low, before), close - np.maximum(high, before)
    flow = np.where(close > before, rise, np.where(close < before, fall, 0))
    return np.cumsum(np.where(np.isnan(flow), 0, flow))


def directions(b: Bars, period: int, smoothing: int) -> s.Values:
    up, down = change(b["high"]), -change(b["low"])
    ranges = rma(true_range(b), period)
    plus = 100 * rma(np.where((up > down) & (up > 0), up, 0 * up), period) / ranges
    minus = 100 * rma(np.where((down > up) & (down > 0), down, 0 * up), period) / ranges
    return plus, minus, 100 * rma(s.over(np.abs(plus - minus), plus + minus, 0), smoothing)


def mean_distance(x: Column, period: int) -> Column:
    return f.over_windows(x, period, lambda w: math.fsum(abs(v - math.fsum(w) / period) for v in w) / period)


def agreement(x: Column, y: Column, period: int) -> Column:
    """Give Pearson's coefficient, none where one of the two stands still."""
    out = np.full(len(x), np.nan)
    for bar in range(period - 1, len(x)):
        a, b = x[bar - period + 1 : bar + 1].tolist(), y[bar - period + 1 : bar + 1].tolist()
        if len(set(a)) > 1 and len(set(b)) > 1:
            out[bar] = statistics.correlation(a, b)
    return out


def stop(high: Column, low: Column, close: Column, first: float, more: float, most: float) -> Column:
    """Give Pine's stop in the words of its manual, of which all but the last two lines are about one bar."""
    out = np.full(len(close), np.nan)
    up = close[1] > close[0]
    extreme, value, pace = (high[1], low[0], first) if up else (low[1], high[0], first)
    for bar in range(1, len(close)):
        value, fresh = value + pace * (extreme - value), bar == 1
        if up and value > low[bar]:
            fresh, up, value, extreme, pace = True, False, max(high[bar], extreme), low[bar], first
        elif not up and value < high[bar]:
            fresh, up, value, extreme, pace = True, True, min(low[bar], extreme), high[bar], first
        if not fresh and (high[bar] > extreme if up else low[bar] < extreme):
            extreme, pace = high[bar] if up else low[bar], min(pace + more, most)
        before = slice(max(bar - 2, 0), bar)
        value = out[bar] = min(value, *low[before]) if up else max(value, *high[before])
    return out


PINE: dict[str, list[Witness]] = {
    "pine.sma": [
        pine("pine.sma(close, 20)", "sma"),
        formula("pine.sma(close, 20)", lambda b: f.mean(b["close"], 20)),
    ],
    "pine.wma": [
        pine("pine.wma(close, 20)", "wma"),
        formula("pine.wma(close, 20)", lambda b: f.weighted_mean(b["close"], 20)),
    ],
    "pine.ema": [
        pine("pine.ema(close, 12)", "ema"),
        formula("pine.ema(close, 12)", lambda b: ema(b["close"], 12)),
    ],
    "pine.rma": [
        pine("pine.rma(close, 14)", "rma"),
        formula("pine.rma(close, 14)", lambda b: rma(b["close"], 14)),
    ],
    "pine.swma": [
        pine("pine.swma(close)", "swma"),
        formula("pine.swma(close)", lambda b: s.symmetric(b["close"])),
    ],
    "pine.hma": [
        pine("pine.hma(close, 9)", "hma"),
        formula("pine.hma(close, 20)", lambda b: hull(b["close"], 20)),
    ],
    "pine.vwma": [
        pine("pine.vwma(close, 20)", "vwma"),
        formula(
            "pine.vwma(close, 5)",
            lambda b: s.over(f.rolling_sum(b["close"] * b["volume"], 5), f.rolling_sum(b["volume"], 5)),
        ),
    ],
    "pine.change": [
        pine("pine.change(close, 3)", "change"),
        formula("pine.change(close, 3)", lambda b: change(b["close"], 3)),
    ],
    "pine.mom": [
        pine("pine.mom(close, 10)", "mom"),
        formula("pine.mom(close, 10)", lambda b: change(b["close"], 10)),
    ],
    "pine.roc": [
        pine("pine.roc(close, 9)", "roc"),
        formula("pine.roc(close, 9)", lambda b: 100 * change(b["close"], 9) / s.ago(b["close"], 9)),
    ],
    "pine.highest": [
        pine("pine.highest(close, 20)", "highest"),
        formula("pine.highest(length=5)", lambda b: f.greatest(b["high"], 5)),
    ],
    "pine.lowest": [
        pine("pine.lowest(close, 20)", "lowest"),
        formula("pine.lowest(length=5)", lambda b: f.least(b["low"], 5)),
    ],
    "pine.max": [
        pine("pine.max(close)", "max"),
        formula("pine.max(close)", lambda b: np.maximum.accumulate(b["close"])),
    ],
    "pine.min": [
        pine("pine.min(close)", "min"),
        formula("pine.min(close)", lambda b: np.minimum.accumulate(b["close"])),
    ],
    "pine.cum": [
        pine("pine.cum(volume)", "cum"),
        formula("pine.cum(volume)", lambda b: np.cumsum(b["volume"])),
    ],
    "pine.median": [
        pine("pine.median(close, 10)", "median"),
        formula("pine.median(close, 10)", lambda b: f.median(b["close"], 10)),
    ],
    "pine.mode": [
        pine("pine.mode(close, 10)", "mode"),
        formula("pine.mode(close, 10)", lambda b: s.most_frequent(b["close"], 10)),
    ],
    "pine.range": [
        pine("pine.range(close, 20)", "range"),
        formula("pine.range(close, 20)", lambda b: f.over_windows(b["close"], 20, lambda w: max(w) - min(w))),
    ],
    "pine.rci": [
        pine("pine.rci(close, 10)", "rci"),
        formula("pine.rci(close, 10)", lambda b: s.rank_correlation(b["close"], 10)),
    ],
    "pine.stdev": [
        pine("pine.stdev(close, 20)", "stdev", relative=1e-8),
        pine("pine.stdev(close, 20, 0)", "stdev_sample", relative=1e-8),
        formula("pine.stdev(close, 20)", lambda b: f.deviation(b["close"], 20)),
    ],
    "pine.variance": [
        pine("pine.variance(close, 20)", "variance", relative=1e-8),
        pine("pine.variance(close, 20, 0)", "variance_sample", relative=1e-8),
        formula("pine.variance(close, 20, 0)", lambda b: f.deviation(b["close"], 20) ** 2 * 20 / 19),
    ],
    "pine.percentile_linear_interpolation": [
        pine("pine.percentile_linear_interpolation(close, 15, 40)", "percentile_linear"),
        formula(
            "pine.percentile_linear_interpolation(close, 15, 40)",
            lambda b: s.percentile(b["close"], 15, 40, "hazen"),
        ),
    ],
    "pine.percentile_nearest_rank": [
        pine("pine.percentile_nearest_rank(close, 15, 40)", "percentile_nearest"),
        formula(
            "pine.percentile_nearest_rank(close, 15, 40)",
            lambda b: s.percentile(b["close"], 15, 40, "inverted_cdf"),
        ),
    ],
    "pine.linreg": [
        pine("pine.linreg(close, 14, 0)", "linreg"),
        pine("pine.linreg(close, 14, 2)", "linreg_ago"),
        formula("pine.linreg(close, 14, 2)", lambda b: regression(b["close"], 14, 2), relative=1e-10),
    ],
    "pine.bb": [
        pine("pine.bb(close, 20, 2)", "bb_middle", "bb_upper", "bb_lower", relative=1e-8),
        formula("pine.bb(close, 20, 2)", lambda b: bands(b["close"], 20, 2.0)),
    ],
    "pine.bbw": [
        pine("pine.bbw(close, 20, 2)", "bbw", relative=1e-8),
        formula("pine.bbw(close, 20, 2)", lambda b: 400 * f.deviation(b["close"], 20) / f.mean(b["close"], 20)),
    ],
    "pine.tr": [
        pine("pine.tr(1)", "tr"),
        formula("pine.tr(0)", true_range),
    ],
    "pine.atr": [
        pine("pine.atr(14)", "atr"),
        formula("pine.atr(14)", lambda b: s.atr(*hlc(b), 14)),
    ],
    "pine.kc": [
        pine("pine.kc(20, 1.5)", "kc_middle", "kc_upper", "kc_lower"),
        formula("pine.kc(5, 2)", lambda b: channel(b, 5, 2.0)),
    ],
    "pine.kcw": [
        pine("pine.kcw(20, 1.5)", "kcw"),
        formula("pine.kcw(5, 1)", lambda b: 2 * ema(true_range(b), 5) / ema(b["close"], 5)),
    ],
    "pine.macd": [
        pine("pine.macd(close, 12, 26, 9)", "macd_macd", "macd_signal", "macd_histogram", near_zero=1e-9),
        formula("pine.macd(close, 5, 12, 4)", lambda b: macd(b["close"], 5, 12, 4), relative=1e-9, near_zero=1e-10),
    ],
    "pine.rsi": [
        pine("pine.rsi(close, 14)", "rsi"),
        formula("pine.rsi(close, 5)", lambda b: relative_strength(b["close"], 5), relative=1e-9),
    ],
    "pine.tsi": [
        pine("pine.tsi(close, 13, 25)", "tsi"),
        formula("pine.tsi(close, 5, 8)", lambda b: strength(b["close"], 5, 8), relative=1e-9),
    ],
    "pine.cmo": [
        pine("pine.cmo(close, 14)", "cmo"),
        formula("pine.cmo(close, 9)", lambda b: chande(b["close"], 9), relative=1e-9),
    ],
    "pine.cog": [
        pine("pine.cog(close, 10)", "cog"),
        formula("pine.cog(close, 10)", lambda b: gravity(b["close"], 10), relative=1e-9),
    ],
    "pine.dmi": [
        pine("pine.dmi(14, 14)", "dmi_plus", "dmi_minus", "dmi_adx"),
        formula("pine.dmi(5, 7)", lambda b: directions(b, 5, 7), markets=MOVING, relative=1e-9),
    ],
    "pine.wpr": [
        pine("pine.wpr(14)", "wpr"),
        formula("pine.wpr(14)", lambda b: place(b["close"], *hl(b), 14) - 100, relative=1e-9),
    ],
    "pine.stoch": [
        pine("pine.stoch(close, high, low, 14)", "stoch"),
        formula("pine.stoch(open, close, low, 5)", lambda b: place(b["open"], b["close"], b["low"], 5)),
    ],
    "pine.mfi": [
        pine("pine.mfi(hlc3, 14)", "mfi"),
        formula("pine.mfi(close, 5)", lambda b: money_flow(b["close"], b["volume"], 5)),
    ],
    "pine.supertrend": [
        body("pine.supertrend(3, 10).supertrend", "supertrend(10, 3).supertrend"),
        formula("pine.supertrend(3, 10).direction", lambda b: 1 - 2 * f.supertrend(*hlc(b), 10, 3.0)[1]),
    ],
    "pine.crossover": [
        pynecore("pine.crossover(close, sma(close, 10))", "crossup"),
        formula("pine.crossover(close, open)", lambda b: crossed(b["close"], b["open"])),
    ],
    "pine.crossunder": [
        pynecore("pine.crossunder(close, sma(close, 10))", "crossdown"),
        formula("pine.crossunder(close, open)", lambda b: crossed(b["open"], b["close"])),
    ],
    "pine.cross": [
        pynecore("pine.cross(close, sma(close, 10))", "cross"),
        formula(
            "pine.cross(close, open)",
            lambda b: np.maximum(crossed(b["close"], b["open"]), crossed(b["open"], b["close"])),
        ),
    ],
    "pine.rising": [
        formula("pine.rising(close, 1)", lambda b: exceeds(b["close"], 1)),
        formula("pine.rising(close, 3)", lambda b: exceeds(b["close"], 3)),
    ],
    "pine.falling": [
        formula("pine.falling(close, 1)", lambda b: exceeds(-b["close"], 1)),
        formula("pine.falling(close, 2)", lambda b: exceeds(-b["close"], 2)),
    ],
    "pine.barssince": [
        pine("pine.barssince(close > open)", "barssince"),
        formula("pine.barssince(close > open)", lambda b: f.bars_since(rising(b))),
    ],
    "pine.valuewhen": [
        pine("pine.valuewhen(close > open, close, 1)", "valuewhen"),
        formula("pine.valuewhen(close > open, volume, 0)", lambda b: f.value_when(rising(b), b["volume"], 0)),
    ],
    "pine.pivothigh": [
        pine("pine.pivothigh(high, 4, 4)", "pivothigh"),
        formula("pine.pivothigh(high, 2, 2)", lambda b: f.pivots(b["high"], 2, 2), markets=WITH_SWINGS),
    ],
    "pine.pivotlow": [
        pine("pine.pivotlow(low, 4, 4)", "pivotlow"),
        formula("pine.pivotlow(low, 2, 2)", lambda b: -f.pivots(-b["low"], 2, 2), markets=WITH_SWINGS),
    ],
    "pine.vwap": [
        formula("pine.vwap('first')", lambda b: f.volume_weighted(*hlc(b), b["volume"])),
    ],
    "pine.obv": [
        pine("pine.obv()", "obv"),
        formula("pine.obv()", lambda b: accumulated(b["volume"] * np.sign(change(b["close"])))),
    ],
    "pine.pvt": [
        pine("pine.pvt()", "pvt"),
        formula(
            "pine.pvt()",
            lambda b: accumulated(b["volume"] * change(b["close"]) / s.ago(b["close"], 1)),
            relative=1e-9,
        ),
    ],
    "pine.nvi": [
        pine("pine.nvi()", "nvi"),
        formula("pine.nvi()", lambda b: index(b["close"], b["volume"], -1)),
    ],
    "pine.pvi": [
        pine("pine.pvi()", "pvi"),
        formula("pine.pvi()", lambda b: index(b["close"], b["volume"], 1)),
    ],
    "pine.accdist": [
        pine("pine.accdist()", "accdist"),
        formula("pine.accdist()", lambda b: np.cumsum(np.nan_to_num(closeness(b)) * b["volume"]), relative=1e-9),
    ],
    "pine.wad": [
        pine("pine.wad()", "wad"),
        formula("pine.wad()", lambda b: williams(*hlc(b)), relative=1e-9),
    ],
    "pine.wvad": [
        pine("pine.wvad()", "wvad"),
        formula("pine.wvad()", lambda b: s.over((b["close"] - b["open"]) * b["volume"], b["high"] - b["low"])),
    ],
    "pine.iii": [
        pine("pine.iii()", "iii"),
        formula("pine.iii()", lambda b: s.over(closeness(b), b["volume"])),
    ],
    "pine.cci": [
        pine("pine.cci(close, 20)", "cci"),
        formula(
            "pine.cci(close, 5)",
            lambda b: s.over(b["close"] - f.mean(b["close"], 5), 0.015 * mean_distance(b["close"], 5)),
            relative=1e-9,
        ),
    ],
    "pine.dev": [
        pine("pine.dev(close, 20)", "dev"),
        formula("pine.dev(close, 20)", lambda b: mean_distance(b["close"], 20)),
    ],
    "pine.correlation": [
        pine("pine.correlation(close, volume, 20)", "correlation", relative=1e-8),
        formula("pine.correlation(open, high, 10)", lambda b: agreement(b["open"], b["high"], 10), relative=1e-9),
    ],
    "pine.highestbars": [
        body("pine.highestbars(close, 20)", "-rolling_argmax(close, 20)"),
        formula("pine.highestbars(length=5)", lambda b: -f.bars_since_greatest(b["high"], 5)),
    ],
    "pine.lowestbars": [
        body("pine.lowestbars(close, 20)", "-rolling_argmin(close, 20)"),
        formula("pine.lowestbars(length=5)", lambda b: -f.bars_since_least(b["low"], 5)),
    ],
    "pine.sar": [
        pine("pine.sar(0.02, 0.02, 0.2)", "sar"),
        formula("pine.sar(0.1, 0.05, 0.5)", lambda b: stop(*hlc(b), 0.1, 0.05, 0.5)),
    ],
}
