"""Traded quantity.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import run


def obv(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of volume: added where the close rises, taken away where it falls.

    Begins with the first bar's volume. The sum is kept with twice the digits of a number, so that it does not drift.

        obv = obv[1] + volume * sign(close - close[1])

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Joseph E. Granville, Granville's New Key to Stock Market Profits, 1963.
    """
    return run("obv", data, {}, {}, options)


def vwap(
    data: Any,
    anchor: Literal["first", "session", "week", "month"] = "first",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bars' typical prices, each weighing as much as was traded, since the anchor.

    The anchor is the first bar, or the first of each session, week or month of the calendar. A calendar's intervals are
    known where bars are given as streams, which have closes and a calendar; a bar is part of the interval that it
    closes in. While nothing is traded the value is the typical price.

        vwap = sum((high + low + close) / 3 * volume) / sum(volume)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        Where the sums begin. One of "first", "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Stephen A. Berkowitz, Dennis E. Logue, Eugene A. Noser, The Total Cost of Transactions on the NYSE, 1988.
    """
    return run("vwap", data, {}, {"anchor": anchor}, options)


__all__ = [
    "obv",
    "vwap",
]
