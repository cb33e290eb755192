"""Averages and channels that follow price.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


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
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3"] = "sma",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Moving average of the chosen kind, with the values that TA-Lib's `MA` has from its first one on.

    Exponential means, also those that others are made of, begin with the plain mean of their first `period` values; the
    volume factor of `t3` is 0.7, which here stands in its powers times one or three. Of one value every mean is that
    value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 100,000.
    matype
        Kind of the mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "kama", "t3".
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


# Other names.
rolling_wma = wma

__all__ = [
    "dema",
    "ema",
    "kama",
    "psar",
    "rolling_wma",
    "sma",
    "supertrend",
    "talib_ema",
    "talib_kama",
    "talib_ma",
    "talib_sar",
    "talib_sma",
    "talib_wma",
    "wma",
]
