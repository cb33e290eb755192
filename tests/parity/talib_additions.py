"""The witnesses of what TA-Lib 0.8 added: its wheel, and where ours begins otherwise a naive formula."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import talib as c

from tests.parity import formulas as f
from tests.parity.witness import REAL, Bars, Column, Witness, body, formula, talib


def columns(b: Bars, names: str) -> tuple[Column, ...]:
    return tuple(b[name] for name in names.split())


def wheel(rule: str, function: str, inputs: str, *params: float, **heard: Any) -> Witness:
    """TA-Lib's function over these fields: where it has a value the engine has one, and nowhere else."""
    of = getattr(c, function)
    heard = {"ready_alike": True, "relative": 1e-10, "near_zero": 1e-12} | heard
    return talib(rule, lambda b: of(*columns(b, inputs), *params), **heard)


def not_exceeding(x: Column, period: int) -> Column:
    """Give how many of the values before, so many, are not greater, in percent."""
    out = np.full(len(x), np.nan)
    for row in range(period, len(x)):
        out[row] = 100 * (x[row - period : row] <= x[row]).sum() / period
    return out


def changes(x: Column) -> Column:
    return np.concatenate([[np.nan], np.diff(x)])


def late(values: Column, missing: int) -> Column:
    """Values that begin so many bars later."""
    return np.concatenate([np.full(missing, np.nan), values])


def later(of: Any, x: Column, *params: Any) -> Column:
    """What a formula gives for the values that there are, in the rows where they are."""
    missing = int(np.isnan(x).sum())
    return late(of(x[missing:], *params), missing)


def strength(x: Column, first: int, second: int) -> Column:
    change = np.diff(x)
    up, size = (f.ema(f.ema(one, first), second) for one in (change, np.abs(change)))
    return late(100 * np.divide(up, size, out=np.zeros(len(up)), where=size != 0), 1)


def stochastic_momentum(b: Bars, period: int, fast: int, slow: int, signal: int) -> tuple[Column, Column]:
    top, bottom = f.greatest(b["high"], period)[period - 1 :], f.least(b["low"], period)[period - 1 :]
    apart = b["close"][period - 1 :] - (top + bottom) / 2
    up, size = (f.ema(f.ema(one, slow), fast) for one in (apart, top - bottom))
    index = 200 * np.divide(up, size, out=np.zeros(len(up)), where=size != 0)
    return late(index, period - 1), late(f.ema(index, signal), period - 1)


def chaikin_volatility(b: Bars, period: int, change: int) -> Column:
    mean = f.ema(b["high"] - b["low"], period)
    before, now = mean[:-change], mean[change:]
    return late(np.divide(100 * (now - before), before, out=np.full(len(now), np.nan), where=before != 0), change)


def mass(b: Bars, fast: int, slow: int) -> Column:
    mean = f.ema(b["high"] - b["low"], fast)
    slower = f.ema(mean, fast)
    return f.rolling_sum(np.divide(mean, slower, out=np.ones(len(mean)), where=slower != 0), slow)


def swings(b: Bars, left: int, right: int) -> tuple[Column, Column]:
    def of(x: Column) -> Column:
        out = np.full(len(x), np.nan)
        for bar in range(left, len(x) - right):
            around = np.concatenate([x[bar - left : bar], x[bar + 1 : bar + right + 1]])
            out[bar + right] = x[bar] if x[bar] > around.max() else np.nan
        return out

    return of(b["high"]), -of(-b["low"])


def oscillating_volume(x: Column, fast: int, slow: int) -> Column:
    base = f.ema(x, slow)
    return np.divide(100 * (f.ema(x, fast) - base), base, out=np.full(len(x), np.nan), where=base != 0)


def fractal(b: Bars, left: int, right: int) -> tuple[Column, Column]:
    high, low = c.FRACTAL(b["high"], b["low"], left, right)
    out = high.astype(float), low.astype(float)
    for column in out:
        column[: left + right] = np.nan
    return out


def trend(b: Bars, period: int, multiplier: float) -> tuple[Column, Column]:
    line, side = c.SUPERTREND(b["high"], b["low"], b["close"], period, multiplier)
    return line, np.where(np.isnan(line), np.nan, side.astype(float))


def kdj(b: Bars, period: int, first: int, second: int) -> tuple[Column, ...]:
    top, bottom = f.greatest(b["high"], period)[period - 1 :], f.least(b["low"], period)[period - 1 :]
    span = top - bottom
    raw = np.divide(100 * (b["close"][period - 1 :] - bottom), span, out=np.full(len(span), 50.0), where=span != 0)
    k = f.wilder(raw, first)
    d = late(f.wilder(k[first - 1 :], second), first - 1)
    return tuple(late(one, period - 1) for one in (k, d, 3 * k - 2 * d))


def ichimoku(b: Bars, turning: int, base: int, slow: int) -> tuple[Column, ...]:
    first, second, third = ((f.greatest(b["high"], n) + f.least(b["low"], n)) / 2 for n in (turning, base, slow))
    return first, second, (first + second) / 2, third, b["close"]


def fisher(b: Bars, period: int) -> tuple[Column, Column]:
    middle = (b["high"] + b["low"]) / 2
    top, bottom = f.greatest(middle, period), f.least(middle, period)
    out = np.full(len(middle), np.nan)
    smooth = line = 0.0
    for bar in range(period - 1, len(middle)):
        span = top[bar] - bottom[bar]
        place = (middle[bar] - bottom[bar]) / span - 0.5 if span else 0.0
        smooth = min(max(0.66 * place + 0.67 * smooth, -0.999), 0.999)
        out[bar] = line = 0.5 * np.log((1 + smooth) / (1 - smooth)) + 0.5 * line
    return out, late(out[:-1], 1)


def zigzag(b: Bars, percent: float, least: int) -> tuple[Column, Column, Column]:
    high, low = b["high"], b["low"]
    legs, way, pivot, at = [(low[0], -1, 0)], -1, low[0], 0
    for bar in range(1, len(high)):
        price = high[bar] if way < 0 else low[bar]
        turned = price >= pivot * (1 + percent / 100) if way < 0 else price <= pivot * (1 - percent / 100)
        if turned and bar - at >= least:
            way, pivot, at = -way, price, bar
        elif (low[bar] <= pivot) if way < 0 else (high[bar] >= pivot):
            pivot, at = low[bar] if way < 0 else high[bar], bar
        legs.append((pivot, way, bar - at))
    return tuple(np.array(column, dtype=float) for column in zip(*legs, strict=True))  # type: ignore[return-value]


def dynamic(x: Column, period: int, many: int) -> Column:
    out, line = np.full(len(x), np.nan), 0.0
    for bar in range(many, len(x)):
        moved = [Fraction(now) - Fraction(before) for before, now in pairwise(x[bar - many : bar + 1].tolist())]
        way = sum(map(abs, moved))
        share = float(abs(sum(moved)) / way) if way else 0.0
        line = x[bar] if bar == many else line + 2 / (period + 1) * share * (x[bar] - line)
        out[bar] = line
    return out


def bell(x: Column, period: int, sigma: float, offset: float) -> Column:
    places = np.arange(period) - offset * (period - 1)
    weights = np.exp(-(places**2) / (2 * (period / sigma) ** 2))
    exact = [Fraction(one) for one in weights.tolist()]
    return f.over_windows(
        x, period, lambda window: float(sum(w * Fraction(v) for w, v in zip(exact, window, strict=True)) / sum(exact))
    )


HL, HLC, OHLC, HLCV, CV = "high low", "high low close", "open high low close", "high low close volume", "close volume"

#: Where no swing is, nothing is compared.
MOVING = (*REAL, "walk", "ties", "gaps", "splits", "tiny", "huge")

ADDITIONS: dict[str, list[Witness]] = {
    "ao": [wheel("ao(5, 34)", "AO", HL, 5, 34), wheel("ao(3, 7)", "AO", HL, 3, 7)],
    "talib.ao": [wheel("talib.ao()", "AO", HL)],
    "ac": [wheel("ac(5, 34, 5)", "AC", HL, 5, 34, 5)],
    "talib.ac": [wheel("talib.ac()", "AC", HL)],
    "accbands": [wheel("accbands(20)", "ACCBANDS", HLC, 20)],
    "talib.accbands": [wheel("talib.accbands()", "ACCBANDS", HLC)],
    "adr": [wheel("adr(14)", "ADR", HL, 14)],
    "talib.adr": [wheel("talib.adr()", "ADR", HL)],
    "cmf": [wheel("cmf(20)", "CMF", HLCV, 20)],
    "talib.cmf": [wheel("talib.cmf()", "CMF", HLCV)],
    "cmo_sum": [wheel("cmo_sum(close, 14)", "CMOU", "close", 14, relative=1e-9)],
    "talib.cmou": [wheel("talib.cmou(close)", "CMOU", "close", relative=1e-9)],
    "coppock": [wheel("coppock(close, 10, 11, 14)", "COPPOCK", "close", 10, 11, 14)],
    "talib.coppock": [wheel("talib.coppock(close)", "COPPOCK", "close")],
    "cum_sum": [wheel("cum_sum(close)", "CUMSUM", "close"), wheel("cum_sum(volume)", "CUMSUM", "volume")],
    "talib.cumsum": [wheel("talib.cumsum(close)", "CUMSUM", "close")],
    "chaikin_volatility": [formula("chaikin_volatility(10, 7)", lambda b: chaikin_volatility(b, 10, 7))],
    "talib.cvi": [wheel("talib.cvi(10, 7)", "CVI", HL, 10, 7)],
    "donchian": [wheel("donchian(20)", "DONCHIAN", HL, 20)],
    "talib.donchian": [wheel("talib.donchian()", "DONCHIAN", HL)],
    "dpo": [wheel("dpo(close, 20)", "DPO", "close", 20), wheel("dpo(close, 15)", "DPO", "close", 15)],
    "talib.dpo": [wheel("talib.dpo(close)", "DPO", "close")],
    "force_index": [
        formula("force_index(13)", lambda b: late(f.ema((np.diff(b["close"]) * b["volume"][1:]), 13), 1)),
    ],
    "talib.efi": [wheel("talib.efi(13)", "EFI", CV, 13), wheel("talib.efi(1)", "EFI", CV, 1)],
    "efficiency_ratio": [wheel("efficiency_ratio(close, 10)", "ER", "close", 10)],
    "talib.er": [wheel("talib.er(close)", "ER", "close")],
    "elder_ray": [
        formula("elder_ray(13)", lambda b: (b["high"] - (m := f.ema(b["close"], 13)), b["low"] - m)),
    ],
    "talib.eri": [wheel("talib.eri(13)", "ERI", HLC, 13)],
    "forecast_osc": [
        wheel("forecast_osc(close, 5)", "FOSC", "close", 5, near_zero=1e-10),
        wheel("forecast_osc(close, 14)", "FOSC", "close", 14, near_zero=1e-10),
    ],
    "talib.fosc": [wheel("talib.fosc(close)", "FOSC", "close", near_zero=1e-10)],
    "heikin_ashi": [wheel("heikin_ashi()", "HA", OHLC)],
    "talib.ha": [wheel("talib.ha()", "HA", OHLC)],
    "hma": [wheel(f"hma(close, {period})", "HMA", "close", period) for period in (1, 2, 3, 9, 15, 20)],
    "talib.hma": [wheel("talib.hma(close)", "HMA", "close")],
    "ichimoku": [formula("ichimoku(9, 26, 52)", lambda b: ichimoku(b, 9, 26, 52))],
    "fisher": [formula("fisher(9)", lambda b: fisher(b, 9), relative=1e-10)],
    "zigzag": [
        formula("zigzag(5, 1)", lambda b: zigzag(b, 5.0, 1)),
        formula("zigzag(1, 4)", lambda b: zigzag(b, 1.0, 4)),
    ],
    "vidya": [formula("vidya(close, 12, 9)", lambda b: dynamic(b["close"], 12, 9))],
    "talib.vwap": [wheel("talib.vwap()", "VWAP", HLCV)],
    "alma": [
        formula("alma(close, 9, 6, 0.85)", lambda b: bell(b["close"], 9, 6.0, 0.85)),
        formula("alma(close, 12, 4, 0.3)", lambda b: bell(b["close"], 12, 4.0, 0.3)),
    ],
    "pine.alma": [
        formula("pine.alma(close, 9, 0.85, 6)", lambda b: bell(b["close"], 9, 6.0, 0.85)),
        formula("pine.alma(close, 12, 0.3, 4)", lambda b: bell(b["close"], 12, 4.0, 0.3)),
    ],
    "pine.percentrank": [
        formula("pine.percentrank(close, 7)", lambda b: not_exceeding(b["close"], 7)),
        formula("pine.percentrank(volume, 30)", lambda b: not_exceeding(b["volume"], 30)),
    ],
    "inertia": [body("inertia(close, 14, 20)", "linreg(relative_volatility(close, 14, 10), 20)")],
    "talib.kstext": [
        body("talib.kstext(close)", "talib.kst(close)"),
        body(
            "talib.kstext(close, signal_matype='wma').kstsignal",
            "wma(talib.kst(close, signal_period=1).kst, 9)",
        ),
    ],
    "percentile_nearest": [
        wheel("percentile_nearest(close, 100, 7)", "PERCENTILE", "close", 100, 7.0),
        wheel("percentile_nearest(close, 30)", "PERCENTILE", "close", 30, 50.0),
    ],
    "talib.percentile": [wheel("talib.percentile(close, 30, 90)", "PERCENTILE", "close", 30, 90.0)],
    "mean_abs_dev": [wheel("mean_abs_dev(close, 14)", "AVGDEV", "close", 14)],
    "talib.avgdev": [wheel("talib.avgdev(close)", "AVGDEV", "close", 14)],
    "imi": [wheel("imi(14)", "IMI", "open close", 14)],
    "talib.imi": [wheel("talib.imi()", "IMI", "open close")],
    "talib.kc": [
        wheel("talib.kc(20, 10, 2)", "KC", HLC, 20, 10, 2.0),
        wheel("talib.kc(5, 14, 1)", "KC", HLC, 5, 14, 1.0),
    ],
    "kdj": [formula("kdj(9, 3, 3)", lambda b: kdj(b, 9, 3, 3))],
    "talib.kdj": [
        wheel("talib.kdj()", "KDJ", HLC, 9, 3, 13, 3, 13),
        wheel("talib.kdj(5, 4, 'rma', 2, 'rma')", "KDJ", HLC, 5, 4, 13, 2, 13),
        wheel("talib.kdj(9, 3, 'sma', 3, 'ema')", "KDJ", HLC, 9, 3, 0, 3, 1),
    ],
    "market_facilitation": [
        formula(
            "market_facilitation()", lambda b: (b["high"] - b["low"]) / np.where(b["volume"] == 0, np.nan, b["volume"])
        ),
    ],
    "talib.marketfi": [wheel("talib.marketfi()", "MARKETFI", "high low volume")],
    "mass_index": [formula("mass_index(9, 25)", lambda b: mass(b, 9, 25))],
    "talib.massi": [wheel("talib.massi(9, 25)", "MASSI", HL, 9, 25)],
    "nvi": [wheel("nvi()", "NVI", CV)],
    "talib.nvi": [wheel("talib.nvi()", "NVI", CV)],
    "pvi": [wheel("pvi()", "PVI", CV)],
    "talib.pvi": [wheel("talib.pvi()", "PVI", CV)],
    "percent_rank": [
        wheel("percent_rank(close, 100)", "PERCENTRANK", "close", 100),
        wheel("percent_rank(volume, 7)", "PERCENTRANK", "volume", 7),
    ],
    "talib.percentrank": [wheel("talib.percentrank(close)", "PERCENTRANK", "close")],
    "pvo": [formula("pvo(12, 26)", lambda b: oscillating_volume(b["volume"], 12, 26))],
    "talib.pvo": [
        wheel("talib.pvo()", "PVO", "volume"),
        wheel("talib.pvo(volume, 7, 5, 'sma')", "PVO", "volume", 7, 5, 0),
        wheel("talib.pvo(volume, 5, 9, 'wma')", "PVO", "volume", 5, 9, 2),
    ],
    "pvt": [wheel("pvt()", "PVT", CV)],
    "talib.pvt": [wheel("talib.pvt()", "PVT", CV)],
    "qstick": [wheel("qstick(10)", "QSTICK", "open close", 10)],
    "talib.qstick": [wheel("talib.qstick()", "QSTICK", "open close")],
    "talib.rma": [wheel("talib.rma(close, 14)", "RMA", "close", 14), wheel("talib.rma(close)", "RMA", "close")],
    "relative_volatility": [wheel("relative_volatility(close, 14, 10)", "RVI", "close", 14, 10, relative=1e-9)],
    "talib.rvi": [wheel("talib.rvi(close)", "RVI", "close", relative=1e-9)],
    "rvol": [wheel("rvol(20)", "RVOL", "volume", 20)],
    "talib.rvol": [wheel("talib.rvol()", "RVOL", "volume")],
    "smi": [formula("smi(13, 2, 25, 9)", lambda b: stochastic_momentum(b, 13, 2, 25, 9))],
    "talib.smi": [wheel("talib.smi()", "SMI", HLC), wheel("talib.smi(5, 3, 4, 6)", "SMI", HLC, 5, 3, 4, 6)],
    "talib.supertrend": [
        talib("talib.supertrend(10, 3)", lambda b: trend(b, 10, 3.0), ready_alike=True),
        talib("talib.supertrend(3, 1)", lambda b: trend(b, 3, 1.0), ready_alike=True),
    ],
    "tsi": [formula("tsi(close, 25, 13)", lambda b: strength(b["close"], 25, 13))],
    "talib.tsi": [wheel("talib.tsi(close)", "TSI", "close"), wheel("talib.tsi(close, 5, 3)", "TSI", "close", 5, 3)],
    "vhf": [wheel("vhf(close, 28)", "VHF", "close", 28), wheel("vhf(close, 5)", "VHF", "close", 5)],
    "talib.vhf": [wheel("talib.vhf(close)", "VHF", "close")],
    "vortex": [wheel("vortex(14)", "VORTEX", HLC, 14)],
    "talib.vortex": [wheel("talib.vortex()", "VORTEX", HLC)],
    "vwma": [wheel("vwma(close, 30)", "VWMA", CV, 30)],
    "talib.vwma": [wheel("talib.vwma(close)", "VWMA", CV)],
    "wad": [wheel("wad()", "WAD", HLC)],
    "talib.wad": [wheel("talib.wad()", "WAD", HLC)],
    "zlema": [
        formula("zlema(close, 30)", lambda b: late(f.ema(2 * b["close"][14:] - b["close"][:-14], 30), 14)),
    ],
    "talib.zlema": [wheel("talib.zlema(close)", "ZLEMA", "close"), wheel("talib.zlema(close, 9)", "ZLEMA", "close", 9)],
    "fractals": [
        formula("fractals(2, 2)", lambda b: swings(b, 2, 2), markets=MOVING),
        formula("fractals(3, 1)", lambda b: swings(b, 3, 1), markets=MOVING),
    ],
    "talib.fractal": [
        talib("talib.fractal(2, 2)", lambda b: fractal(b, 2, 2), "ties", ready_alike=True, relative=0.0),
        talib("talib.fractal(1, 3)", lambda b: fractal(b, 1, 3), "ties", ready_alike=True, relative=0.0),
    ],
}
