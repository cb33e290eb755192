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


def open_high_low_close_mean(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bar's four prices.

        open_high_low_close_mean = (open + high + low + close) / 4

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("open_high_low_close_mean", data, {}, {}, options)


def median_price(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middle of the bar's range.

        median_price = (high + low) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("median_price", data, {}, {}, options)


def typical_price(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of high, low and close.

        typical_price = (high + low + close) / 3

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("typical_price", data, {}, {}, options)


def weighted_close(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of high, low and twice the close.

        weighted_close = (high + low + 2 * close) / 4

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("weighted_close", data, {}, {}, options)


def heikin_ashi(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Bars made of means: each opens in the middle of the body before and closes at the mean of its own four prices.

    The first one opens in the middle of its bar's body.

        close = (open + high + low + close) / 4     of the bar
        open  = (open[1] + close[1]) / 2            of the mean bar before
        high  = greatest(high, open, close)
        low   = least(low, open, close)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    open
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    close
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Dan Valcu, Using the Heikin-Ashi Technique, Technical Analysis of Stocks & Commodities, 2004.
    """
    return run("heikin_ashi", data, {}, {}, options)


def talib_avgprice(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of the bar's four prices.

        open_high_low_close_mean = (open + high + low + close) / 4

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("talib.avgprice", data, {}, {}, options)


def talib_medprice(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Middle of the bar's range.

        median_price = (high + low) / 2

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("talib.medprice", data, {}, {}, options)


def talib_typprice(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of high, low and close.

        typical_price = (high + low + close) / 3

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("talib.typprice", data, {}, {}, options)


def talib_wclprice(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Mean of high, low and twice the close.

        weighted_close = (high + low + 2 * close) / 4

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The mean of a bar's prices.
    """
    return run("talib.wclprice", data, {}, {}, options)


def talib_ha(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Bars made of means: each opens in the middle of the body before and closes at the mean of its own four prices.

    The first one opens in the middle of its bar's body.

        close = (open + high + low + close) / 4     of the bar
        open  = (open[1] + close[1]) / 2            of the mean bar before
        high  = greatest(high, open, close)
        low   = least(low, open, close)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    open
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    close
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Dan Valcu, Using the Heikin-Ashi Technique, Technical Analysis of Stocks & Commodities, 2004.
    """
    return run("talib.ha", data, {}, {}, options)


# Other names.
avgprice = open_high_low_close_mean
avg_price = open_high_low_close_mean
medprice = median_price
typprice = typical_price
wclprice = weighted_close

__all__ = [
    "avg_price",
    "avgprice",
    "bar_range",
    "heikin_ashi",
    "lower_wick",
    "median_price",
    "medprice",
    "open_high_low_close_mean",
    "talib_avgprice",
    "talib_ha",
    "talib_medprice",
    "talib_typprice",
    "talib_wclprice",
    "typical_price",
    "typprice",
    "upper_wick",
    "wclprice",
    "weighted_close",
]
