"""Averages and channels that follow price.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Operand, Source, run, series


def sma(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values: their exact sum divided, rounded once.

        sma = (x[0] + x[1] + ... + x[period - 1]) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The arithmetic mean of a moving window.
    """
    return run("sma", data, {"source": series(source)}, {"period": period}, options)


def ema(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean in which each value weighs less than the next, seeded by its first input.

        ema = beta * ema[1] + alpha * x     alpha = 2 / (period + 1), beta = 1 - alpha

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; after 208 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Patrick Mulloy, Smoothing Data with Faster Moving Averages, 1994; first described for trading by P. N.
    Haurlan, 1968.
    """
    return run("ema", data, {"source": series(source)}, {"period": period}, options)


def wma(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with weights that rise by one from the oldest to the newest.

        wma = (period * x + (period - 1) * x[1] + ... + 1 * x[period - 1]) / (period * (period + 1) / 2)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Robert D. Edwards and John Magee, Technical Analysis of Stock Trends.
    """
    return run("wma", data, {"source": series(source)}, {"period": period}, options)


def kama(
    data: Any,
    period: int = 10,
    fast: int = 2,
    slow: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """An exponential mean whose weight follows how straight price has gone: fast in a trend, slow in noise.

    The efficiency is the distance from the value of `period` ago as a share of the way that was gone, 1 where nothing
    has moved. The weight lies between those of exponential means of the `slow` and the `fast` period, squared. Begins
    with the value before the first one it gives.

        efficiency = abs(x - x[period]) / sum(abs(x - x[1]), period)
        weight     = (efficiency * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1)) ** 2
        kama       = (1 - weight) * kama[1] + weight * x

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes whose efficiency counts. From 1 to 1,000,000.
    fast
        Period of the weight in a trend; less than the slow one. From 1 to 1,000,000.
    slow
        Period of the weight in noise. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 11 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Perry J. Kaufman, Smarter Trading, 1995.
    """
    return run("kama", data, {"source": series(source)}, {"period": period, "fast": fast, "slow": slow}, options)


def supertrend(
    data: Any,
    period: int = 10,
    multiplier: float = 3.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A stop that follows price at some average true ranges and changes sides when the close crosses it.

    The line is the lower band while the direction is up (true) and the upper one while it is down (false). A band moves
    only towards price until a close has passed it. The first value is the lower band, with the direction up; a close on
    the line does not turn it.

        upper = (high + low) / 2 + multiplier * atr(period), or upper[1] where that is lower and close[1] <= upper[1]
        lower = (high + low) / 2 - multiplier * atr(period), or lower[1] where that is higher and close[1] >= lower[1]
        direction: up when close > upper, down when close < lower, else as before

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
    multiplier
        Average ranges from the middle of the bar to a band. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    supertrend
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    direction
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 10 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Olivier Seban, Tout le monde mérite d'être riche, 2008.
    """
    return run("supertrend", data, {}, {"period": period, "multiplier": multiplier}, options)


def psar(
    data: Any,
    af_start: float = 0.02,
    af_increment: float = 0.02,
    af_max: float = 0.2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A stop that runs after price, faster with every new extreme, and changes sides when price passes it.

    The direction is up (true) while the stop is below price. The first bar's stop is its low, with the direction up. A
    stop never enters the last two bars; a price on the stop does not turn it, and a stop that has turned stands at the
    extreme of the trend that is over.

        sar       = sar[1] + af * (extreme - sar[1]), while the direction is up no higher than low[1] and low[2]
        extreme   = highest high of the upward trend; lowest low of the downward one
        af        = af_start, and af_increment more with every new extreme, up to af_max
        direction: down when low < sar, up when high > sar, else as before

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    af_start
        Share of the way to the extreme that a fresh stop goes on one bar. From 1e-9 to 1.0.
    af_increment
        How much the share grows with every new extreme. From 0.0 to 1.0.
    af_max
        Where the share stops growing; not less than the first one. From 1e-9 to 1.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    sar
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    direction
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("psar", data, {}, {"af_start": af_start, "af_increment": af_increment, "af_max": af_max}, options)


def talib_ema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean that begins with the plain mean of its first `period` values.

        ema = beta * ema[1] + alpha * x     alpha = 2 / (period + 1), beta = 1 - alpha

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; after 341 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, EMA.
    """
    return run("talib.ema", data, {"source": series(source)}, {"period": period}, options)


def talib_sar(
    data: Any,
    acceleration: float = 0.02,
    maximum: float = 0.2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The parabolic stop with TA-Lib's beginning and turns.

    The trend of the second bar, which has the first value, is down if its low fell below the first bar's by more than
    its high rose above, else up; its stop is the first bar's low or high. A price on the stop turns it, and a stop that
    has turned stands at the extreme of the trend that is over, or beyond it where one of the last two bars is.

        sar = sar[1] + af * (extreme - sar[1]), while the trend is up no higher than low[1] and low[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    acceleration
        First share of the way to the extreme that the stop goes on one bar, and by how much it grows. From 0.0 to 1.0.
    maximum
        Where the share stops growing; holds for the first one, too. From 0.0 to 1.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, SAR, after J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.sar", data, {}, {"acceleration": acceleration, "maximum": maximum}, options)


def sine_wma(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with the weights of half a sine wave: most for those in the middle.

        weight of x[i] = sin(pi * (i + 1) / (period + 1))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 10,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Patrick E. Lafferty, The End Point Moving Average, 1995.
    """
    return run("sine_wma", data, {"source": series(source)}, {"period": period}, options)


def pwma(
    data: Any,
    period: int = 10,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with the numbers of a row of Pascal's triangle as weights.

    The weights fall to either side of the middle, as those of a normal distribution do. (Others call a mean with
    parabolic weights by this name.)

        weight of x[i] = (period - 1)! / (i! * (period - 1 - i)!)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Binomial smoothing; pandas-ta, pwma.
    """
    return run("pwma", data, {"source": series(source)}, {"period": period}, options)


def linreg(
    data: Any,
    period: int = 14,
    offset: float = 0.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the line of least squares through the last `period` values is at the newest of them, or some bars before it.

    The line's mean and slope are made of exact sums. A negative offset is a later bar: `tsf` is the one that comes
    next.

        linreg = mean(x) + slope * ((period - 1) / 2 - offset)
        slope  = sum((i - mean(i)) * x[i]) / sum((i - mean(i))^2)     i = 1, 2, ... period, the newest the last

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    offset
        Bars before the newest. From -1000000.0 to 1000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("linreg", data, {"source": series(source)}, {"period": period, "offset": offset}, options)


def dmi(
    data: Any,
    period: int = 14,
    smoothing: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the range goes up and how much goes down, how far the two are apart, and the mean of that.

    A bar's movement is how far it reaches above the one before, or below it if that is more; movements and true ranges
    are averaged with Wilder's mean. Without any range the directions are not ready and the distance is 0; with the seed
    `talib` the directions are then 0, and the distance and its mean stay what they were.

        plus_di, minus_di = 100 * wilder(movement up or down, period) / wilder(true_range, period)
        dx  = 100 * |plus_di - minus_di| / (plus_di + minus_di)
        adx = wilder(dx, smoothing)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 1,000,000.
    smoothing
        Distances that are averaged. From 1 to 1,000,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    adx
        As `Rule.run` gives it, one value per bar, in percent.
    plus_di
        As `Rule.run` gives it, one value per bar, in percent.
    minus_di
        As `Rule.run` gives it, one value per bar, in percent.
    dx
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from `adx` bar 28 on, `plus_di` bar 15 on, `minus_di` bar 15 on, `dx` bar 15
    on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("dmi", data, {}, {"period": period, "smoothing": smoothing, "seed": seed}, options)


def directional_movement(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the last bars reached above and below the ones before them: Wilder's sums of movements.

    A bar's movement is how far it reaches above the one before, or below it if that is more. A sum loses one part in
    `period` of itself for every movement that comes, so that it is `period` times Wilder's mean.

        plus, minus = period * wilder(movement up or down, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 1,000,000.
    seed
        How the sums begin: with the sum of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    plus
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.
    minus
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 15 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("directional_movement", data, {}, {"period": period, "seed": seed}, options)


def talib_sarext(
    data: Any,
    startvalue: float = 0.0,
    offsetonreverse: float = 0.0,
    accelerationinitlong: float = 0.02,
    accelerationlong: float = 0.02,
    accelerationmaxlong: float = 0.2,
    accelerationinitshort: float = 0.02,
    accelerationshort: float = 0.02,
    accelerationmaxshort: float = 0.2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The stop of `talib.sar` with a speed for each side; below zero while the trend is down.

    A start value above zero begins an upward trend with that stop, one below zero a downward trend; 0 begins as
    `talib.sar` does. A stop that has turned stands by the offset's share of itself further away.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    startvalue
        The first stop, less than 0 for a downward trend. From -1000000000000000.0 to 1000000000000000.0.
    offsetonreverse
        Share of itself by which a stop that has turned stands further away. From 0.0 to 1000000.0.
    accelerationinitlong
        First share of the way to the extreme, upward. From 0.0 to 1.0.
    accelerationlong
        By how much it grows. From 0.0 to 1.0.
    accelerationmaxlong
        Where it stops growing; holds for the first one, too. From 0.0 to 1.0.
    accelerationinitshort
        First share of the way to the extreme, downward. From 0.0 to 1.0.
    accelerationshort
        By how much it grows. From 0.0 to 1.0.
    accelerationmaxshort
        Where it stops growing; holds for the first one, too. From 0.0 to 1.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, SAREXT, after J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run(
        "talib.sarext",
        data,
        {},
        {
            "startvalue": startvalue,
            "offsetonreverse": offsetonreverse,
            "accelerationinitlong": accelerationinitlong,
            "accelerationlong": accelerationlong,
            "accelerationmaxlong": accelerationmaxlong,
            "accelerationinitshort": accelerationinitshort,
            "accelerationshort": accelerationshort,
            "accelerationmaxshort": accelerationmaxshort,
        },
        options,
    )


def mama(
    data: Any,
    fast_limit: float = 0.5,
    slow_limit: float = 0.05,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """An exponential mean whose weight follows how fast the phase of the dominant cycle turns, and one that follows it.

    The phase is that of the Hilbert transforms that `talib.ht_dcperiod` has. A step of the phase counts as at least one
    degree; the longer it is, the less the newest value weighs. Both means begin with zero behind the first twelve
    values, as in TA-Lib, and are given from the 33rd on.

        phase  = atan(quadrature / in_phase) in degrees
        weight = fast_limit / max(phase[1] - phase, 1), no less than slow_limit
        mama   = weight * x + (1 - weight) * mama[1]
        fama   = weight / 2 * mama + (1 - weight / 2) * fama[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_limit
        Greatest weight. From 0.01 to 0.99.
    slow_limit
        Least weight. From 0.01 to 0.99.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    mama
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    fama
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 33 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, MESA Adaptive Moving Averages, 2001; TA-Lib, MAMA.
    """
    return run("mama", data, {"source": series(source)}, {"fast_limit": fast_limit, "slow_limit": slow_limit}, options)


def alma(
    data: Any,
    period: int = 9,
    sigma: float = 6.0,
    offset: float = 0.85,
    peak: Literal["exact", "whole"] = "exact",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with weights that fall to both sides as those of a normal distribution do.

    The greatest weight is at a share of the window from its oldest value, as in `ta.alma` of Pine Script; with `peak`
    "whole" it is on a value, as in TA-Lib and Tulip.

        weight of the j-th value = exp(-(j - m) ** 2 / (2 * s ** 2))     m = offset * (period - 1), s = period / sigma, j from 0

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 10,000.
    sigma
        Standard deviations that the window is wide. From 0.01 to 1000000000.0.
    offset
        Where the greatest weight is: 0 on the oldest value, 1 on the newest. From 0.0 to 1.0.
    peak
        Whether that is between two values, too. One of "exact", "whole".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 9 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Arnaud Legoux and Dimitrios Kouzis-Loukas, ALMA, 2009.
    """
    return run(
        "alma",
        data,
        {"source": series(source)},
        {"period": period, "sigma": sigma, "offset": offset, "peak": peak},
        options,
    )


def talib_rma(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's mean: exponential, with the weight `1 / period`, begun with the plain mean of its first `period` values.

    `rma` begins with its first value instead.

        rma = beta * rma[1] + alpha * x     alpha = 1 / period, beta = 1 - alpha

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; after 642 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, RMA; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.rma", data, {"source": series(source)}, {"period": period}, options)


def dema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean with less lag: twice the mean less the mean of the mean.

        dema = 2 * ema(x, period) - ema(ema(x, period), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; after 622 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Patrick G. Mulloy, Smoothing Data with Faster Moving Averages, 1994.
    """
    return run("dema", data, {"source": series(source)}, {"period": period}, options)


def talib_ma(
    data: Any,
    period: int = 30,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Moving average of the chosen kind, with the values that TA-Lib's `MA` has from its first one on.

    Exponential means, also those that others are made of, begin with the plain mean of their first `period` values; the
    limits of `mama`, which has no period, are 0.5 and 0.05; the volume factor of `t3` is 0.7, which here stands in its
    powers times one or three. Of one value every mean is that value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    matype
        Kind of the mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MA.
    """
    return run("talib.ma", data, {"source": series(source)}, {"period": period, "matype": matype}, options)


def swma(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last four values with the weights 1, 2, 2, 1.

        (x + 2 * x[1] + 2 * x[2] + x[3]) / 6

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 4 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script's ta.swma.
    """
    return run("swma", data, {"source": series(source)}, {}, options)


def super_smoother(
    data: Any,
    period: int = 20,
    poles: int = 2,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Low-pass filter of two or three poles, with less lag than a mean as smooth.

    Equal values give that value. It begins anew where it is beyond 1e300.

        a = exp(-sqrt(2) * pi / period)     b = 2 * a * cos(sqrt(2) * pi / period)
        two poles:   y = (1 - b + a * a) * x + b * y[1] - a * a * y[2]
        a = exp(-pi / period)     b = 2 * a * cos(sqrt(3) * pi / period)     c = a * a
        three poles: y = (1 - b + c) * (1 - c) * x + (b + c) * y[1] - (c + b * c) * y[2] + c * c * y[3]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Shortest wave that passes. From 2 to 1,000,000.
    poles
        Poles of the filter. From 2 to 3.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004.
    """
    return run("super_smoother", data, {"source": series(source)}, {"period": period, "poles": poles}, options)


def hwma(
    data: Any,
    na: float = 0.2,
    nb: float = 0.1,
    nc: float = 0.1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential smoothing of a value, its change, and the change of that.

    Begins with the first value, at rest, and anew where it is beyond 1e300.

        f = (1 - na) * (f[1] + v[1] + a[1] / 2) + na * x
        v = (1 - nb) * (v[1] + a[1]) + nb * (f - f[1])
        a = (1 - nc) * a[1] + nc * (v - v[1])
        hwma = f + v + a / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    na
        Weight of the newest value. From 1e-6 to 1.0.
    nb
        Weight of its newest change. From 1e-6 to 1.0.
    nc
        Weight of the newest change of that. From 1e-6 to 1.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Charles C. Holt, Forecasting Seasonals and Trends by Exponentially Weighted Moving Averages, 1957.
    """
    return run("hwma", data, {"source": series(source)}, {"na": na, "nb": nb, "nc": nc}, options)


def alligator(
    data: Any,
    jaw: int = 13,
    jaw_offset: int = 8,
    teeth: int = 8,
    teeth_offset: int = 5,
    lips: int = 5,
    lips_offset: int = 3,
    *,
    source: Source = "hl2",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Three smoothed means of the middle of the bar, drawn some bars ahead.

    Values stay with the bar that gave them; what is drawn at a bar is `jaw[jaw_offset]`. The means are `rolling_rma`,
    which begin with the first value; MetaTrader's begin with a plain mean.

        jaw, teeth, lips = rolling_rma((high + low) / 2, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    jaw
        Period of the jaw. From 1 to 1,000,000.
    jaw_offset
        Bars by which the jaw is drawn ahead. From 0 to 1,000.
    teeth
        Period of the teeth. From 1 to 1,000,000.
    teeth_offset
        Bars by which the teeth are drawn ahead. From 0 to 1,000.
    lips
        Period of the lips. From 1 to 1,000,000.
    lips_offset
        Bars by which the lips are drawn ahead. From 0 to 1,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    jaw
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn jaw_offset bars ahead, the value
        stays with the bar that gave it.
    teeth
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn teeth_offset bars ahead, the value
        stays with the bar that gave it.
    lips
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn lips_offset bars ahead, the value
        stays with the bar that gave it.

    With the defaults the first values come from the first bar on; after 259 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, Trading Chaos, 1995.
    """
    return run(
        "alligator",
        data,
        {"source": series(source)},
        {
            "jaw": jaw,
            "jaw_offset": jaw_offset,
            "teeth": teeth,
            "teeth_offset": teeth_offset,
            "lips": lips,
            "lips_offset": lips_offset,
        },
        options,
    )


def gator(
    data: Any,
    jaw: int = 13,
    jaw_offset: int = 8,
    teeth: int = 8,
    teeth_offset: int = 5,
    lips: int = 5,
    lips_offset: int = 3,
    *,
    source: Source = "hl2",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the lines of `alligator` are apart, as they are drawn at the bar.

        upper = abs(jaw[jaw_offset] - teeth[teeth_offset])
        lower = -abs(teeth[teeth_offset] - lips[lips_offset])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    jaw
        Period of the jaw. From 1 to 1,000,000.
    jaw_offset
        Bars by which the jaw is drawn ahead. From 0 to 1,000.
    teeth
        Period of the teeth. From 1 to 1,000,000.
    teeth_offset
        Bars by which the teeth are drawn ahead. From 0 to 1,000.
    lips
        Period of the lips. From 1 to 1,000,000.
    lips_offset
        Bars by which the lips are drawn ahead. From 0 to 1,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.
    lower
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from `upper` bar 9 on, `lower` bar 6 on; after 259 bars the beginning weighs
    less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, New Trading Dimensions, 1998.
    """
    return run(
        "gator",
        data,
        {"source": series(source)},
        {
            "jaw": jaw,
            "jaw_offset": jaw_offset,
            "teeth": teeth,
            "teeth_offset": teeth_offset,
            "lips": lips,
            "lips_offset": lips_offset,
        },
        options,
    )


def td_sequential(
    data: Any,
    setup: int = 9,
    countdown: int = 13,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Counts of closes below, or above, the close four bars before, and the countdowns behind nine of them.

    A setup counts bars on end, up to `setup`, and stays there until it is broken. When a buy setup is complete its
    countdown begins with 0 on that bar and counts closes at or below the low two bars before, up to `countdown`; it
    ends with the next complete buy setup or sell setup, and on the bar behind its last. For sells everything is the
    other way round. Perfections, deferrals and recycling are left out.

        buy            = least(setup, buy[1] + 1) where close < close[4], else 0
        buy_countdown counts close <= low[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    setup
        Bars of a setup. From 1 to 1,000.
    countdown
        Bars of a countdown. From 1 to 1,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    buy
        As `Rule.run` gives it, one value per bar, a count of bars.
    sell
        As `Rule.run` gives it, one value per bar, a count of bars.
    buy_countdown
        As `Rule.run` gives it, one value per bar, a count of bars.
    sell_countdown
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 5 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Thomas R. DeMark, The New Science of Technical Analysis, 1994.
    """
    return run("td_sequential", data, {}, {"setup": setup, "countdown": countdown}, options)


def atr_trailing_stop(
    data: Any,
    period: int = 10,
    multiplier: float = 1.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A stop some average true ranges from the close, which is never loosened until a close has passed it.

    The direction is up (true) where the close is above the stop. The first stop is below the close.

        stop = greatest(stop[1], close - reach)   where close and close[1] are above stop[1]
        stop = least(stop[1], close + reach)      where close and close[1] are below stop[1]
        stop = close - reach, or close + reach    where the close has passed it upwards, or has not
        reach = multiplier * atr(period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
    multiplier
        Average ranges from the close to the stop. From 1e-9 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    stop
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    direction
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 10 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TradingView's UT Bot; Sylvain Vervoort, Average True Range Trailing Stops, 2009.
    """
    return run("atr_trailing_stop", data, {}, {"period": period, "multiplier": multiplier}, options)


def ttm_trend(
    data: Any,
    period: int = 6,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where the close is above the mean of the last middles of bars.

        close > sma((high + low) / 2, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 6 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Carter, Mastering the Trade, 2005.
    """
    return run("ttm_trend", data, {}, {"period": period}, options)


def amat(
    data: Any,
    fast: int = 8,
    slow: int = 21,
    lookback: int = 2,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where a fast mean has risen, or fallen, over some bars while a slow one moved at all.

        long  = ema(x, fast) > ema(x, fast)[lookback] and ema(x, slow) != ema(x, slow)[lookback]
        short = ema(x, fast) < ema(x, fast)[lookback] and ema(x, slow) != ema(x, slow)[lookback]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast
        Period of the fast mean. From 1 to 1,000,000.
    slow
        Period of the slow mean. From 1 to 1,000,000.
    lookback
        Bars over which they move. From 1 to 10,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    long
        As `Rule.run` gives it, one value per bar, true or false.
    short
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 3 on; after 218 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tom Joseph, Archer Moving Averages Trends.
    """
    return run("amat", data, {"source": series(source)}, {"fast": fast, "slow": slow, "lookback": lookback}, options)


def halftrend(
    data: Any,
    amplitude: int = 2,
    deviation: float = 2.0,
    atr_period: int = 100,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A line that stays until price has turned by more than its own extremes, and a channel around it.

    The direction is up (true) until the mean of the highs falls below the greatest low since, and the close below the
    low before; then down until the other way round. While it is up the line only rises, while it is down it only falls.
    The channel is `deviation` halves of an average true range wide to either side.

        turns down where sma(high, amplitude) < greatest of min(low, amplitude) since and close < low[1]
        turns up   where sma(low, amplitude) > least of max(high, amplitude) since and close > high[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    amplitude
        Bars whose extremes and means count. From 1 to 1,000,000.
    deviation
        Half average ranges from the line to the channel. From 1e-9 to 1000000000.0.
    atr_period
        Period of the average true range. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    line
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    direction
        As `Rule.run` gives it, one value per bar, true or false.
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from `line` bar 2 on, `direction` bar 2 on, `upper` bar 100 on, `lower` bar
    100 on; how long the beginning of history matters depends on the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Alex Orekhov (everget), HalfTrend, on TradingView.
    """
    return run(
        "halftrend",
        data,
        {},
        {"amplitude": amplitude, "deviation": deviation, "atr_period": atr_period},
        options,
    )


def talib_ht_trendline(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the values of one dominant cycle, weighted over four bars.

    `talib.ht_cycle` says how it is made.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 64 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: John F. Ehlers, Rocket Science for Traders, 2001; TA-Lib, HT_TRENDLINE.
    """
    return run("talib.ht_trendline", data, {"source": series(source)}, {}, options)


def talib_mavp(
    data: Any,
    x: Operand,
    periods: Operand,
    min_period: int = 2,
    max_period: int = 30,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "sma",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Moving average of as many values as `periods` says on each bar, of the kind that is chosen.

    A period is made whole and no less and no more than the bounds; a mean of every period between them goes along. All
    begin so that they have their first value on the bar on which the longest has it, as in TA-Lib.

        mavp = talib.ma(x, floor(periods), matype)     min_period <= periods <= max_period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    periods
        A number, a text of the language or a rule.
    min_period
        Shortest period. From 2 to 200.
    max_period
        Longest period; at least the shortest. From 2 to 200.
    matype
        Kind of the mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MAVP.
    """
    return run(
        "talib.mavp",
        data,
        {"x": x, "periods": periods},
        {"min_period": min_period, "max_period": max_period, "matype": matype},
        options,
    )


def tema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean with still less lag than `dema`: of three means of means, each seeded by its first input.

        one = ema(x, period), two = ema(one, period), three = ema(two, period)
        tema = 3 * one - 3 * two + three

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; after 933 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Patrick G. Mulloy, Smoothing Data with Less Lag, 1994.
    """
    return run("tema", data, {"source": series(source)}, {"period": period}, options)


def trima(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean whose weights rise to the middle of the window and fall again: a mean of means.

    Of an even number of values the first mean is of half of them, the second of one more.

        trima = sma(sma(x, ceil(period / 2)), floor(period / 2) + 1)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The mean of a mean of half the window.
    """
    return run("trima", data, {"source": series(source)}, {"period": period}, options)


def t3(
    data: Any,
    period: int = 5,
    volume_factor: float = 0.7,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Smooth mean with little lag: three times over, an exponential mean plus some of what a second one lags behind it.

    Every mean is seeded by its first input. A factor of 0 makes it the mean of a mean of a mean; one of 1, `dema` three
    times.

        gd(x) = (1 + volume_factor) * ema(x, period) - volume_factor * ema(ema(x, period), period)
        t3    = gd(gd(gd(x)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    volume_factor
        How much of the lag is made up for. From 0.0 to 1.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; after 312 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tim Tillson, Smoothing Techniques for More Accurate Signals, 1998.
    """
    return run("t3", data, {"source": series(source)}, {"period": period, "volume_factor": volume_factor}, options)


def talib_t3(
    data: Any,
    period: int = 5,
    vfactor: float = 0.7,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Generalised double exponential mean, three times, of means that begin with the plain mean of their first `period`
    values.

    `t3` has the same factors, and means that are seeded by their first input.

        one = talib.ema(x, period), two = talib.ema(one, period), ... six
        t3  = three + 3 v (three - four) + 3 v^2 (three - 2 four + five) + v^3 (three - 3 four + 3 five - six)     v = vfactor

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    vfactor
        How much of the lag is made up for. From 0.0 to 1.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 25 on; after 342 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, T3.
    """
    return run("talib.t3", data, {"source": series(source)}, {"period": period, "vfactor": vfactor}, options)


def talib_dema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Double exponential mean of means that begin with the plain mean of their first `period` values.

    `dema` is the same of means that are seeded by their first input.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 59 on; after 682 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, DEMA.
    """
    return run("talib.dema", data, {"source": series(source)}, {"period": period}, options)


def talib_tema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Triple exponential mean of means that begin with the plain mean of their first `period` values.

    `tema` is the same of means that are seeded by their first input.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 88 on; after 1,023 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, TEMA.
    """
    return run("talib.tema", data, {"source": series(source)}, {"period": period}, options)


def midpoint(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middle between the greatest and the least of the last `period` values.

        midpoint = (max(x, period) + min(x, period)) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The middle of a range.
    """
    return run("midpoint", data, {"source": series(source)}, {"period": period}, options)


def midprice(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middle between the highest high and the lowest low of the last `period` bars.

        midprice = (max(high, period) + min(low, period)) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The middle of a range.
    """
    return run("midprice", data, {}, {"period": period}, options)


def aroon(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How recent the lowest low and the highest high of the last `period` bars and the one before them are: 100 is now, 0
    `period` ago.

    Of equals the newest counts.

        down = 100 * (period - bars since the lowest low) / period
        up   = 100 * (period - bars since the highest high) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars before this one that count. From 1 to 999,999.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    down
        As `Rule.run` gives it, one value per bar, in percent.
    up
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar Chande, A Time Price Oscillator, 1995.
    """
    return run("aroon", data, {}, {"period": period}, options)


def aroon_osc(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how much the highest high of the last bars is more recent than the lowest low, from -100 to 100: `aroon`'s up
    less its down.

        aroon_osc = 100 * (bars since the lowest low - bars since the highest high) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars before this one that count. From 1 to 999,999.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar Chande, A Time Price Oscillator, 1995.
    """
    return run("aroon_osc", data, {}, {"period": period}, options)


def tsf(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the line of least squares through the last `period` values is one bar later. It looks at no later bar.

        tsf = linreg(x, period) + linreg_slope(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("tsf", data, {"source": series(source)}, {"period": period}, options)


def ma(
    data: Any,
    period: int = 30,
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema", "rma"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Moving average of the chosen kind, each the one of that name.

    `mama` has no period. Exponential means are seeded by their first input, also those that others are made of;
    `talib.ma` has TA-Lib's.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    matype
        Kind of the mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma", "zlema",
        "rma".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Means of several kinds, so that one may be tried for another.
    """
    return run("ma", data, {"source": series(source)}, {"period": period, "matype": matype}, options)


def adx(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How directed the movement is, from 0 to 100: the mean distance of the two directional indicators.

    `dmi` says what movement is, and what holds where nothing moves.

        adx = wilder(dx(period), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 28 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("adx", data, {}, {"period": period, "seed": seed}, options)


def adxr(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the average directional index and its value `period - 1` bars ago, as TA-Lib has it.

    Wilder's text takes the one of `period` bars ago.

        adxr = (adx(period) + adx(period)[period - 1]) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 41 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("adxr", data, {}, {"period": period, "seed": seed}, options)


def dx(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the two directional indicators are apart, as a share of both, from 0 to 100.

    `dmi` says what movement is, and what holds where nothing moves.

        dx = 100 * |plus_di - minus_di| / (plus_di + minus_di)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("dx", data, {}, {"period": period, "seed": seed}, options)


def plus_di(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the range goes up, in percent.

    `dmi` says what movement is, and what holds where nothing moves.

        plus_di = 100 * wilder(movement up, period) / wilder(true_range, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("plus_di", data, {}, {"period": period, "seed": seed}, options)


def minus_di(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the range goes down, in percent.

    `dmi` says what movement is, and what holds where nothing moves.

        minus_di = 100 * wilder(movement down, period) / wilder(true_range, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("minus_di", data, {}, {"period": period, "seed": seed}, options)


def plus_dm(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's sum of how far bars reached above the ones before them.

    `dmi` says what movement is, and what holds where nothing moves.

        plus_dm = period * wilder(movement up, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 15 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("plus_dm", data, {}, {"period": period, "seed": seed}, options)


def minus_dm(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "mean",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's sum of how far bars reached below the ones before them.

    `dmi` says what movement is, and what holds where nothing moves.

        minus_dm = period * wilder(movement down, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 15 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("minus_dm", data, {}, {"period": period, "seed": seed}, options)


def elder_ray(
    data: Any,
    period: int = 13,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far high and low reach from an exponential mean of closes.

    The mean begins with the first close.

        bull = high - ema(close, period)
        bear = low - ema(close, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest close. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    bull
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.
    bear
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from the first bar on; after 135 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Alexander Elder, Trading for a Living, 1993.
    """
    return run("elder_ray", data, {}, {"period": period}, options)


def talib_eri(
    data: Any,
    period: int = 13,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far high and low reach from an exponential mean of closes that begins with the plain mean of its first `period`.

        bullpower = high - talib.ema(close, period)
        bearpower = low - talib.ema(close, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest close. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    bullpower
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.
    bearpower
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input, drawn as bars.

    With the defaults the first values come from bar 13 on; after 148 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ERI; Alexander Elder, Trading for a Living, 1993.
    """
    return run("talib.eri", data, {}, {"period": period}, options)


def hma(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Weighted mean with less lag: of twice the mean over half the period less the mean over all of it.

    Halves and roots are taken without their fractions.

        hma = wma(2 * wma(x, period / 2) - wma(x, period), sqrt(period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count in the long mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 23 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Alan Hull, Active Investing, 2005.
    """
    return run("hma", data, {"source": series(source)}, {"period": period}, options)


def qstick(
    data: Any,
    period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bars' bodies, from open to close.

        qstick = sma(close - open, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("qstick", data, {}, {"period": period}, options)


def vhf(
    data: Any,
    period: int = 28,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance between the greatest and the least of the last values over the way that they went.

    Where nothing moves it is 0. The way has one change more than lies between the values that are compared.

        vhf = (max(x, period) - min(x, period)) / rolling_sum(abs(x - x[1]), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 29 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Adam White, The Vertical Horizontal Filter, Futures, 1991.
    """
    return run("vhf", data, {"source": series(source)}, {"period": period}, options)


def vortex(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Reach from each low to the next high, and from each high to the next low, over the true ranges.

    Where nothing moves there is no value.

        plus  = rolling_sum(abs(high - low[1]), period) / rolling_sum(true_range(), period)
        minus = rolling_sum(abs(low - high[1]), period) / rolling_sum(true_range(), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    plus
        As `Rule.run` gives it, one value per bar, a number without a unit.
    minus
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Etienne Botes and Douglas Siepman, The Vortex Indicator, Stocks & Commodities, 2010.
    """
    return run("vortex", data, {}, {"period": period}, options)


def talib_vortex(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Reach from each low to the next high, and from each high to the next low, over the true ranges.

    Where nothing moves both are 0.

        plusvi  = rolling_sum(abs(high - low[1]), period) / rolling_sum(true_range(), period)
        minusvi = rolling_sum(abs(low - high[1]), period) / rolling_sum(true_range(), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    plusvi
        As `Rule.run` gives it, one value per bar, a number without a unit.
    minusvi
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, VORTEX; Etienne Botes and Douglas Siepman, The Vortex Indicator, Stocks & Commodities, 2010.
    """
    return run("talib.vortex", data, {}, {"period": period}, options)


def vwma(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last values, each weighing as much as was traded.

    Of equal values it is that value. Where nothing was traded there is no value.

        vwma = rolling_sum(x * volume, period) / rolling_sum(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983.
    """
    return run("vwma", data, {"source": series(source)}, {"period": period}, options)


def zlema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of values that are moved on by the change since half a period ago.

    It begins with the first of these.

        lag   = (period - 1) / 2     without its fraction
        zlema = ema(x + (x - x[lag]), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 15 on; after 311 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers and Ric Way, Zero Lag, Technical Analysis of Stocks & Commodities, 2010.
    """
    return run("zlema", data, {"source": series(source)}, {"period": period}, options)


def talib_zlema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean, begun with a plain one, of values that are moved on by the change since half a period ago.

        lag   = (period - 1) / 2     without its fraction
        zlema = talib.ema(x + (x - x[lag]), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 44 on; after 341 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ZLEMA; John F. Ehlers and Ric Way, Zero Lag, Technical Analysis of Stocks & Commodities, 2010.
    """
    return run("talib.zlema", data, {"source": series(source)}, {"period": period}, options)


def talib_supertrend(
    data: Any,
    period: int = 10,
    multiplier: float = 3.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A stop that follows price at some average true ranges and changes sides when the close crosses it.

    The ranges begin with the second bar's, unlike those of `supertrend`; the trend is 1 while the line is below and −1
    while it is above, and begins with 1.

        as supertrend, of talib.rma(range, period)     range: that of true_range() from the second bar on

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 2 to 1,000,000.
    multiplier
        Average ranges from the middle of the bar to a band. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    supertrend
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    trend
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 11 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, SUPERTREND; Olivier Seban, Tout le monde mérite d'être riche, 2008.
    """
    return run("talib.supertrend", data, {}, {"period": period, "multiplier": multiplier}, options)


def choppiness(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the way of the last bars was no progress: from about 0 where they went straight to 100 where they went
    nowhere.

    True ranges begin with the second bar's. Where the bars stand still there is no value.

        choppiness = 100 * log(rolling_sum(true_range(), period) / (max(high, period) - min(low, period))) / log(period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: E. W. Dreiss, the Choppiness Index.
    """
    return run("choppiness", data, {}, {"period": period}, options)


def talib_chop(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the way of the last bars was no progress: from about 0 where they went straight to 100 where they went
    nowhere.

    True ranges begin with the second bar's. Where the bars stand still it is 100.

        chop = 100 * log(rolling_sum(true_range(), period) / (max(high, period) - min(low, period))) / log(period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CHOP; E. W. Dreiss, the Choppiness Index.
    """
    return run("talib.chop", data, {}, {"period": period}, options)


def choppiness_tr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """As `choppiness`, beside the distance of the greatest true high from the least true low.

    A true high is no less than the close before, a true low no greater. Where the bars stand still there is no value.

        choppiness_tr = 100 * log(way / (max(true_high, period) - min(true_low, period))) / log(period)
        way           = rolling_sum(true_range(), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: E. W. Dreiss, the Choppiness Index.
    """
    return run("choppiness_tr", data, {}, {"period": period}, options)


def talib_choptr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """As `talib.chop`, beside the distance of the greatest true high from the least true low.

    Where the bars stand still it is 100.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CHOPTR; E. W. Dreiss, the Choppiness Index.
    """
    return run("talib.choptr", data, {}, {"period": period}, options)


def ichimoku(
    data: Any,
    tenkan_period: int = 9,
    kijun_period: int = 26,
    span_b_period: int = 52,
    displacement: int = 26,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middles of the ranges of the last bars over three periods, their mean, and the close.

    The spans are drawn `displacement` bars ahead and the close as many behind; the values stay with their bars, and
    none looks ahead.

        tenkan_sen    = (max(high, tenkan_period) + min(low, tenkan_period)) / 2
        kijun_sen     = (max(high, kijun_period) + min(low, kijun_period)) / 2
        senkou_span_a = (tenkan_sen + kijun_sen) / 2
        senkou_span_b = (max(high, span_b_period) + min(low, span_b_period)) / 2
        chikou_span   = close

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    tenkan_period
        Bars of the turning line. From 1 to 1,000,000.
    kijun_period
        Bars of the base line. From 1 to 1,000,000.
    span_b_period
        Bars of the slower span. From 1 to 1,000,000.
    displacement
        Bars by which the spans are drawn ahead and the close behind. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    tenkan_sen
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    kijun_sen
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    senkou_span_a
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn displacement bars ahead, the value
        stays with the bar that gave it.
    senkou_span_b
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn displacement bars ahead, the value
        stays with the bar that gave it.
    chikou_span
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn displacement bars back, the value
        stays with the bar that gave it.

    With the defaults the first values come from `tenkan_sen` bar 9 on, `kijun_sen` bar 26 on, `senkou_span_a` bar 26
    on, `senkou_span_b` bar 52 on, `chikou_span` the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Goichi Hosoda, Ichimoku Kinko Hyo, 1969.
    """
    return run(
        "ichimoku",
        data,
        {},
        {
            "tenkan_period": tenkan_period,
            "kijun_period": kijun_period,
            "span_b_period": span_b_period,
            "displacement": displacement,
        },
        options,
    )


def talib_ichimoku(
    data: Any,
    tenkan_period: int = 9,
    kijun_period: int = 26,
    senkou_b_period: int = 52,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middles of the ranges of the last bars over three periods, and the mean of the first two.

    All lines begin on the bar on which the slowest one does. The spans are drawn as many bars ahead as the base line
    counts.

        as ichimoku

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    tenkan_period
        Bars of the turning line. From 2 to 1,000,000.
    kijun_period
        Bars of the base line. From 2 to 1,000,000.
    senkou_b_period
        Bars of the slower span. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    tenkansen
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    kijunsen
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    senkouspana
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn kijun_period bars ahead, the value
        stays with the bar that gave it.
    senkouspanb
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn kijun_period bars ahead, the value
        stays with the bar that gave it.

    With the defaults the first values come from bar 52 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ICHIMOKU; Goichi Hosoda, Ichimoku Kinko Hyo, 1969.
    """
    return run(
        "talib.ichimoku",
        data,
        {},
        {"tenkan_period": tenkan_period, "kijun_period": kijun_period, "senkou_b_period": senkou_b_period},
        options,
    )


def mcginley(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean that follows price the faster the further price has fallen below it.

    It begins with the first value. A step that overflows is not taken.

        mcginley = mcginley[1] + (x - mcginley[1]) / (period * (x / mcginley[1]) ** 4)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        About as many values as are averaged. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John R. McGinley, the McGinley Dynamic, Journal of Technical Analysis, 1997.
    """
    return run("mcginley", data, {"source": series(source)}, {"period": period}, options)


def talib_mcgd(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean that follows price the faster the further price has fallen below it.

    It begins with the first value and is given from the `period`-th on.

        as mcginley

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        About as many values as are averaged. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, MCGD; John R. McGinley, the McGinley Dynamic, Journal of Technical Analysis, 1997.
    """
    return run("talib.mcgd", data, {"source": series(source)}, {"period": period}, options)


def gaussian(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Smooths what is shorter than the period, with little lag.

    It begins as if all values before had been the first one.

        a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
        gaussian = a ** 2 * x + 2 * (1 - a) * gaussian[1] - (1 - a) ** 2 * gaussian[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Shortest swing that passes, in bars. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("gaussian", data, {"source": series(source)}, {"period": period}, options)


def butterworth(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Smooths what is shorter than the period, more strictly than `gaussian`.

    It begins as if all values before had been the first one.

        a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
        butterworth = a ** 2 / 4 * (x + 2 * x[1] + x[2]) + 2 * (1 - a) * butterworth[1] - (1 - a) ** 2 * butterworth[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Shortest swing that passes, in bars. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("butterworth", data, {"source": series(source)}, {"period": period}, options)


def frama(
    data: Any,
    period: int = 16,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of the bars' middles whose weight is the greater the straighter they run.

    The weight is 1 where the halves of the window have no more range together than all of it, or one of them has none.
    It begins with the middle of the bar before the first window is full.

        n     = (range of the newer half + range of the older half) / range of all, each max(high) - min(low)
        alpha = exp(-4.6 * log2(n)), 1 at most
        frama = alpha * m + (1 - alpha) * frama[1]     m = (high + low) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of the window, an even number. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 16 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, FRAMA: Fractal Adaptive Moving Average, Stocks & Commodities, 2005.
    """
    return run("frama", data, {}, {"period": period}, options)


def zigzag(
    data: Any,
    sensitivity: float = 5.0,
    minimum_trend_length: int = 1,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The extreme of the present leg, which direction the leg has, and how many bars ago its extreme was.

    A leg turns where price comes back from its extreme by `sensitivity` percent, no sooner than `minimum_trend_length`
    bars after it; only then is the extreme behind it final. The first leg is a falling one from the first bar's low. Of
    equal extremes the newest counts.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    sensitivity
        Percent of the extreme that turn a leg. From 0.0 to 100.0.
    minimum_trend_length
        Bars that a leg lasts at least. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    zigzag
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    trend
        As `Rule.run` gives it, one value per bar, a number without a unit.
    age
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: ZigZag, as charting programs show it; Arthur A. Merrill, Filtered Waves, 1977.
    """
    return run("zigzag", data, {}, {"sensitivity": sensitivity, "minimum_trend_length": minimum_trend_length}, options)


def talib_zigzag(
    data: Any,
    sensitivity: float = 5.0,
    minimum_trend_length: int = 1,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The extreme of the present leg, its direction, and the row of its extreme, counted from 0.

    As `zigzag`; it begins with the row that the least length of a leg allows to be a turn.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    sensitivity
        Percent of the extreme that turn a leg. From 0.0 to 100.0.
    minimum_trend_length
        Bars that a leg lasts at least. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    zigzag
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    trend
        As `Rule.run` gives it, one value per bar, a number without a unit.
    pivotidx
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, ZIGZAG.
    """
    return run(
        "talib.zigzag",
        data,
        {},
        {"sensitivity": sensitivity, "minimum_trend_length": minimum_trend_length},
        options,
    )


def vidya(
    data: Any,
    period: int = 12,
    cmo_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean whose weight is the greater the more the last changes point in one direction.

    It begins with the value of the first bar that has so many changes. Where nothing moves it stands. The ratio of
    standard deviations, Chande's first form, is another one.

        share = abs(up - down) / (up + down)     up, down: sums of the last `cmo_period` rises and falls
        vidya = vidya[1] + 2 / (period + 1) * share * (x - vidya[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the greatest weight of the newest value. From 1 to 1,000,000.
    cmo_period
        Changes that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 10 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("vidya", data, {"source": series(source)}, {"period": period, "cmo_period": cmo_period}, options)


def talib_vidya(
    data: Any,
    period: int = 12,
    cmo_period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean whose weight is the greater the more the last changes point in one direction.

    It begins with the first value; until there are so many changes those that there are count. Where nothing moves it
    stands. Of period 1 it is the value.

        share = abs(up - down) / (up + down)     up, down: sums of the last `cmo_period` rises and falls
        vidya = vidya[1] + 2 / (period + 1) * share * (x - vidya[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the greatest weight of the newest value. From 1 to 1,000,000.
    cmo_period
        Changes that count. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 10 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, VIDYA; Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("talib.vidya", data, {"source": series(source)}, {"period": period, "cmo_period": cmo_period}, options)


def pine_supertrend(
    data: Any,
    factor: float = 3.0,
    atr_period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The line of `supertrend`, and -1 where the direction is up and 1 where it is down.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    factor
        Average ranges from the middle of the bar to a band. From 1e-9 to 1000000000.0.
    atr_period
        Ranges that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    supertrend
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    direction
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 10 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.supertrend.
    """
    return run("pine.supertrend", data, {}, {"factor": factor, "atr_period": atr_period}, options)


def pine_sar(
    data: Any,
    start: float = 0.02,
    inc: float = 0.02,
    max: float = 0.2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A stop that runs after price, faster with every new extreme, and changes sides when price passes it; from the second
    bar on.

        stop = stop[1] + pace * (extreme - stop[1]), not beyond the two bars before; behind a turn the extreme of the side before
        up at first where close > close[1], with the low before as the stop; else down, with the high before

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        Share of the way at first. From 1e-6 to 1.0.
    inc
        How much more with every new extreme. From 0.0 to 1.0.
    max
        Share of the way at most. From 1e-6 to 1.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.sar.
    """
    return run("pine.sar", data, {}, {"start": start, "inc": inc, "max": max}, options)


def pine_alma(
    data: Any,
    length: int = 9,
    offset: float = 0.85,
    sigma: float = 6.0,
    peak: Literal["exact", "whole"] = "exact",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `length` values with weights that fall to both sides as those of a normal distribution do.

    It is `alma`, with the offset before the deviations.

        weight of the j-th value = exp(-(j - m) ** 2 / (2 * s ** 2))     m = offset * (length - 1), s = length / sigma, j from 0

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values that count. From 1 to 10,000.
    offset
        Where the greatest weight is: 0 on the oldest value, 1 on the newest. From 0.0 to 1.0.
    sigma
        Standard deviations that the window is wide. From 0.01 to 1000000000.0.
    peak
        Whether the greatest weight is between two values, too: "whole" is Pine Script's `floor`. One of "exact",
        "whole".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 9 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script v6, ta.alma.
    """
    return run(
        "pine.alma",
        data,
        {"source": series(source)},
        {"length": length, "offset": offset, "sigma": sigma, "peak": peak},
        options,
    )


def jma(
    data: Any,
    period: int = 7,
    phase: float = 0.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean that follows fast where volatility is above its own average, smoothed three times.

    The formula that Jurik Research sells is not public; this is the reconstruction that has been published and that
    other libraries have. How volatility is averaged differs between them; here it is the plain mean of the last 65
    values, or of as many as there are. Before the first bar all stands at its price. It begins anew where it is beyond
    1e300.

        half       = (period - 1) / 2
        most       = max(log2(sqrt(half)) + 2, 0)        power = max(most - 2, 1/2)
        narrows    = sqrt(half) * most / (sqrt(half) * most + 1)
        volatility = max(abs(x - upper[1]), abs(x - lower[1]))
        relative   = volatility / mean(mean(volatility, 10), 65), from 1 to most ** (1 / power)
        swing      = relative ** power
        upper      = max(x, x - narrows ** sqrt(swing) * (x - upper[1])), lower likewise below
        beta       = 0.45 * (period - 1) / (0.45 * (period - 1) + 2)
        alpha      = beta ** swing
        first      = alpha * first[1] + (1 - alpha) * x
        lead       = beta * lead[1] + (1 - beta) * (x - first)
        second     = first + (phase / 100 + 1.5) * lead
        turn       = alpha ** 2 * turn[1] + (1 - alpha) ** 2 * (second - jma[1])
        jma        = jma[1] + turn

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        About as many values as are averaged. From 2 to 1,000,000.
    phase
        Less lag and more overshooting the greater it is. From -100.0 to 100.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Jurik Research, JMA; reconstructed from its behaviour by A. Smirnov and others, Spekulant, 2003, and by Igor
    Durkin, 2007.
    """
    return run("jma", data, {"source": series(source)}, {"period": period, "phase": phase}, options)


def talib_sma(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values: their exact sum divided, rounded once.

        sma = (x[0] + x[1] + ... + x[period - 1]) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The arithmetic mean of a moving window.
    """
    return run("talib.sma", data, {"source": series(source)}, {"period": period}, options)


def pine_sma(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values: their exact sum divided, rounded once.

        sma = (x[0] + x[1] + ... + x[period - 1]) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The arithmetic mean of a moving window.
    """
    return run("pine.sma", data, {"source": series(source)}, {"period": period}, options)


def talib_wma(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with weights that rise by one from the oldest to the newest.

        wma = (period * x + (period - 1) * x[1] + ... + 1 * x[period - 1]) / (period * (period + 1) / 2)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Robert D. Edwards and John Magee, Technical Analysis of Stock Trends.
    """
    return run("talib.wma", data, {"source": series(source)}, {"period": period}, options)


def pine_wma(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with weights that rise by one from the oldest to the newest.

        wma = (period * x + (period - 1) * x[1] + ... + 1 * x[period - 1]) / (period * (period + 1) / 2)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Robert D. Edwards and John Magee, Technical Analysis of Stock Trends.
    """
    return run("pine.wma", data, {"source": series(source)}, {"period": period}, options)


def talib_kama(
    data: Any,
    period: int = 30,
    fast: int = 2,
    slow: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """An exponential mean whose weight follows how straight price has gone: fast in a trend, slow in noise.

    The efficiency is the distance from the value of `period` ago as a share of the way that was gone, 1 where nothing
    has moved. The weight lies between those of exponential means of the `slow` and the `fast` period, squared. Begins
    with the value before the first one it gives.

        efficiency = abs(x - x[period]) / sum(abs(x - x[1]), period)
        weight     = (efficiency * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1)) ** 2
        kama       = (1 - weight) * kama[1] + weight * x

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Changes whose efficiency counts. From 1 to 1,000,000.
    fast
        Period of the weight in a trend; less than the slow one. From 1 to 1,000,000.
    slow
        Period of the weight in noise. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 31 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Perry J. Kaufman, Smarter Trading, 1995.
    """
    return run("talib.kama", data, {"source": series(source)}, {"period": period, "fast": fast, "slow": slow}, options)


def pine_ema(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean that begins with the plain mean of its first `period` values.

        ema = beta * ema[1] + alpha * x     alpha = 2 / (period + 1), beta = 1 - alpha

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; after 341 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, EMA.
    """
    return run("pine.ema", data, {"source": series(source)}, {"period": period}, options)


def talib_linearreg(
    data: Any,
    period: int = 14,
    offset: float = 0.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the line of least squares through the last `period` values is at the newest of them, or some bars before it.

    The line's mean and slope are made of exact sums. A negative offset is a later bar: `tsf` is the one that comes
    next.

        linreg = mean(x) + slope * ((period - 1) / 2 - offset)
        slope  = sum((i - mean(i)) * x[i]) / sum((i - mean(i))^2)     i = 1, 2, ... period, the newest the last

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    offset
        Bars before the newest. From -1000000.0 to 1000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("talib.linearreg", data, {"source": series(source)}, {"period": period, "offset": offset}, options)


def talib_mama(
    data: Any,
    fast_limit: float = 0.5,
    slow_limit: float = 0.05,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """An exponential mean whose weight follows how fast the phase of the dominant cycle turns, and one that follows it.

    The phase is that of the Hilbert transforms that `talib.ht_dcperiod` has. A step of the phase counts as at least one
    degree; the longer it is, the less the newest value weighs. Both means begin with zero behind the first twelve
    values, as in TA-Lib, and are given from the 33rd on.

        phase  = atan(quadrature / in_phase) in degrees
        weight = fast_limit / max(phase[1] - phase, 1), no less than slow_limit
        mama   = weight * x + (1 - weight) * mama[1]
        fama   = weight / 2 * mama + (1 - weight / 2) * fama[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast_limit
        Greatest weight. From 0.01 to 0.99.
    slow_limit
        Least weight. From 0.01 to 0.99.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    mama
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    fama
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 33 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, MESA Adaptive Moving Averages, 2001; TA-Lib, MAMA.
    """
    return run(
        "talib.mama",
        data,
        {"source": series(source)},
        {"fast_limit": fast_limit, "slow_limit": slow_limit},
        options,
    )


def talib_alma(
    data: Any,
    period: int = 9,
    sigma: float = 6.0,
    offset: float = 0.85,
    peak: Literal["exact", "whole"] = "whole",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values with weights that fall to both sides as those of a normal distribution do.

    The greatest weight is at a share of the window from its oldest value, as in `ta.alma` of Pine Script; with `peak`
    "whole" it is on a value, as in TA-Lib and Tulip.

        weight of the j-th value = exp(-(j - m) ** 2 / (2 * s ** 2))     m = offset * (period - 1), s = period / sigma, j from 0

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 10,000.
    sigma
        Standard deviations that the window is wide. From 0.01 to 1000000000.0.
    offset
        Where the greatest weight is: 0 on the oldest value, 1 on the newest. From 0.0 to 1.0.
    peak
        Whether that is between two values, too. One of "exact", "whole".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 9 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Arnaud Legoux and Dimitrios Kouzis-Loukas, ALMA, 2009.
    """
    return run(
        "talib.alma",
        data,
        {"source": series(source)},
        {"period": period, "sigma": sigma, "offset": offset, "peak": peak},
        options,
    )


def pine_rma(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's mean: exponential, with the weight `1 / period`, begun with the plain mean of its first `period` values.

    `rma` begins with its first value instead.

        rma = beta * rma[1] + alpha * x     alpha = 1 / period, beta = 1 - alpha

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Sets the weight of the newest value. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, RMA; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("pine.rma", data, {"source": series(source)}, {"period": period}, options)


def pine_swma(
    data: Any,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last four values with the weights 1, 2, 2, 1.

        (x + 2 * x[1] + 2 * x[2] + x[3]) / 6

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 4 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script's ta.swma.
    """
    return run("pine.swma", data, {"source": series(source)}, {}, options)


def talib_trima(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean whose weights rise to the middle of the window and fall again: a mean of means.

    Of an even number of values the first mean is of half of them, the second of one more.

        trima = sma(sma(x, ceil(period / 2)), floor(period / 2) + 1)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The mean of a mean of half the window.
    """
    return run("talib.trima", data, {"source": series(source)}, {"period": period}, options)


def talib_midpoint(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middle between the greatest and the least of the last `period` values.

        midpoint = (max(x, period) + min(x, period)) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The middle of a range.
    """
    return run("talib.midpoint", data, {"source": series(source)}, {"period": period}, options)


def talib_midprice(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middle between the highest high and the lowest low of the last `period` bars.

        midprice = (max(high, period) + min(low, period)) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that count. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The middle of a range.
    """
    return run("talib.midprice", data, {}, {"period": period}, options)


def talib_aroon(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How recent the lowest low and the highest high of the last `period` bars and the one before them are: 100 is now, 0
    `period` ago.

    Of equals the newest counts.

        down = 100 * (period - bars since the lowest low) / period
        up   = 100 * (period - bars since the highest high) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars before this one that count. From 1 to 999,999.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    down
        As `Rule.run` gives it, one value per bar, in percent.
    up
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar Chande, A Time Price Oscillator, 1995.
    """
    return run("talib.aroon", data, {}, {"period": period}, options)


def talib_aroonosc(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """By how much the highest high of the last bars is more recent than the lowest low, from -100 to 100: `aroon`'s up
    less its down.

        aroon_osc = 100 * (bars since the lowest low - bars since the highest high) / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars before this one that count. From 1 to 999,999.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar Chande, A Time Price Oscillator, 1995.
    """
    return run("talib.aroonosc", data, {}, {"period": period}, options)


def talib_tsf(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Where the line of least squares through the last `period` values is one bar later. It looks at no later bar.

        tsf = linreg(x, period) + linreg_slope(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 2 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 14 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Adrien-Marie Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return run("talib.tsf", data, {"source": series(source)}, {"period": period}, options)


def talib_adx(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How directed the movement is, from 0 to 100: the mean distance of the two directional indicators.

    `dmi` says what movement is, and what holds where nothing moves.

        adx = wilder(dx(period), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 28 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.adx", data, {}, {"period": period, "seed": seed}, options)


def talib_adxr(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the average directional index and its value `period - 1` bars ago, as TA-Lib has it.

    Wilder's text takes the one of `period` bars ago.

        adxr = (adx(period) + adx(period)[period - 1]) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 41 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.adxr", data, {}, {"period": period, "seed": seed}, options)


def talib_dx(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the two directional indicators are apart, as a share of both, from 0 to 100.

    `dmi` says what movement is, and what holds where nothing moves.

        dx = 100 * |plus_di - minus_di| / (plus_di + minus_di)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.dx", data, {}, {"period": period, "seed": seed}, options)


def talib_plus_di(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the range goes up, in percent.

    `dmi` says what movement is, and what holds where nothing moves.

        plus_di = 100 * wilder(movement up, period) / wilder(true_range, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.plus_di", data, {}, {"period": period, "seed": seed}, options)


def talib_minus_di(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How much of the range goes down, in percent.

    `dmi` says what movement is, and what holds where nothing moves.

        minus_di = 100 * wilder(movement down, period) / wilder(true_range, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 15 on; after 588 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.minus_di", data, {}, {"period": period, "seed": seed}, options)


def talib_plus_dm(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's sum of how far bars reached above the ones before them.

    `dmi` says what movement is, and what holds where nothing moves.

        plus_dm = period * wilder(movement up, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 14 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.plus_dm", data, {}, {"period": period, "seed": seed}, options)


def talib_minus_dm(
    data: Any,
    period: int = 14,
    seed: Literal["mean", "talib"] = "talib",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's sum of how far bars reached below the ones before them.

    `dmi` says what movement is, and what holds where nothing moves.

        minus_dm = period * wilder(movement down, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Movements that are averaged. From 1 to 100,000.
    seed
        How the means begin: with the mean of the first movements, or as in TA-Lib. One of "mean", "talib".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 14 on; after 294 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("talib.minus_dm", data, {}, {"period": period, "seed": seed}, options)


def talib_hma(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Weighted mean with less lag: of twice the mean over half the period less the mean over all of it.

    Halves and roots are taken without their fractions.

        hma = wma(2 * wma(x, period / 2) - wma(x, period), sqrt(period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count in the long mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 23 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Alan Hull, Active Investing, 2005.
    """
    return run("talib.hma", data, {"source": series(source)}, {"period": period}, options)


def pine_hma(
    data: Any,
    period: int = 9,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Weighted mean with less lag: of twice the mean over half the period less the mean over all of it.

    Halves and roots are taken without their fractions.

        hma = wma(2 * wma(x, period / 2) - wma(x, period), sqrt(period))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count in the long mean. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Alan Hull, Active Investing, 2005.
    """
    return run("pine.hma", data, {"source": series(source)}, {"period": period}, options)


def talib_qstick(
    data: Any,
    period: int = 10,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bars' bodies, from open to close.

        qstick = sma(close - open, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars that are averaged. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 10 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Tushar S. Chande and Stanley Kroll, The New Technical Trader, 1994.
    """
    return run("talib.qstick", data, {}, {"period": period}, options)


def talib_vhf(
    data: Any,
    period: int = 28,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Distance between the greatest and the least of the last values over the way that they went.

    Where nothing moves it is 0. The way has one change more than lies between the values that are compared.

        vhf = (max(x, period) - min(x, period)) / rolling_sum(abs(x - x[1]), period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 29 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Adam White, The Vertical Horizontal Filter, Futures, 1991.
    """
    return run("talib.vhf", data, {"source": series(source)}, {"period": period}, options)


def talib_vwma(
    data: Any,
    period: int = 30,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last values, each weighing as much as was traded.

    Of equal values it is that value. Where nothing was traded there is no value.

        vwma = rolling_sum(x * volume, period) / rolling_sum(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 30 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983.
    """
    return run("talib.vwma", data, {"source": series(source)}, {"period": period}, options)


def pine_vwma(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last values, each weighing as much as was traded.

    Of equal values it is that value. Where nothing was traded there is no value.

        vwma = rolling_sum(x * volume, period) / rolling_sum(volume, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Richard W. Arms Jr., Volume Cycles in the Stock Market, 1983.
    """
    return run("pine.vwma", data, {"source": series(source)}, {"period": period}, options)


def talib_swak_gauss(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Smooths what is shorter than the period, with little lag.

    It begins as if all values before had been the first one.

        a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
        gaussian = a ** 2 * x + 2 * (1 - a) * gaussian[1] - (1 - a) ** 2 * gaussian[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Shortest swing that passes, in bars. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("talib.swak_gauss", data, {"source": series(source)}, {"period": period}, options)


def talib_swak_butter(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Smooths what is shorter than the period, more strictly than `gaussian`.

    It begins as if all values before had been the first one.

        a = -b + sqrt(b ** 2 + 2 * b)     b = 2.415 * (1 - cos(2 * pi / period))
        butterworth = a ** 2 / 4 * (x + 2 * x[1] + x[2]) + 2 * (1 - a) * butterworth[1] - (1 - a) ** 2 * butterworth[2]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Shortest swing that passes, in bars. From 2 to 1,000,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities, 2006.
    """
    return run("talib.swak_butter", data, {"source": series(source)}, {"period": period}, options)


def talib_frama(
    data: Any,
    period: int = 16,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean of the bars' middles whose weight is the greater the straighter they run.

    The weight is 1 where the halves of the window have no more range together than all of it, or one of them has none.
    It begins with the middle of the bar before the first window is full.

        n     = (range of the newer half + range of the older half) / range of all, each max(high) - min(low)
        alpha = exp(-4.6 * log2(n)), 1 at most
        frama = alpha * m + (1 - alpha) * frama[1]     m = (high + low) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars of the window, an even number. From 2 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 16 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John F. Ehlers, FRAMA: Fractal Adaptive Moving Average, Stocks & Commodities, 2005.
    """
    return run("talib.frama", data, {}, {"period": period}, options)


# Other names.
rolling_wma = wma
sinwma = sine_wma
lsma = linreg
linearreg = linreg
sarext = talib_sarext
ssf = super_smoother
ht_trendline = talib_ht_trendline
mavp = talib_mavp
aroonosc = aroon_osc

__all__ = [
    "adx",
    "adxr",
    "alligator",
    "alma",
    "amat",
    "aroon",
    "aroon_osc",
    "aroonosc",
    "atr_trailing_stop",
    "butterworth",
    "choppiness",
    "choppiness_tr",
    "dema",
    "directional_movement",
    "dmi",
    "dx",
    "elder_ray",
    "ema",
    "frama",
    "gator",
    "gaussian",
    "halftrend",
    "hma",
    "ht_trendline",
    "hwma",
    "ichimoku",
    "jma",
    "kama",
    "linearreg",
    "linreg",
    "lsma",
    "ma",
    "mama",
    "mavp",
    "mcginley",
    "midpoint",
    "midprice",
    "minus_di",
    "minus_dm",
    "pine_alma",
    "pine_ema",
    "pine_hma",
    "pine_rma",
    "pine_sar",
    "pine_sma",
    "pine_supertrend",
    "pine_swma",
    "pine_vwma",
    "pine_wma",
    "plus_di",
    "plus_dm",
    "psar",
    "pwma",
    "qstick",
    "rolling_wma",
    "sarext",
    "sine_wma",
    "sinwma",
    "sma",
    "ssf",
    "super_smoother",
    "supertrend",
    "swma",
    "t3",
    "talib_adx",
    "talib_adxr",
    "talib_alma",
    "talib_aroon",
    "talib_aroonosc",
    "talib_chop",
    "talib_choptr",
    "talib_dema",
    "talib_dx",
    "talib_ema",
    "talib_eri",
    "talib_frama",
    "talib_hma",
    "talib_ht_trendline",
    "talib_ichimoku",
    "talib_kama",
    "talib_linearreg",
    "talib_ma",
    "talib_mama",
    "talib_mavp",
    "talib_mcgd",
    "talib_midpoint",
    "talib_midprice",
    "talib_minus_di",
    "talib_minus_dm",
    "talib_plus_di",
    "talib_plus_dm",
    "talib_qstick",
    "talib_rma",
    "talib_sar",
    "talib_sarext",
    "talib_sma",
    "talib_supertrend",
    "talib_swak_butter",
    "talib_swak_gauss",
    "talib_t3",
    "talib_tema",
    "talib_trima",
    "talib_tsf",
    "talib_vhf",
    "talib_vidya",
    "talib_vortex",
    "talib_vwma",
    "talib_wma",
    "talib_zigzag",
    "talib_zlema",
    "td_sequential",
    "tema",
    "trima",
    "tsf",
    "ttm_trend",
    "vhf",
    "vidya",
    "vortex",
    "vwma",
    "wma",
    "zigzag",
    "zlema",
]
