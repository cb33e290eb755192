"""Prices made of one bar's.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import run


def upper_wick(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the high is above the body.

        high - greatest(open, close)

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

    Source: Parts of a candle.
    """
    return run("upper_wick", data, {}, {}, options)


def lower_wick(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far the low is below the body.

        least(open, close) - low

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

    Source: Parts of a candle.
    """
    return run("lower_wick", data, {}, {}, options)


def bar_range(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """From the low of a bar to its high.

        high - low

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

    Source: Parts of a candle.
    """
    return run("bar_range", data, {}, {}, options)


__all__ = [
    "bar_range",
    "lower_wick",
    "upper_wick",
]
