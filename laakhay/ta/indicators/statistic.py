"""Statistics over a window.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def rolling_sum(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Sum of the last `period` values.

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

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The sum of a moving window.
    """
    return run("rolling_sum", data, {"source": series(source)}, {"period": period}, options)


def rolling_mean(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the last `period` values; the arithmetic of `sma`.

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
    return run("rolling_mean", data, {"source": series(source)}, {"period": period}, options)


def rolling_median(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Median of the last `period` values; of an even number the mean of the two in the middle.

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

    Source: The median of a moving window.
    """
    return run("rolling_median", data, {"source": series(source)}, {"period": period}, options)


def rolling_std(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Population standard deviation (divisor `period`) of the last `period` values.

        std = sqrt(mean((x - mean(x))^2))

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
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The population standard deviation of a moving window.
    """
    return run("rolling_std", data, {"source": series(source)}, {"period": period}, options)


def rolling_ema(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean, seeded by its first input; the arithmetic of `ema`.

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

    Source: P. N. Haurlan, Measuring Trend Values, 1968.
    """
    return run("rolling_ema", data, {"source": series(source)}, {"period": period}, options)


def rolling_rma(
    data: Any,
    period: int = 14,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Exponential mean with Wilder's weight `1 / period`, seeded by its first input.

    The means inside `rsi` and `atr` have the same weight but are seeded by the plain mean of `period` values.

        rma = (1 - 1 / period) * rma[1] + x / period

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

    With the defaults the first values come from the first bar on; after 280 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("rolling_rma", data, {"source": series(source)}, {"period": period}, options)


def max(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest of the last `period` values.

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

    Source: The greatest value of a moving window.
    """
    return run("max", data, {"source": series(source)}, {"period": period}, options)


def min(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Least of the last `period` values.

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

    Source: The least value of a moving window.
    """
    return run("min", data, {"source": series(source)}, {"period": period}, options)


def rolling_argmax(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many values ago the greatest of the last `period` values was: 0 is now; of equals the newest counts.

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
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The position of the greatest value in a moving window.
    """
    return run("rolling_argmax", data, {"source": series(source)}, {"period": period}, options)


def rolling_argmin(
    data: Any,
    period: int = 20,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many values ago the least of the last `period` values was: 0 is now; of equals the newest counts.

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
        As `Rule.run` gives it, one value per bar, a count of bars.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The position of the least value in a moving window.
    """
    return run("rolling_argmin", data, {"source": series(source)}, {"period": period}, options)


# Other names.
sum = rolling_sum
mean = rolling_mean
average = rolling_mean
avg = rolling_mean
median = rolling_median
med = rolling_median
std = rolling_std
stddev = rolling_std
rma = rolling_rma
argmax = rolling_argmax
argmin = rolling_argmin

__all__ = [
    "argmax",
    "argmin",
    "average",
    "avg",
    "max",
    "mean",
    "med",
    "median",
    "min",
    "rma",
    "rolling_argmax",
    "rolling_argmin",
    "rolling_ema",
    "rolling_mean",
    "rolling_median",
    "rolling_rma",
    "rolling_std",
    "rolling_sum",
    "std",
    "stddev",
    "sum",
]
