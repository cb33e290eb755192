"""Patterns of swings: pivots, fractals.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Source, run, series


def previous_high_low(
    data: Any,
    anchor: Literal["first", "session", "week", "month"] = "session",
    **options: Unpack[HistoryOptions],
) -> Any:
    """High, low and close of the session, week or month of the calendar before the one that the bar is part of.

    Intervals are those of the calendar, which bars given as streams have; a bar is part of the interval that it closes
    in. The interval before is the last one that has bars. With `anchor` "first" the whole history is one interval, and
    there is none before it.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        What makes an interval. One of "first", "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    close
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: The range of the day before.
    """
    return run("previous_high_low", data, {}, {"anchor": anchor}, options)


def opening_range(
    data: Any,
    minutes: int = 30,
    anchor: Literal["session", "week", "month"] = "session",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Highest high and lowest low of the bars that close within the first minutes of the session, from the end of those
    minutes on.

    The minutes are counted from where the session of the calendar begins. There is a value on the bars that close at
    their end or behind it, until the next session begins, where there was a bar within them; and on no others. The
    calendar is that of the stream, and bars need a timeframe, so that it is known when they close.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    minutes
        Minutes of the opening. From 1 to 100,000.
    anchor
        What is opened. One of "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Toby Crabel, Day Trading with Short Term Price Patterns and Opening Range Breakout, 1990.
    """
    return run("opening_range", data, {}, {"minutes": minutes, "anchor": anchor}, options)


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


def inside_bar(
    data: Any,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where the bar lies within the one before: its high is lower and its low is higher.

        high < high[1] and low > low[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: A bar within the bar before.
    """
    return run("inside_bar", data, {}, {}, options)


def swing_points(
    data: Any,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Price of a swing high, and that of a swing low, on the bar that confirms it.

    A swing high is higher than each of the `left` bars before it and each of the `right` bars after it: where two share
    the extreme there is none. There is a value on the bars that confirm one, `right` bars after it, and on no others.
    (Of `pivot_high` the newest of equal highs counts.)

        high = high[right]   where high[right] > each of high[0 .. right - 1], high[right + 1 .. right + left]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 1 to 100,000.
    right
        Bars after it, which confirm it. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn right bars back, the value stays with
        the bar that gave it.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn right bars back, the value stays with
        the bar that gave it.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Swing points with a strength to either side.
    """
    return run("swing_points", data, {}, {"left": left, "right": right}, options)


def swing_high_at(
    data: Any,
    index: int = 1,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Price of the latest confirmed swing high, or of the `index`-th latest, on every bar behind it.

    Swings are those of `swing_points`; there is no value until so many are confirmed.

        swing_high_at = swing_points(left, right).high of the index-th latest swing

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    index
        Which: 1 is the latest, 2 the one before it. From 1 to 10,000.
    left
        Bars before it. From 1 to 100,000.
    right
        Bars after it, which confirm it. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 5 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Swing points with a strength to either side.
    """
    return run("swing_high_at", data, {}, {"index": index, "left": left, "right": right}, options)


def swing_low_at(
    data: Any,
    index: int = 1,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Price of the latest confirmed swing low, or of the `index`-th latest, on every bar behind it.

    Swings are those of `swing_points`; there is no value until so many are confirmed.

        swing_low_at = swing_points(left, right).low of the index-th latest swing

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    index
        Which: 1 is the latest, 2 the one before it. From 1 to 10,000.
    left
        Bars before it. From 1 to 100,000.
    right
        Bars after it, which confirm it. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 5 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Swing points with a strength to either side.
    """
    return run("swing_low_at", data, {}, {"index": index, "left": left, "right": right}, options)


def fib_leg(
    data: Any,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Price of the swing high and of the swing low that the latest leg lies between, and whether it rises.

    Swings are those of `swing_points`, each from the bar on that confirms it. Of swings of one kind that follow one
    another the most extreme counts. A leg leads from the swing of one kind to the later one of the other; it rises
    where the high is later. There is no value before both are there, nor where the high is not above the low.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 1 to 100,000.
    right
        Bars after it, which confirm it. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    rises
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 5 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Legs between alternating swings.
    """
    return run("fib_leg", data, {}, {"left": left, "right": right}, options)


def fib_retracement(
    data: Any,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Levels between the latest swing high and the latest swing low, measured back from the end of the leg.

    The leg is that of `fib_leg`; the levels of one that rises lie below its high, those of one that falls above its
    low.

        level_382 = high - 0.382 * (high - low)   where the leg rises
        level_382 = low  + 0.382 * (high - low)   where it falls

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 1 to 100,000.
    right
        Bars after it, which confirm it. From 1 to 100,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    level_236
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    level_382
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    level_500
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    level_618
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    level_786
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 5 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Retracements of a leg between two swings by ratios of Fibonacci numbers.
    """
    return run("fib_retracement", data, {}, {"left": left, "right": right}, options)


def central_pivot_range(
    data: Any,
    anchor: Literal["first", "session", "week", "month"] = "session",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Pivot of the session, week or month before, and the two lines around it.

    Intervals are those of `previous_high_low`. The top is the greater of the two lines.

        pivot = (high + low + close) / 3
        one   = (high + low) / 2
        other = 2 * pivot - one

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    anchor
        What makes an interval. One of "first", "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    top
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    pivot
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    bottom
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Mark B. Fisher, The Logical Trader, 2002.
    """
    return run("central_pivot_range", data, {}, {"anchor": anchor}, options)


def pivot_points(
    data: Any,
    kind: Literal["traditional", "classic", "fibonacci", "woodie", "camarilla"] = "traditional",
    anchor: Literal["first", "session", "week", "month"] = "session",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Pivot of the session, week or month before, and levels above and below it.

    Intervals are those of `previous_high_low`. Levels that a kind does not have (`r4` and on of "fibonacci", `r5` of
    "classic" and "woodie") have no value. The pivot of "woodie" is made of the close before, where Pine Script takes
    the open.

        p = (high + low + close) / 3; of woodie (high + low + 2 * close) / 4             range = high - low
        traditional  r1 = 2 * p - low   r2 = p + range   rn = (n - 1) * p + high - (n - 1) * low
        classic      r1 = 2 * p - low   r2 = p + range   r3 = p + 2 * range   r4 = p + 3 * range
        fibonacci    r1 = p + 0.382 * range   r2 = p + 0.618 * range   r3 = p + range
        woodie       r1 = 2 * p - low   r2 = p + range   r3 = high + 2 * (p - low)   r4 = r3 + range
        camarilla    rn = close + 1.1 * range / (12, 6, 4, 2 for n = 1, 2, 3, 4)   r5 = high / low * close

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    kind
        Whose levels they are. One of "traditional", "classic", "fibonacci", "woodie", "camarilla".
    anchor
        What makes an interval. One of "first", "session", "week", "month".
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    p
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    r1
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    r2
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    r3
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    r4
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    r5
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    s1
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    s2
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    s3
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    s4
        As `Rule.run` gives it, one value per bar, in the unit of the input.
    s5
        As `Rule.run` gives it, one value per bar, in the unit of the input.

    With the defaults the first values come from bar 2 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Pine Script, ta.pivot_point_levels.
    """
    return run("pivot_points", data, {}, {"kind": kind, "anchor": anchor}, options)


def fractals(
    data: Any,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """Highs above and lows below all of the bars to both sides, on the bar that confirms them.

    Of equal highs or lows none is one. There is a value on the bars that confirm one, `right` bars after it, and on no
    others.

        high = high[right]     where high[right] > all of the `left` before and the `right` after it
        low  = low[right]      where low[right] < all of the `left` before and the `right` after it

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 1 to 1,000,000.
    right
        Bars after it, which confirm it. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    high
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn right bars back, the value stays with
        the bar that gave it.
    low
        As `Rule.run` gives it, one value per bar, in the unit of the input; drawn right bars back, the value stays with
        the bar that gave it.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Bill Williams, Trading Chaos, 1995.
    """
    return run("fractals", data, {}, {"left": left, "right": right}, options)


def talib_fractal(
    data: Any,
    left: int = 2,
    right: int = 2,
    **options: Unpack[HistoryOptions],
) -> Any:
    """100 on the bar that confirms a high above, or a low below, all of the bars to both sides, else 0.

    Of equal highs or lows none is one. The bar that is meant is `right` bars back.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    left
        Bars before it. From 1 to 1,000,000.
    right
        Bars after it, which confirm it. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    swinghigh
        As `Rule.run` gives it, one value per bar, a number without a unit; drawn right bars back, the value stays with
        the bar that gave it.
    swinglow
        As `Rule.run` gives it, one value per bar, a number without a unit; drawn right bars back, the value stays with
        the bar that gave it.

    With the defaults the first values come from bar 5 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: TA-Lib, FRACTAL; Bill Williams, Trading Chaos, 1995.
    """
    return run("talib.fractal", data, {}, {"left": left, "right": right}, options)


def pine_pivothigh(
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
    return run("pine.pivothigh", data, {"source": series(source)}, {"left": left, "right": right}, options)


def pine_pivotlow(
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
    return run("pine.pivotlow", data, {"source": series(source)}, {"left": left, "right": right}, options)


# Other names.
pivothigh = pivot_high
pivotlow = pivot_low
cdl_inside = inside_bar
cpr = central_pivot_range

__all__ = [
    "cdl_inside",
    "central_pivot_range",
    "cpr",
    "fib_leg",
    "fib_retracement",
    "fractals",
    "inside_bar",
    "opening_range",
    "pine_pivothigh",
    "pine_pivotlow",
    "pivot_high",
    "pivot_low",
    "pivot_points",
    "pivothigh",
    "pivotlow",
    "previous_high_low",
    "swing_high_at",
    "swing_low_at",
    "swing_points",
    "talib_fractal",
]
