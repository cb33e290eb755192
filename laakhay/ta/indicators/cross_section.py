"""Values among those of other symbols.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def rank(
    data: Any,
    ties: Literal["mean", "least", "greatest"] = "mean",
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The place of a symbol's value among those of all symbols of the row, as a share: 1 is the greatest.

    Equal values share the mean of their places, as in the rank correlation, or the least or the greatest of them.
    Symbols without a bar, or whose value is not ready, take no part and have none. A symbol that is alone has 1.

        rank = place / symbols     places from 1, the least value, to the number of symbols that take part

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    ties
        Which of their places equal values have: the `mean`, the `least` or the `greatest`. One of "mean", "least",
        "greatest".
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Spearman, C. (1904): The proof and measurement of association between two things.
    """
    return run("rank", data, {"source": series(source)}, {"ties": ties, "group": group}, options)


def cs_zscore(
    data: Any,
    ddof: int = 0,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many standard deviations a symbol's value is from the mean of all symbols of the row.

    Sums are exact: the order of symbols changes no bit. Where all values are equal it is 0. With `ddof` 1 the deviation
    is that of a sample, as in pandas. Symbols without a bar, or whose value is not ready, take no part and have none.

        cs_zscore = (x - mean) / (deviation * sqrt(symbols / (symbols - ddof)))

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    ddof
        What is taken from the number of symbols for the deviation. From 0 to 1.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The standard score.
    """
    return run("cs_zscore", data, {"source": series(source)}, {"ddof": ddof, "group": group}, options)


def demean(
    data: Any,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How far a symbol's value is above the mean of all symbols of the row, or below it.

    The sum is exact: the order of symbols changes no bit. Symbols without a bar, or whose value is not ready, take no
    part and have none.

        demean = x - mean

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a difference, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The arithmetic mean.
    """
    return run("demean", data, {"source": series(source)}, {"group": group}, options)


def scale(
    data: Any,
    total: float = 1.0,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """A symbol's value as a share of all symbols of the row: their absolute values add up to `total`.

    The sum is exact: the order of symbols changes no bit. Where all values are 0 it is undefined, and missing. Symbols
    without a bar, or whose value is not ready, take no part and have none.

        scale = x / sum(|x|) * total

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    total
        What the absolute values add up to. From 1e-9 to 1000000000.0.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Kakushadze, Z. (2016): 101 Formulaic Alphas.
    """
    return run("scale", data, {"source": series(source)}, {"total": total, "group": group}, options)


def top(
    data: Any,
    count: int = 10,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True for the symbols that have the `count` greatest values of the row.

    That is where fewer than `count` symbols have a greater value: of equal values at the edge all are among them, so
    that the order of symbols changes nothing. `top(-x, count)` has the least. Symbols without a bar, or whose value is
    not ready, take no part and have none.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    count
        How many. From 1 to 1,000,000.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Order statistics.
    """
    return run("top", data, {"source": series(source)}, {"count": count, "group": group}, options)


def quantile_of(
    data: Any,
    count: int = 5,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Which of `count` parts a symbol's value is in, when the symbols of the row are parted by it: 1 is the part of the
    least.

    Parts have as many symbols each as can be, and equal values, which have the mean of their places, are in one part:
    it is `ceil(rank(x) * count)`. Symbols without a bar, or whose value is not ready, take no part and have none.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    count
        How many parts. From 2 to 1,000,000.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Order statistics.
    """
    return run("quantile_of", data, {"source": series(source)}, {"count": count, "group": group}, options)


def cs_sum(
    data: Any,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The sum of a value over all symbols of the row.

    It is exact: the order of symbols changes no bit. Symbols without a bar, or whose value is not ready, take no part.
    All symbols have it, those that take no part, too; where none takes part it is missing.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Addition.
    """
    return run("cs_sum", data, {"source": series(source)}, {"group": group}, options)


def cs_mean(
    data: Any,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The mean of a value over all symbols of the row.

    Its sum is exact: the order of symbols changes no bit. Symbols without a bar, or whose value is not ready, take no
    part. All symbols have it, those that take no part, too; where none takes part it is missing.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The arithmetic mean.
    """
    return run("cs_mean", data, {"source": series(source)}, {"group": group}, options)


def cs_count(
    data: Any,
    group: Literal["own", "all"] = "own",
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many symbols of the row have a value.

    All symbols have it; where none has a value it is missing.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    source
        What it is computed of: a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Counting.
    """
    return run("cs_count", data, {"source": series(source)}, {"group": group}, options)


def advance_decline(
    data: Any,
    group: Literal["own", "all"] = "own",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of how many more symbols rise than fall in a row, from close to close.

    Symbols whose close is the one of the bar before, and those without a bar, count for neither. All symbols have the
    same value.

        advance_decline = sum of (advances - declines)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: L. P. Ayres, Cleveland Trust (1926).
    """
    return run("advance_decline", data, {}, {"group": group}, options)


def mcclellan_osc(
    data: Any,
    fast: int = 19,
    slow: int = 39,
    group: Literal["own", "all"] = "own",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Difference of two exponential means of net advances, as thousandths of the symbols that move.

    Symbols whose close is the one of the bar before, and those without a bar, count for neither. All symbols have the
    same value. Where none moves the net is 0.

        net = 1000 * (advances - declines) / (advances + declines)
        mcclellan_osc = ema(net, fast) - ema(net, slow)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast
        Values of the quicker mean. From 1 to 1,000,000.
    slow
        Values of the slower mean. From 1 to 1,000,000.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; after 405 bars the beginning weighs less than 1e-9.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: McClellan, S. and M. (1970): Patterns for Profit.
    """
    return run("mcclellan_osc", data, {}, {"fast": fast, "slow": slow, "group": group}, options)


def mcclellan_sum(
    data: Any,
    fast: int = 19,
    slow: int = 39,
    group: Literal["own", "all"] = "own",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Running sum of the McClellan oscillator.

        mcclellan_sum = sum of mcclellan_osc(fast, slow)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    fast
        Values of the quicker mean. From 1 to 1,000,000.
    slow
        Values of the slower mean. From 1 to 1,000,000.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; the beginning of the history may matter for ever.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: McClellan, S. and M. (1970): Patterns for Profit.
    """
    return run("mcclellan_sum", data, {}, {"fast": fast, "slow": slow, "group": group}, options)


def trin(
    data: Any,
    group: Literal["own", "all"] = "own",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Ratio of advances to declines, over that of the volumes that they have: below 1 volume goes into what rises.

    Symbols whose close is the one of the bar before, and those without a bar, count for neither. All symbols have the
    same value. Where nothing falls, or nothing that rises has volume, it is undefined, and missing.

        trin = (advances / declines) / (advancing volume / declining volume)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Arms, R. W. (1967): The Arms Index.
    """
    return run("trin", data, {}, {"group": group}, options)


def new_highs_lows(
    data: Any,
    period: int = 252,
    group: Literal["own", "all"] = "own",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many more symbols have a new high than a new low.

    New is a high above each of the `period` bars before, and a low below each. Symbols without a bar, or with fewer
    bars before, count for neither. All symbols have the same value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Bars before. From 1 to 1,000,000.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number without a unit.

    With the defaults the first values come from bar 253 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Breadth of markets.
    """
    return run("new_highs_lows", data, {}, {"period": period, "group": group}, options)


def percent_above_ma(
    data: Any,
    period: int = 50,
    group: Literal["own", "all"] = "own",
    **options: Unpack[HistoryOptions],
) -> Any:
    """How many of the symbols close above their own mean of the last `period` closes, in percent.

    Symbols without a bar, or with fewer bars, do not count. All symbols have the same value.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    period
        Closes of the mean. From 1 to 1,000,000.
    group
        Whose values are looked at together: those of the symbol's own group, where the universe has groups, or of `all`
        symbols. One of "own", "all".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in percent.

    With the defaults the first values come from bar 50 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Breadth of markets.
    """
    return run("percent_above_ma", data, {}, {"period": period, "group": group}, options)


__all__ = [
    "advance_decline",
    "cs_count",
    "cs_mean",
    "cs_sum",
    "cs_zscore",
    "demean",
    "mcclellan_osc",
    "mcclellan_sum",
    "new_highs_lows",
    "percent_above_ma",
    "quantile_of",
    "rank",
    "scale",
    "top",
    "trin",
]
