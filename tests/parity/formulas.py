"""Naive formulas, written from the definitions alone: a window is looked at anew on every bar, means are weighted sums.

They take columns of numbers without gaps and give a value per bar, NaN where there is none. Sums and means are exact
(`Fraction`); exponential means are written out as the sums that their recurrence means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


def over_windows(x: Column, period: int, statistic: Callable[[list[float]], float]) -> Column:
    """Give a statistic of every full window."""
    values = x.tolist()
    full = [statistic(values[end - period : end]) for end in range(period, len(values) + 1)]
    return np.array([math.nan] * min(period - 1, len(values)) + full)


def _sum(window: Sequence[float]) -> Fraction:
    return sum(map(Fraction, window), Fraction(0))


def rolling_sum(x: Column, period: int) -> Column:
    return over_windows(x, period, lambda window: float(_sum(window)))


def mean(x: Column, period: int) -> Column:
    return over_windows(x, period, lambda window: float(_sum(window) / period))


def weighted_mean(x: Column, period: int) -> Column:
    weights = range(1, period + 1)

    def of(window: list[float]) -> float:
        return float(sum(w * Fraction(v) for w, v in zip(weights, window, strict=True)) / sum(weights))

    return over_windows(x, period, of)


def deviation(x: Column, period: int) -> Column:
    def of(window: list[float]) -> float:
        middle = _sum(window) / period
        return math.sqrt(sum((Fraction(v) - middle) ** 2 for v in window) / period)

    return over_windows(x, period, of)


def greatest(x: Column, period: int) -> Column:
    return over_windows(x, period, max)


def least(x: Column, period: int) -> Column:
    return over_windows(x, period, min)


def bars_since_greatest(x: Column, period: int) -> Column:
    return over_windows(x, period, lambda window: window[::-1].index(max(window)))


def bars_since_least(x: Column, period: int) -> Column:
    return over_windows(x, period, lambda window: window[::-1].index(min(window)))


def exponential(x: Column, alpha: float, seed: int = 1) -> Column:
    """Give the exponential mean that begins with the plain mean of the first `seed` values."""
    beta = 1.0 - alpha
    out = np.full(len(x), math.nan)
    first = float(_sum(x[:seed].tolist()) / seed)
    weights = beta ** np.arange(len(x))
    for bar in range(seed - 1, len(x)):
        later = x[seed : bar + 1][::-1]
        out[bar] = math.fsum([weights[bar - seed + 1] * first, *(alpha * weights[: len(later)] * later)])
    return out


def ema(x: Column, period: int) -> Column:
    return exponential(x, 2 / (period + 1))


def rma(x: Column, period: int) -> Column:
    return exponential(x, 1 / period)


def wilder(x: Column, period: int) -> Column:
    return exponential(x, 1 / period, seed=period)


def rsi(x: Column, period: int) -> Column:
    change = np.diff(x)
    gain, loss = wilder(np.maximum(change, 0), period), wilder(np.maximum(-change, 0), period)
    movement = gain + loss
    strength = np.where(movement == 0, 50.0, 100 * gain / np.where(movement == 0, 1, movement))
    return np.concatenate([[math.nan], strength])


def macd(x: Column, fast: int, slow: int, signal: int) -> tuple[Column, Column, Column]:
    line = ema(x, fast) - ema(x, slow)
    return line, ema(line, signal), line - ema(line, signal)


def stochastic(high: Column, low: Column, close: Column, period: int, d: int, smooth: int) -> tuple[Column, Column]:
    top, bottom = greatest(high, period), least(low, period)
    span = np.where(top == bottom, 1, top - bottom)
    raw = np.where(top == bottom, 50.0, 100 * (close - bottom) / span)[period - 1 :]
    k = mean(raw, smooth)
    late = np.full(period - 1, math.nan)
    averaged = np.concatenate([np.full(smooth - 1, math.nan), mean(k[smooth - 1 :], d)])
    return np.concatenate([late, k]), np.concatenate([late, averaged])


def true_range(high: Column, low: Column, close: Column) -> Column:
    before = np.concatenate([[math.nan], close[:-1]])
    ranges = np.stack([high - low, np.abs(high - before), np.abs(low - before)])
    return np.concatenate([[high[0] - low[0]], ranges[:, 1:].max(axis=0)])


def supertrend(high: Column, low: Column, close: Column, period: int, multiplier: float) -> tuple[Column, Column]:
    """Give the line, and 1 where the direction is up and 0 where it is down."""
    ranges = wilder(true_range(high, low, close), period)
    line, direction = np.full(len(close), math.nan), np.full(len(close), math.nan)
    for bar in range(period - 1, len(close)):
        middle = (high[bar] + low[bar]) / 2
        wide_upper, wide_lower = middle + multiplier * ranges[bar], middle - multiplier * ranges[bar]
        if bar == period - 1:
            upper, lower, up = wide_upper, wide_lower, True
        else:
            upper = wide_upper if close[bar - 1] > upper else min(upper, wide_upper)
            lower = wide_lower if close[bar - 1] < lower else max(lower, wide_lower)
            up = close[bar] >= lower if up else close[bar] > upper
        line[bar], direction[bar] = (lower if up else upper), float(up)
    return line, direction


def on_balance_volume(close: Column, volume: Column) -> Column:
    """Give the running sum of signed volumes, exactly."""
    signs = np.concatenate([[1], np.sign(np.diff(close))]) if len(close) else close
    sums, total = [], Fraction(0)
    for sign, traded in zip(signs.tolist(), volume.tolist(), strict=True):
        total += int(sign) * Fraction(traded)
        sums.append(float(total))
    return np.array(sums)


def bands(x: Column, period: int, width: float) -> tuple[Column, Column, Column]:
    middle, spread = mean(x, period), width * deviation(x, period)
    return middle + spread, middle, middle - spread


def keltner(
    high: Column, low: Column, close: Column, period: int, atr_period: int, width: float
) -> tuple[Column, Column, Column]:
    middle, spread = ema(close, period), width * wilder(true_range(high, low, close), atr_period)
    return middle + spread, middle, middle - spread


def crossed_up(a: Column, b: Column) -> Column:
    """Give 1 where `a` is above `b` and was not, 0 where not, NaN where one of the four values is."""
    out = np.full(len(a), math.nan)
    for bar in range(1, len(a)):
        if not np.isnan([a[bar - 1], b[bar - 1], a[bar], b[bar]]).any():
            out[bar] = a[bar] > b[bar] and a[bar - 1] <= b[bar - 1]
    return out


def bars_since(condition: NDArray[np.bool_]) -> Column:
    true_at = [bar for bar, is_true in enumerate(condition) if is_true]
    ages = [[bar - at for at in true_at if at <= bar] for bar in range(len(condition))]
    return np.array([min(own, default=math.nan) for own in ages], dtype=float)


def value_when(condition: NDArray[np.bool_], x: Column, n: int) -> Column:
    chosen = [x[: bar + 1][condition[: bar + 1]] for bar in range(len(x))]
    return np.array([own[-1 - n] if len(own) > n else math.nan for own in chosen])


def rounded(x: Column) -> Column:
    """Give the nearest whole numbers; of two equally near ones that which is farther from zero."""
    return np.trunc(x) + np.where(np.abs(x - np.trunc(x)) >= 0.5, np.sign(x), 0)
