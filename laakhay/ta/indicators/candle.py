"""Patterns of a few bars' bodies and shadows.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import run


def talib_cdl_doji(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A candle that closes about where it opens: 100, else 0.

    The body is no longer than a tenth of the mean distance from low to high of the ten candles before.

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

    With the defaults the first values come from bar 11 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLDOJI; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_doji", data, {}, {}, options)


def talib_cdl_engulfing(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A body of the other colour that reaches over the one before: 100 where it is white, −100 where black, else 0.

    Where the bodies meet on one side the value is 80 or −80. A candle that closes where it opens is white.

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

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLENGULFING; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_engulfing", data, {}, {}, options)


def talib_cdl_eveningstar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long white candle, short body in a gap above it, black candle that closes well within the first: −100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body below whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLEVENINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_eveningstar", data, {}, {"penetration": penetration}, options)


def talib_cdl_hammer(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """A small body with a long shadow below and hardly one above, near the low of the candle before: 100, else 0.

    The body is shorter than the mean of the ten before it and than its own lower shadow; the upper one is shorter than
    a tenth of the mean distance from low to high of the ten candles before. Near is within a fifth of that of the five
    candles before the one before.

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

    With the defaults the first values come from bar 12 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: TA-Lib, CDLHAMMER; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_hammer", data, {}, {}, options)


def talib_cdl_morningstar(
    data: Any,
    penetration: float = 0.3,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Long black candle, short body in a gap below it, white candle that closes well within the first: 100, else 0.

    A body is long where it is longer than the mean of the ten before it, else short; the third one must not be short.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    penetration
        Share of the first body above whose close the third has to close. From 0.0 to 1000000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 13 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, CDLMORNINGSTAR; Gregory L. Morris, Candlestick Charting Explained, 1992.
    """
    return run("talib.cdl_morningstar", data, {}, {"penetration": penetration}, options)


__all__ = [
    "talib_cdl_doji",
    "talib_cdl_engulfing",
    "talib_cdl_eveningstar",
    "talib_cdl_hammer",
    "talib_cdl_morningstar",
]
