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
    matype: Literal["sma", "ema", "wma", "dema", "tema", "trima", "t3"] = "sma",
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
        Kind of the mean. One of "sma", "ema", "wma", "dema", "tema", "trima", "t3".
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


# Other names.
rolling_wma = wma

__all__ = [
    "dema",
    "ema",
    "rolling_wma",
    "sma",
    "supertrend",
    "talib_ema",
    "talib_ma",
    "wma",
]
