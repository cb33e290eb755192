"""Naive formulas, written from the definitions alone: a window is looked at anew on every bar, means are weighted sums.

They take columns of numbers without gaps and give a value per bar, NaN where there is none. Sums and means are exact
(`Fraction`); exponential means are written out as the sums that their recurrence means.
"""

from __future__ import annotations

import itertools
import math
import statistics
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


def median(x: Column, period: int) -> Column:
    def of(window: list[float]) -> float:
        return float(statistics.median(map(Fraction, window)))

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


def parabolic_stop(high: Column, low: Column, start: float, increment: float, most: float) -> tuple[Column, Column]:
    """Give the stop, and 1 where the direction is up and 0 where it is down: exact, rounded at the end."""
    highs, lows = [Fraction(x) for x in high.tolist()], [Fraction(x) for x in low.tolist()]
    first, step, last = Fraction(start), Fraction(increment), Fraction(most)
    stop, extreme, share, up = lows[0], highs[0], first, True
    stops, directions = [float(stop)], [1.0]
    for bar in range(1, len(highs)):
        # A stop of more digits than these is never told apart from a price.
        stop = (stop + share * (extreme - stop)).limit_denominator(10**40)
        before = slice(max(0, bar - 2), bar)
        stop = min([stop, *lows[before]]) if up else max([stop, *highs[before]])
        if (up and lows[bar] < stop) or (not up and highs[bar] > stop):
            up, stop, share, extreme = not up, extreme, first, lows[bar] if up else highs[bar]
        elif (up and highs[bar] > extreme) or (not up and lows[bar] < extreme):
            extreme, share = highs[bar] if up else lows[bar], min(share + step, last)
        stops.append(float(stop))
        directions.append(float(up))
    return np.array(stops), np.array(directions)


def talib_parabolic_stop(high: Column, low: Column, acceleration: float, maximum: float) -> Column:
    """Give the stop with TA-Lib's beginning and turns, a side at a time."""
    out = np.full(len(high), math.nan)
    share = first = min(acceleration, maximum)
    fall, rise = low[0] - low[1], high[1] - high[0]
    up = not (fall > 0 and fall > rise)
    stop, extreme = (low[0], high[1]) if up else (high[0], low[1])
    for bar in range(1, len(high)):
        last = slice(max(1, bar - 1), bar + 1)
        turns = low[bar] <= stop if up else high[bar] >= stop
        if turns:
            stop = max(extreme, *high[last]) if up else min(extreme, *low[last])
            share, extreme, up = first, low[bar] if up else high[bar], not up
        out[bar] = stop
        reached = high[bar] > extreme if up else low[bar] < extreme
        if reached and not turns:
            extreme, share = high[bar] if up else low[bar], min(share + first, maximum)
        stop = stop + share * (extreme - stop)
        stop = min(stop, *low[last]) if up else max(stop, *high[last])
    return out


def adaptive_mean(x: Column, period: int, fast: int, slow: int) -> Column:
    """Give Kaufman's mean: efficiencies are exact, the mean is the sum that its recurrence means."""
    values = [Fraction(v) for v in x.tolist()]
    changes = [abs(b - a) for a, b in itertools.pairwise(values)]
    quick, slack = 2 / (fast + 1), 2 / (slow + 1)
    out = np.full(len(x), math.nan)
    mean = x[period - 1] if len(x) > period else math.nan
    for bar in range(period, len(x)):
        way = sum(changes[bar - period : bar])
        efficiency = float(abs(values[bar] - values[bar - period]) / way) if way else 1.0
        weight = (efficiency * (quick - slack) + slack) ** 2
        mean = out[bar] = float(Fraction(mean) + Fraction(weight) * (values[bar] - Fraction(mean)))
    return out


def dominant_period(x: Column) -> Column:
    """Give the dominant cycle's period by Hilbert transforms, which begin with zeros behind the first 12 values."""
    n, begin = len(x), 12
    smooth, detrended, quadrature, in_phase = (np.zeros(n + 6) for _ in range(4))
    # Six zeros in front, so that what is six bars behind is there.
    smooth[6 + begin :] = weighted_mean(x, 4)[begin:]

    def hilbert(y: Column, at: int) -> float:
        return (0.0962 * (y[at] - y[at - 6]) + 0.5769 * (y[at - 2] - y[at - 4])) * gain

    out = np.full(n, math.nan)
    i2 = q2 = re = im = period = value = 0.0
    for bar in range(begin, n):
        at, gain, before = bar + 6, 0.075 * period + 0.54, period
        detrended[at] = hilbert(smooth, at)
        quadrature[at] = hilbert(detrended, at)
        in_phase[at] = detrended[at - 3]
        i2_before, q2_before = i2, q2
        i2 = 0.2 * (in_phase[at] - hilbert(quadrature, at)) + 0.8 * i2
        q2 = 0.2 * (quadrature[at] + hilbert(in_phase, at)) + 0.8 * q2
        re = 0.2 * (i2 * i2_before + q2 * q2_before) + 0.8 * re
        im = 0.2 * (i2 * q2_before - q2 * i2_before) + 0.8 * im
        if im != 0 and re != 0:
            period = 360 / math.degrees(math.atan(im / re))
        period = min(max(max(min(period, 1.5 * before), 0.67 * before), 6), 50)
        period = 0.2 * period + 0.8 * before
        value = 0.33 * period + 0.67 * value
        out[bar] = value
    out[:32] = math.nan
    return out


Candles = tuple[Column, Column, Column, Column]


def pattern(candles: Candles, count: int, mean: int, value: Callable[[int, CandleAt], float]) -> Column:
    """Give a pattern's value on every bar that has `count` candles and, before the oldest, `mean` ones."""
    opens, highs, lows, closes = ([Fraction(x) for x in column.tolist()] for column in candles)
    rows = list(zip(opens, highs, lows, closes, strict=True))
    values = [value(bar, CandleAt(rows)) for bar in range(count - 1 + mean, len(rows))]
    return np.array([math.nan] * min(count - 1 + mean, len(rows)) + values, dtype=float)


class CandleAt:
    """Parts of candles by their rows, and means of those before, all exact."""

    def __init__(self, rows: list[tuple[Fraction, ...]]) -> None:
        self.rows = rows

    def body(self, bar: int) -> Fraction:
        return abs(self.rows[bar][3] - self.rows[bar][0])

    def is_white(self, bar: int) -> bool:
        return self.rows[bar][3] >= self.rows[bar][0]

    def ends(self, bar: int) -> tuple[Fraction, Fraction]:
        """Lower and upper end of the body."""
        first, last = sorted((self.rows[bar][0], self.rows[bar][3]))
        return first, last

    def mean_body(self, bar: int) -> Fraction:
        return sum(map(self.body, range(bar - 10, bar)), Fraction(0)) / 10

    def mean_range(self, bar: int, many: int) -> Fraction:
        return sum((self.rows[one][1] - self.rows[one][2] for one in range(bar - many, bar)), Fraction(0)) / many


def engulfing(candles: Candles) -> Column:
    def of(bar: int, at: CandleAt) -> float:
        (low, high), (lower, upper) = at.ends(bar - 1), at.ends(bar)
        reaches_over = lower <= low and high <= upper and (lower, upper) != (low, high)
        if at.is_white(bar) == at.is_white(bar - 1) or not reaches_over:
            return 0
        return (1 if at.is_white(bar) else -1) * (100 if lower < low and high < upper else 80)

    return pattern(candles, 2, 0, of)


def star(candles: Candles, penetration: float, *, is_morning: bool) -> Column:
    """Give 100 for a morning star; for an evening star −100."""

    def of(bar: int, at: CandleAt) -> float:
        first, middle, last = bar - 2, bar - 1, bar
        gap = at.ends(first)[0] - at.ends(middle)[1] if is_morning else at.ends(middle)[0] - at.ends(first)[1]
        way = (at.rows[last][3] - at.rows[first][3]) * (1 if is_morning else -1)
        long = [at.body(one) > at.mean_body(one) for one in (first, middle, last)]
        colours = at.is_white(first) != is_morning and at.is_white(last) == is_morning
        found = colours and gap > 0 and long == [True, False, True] and way > at.body(first) * Fraction(penetration)
        return (100 if is_morning else -100) if found else 0

    return pattern(candles, 3, 10, of)


def doji(candles: Candles) -> Column:
    return pattern(candles, 1, 10, lambda bar, at: 100 if 10 * at.body(bar) <= at.mean_range(bar, 10) else 0)


def hammer(candles: Candles) -> Column:
    def of(bar: int, at: CandleAt) -> float:
        (lower, upper), (_, high, low, _) = at.ends(bar), at.rows[bar]
        is_small = at.body(bar) < at.mean_body(bar) and at.body(bar) < lower - low
        is_near = lower <= at.rows[bar - 1][2] + at.mean_range(bar - 1, 5) / 5
        return 100 if is_small and 10 * (high - upper) < at.mean_range(bar, 10) and is_near else 0

    return pattern(candles, 2, 10, of)


def on_balance_volume(close: Column, volume: Column) -> Column:
    """Give the running sum of signed volumes, exactly."""
    signs = np.concatenate([[1], np.sign(np.diff(close))]) if len(close) else close
    sums, total = [], Fraction(0)
    for sign, traded in zip(signs.tolist(), volume.tolist(), strict=True):
        total += int(sign) * Fraction(traded)
        sums.append(float(total))
    return np.array(sums)


def volume_weighted(high: Column, low: Column, close: Column, volume: Column) -> Column:
    """Give the mean since the first bar, exactly; the typical price while nothing is traded."""
    typical = (high + low + close) / 3
    traded, paid, out = Fraction(0), Fraction(0), []
    for price, amount in zip(typical.tolist(), volume.tolist(), strict=True):
        traded, paid = traded + Fraction(amount), paid + Fraction(price) * Fraction(amount)
        out.append(float(paid / traded) if traded else price)
    return np.array(out)


def bands(x: Column, period: int, width: float) -> tuple[Column, Column, Column]:
    middle, spread = mean(x, period), width * deviation(x, period)
    return middle + spread, middle, middle - spread


def keltner(
    high: Column, low: Column, close: Column, period: int, atr_period: int, width: float
) -> tuple[Column, Column, Column]:
    middle, spread = ema(close, period), width * wilder(true_range(high, low, close), atr_period)
    return middle + spread, middle, middle - spread


def pivots(x: Column, left: int, right: int) -> Column:
    """Give what none of `left` values before exceeds and all of `right` values after are below, `right` bars later."""
    out = np.full(len(x), math.nan)
    for bar in range(left, len(x) - right):
        if (x[bar - left : bar] <= x[bar]).all() and (x[bar + 1 : bar + right + 1] < x[bar]).all():
            out[bar + right] = x[bar]
    return out


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


def ago(x: Column, bars: int) -> Column:
    return np.concatenate([np.full(min(bars, len(x)), math.nan), x[: max(len(x) - bars, 0)]])


def late(x: Column, bars: int) -> Column:
    """Give a column that begins so many bars later."""
    return np.concatenate([np.full(bars, math.nan), x])


def begun(x: Column, bars: int) -> Column:
    """Give a column without its first values."""
    return late(x[bars:], bars)


def seeded_mean(x: Column, period: int) -> Column:
    """Give the exponential mean that begins with the plain mean of the first `period` values there are."""
    first = int(np.argmin(np.isnan(x)))
    return late(exponential(x[first:], 2 / (period + 1), seed=period), first)


def triple_mean(x: Column, period: int, seed: int = 1) -> Column:
    mean = ema if seed == 1 else seeded_mean
    one = mean(x, period)
    two = mean(one, period)
    return 3 * one - 3 * two + mean(two, period)


def tillson(x: Column, period: int, factor: float, seed: int) -> Column:
    """Give the weighted sum of the last four of six means, each of the one before."""
    mean = ema if seed == 1 else seeded_mean
    means = list(itertools.accumulate(range(6), lambda of, _: mean(of, period), initial=x))
    square, cube = factor**2, factor**3
    weights = (1 + 3 * factor + cube + 3 * square, -6 * square - 3 * factor - 3 * cube, 3 * square + 3 * cube, -cube)
    return sum(w * m for w, m in zip(weights, means[3:], strict=True))


def aroon(high: Column, low: Column, period: int) -> tuple[Column, Column]:
    down, up = bars_since_least(low, period + 1), bars_since_greatest(high, period + 1)
    return 100 * (period - down) / period, 100 * (period - up) / period


def balance_of_power(opens: Column, high: Column, low: Column, close: Column) -> Column:
    span = high - low
    return np.where(span == 0, 0.0, (close - opens) / np.where(span == 0, 1, span))


def directional(high: Column, low: Column, close: Column, period: int, *, talib: bool = False) -> dict[str, Column]:
    """Give Wilder's sums of movements, the indicators and their mean distance, by the sums that he has."""
    up, down = np.diff(high), -np.diff(low)
    plus, minus = np.where((up > down) & (up > 0), up, 0), np.where((down > up) & (down > 0), down, 0)
    moved = np.stack([plus, minus, true_range(high, low, close)[1:]], axis=1)
    lines = {name: np.full(len(high), math.nan) for name in ("plus_dm", "minus_dm", "plus_di", "minus_di", "dx", "adx")}
    seeds, first = period - talib, period
    sums = np.array([math.fsum(column) for column in moved[:seeds].T])
    if talib and len(high) > seeds:
        lines["plus_dm"][seeds], lines["minus_dm"][seeds] = sums[:2]
    distance, total, mean = 0.0, 0.0, math.nan
    for bar in range(first, len(high)):
        if bar > seeds:
            sums = sums - sums / period + moved[bar - 1]
        lines["plus_dm"][bar], lines["minus_dm"][bar] = sums[:2]
        flat = 0.0 if talib else math.nan
        lines["plus_di"][bar], lines["minus_di"][bar] = 100 * sums[:2] / sums[2] if sums[2] else (flat, flat)
        stands = sums[0] + sums[1] == 0
        now = 0.0 if stands else 100 * abs(sums[0] - sums[1]) / (sums[0] + sums[1])
        distance = lines["dx"][bar] = distance if talib and stands else now
        seen = bar - first + 1
        if seen <= period:
            total += now
            mean = total / period
        elif not (talib and stands):
            mean += (now - mean) / period
        if seen >= period:
            lines["adx"][bar] = mean
    lines["adxr"] = (lines["adx"] + ago(lines["adx"], period - 1)) / 2
    return lines


def mean_distance(x: Column, period: int) -> Column:
    def of(window: list[float]) -> float:
        middle = _sum(window) / period
        return float(sum(abs(Fraction(v) - middle) for v in window) / period)

    return over_windows(x, period, of)


def channel_index(high: Column, low: Column, close: Column, period: int) -> Column:
    typical = (high + low + close) / 3
    distance = mean_distance(typical, period)
    exact = over_windows(typical, period, lambda window: float(Fraction(window[-1]) - _sum(window) / period))
    return np.where(distance == 0, 0.0, exact / np.where(distance == 0, 1, 0.015 * distance))


def regression(x: Column, period: int) -> tuple[Column, Column]:
    """Give the end of the line of least squares and its slope, exactly."""
    middle = Fraction(period - 1, 2)
    squares = sum((at - middle) ** 2 for at in range(period))

    def slope(window: list[float]) -> Fraction:
        return sum((at - middle) * Fraction(v) for at, v in enumerate(window)) / squares

    ends = over_windows(x, period, lambda window: float(_sum(window) / period + slope(window) * middle))
    return ends, over_windows(x, period, lambda window: float(slope(window)))


def _over_pairs(x: Column, y: Column, period: int, of: Callable[[Fraction, Fraction, Fraction], float]) -> Column:
    out = np.full(len(x), math.nan)
    for end in range(period, len(x) + 1):
        a, b = x[end - period : end].tolist(), y[end - period : end].tolist()
        mid_a, mid_b = _sum(a) / period, _sum(b) / period
        pairs = [(Fraction(p) - mid_a, Fraction(q) - mid_b) for p, q in zip(a, b, strict=True)]
        sums = (sum(p * q for p, q in pairs), sum(p * p for p, _ in pairs), sum(q * q for _, q in pairs))
        out[end - 1] = of(*(one / period for one in sums))
    return out


def covariance(x: Column, y: Column, period: int) -> tuple[Column, Column, Column]:
    return (
        _over_pairs(x, y, period, lambda both, _x, _y: float(both)),
        _over_pairs(x, y, period, lambda _both, x, _y: float(x)),
        _over_pairs(x, y, period, lambda _both, _x, y: float(y)),
    )


def correlation(x: Column, y: Column, period: int) -> Column:
    def of(both: Fraction, x: Fraction, y: Fraction) -> float:
        return float(both) / math.sqrt(x * y) if x * y else math.nan

    return _over_pairs(x, y, period, of)


def beta(x: Column, y: Column, period: int) -> Column:
    returns = [np.diff(one) / one[:-1] for one in (x, y)]
    slope = _over_pairs(*returns, period, lambda both, x, _y: float(both / x) if x else math.nan)
    return late(slope, 1)


def accumulation(high: Column, low: Column, close: Column, volume: Column) -> Column:
    """Give the running sum of volume times the close's place, exactly."""
    total, out = Fraction(0), []
    for bar in zip(high.tolist(), low.tolist(), close.tolist(), volume.tolist(), strict=True):
        top, bottom, last, traded = map(Fraction, bar)
        total += traded * (2 * last - bottom - top) / (top - bottom) if top > bottom else 0
        total = Fraction(total).limit_denominator(10**40)
        out.append(float(total))
    return np.array(out)


def money_flow(high: Column, low: Column, close: Column, volume: Column, period: int) -> Column:
    typical = (high + low + close) / 3
    flow, moved = (typical * volume)[1:], np.diff(typical)
    up, down = rolling_sum(np.where(moved > 0, flow, 0), period), rolling_sum(np.where(moved < 0, flow, 0), period)
    all_of_it = up + down
    return late(np.where(all_of_it == 0, 50.0, 100 * up / np.where(all_of_it == 0, 1, all_of_it)), 1)


def chande_momentum(x: Column, period: int) -> Column:
    change = np.diff(x)
    gain, loss = rolling_sum(np.maximum(change, 0), period), rolling_sum(np.maximum(-change, 0), period)
    both = gain + loss
    return late(np.where(both == 0, 0.0, 100 * (gain - loss) / np.where(both == 0, 1, both)), 1)


def stochastic_strength(x: Column, period: int, k: int, d: int) -> tuple[Column, Column]:
    strength = rsi(x, period)[period:]
    fast, slow = stochastic(strength, strength, strength, k, d, 1)
    return late(fast, period), late(slow, period)


def change_percent(x: Column) -> Column:
    return 100 * (x / ago(x, 1) - 1)


def ultimate(high: Column, low: Column, close: Column, *periods: int) -> Column:
    before = ago(close, 1)
    bottom = np.minimum(low, before)
    reach, span = (close - bottom)[1:], (np.maximum(high, before) - bottom)[1:]
    shares = []
    for period in periods:
        whole = rolling_sum(span, period)
        shares.append(np.where(whole == 0, math.nan, rolling_sum(reach, period) / np.where(whole == 0, 1, whole)))
    return late(100 * (4 * shares[0] + 2 * shares[1] + shares[2]) / 7, 1)


def seeded_macd(x: Column, fast: int, slow: int, signal: int) -> tuple[Column, Column, Column]:
    """Give the distance of two means that have their first values on the same bar."""
    line = late(seeded_mean(x[slow - fast :], fast), slow - fast) - seeded_mean(x, slow)
    return line, seeded_mean(line, signal), line - seeded_mean(line, signal)
