"""Traded quantity.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

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


__all__ = [
    "obv",
]
