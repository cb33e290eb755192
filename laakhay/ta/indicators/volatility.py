"""Width of movement.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def true_range(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Greatest distance that price covered since the last close; `high - low` on the first bar.

        true_range = max(high - low, |high - close[1]|, |low - close[1]|)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return run("true_range", data, {}, {}, options)


def atr(
    data: Any,
    period: int = 14,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Wilder's mean of the true range, seeded with the plain mean of the first `period` ranges.

    The first bar's range is `high - low`.

        atr = (1 - 1 / period) * atr[1] + true_range / period

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Ranges that are averaged. From 1 to 1,000,000.
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
    return run("atr", data, {}, {"period": period}, options)


def bbands(
    data: Any,
    period: int = 20,
    std_dev: float = 2.0,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of a window and bands some population standard deviations above and below it.

    The middle has the bits of `sma` with the same period.

        middle = sma(x, period)     upper, lower = middle +/- std_dev * rolling_std(x, period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Values that count. From 1 to 1,000,000.
    std_dev
        Standard deviations from the middle to a band. From 1e-9 to 1000000000.0.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 20 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: John Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return run("bbands", data, {"source": series(source)}, {"period": period, "std_dev": std_dev}, options)


def keltner(
    data: Any,
    period: int = 20,
    atr_period: int = 10,
    multiplier: float = 2.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Channel around an exponential mean of closes, as wide as some average true ranges.

        middle = ema(close, period)
        upper  = middle + multiplier * atr(atr_period)
        lower  = middle - multiplier * atr(atr_period)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Period of the mean. From 1 to 1,000,000.
    atr_period
        Period of the average true range. From 1 to 1,000,000.
    multiplier
        Average true ranges from the middle to either side. From 0.001 to 1000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    upper
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    middle
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    lower
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from `upper` bar 10 on, `middle` the first bar on, `lower` bar 10 on; after
    208 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Linda Bradford Raschke's form of Chester W. Keltner, How to Make Money in Commodities, 1960.
    """
    return run("keltner", data, {}, {"period": period, "atr_period": atr_period, "multiplier": multiplier}, options)


# Other names.
tr = true_range
bb = bbands
kc = keltner

__all__ = [
    "atr",
    "bb",
    "bbands",
    "kc",
    "keltner",
    "tr",
    "true_range",
]
