"""Naive formulas of indicators that are made of others, and of those that carry something along, by their definitions.

They take columns of numbers without gaps and give a value per bar, NaN where there is none; their means are those of
`formulas.py`.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tests.parity import formulas as f

Column = NDArray[np.float64]
Values = tuple[Column, ...]


def late(x: Column, of: Callable[[Column], Column]) -> Column:
    """Give a formula of what begins with NaN, from its first number on."""
    first = int(np.argmax(~np.isnan(x))) if (~np.isnan(x)).any() else len(x)
    return np.concatenate([np.full(first, math.nan), of(x[first:])])


def ago(x: Column, bars: int) -> Column:
    return np.concatenate([np.full(min(bars, len(x)), math.nan), x[: len(x) - bars]])


def over(a: Column, b: Column, instead: float = math.nan) -> Column:
    """Give quotients, and something else where the divisor is 0."""
    return np.where((b == 0) & ~np.isnan(a), instead, a / np.where(b == 0, 1, b))


def truth(value: NDArray[np.bool_], *needed: Column) -> Column:
    """Give 1 and 0, NaN where what was compared is."""
    return np.where(np.isnan(np.stack(needed)).any(axis=0), math.nan, value.astype(float))


def mean(x: Column, period: int) -> Column:
    return late(x, lambda y: f.mean(y, period))


def total(x: Column, period: int) -> Column:
    return late(x, lambda y: f.rolling_sum(y, period))


def deviation(x: Column, period: int) -> Column:
    return late(x, lambda y: f.deviation(y, period))


def ema(x: Column, period: int) -> Column:
    return late(x, lambda y: f.ema(y, period))


def atr(high: Column, low: Column, close: Column, period: int) -> Column:
    return f.wilder(f.true_range(high, low, close), period)


def moved_in(price: Column, upper: Column, lower: Column, *, inwards: bool) -> Column:
    inside = (lower <= price) & (price <= upper)
    turned = inside[1:] & ~inside[:-1] if inwards else ~inside[1:] & inside[:-1]
    return np.concatenate([[math.nan], turned.astype(float)])


def is_swing(x: Column, left: int, right: int, at: int) -> bool:
    others = [*x[at - left : at], *x[at + 1 : at + right + 1]]
    return at >= left and at + right < len(x) and all(other < x[at] for other in others)


def swings(high: Column, low: Column, left: int, right: int) -> Values:
    """Give the prices of swing highs and lows on the bars that confirm them."""
    columns = []
    for x, sign in ((high, 1), (-low, -1)):
        out = np.full(len(x), math.nan)
        for at in range(len(x) - right):
            if is_swing(x, left, right, at):
                out[at + right] = sign * x[at]
        columns.append(out)
    return tuple(columns)


def latest(x: Column, index: int) -> Column:
    """Give the index-th latest number of a column."""
    return f.value_when(~np.isnan(x), x, index - 1)


def leg(high: Column, low: Column, left: int, right: int) -> Values:
    """Give the two ends of the latest leg, and whether it rises, from the list of all swings."""
    tops, bottoms = swings(high, low, left, right)
    out = np.full((3, len(high)), math.nan)
    found: list[tuple[str, float]] = []
    for bar in range(len(high)):
        for kind, price, better in (("top", tops[bar], max), ("bottom", bottoms[bar], min)):
            if math.isnan(price):
                continue
            if found and found[-1][0] == kind:
                price = better(price, found.pop()[1])
            found.append((kind, price))
        ends = dict(found[-2:])
        if len(ends) == 2 and ends["top"] > ends["bottom"]:
            out[:, bar] = ends["top"], ends["bottom"], found[-1][0] == "top"
    return tuple(out)


def retracements(high: Column, low: Column, left: int, right: int) -> Values:
    top, bottom, rises = leg(high, low, left, right)
    size = top - bottom
    shares = (0.236, 0.382, 0.5, 0.618, 0.786)
    return tuple(np.where(rises == 1, top - share * size, bottom + share * size) for share in shares)


def divergence(price: Column, oscillator: Column, left: int, right: int, most: int) -> Values:
    """Give bull, bear, hidden bull and hidden bear, by a list of all swings of the oscillator."""
    out = np.full((4, len(price)), math.nan)
    out[:, left + right :] = 0
    for row, sign in ((0, -1), (1, 1)):
        confirmed = ~np.isnan(f.pivots(sign * oscillator, left, right))
        at = np.flatnonzero(confirmed) - right
        for before, now in zip(at[:-1], at[1:], strict=True):
            if now - before > most:
                continue
            price_moved = sign * (price[now] - price[before])
            swing_moved = sign * (oscillator[now] - oscillator[before])
            out[row, now + right] = price_moved > 0 and swing_moved < 0
            out[row + 2, now + right] = price_moved < 0 and swing_moved > 0
    return tuple(out)


def around(middle: Column, width: Column) -> Values:
    return middle + width, middle, middle - width


def envelope(middle: Column, percent: float) -> Values:
    return around(middle, middle * percent / 100)


def standard_score(x: Column, period: int, ddof: int) -> Column:
    spread = f.deviation(x, period) * math.sqrt(period / (period - ddof))
    return over(x - f.mean(x, period), spread, 0)


def entropy(x: Column, period: int, base: float) -> Column:
    share = x / f.rolling_sum(x, period)
    return total(-share * np.log(share) / math.log(base), period)


def decay(x: Column, period: int, *, linear: bool) -> Column:
    out = [x[0]]
    for value in x[1:]:
        out.append(max(value, out[-1] - 1 / period if linear else out[-1] * (1 - 1 / period)))
    return np.array(out)


def sharpe(x: Column, period: int, annual: float) -> Column:
    return math.sqrt(annual) * over(mean(x, period), deviation(x, period) * math.sqrt(period / (period - 1)))


def sortino(x: Column, period: int, annual: float) -> Column:
    lost = mean(np.minimum(x, 0) ** 2, period)
    return math.sqrt(annual) * over(mean(x, period), np.sqrt(lost))


def symmetric(x: Column) -> Column:
    return (x + 2 * ago(x, 1) + 2 * ago(x, 2) + ago(x, 3)) / 6


def recurrence(x: Column, weights: list[float]) -> Column:
    """Give `y = (1 - sum of weights) * x + weights * earlier y`, which begins at rest with the first value."""
    out: list[float] = [x[0]]
    for value in x[1:]:
        earlier = [out[-1 - k] if k < len(out) else x[0] for k in range(len(weights))]
        out.append((1 - sum(weights)) * value + sum(w * y for w, y in zip(weights, earlier, strict=True)))
    return np.array(out)


def super_smoother(x: Column, period: int, poles: int) -> Column:
    if poles == 2:
        a = math.exp(-math.sqrt(2) * math.pi / period)
        b = 2 * a * math.cos(math.sqrt(2) * math.pi / period)
        return recurrence(x, [b, -a * a])
    a = math.exp(-math.pi / period)
    b, c = 2 * a * math.cos(math.sqrt(3) * math.pi / period), a * a
    return recurrence(x, [b + c, -(c + b * c), c * c])


def holt_winters(x: Column, na: float, nb: float, nc: float) -> Column:
    level, speed, force, out = x[0], 0.0, 0.0, []
    for value in x:
        new_level = (1 - na) * (level + speed + force / 2) + na * value
        new_speed = (1 - nb) * (speed + force) + nb * (new_level - level)
        force = (1 - nc) * force + nc * (new_speed - speed)
        level, speed = new_level, new_speed
        out.append(level + speed + force / 2)
    return np.array(out)


def gator(x: Column) -> Values:
    jaw, teeth, lips = (ago(f.rma(x, period), bars) for period, bars in ((13, 8), (8, 5), (5, 3)))
    return np.abs(jaw - teeth), -np.abs(teeth - lips)


def sequential(close: Column, high: Column, low: Column, setup: int, countdown: int) -> Values:
    out = np.full((4, len(close)), math.nan)
    runs, counts = [0, 0], [-1, -1]
    for bar in range(4, len(close)):
        below, above = close[bar] < close[bar - 4], close[bar] > close[bar - 4]
        runs = [runs[0] + 1 if below else 0, runs[1] + 1 if above else 0]
        complete = [run == setup for run in runs]
        closes = close[bar] <= low[bar - 2], close[bar] >= high[bar - 2]
        for side in (0, 1):
            if complete[side]:
                counts[side] = 0
            elif complete[1 - side] or counts[side] in (-1, countdown):
                counts[side] = -1
            else:
                counts[side] += int(closes[side])
        out[:, bar] = *(min(run, setup) for run in runs), *(max(count, 0) for count in counts)
    return tuple(out)


def trailing_stop(high: Column, low: Column, close: Column, period: int, multiplier: float) -> Values:
    reach = multiplier * atr(high, low, close, period)
    stop, up = np.full(len(close), math.nan), np.full(len(close), math.nan)
    for bar in range(max(period - 1, 1), len(close)):
        now, before, width = close[bar], close[bar - 1], reach[bar]
        last = stop[bar - 1] if not math.isnan(stop[bar - 1]) else now - width
        if now > last and before > last:
            stop[bar] = max(last, now - width)
        elif now < last and before < last:
            stop[bar] = min(last, now + width)
        else:
            stop[bar] = now - width if now > last else now + width
        up[bar] = now > stop[bar]
    return stop, up


def archer(x: Column, fast: int, slow: int, bars: int) -> Values:
    quick, slack = f.ema(x, fast), f.ema(x, slow)
    now, before, moves = quick, ago(quick, bars), slack != ago(slack, bars)
    return truth((now > before) & moves, before), truth((now < before) & moves, before)


def half_trend(high: Column, low: Column, close: Column, amplitude: int, deviation: float, atr_period: int) -> Values:
    """Give line, direction and channel, as the script has it: two trends, and for each the line that it last had."""
    highest, lowest = f.greatest(high, amplitude), f.least(low, amplitude)
    high_mean, low_mean = f.mean(high, amplitude), f.mean(low, amplitude)
    width = deviation * atr(high, low, close, atr_period) / 2
    out = np.full((4, len(close)), math.nan)
    trend = next_trend = 0
    up = down = bottom = top = math.nan
    for bar in range(max(1, amplitude - 1), len(close)):
        if math.isnan(bottom):
            bottom, top, up, down = low[bar - 1], high[bar - 1], low[bar - 1], low[bar - 1]
        was = trend
        if next_trend == 1:
            bottom = max(lowest[bar], bottom)
            if high_mean[bar] < bottom and close[bar] < low[bar - 1]:
                trend, next_trend, top = 1, 0, highest[bar]
        else:
            top = min(highest[bar], top)
            if low_mean[bar] > top and close[bar] > high[bar - 1]:
                trend, next_trend, bottom = 0, 1, lowest[bar]
        if trend == 0:
            up = down if was != 0 else max(bottom, up)
        else:
            down = up if was != 1 else min(top, down)
        line = up if trend == 0 else down
        out[:, bar] = line, trend == 0, line + width[bar], line - width[bar]
    return tuple(out)


def chandelier(high: Column, low: Column, close: Column, period: int, multiplier: float, *, ratchet: bool) -> Values:
    reach = multiplier * atr(high, low, close, period)
    long, short = f.greatest(high, period) - reach, f.least(low, period) + reach
    if ratchet:
        for bar in range(max(period, 1), len(close)):
            if close[bar - 1] > long[bar - 1]:
                long[bar] = max(long[bar], long[bar - 1])
            if close[bar - 1] < short[bar - 1]:
                short[bar] = min(short[bar], short[bar - 1])
    return long, short


def hilo(high: Column, low: Column, close: Column, tops: int, bottoms: int) -> Values:
    top, bottom = f.mean(high, tops), f.mean(low, bottoms)
    line, up = np.full(len(close), math.nan), np.full(len(close), math.nan)
    for bar in range(max(tops, bottoms), len(close)):
        line[bar], up[bar] = line[bar - 1], up[bar - 1]
        if math.isnan(line[bar]):
            line[bar], up[bar] = bottom[bar], 1
        if close[bar] > top[bar - 1]:
            line[bar], up[bar] = bottom[bar], 1
        elif close[bar] < bottom[bar - 1]:
            line[bar], up[bar] = top[bar], 0
    return line, up


def sample_deviation(x: Column, period: int) -> Column:
    return deviation(x, period) * math.sqrt(period / (period - 1))


def log_return(x: Column, bars: int = 1) -> Column:
    return np.log(x / ago(x, bars))


def yang_zhang(open_: Column, high: Column, low: Column, close: Column, period: int, annual: float) -> Column:
    gap, body = np.log(open_ / ago(close, 1)), np.log(close / open_)
    rs = np.log(high / close) * np.log(high / open_) + np.log(low / close) * np.log(low / open_)
    k = 0.34 / (1.34 + (period + 1) / (period - 1))
    both = sample_deviation(gap, period) ** 2 + k * sample_deviation(body, period) ** 2
    return 100 * np.sqrt(annual * (both + (1 - k) * f.mean(rs, period)))


def garman_klass(open_: Column, high: Column, low: Column, close: Column, period: int, annual: float) -> Column:
    each = np.log(high / low) ** 2 / 2 - (2 * math.log(2) - 1) * np.log(close / open_) ** 2
    return 100 * np.sqrt(annual * f.mean(each, period))


def ulcer(x: Column, period: int) -> Column:
    top = f.greatest(x, period)
    return np.sqrt(mean((100 * (x / top - 1)) ** 2, period))


def vigor(open_: Column, high: Column, low: Column, close: Column, period: int) -> Values:
    line = over(total(symmetric(close - open_), period), total(symmetric(high - low), period), 0)
    return line, symmetric(line)


def demarker(high: Column, low: Column, period: int) -> Column:
    up = total(np.maximum(high - ago(high, 1), 0), period)
    down = total(np.maximum(ago(low, 1) - low, 0), period)
    return over(up, up + down, 0.5)


def laguerre(x: Column, gamma: float) -> Column:
    lines, out = [x[0]] * 4, []
    for value in x:
        new = [(1 - gamma) * value + gamma * lines[0]]
        for k in (1, 2, 3):
            new.append(-gamma * new[k - 1] + lines[k - 1] + gamma * lines[k])
        lines = new
        steps = [a - b for a, b in zip(new, new[1:], strict=False)]
        up, moved = sum(max(s, 0) for s in steps), sum(map(abs, steps))
        # Rounding alone leaves such steps.
        out.append(100 * up / moved if moved > 1e-13 * abs(value) else 50)
    return np.array(out)


def twice_smoothed(x: Column, weight: float) -> Column:
    a = b = 0.0
    out = []
    for value in x:
        a += weight * (value - a)
        b += weight * (a - b)
        out.append(1.5 * a - 0.5 * b)
    return np.array(out)


def rsx(x: Column, period: int) -> Column:
    moved, all_moved = np.diff(x), np.abs(np.diff(x))
    for _ in range(3):
        moved, all_moved = (twice_smoothed(y, 3 / (period + 2)) for y in (moved, all_moved))
    value = np.clip(50 + 50 * over(moved, all_moved, 0), 0, 100)
    still = all_moved <= np.abs(x[1:]) * 1e-12
    return np.concatenate([[math.nan], np.where(still, 50, value)])


def qqe(x: Column, period: int, smoothing: int, factor: float) -> Values:
    line = ema(f.rsi(x, period), smoothing)
    reach = factor * ema(ema(np.abs(line - ago(line, 1)), 2 * period - 1), 2 * period - 1)
    out = np.full((3, len(x)), math.nan)
    out[0] = line
    long = short = math.nan
    up = True
    for bar in np.flatnonzero(~np.isnan(reach)):
        below, above, now, before = line[bar] - reach[bar], line[bar] + reach[bar], line[bar], line[bar - 1]
        if math.isnan(long):
            long, short = below, above
        if now > short:
            up = True
        elif now < long:
            up = False
        long = max(long, below) if before > long and now > long else below
        short = min(short, above) if before < short and now < short else above
        out[1, bar], out[2, bar] = long if up else short, up
    return tuple(out)


def weighted_from_first(x: Column, weight: float) -> Column:
    return late(x, lambda y: f.exponential(y, weight))


def price_momentum(x: Column, first: int, second: int, signal: int) -> Values:
    line = weighted_from_first(10 * weighted_from_first(100 * (x / ago(x, 1) - 1), 2 / first), 2 / second)
    return line, ema(line, signal)


def weighted_since(anchor: NDArray[np.bool_], price: Column, volume: Column) -> Column:
    """Give the mean price since the last anchor, each time anew."""
    out, begin = [], 0
    for bar in range(len(price)):
        begin = bar if anchor[bar] else begin
        prices, traded = price[begin : bar + 1], volume[begin : bar + 1]
        out.append(math.fsum(prices * traded) / math.fsum(traded) if traded.any() else price[bar])
    return np.array(out)


def weighted_by_volume(price: Column, volume: Column, period: int) -> Column:
    return np.where(
        f.rolling_sum(volume, period) == 0,
        f.mean(price, period),
        over(f.rolling_sum(price * volume, period), f.rolling_sum(volume, period)),
    )


def volume_flow(high: Column, low: Column, close: Column, volume: Column, period: int) -> Column:
    typical = (high + low + close) / 3
    change = typical - ago(typical, 1)
    cutoff = 0.2 * deviation(log_return(typical), 30) * close
    average = ago(f.mean(volume, period), 1)
    cut = np.minimum(volume, 2.5 * average)
    flow = np.where(np.isnan(cutoff + average), math.nan, cut * ((change > cutoff) * 1.0 - (change < -cutoff) * 1.0))
    return over(total(flow, period), average, 0)


def volume_zone(close: Column, volume: Column, period: int) -> Column:
    signed = volume * np.sign(close - ago(close, 1))
    return 100 * over(ema(signed, period), ema(np.concatenate([[math.nan], volume[1:]]), period), 0)


def volume_macd(close: Column, volume: Column, fast: int, slow: int, signal: int) -> Values:
    line = weighted_by_volume(close, volume, fast) - weighted_by_volume(close, volume, slow)
    return line, ema(line, signal), line - ema(line, signal)


def archer_volume(close: Column, volume: Column) -> Values:
    line = f.on_balance_volume(close, volume)
    return line, f.least(line, 2), f.greatest(line, 2), f.ema(line, 4), f.ema(line, 12), *archer(line, 4, 12, 2)


def even_better_sine(x: Column, high_pass: int, smooth: int) -> Column:
    a = (1 - math.sin(2 * math.pi / high_pass)) / math.cos(2 * math.pi / high_pass)
    b = math.exp(-math.sqrt(2) * math.pi / smooth)
    c2, c3 = 2 * b * math.cos(math.sqrt(2) * math.pi / smooth), -b * b
    hp_before, filtered, out = 0.0, [0.0, 0.0], [math.nan]
    for change in np.diff(x):
        hp = (1 + a) / 2 * change + a * hp_before
        filtered.append((1 - c2 - c3) * (hp + hp_before) / 2 + c2 * filtered[-1] + c3 * filtered[-2])
        hp_before = hp
        last = filtered[-3:]
        power = sum(y * y for y in last) / 3
        out.append(sum(last) / 3 / math.sqrt(power) if power else 0)
    return np.array([math.nan] * 3 + out[3:])


def percentile(x: Column, period: int, percent: float, method: str) -> Column:
    """Give NumPy's quantile, of any of its methods."""
    return f.over_windows(x, period, lambda window: float(np.percentile(window, percent, method=method)))


def mean_rank(x: Column, period: int) -> Column:
    def of(window: list[float]) -> float:
        last = window[-1]
        return (sum(v < last for v in window) + (sum(v == last for v in window) + 1) / 2) / period

    return f.over_windows(x, period, of)


def most_frequent(x: Column, period: int) -> Column:
    return f.over_windows(x, period, lambda window: max(sorted(set(window)), key=window.count))


def skewness(x: Column, period: int, *, of_sample: bool) -> Column:
    """Give the third standardized moment; sums are exact."""

    def of(window: list[float]) -> float:
        values = [Fraction(v) for v in window]
        middle = sum(values) / period
        squares, cubes = (float(sum((v - middle) ** power for v in values) / period) for power in (2, 3))
        factor = math.sqrt(period * (period - 1)) / (period - 2) if of_sample else 1
        return factor * cubes / squares**1.5 if squares else 0.0

    return f.over_windows(x, period, of)


def rank_correlation(x: Column, period: int) -> Column:
    """Give Spearman's coefficient with time: the correlation of mean ranks."""

    def of(window: list[float]) -> float:
        ranks = [sum(v < w for v in window) + (sum(v == w for v in window) + 1) / 2 for w in window]
        return 100 * statistics.correlation(ranks, range(period)) if len(set(ranks)) > 1 else 0.0

    return f.over_windows(x, period, of)


def weighted(x: Column, weights: list[float]) -> Column:
    exact = [Fraction(weight) for weight in weights]

    def of(window: list[float]) -> float:
        return float(sum(w * Fraction(v) for w, v in zip(exact, window, strict=True)) / sum(exact))

    return f.over_windows(x, len(weights), of)


def phase_sine(x: Column, period: int) -> Values:
    """Give the sine of the phase of the second Fourier coefficient of the window, newest value first."""
    out = np.full((2, len(x)), math.nan)
    for bar in range(period - 1, len(x)):
        window = x[bar - period + 1 : bar + 1][::-1]
        coefficient = np.fft.fft(window - window[0])[1].conjugate()
        phase = np.angle(coefficient) + math.pi / 2
        out[:, bar] = (math.sin(phase), math.sin(phase + math.pi / 4)) if np.ptp(window) else (0, 0)
    return tuple(out)


def weighted_bands(high: Column, low: Column, close: Column, volume: Column, width: float) -> Values:
    """Give the mean since the first bar, and the root of the weighted mean of squared distances from it, each anew."""
    typical = (high + low + close) / 3
    middle = f.volume_weighted(high, low, close, volume)
    spread = []
    for bar, mean_price in enumerate(middle):
        traded = volume[: bar + 1]
        squares = traded * (typical[: bar + 1] - mean_price) ** 2
        spread.append(math.sqrt(math.fsum(squares) / math.fsum(traded)) if traded.any() else 0.0)
    return around(middle, width * np.array(spread))


def regression_channel(x: Column, period: int, width: float) -> Values:
    """Give the end of NumPy's fitted line, and the root of the mean of squared distances from all of it."""
    out = np.full((2, len(x)), math.nan)
    for bar in range(period - 1, len(x)):
        window, rows = x[bar - period + 1 : bar + 1], np.arange(period)
        line = window[0] + np.polynomial.Polynomial.fit(rows, window - window[0], 1)(rows)
        out[:, bar] = line[-1], math.sqrt(((window - line) ** 2).mean())
    return around(out[0], width * out[1])


def jurik(x: Column, period: int, phase: float) -> Column:
    """Give Jurik's moving average as it was reconstructed, volatility averaged over 65 bars or as many as there are."""
    half = (period - 1) / 2
    most = max(math.log2(math.sqrt(half)) + 2, 0.0)
    power = max(most - 2, 0.5)
    narrows = math.sqrt(half) * most / (math.sqrt(half) * most + 1)
    beta = 0.45 * (period - 1) / (0.45 * (period - 1) + 2)
    upper = lower = first = line = float(x[0])
    lead = turn = 0.0
    volatilities: list[float] = []
    means: list[float] = []
    values = []
    for price in map(float, x):
        volatilities.append(max(abs(price - upper), abs(price - lower)))
        means.append(math.fsum(volatilities[-10:]) / 10)
        usual = math.fsum(means[-65:]) / len(means[-65:])
        relative = volatilities[-1] / usual if usual > 0 else 0.0
        swing = max(min(relative, most ** (1 / power)), 1.0) ** power
        reach = narrows ** math.sqrt(swing)
        upper = max(price, price - reach * (price - upper))
        lower = min(price, price - reach * (price - lower))
        alpha = beta**swing
        first = alpha * first + (1 - alpha) * price
        lead = beta * lead + (1 - beta) * (price - first)
        turn = alpha**2 * turn + (1 - alpha) ** 2 * (first + (phase / 100 + 1.5) * lead - line)
        line += turn
        values.append(line)
    return np.array(values)


def hurst(x: Column, period: int, chunks: int) -> Column:
    """Give the slope of rescaled ranges over the lengths of pieces, in logarithms; exact sums where they decide."""

    def rescaled(piece: list[Fraction]) -> float | None:
        mean = sum(piece) / len(piece)
        sums, total = [], Fraction(0)
        for value in piece:
            total += value - mean
            sums.append(total)
        square = sum((value - mean) ** 2 for value in piece) / len(piece)
        return float(max(sums) - min(sums)) / math.sqrt(square) if square else None

    def exponent(window: list[Fraction]) -> float:
        points = []
        for many in range(1, chunks + 1):
            length = period // many
            pieces = (window[at : at + length] for at in range(0, period - length + 1, length))
            ranges = [found for piece in pieces if (found := rescaled(piece)) is not None]
            if ranges:
                points.append((math.log(length), math.log(math.fsum(ranges) / len(ranges))))
        if len(points) < 2:
            return 0.5
        lengths, found = zip(*points, strict=True)
        return min(max(statistics.linear_regression(lengths, found).slope, 0.0), 1.0)

    exact = [Fraction(float(value)) for value in x]
    values = [exponent(exact[end - period : end]) for end in range(period, len(x) + 1)]
    return np.array([math.nan] * min(period - 1, len(x)) + values)


def volume_profile(high: Column, low: Column, volume: Column, period: int, bins: int, area: float) -> Values:
    """Give the point of control and the area around it: volume spread evenly over each bar, in exact arithmetic.

    Volumes that differ by a trillionth of all are equal.
    """

    def profile(bars: list[tuple[Fraction, Fraction, Fraction]]) -> tuple[float, float, float]:
        least, most = min(bar[1] for bar in bars), max(bar[0] for bar in bars)
        total, height = sum(bar[2] for bar in bars), (most - least) / bins
        held = [Fraction(0)] * bins
        for top, bottom, traded in bars:
            if top == bottom:
                held[min(int((bottom - least) / height), bins - 1) if height else 0] += traded
                continue
            for at in range(int((bottom - least) / height), min(int((top - least) / height), bins - 1) + 1):
                inside = min(top, least + (at + 1) * height) - max(bottom, least + at * height)
                held[at] += traded * max(inside, Fraction(0)) / (top - bottom)
        if not total:
            return math.nan, math.nan, math.nan
        equal, middle = total / 10**12, 0
        for at, traded in enumerate(held):
            middle = at if traded > held[middle] + equal else middle
        first = last = middle
        inside = held[middle]
        while inside + equal < Fraction(area) * total and (first > 0 or last < bins - 1):
            below = held[first - 1] if first > 0 else -total
            above = held[last + 1] if last < bins - 1 else -total
            if above + equal >= below:
                last += 1
                inside += held[last]
            else:
                first -= 1
                inside += held[first]
        places = (middle + Fraction(1, 2), Fraction(last + 1), Fraction(first))
        return tuple(float(least + at * height) for at in places)  # type: ignore[return-value]

    exact = [tuple(Fraction(float(one)) for one in bar) for bar in zip(high, low, volume, strict=True)]
    values = [profile(exact[end - period : end]) for end in range(period, len(high) + 1)]  # type: ignore[arg-type]
    rows = [(math.nan,) * 3] * min(period - 1, len(high)) + values
    return tuple(np.array(column) for column in zip(*rows, strict=True))
