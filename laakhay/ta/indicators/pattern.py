"""Patterns of swings: pivots, fractals.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def pivot_high(
    data: Any,
    left: int = 5,
    right: int = 5,
    *,
    source: Source = "high",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Value of a swing high, on the bar that confirms it.

    None of the `left` bars before a swing high is greater, and all of the `right` bars after it are less: of equal
    values the newest counts. There is a value on the bars that confirm one, `right` bars after it, and on no others.

        pivot_high = x[right]     where rolling_argmax(x, left + right + 1) = right

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 0 to 100,000.
    right
        Bars after it, which confirm it. From 0 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn right bars back, the value stays with
        the bar that gave it.

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Swing points with a strength to either side, as in Pine Script's ta.pivothigh.
    """
    return run("pivot_high", data, {"source": series(source)}, {"left": left, "right": right}, options)


def pivot_low(
    data: Any,
    left: int = 5,
    right: int = 5,
    *,
    source: Source = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Value of a swing low, on the bar that confirms it.

    None of the `left` bars before a swing low is less, and all of the `right` bars after it are greater: of equal
    values the newest counts. There is a value on the bars that confirm one, `right` bars after it, and on no others.

        pivot_low = x[right]     where rolling_argmin(x, left + right + 1) = right

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 0 to 100,000.
    right
        Bars after it, which confirm it. From 0 to 100,000.
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn right bars back, the value stays with
        the bar that gave it.

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Swing points with a strength to either side, as in Pine Script's ta.pivotlow.
    """
    return run("pivot_low", data, {"source": series(source)}, {"left": left, "right": right}, options)


# Other names.
pivothigh = pivot_high
pivotlow = pivot_low

__all__ = [
    "pivot_high",
    "pivot_low",
    "pivothigh",
    "pivotlow",
]
