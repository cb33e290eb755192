"""Truth values: crossings, channels.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Literal, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Operand, Source, run, series


def crossup(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` rises above `b`: it is greater now and was not one value before.

    The first value has none before it and is not ready.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
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

    Source: Two lines that change sides.
    """
    return run("crossup", data, {"a": a, "b": b}, {}, options)


def crossdown(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` falls below `b`: it is less now and was not one value before.

    The first value has none before it and is not ready.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
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

    Source: Two lines that change sides.
    """
    return run("crossdown", data, {"a": a, "b": b}, {}, options)


def cross(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` rises above `b` or falls below it.

    The first value has none before it and is not ready.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
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

    Source: Two lines that change sides.
    """
    return run("cross", data, {"a": a, "b": b}, {}, options)


def ready(
    data: Any,
    x: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `x` is ready: neither warming up nor missing nor left out.

    It is ready itself on every bar, and looks at each bar alone.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: A value that is there.
    """
    return run("ready", data, {"x": x}, {}, options)


def fixnan(
    data: Any,
    x: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """The value of `x`, and where `x` is not ready, for whatever reason, its latest value that was.

    Not ready until `x` was ready once. (`nz` puts another value in place of one that is not there.)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    x
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, a number or a truth value, as its operands are.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: The last value that is there.
    """
    return run("fixnan", data, {"x": x}, {}, options)


def time_of_day(
    data: Any,
    since: Literal["midnight"] = "midnight",
    **options: Unpack[HistoryOptions],
) -> Any:
    """Minutes from midnight to the close of the bar, by the clock of the calendar's time zone.

    A bar that closes at 9:35 gives 575; one that closes at midnight is the last of its day and gives 1440. The calendar
    is that of the stream, and bars need a timeframe, so that it is known when they close.

        time_of_day = 60 * hour + minute + second / 60

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    since
        Where the clock begins. One of "midnight".
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

    Source: The clock of a time zone.
    """
    return run("time_of_day", data, {}, {"since": since}, options)


def day_of_week(
    data: Any,
    first: Literal["monday", "sunday"] = "monday",
    **options: Unpack[HistoryOptions],
) -> Any:
    """The day of the week on which the bar closes, in the calendar's time zone: 1 for the first, 7 for the last.

    A bar that closes at midnight is the last of its day. The calendar is that of the stream, and bars need a timeframe,
    so that it is known when they close.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    first
        Which day is 1. One of "monday", "sunday".
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

    Source: ISO 8601; Pine Script's dayofweek counts from Sunday.
    """
    return run("day_of_week", data, {}, {"first": first}, options)


def rising_pct(
    data: Any,
    a: Operand = "close",
    pct: float = 5.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` is at least `pct` percent above its value one bar before.

        a >= a[1] * (1 + pct / 100)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    pct
        Percent; so much is enough. From 0.0 to 1000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: A rise by a percentage.
    """
    return run("rising_pct", data, {"a": a}, {"pct": pct}, options)


def falling_pct(
    data: Any,
    a: Operand = "close",
    pct: float = 5.0,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` is at least `pct` percent below its value one bar before.

        a <= a[1] * (1 - pct / 100)

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    pct
        Percent; so much is enough. From 0.0 to 1000000.0.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from bar 2 on; values are the same wherever the history begins.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: A fall by a percentage.
    """
    return run("falling_pct", data, {"a": a}, {"pct": pct}, options)


def in_channel(
    data: Any,
    price: Operand = "close",
    upper: Operand = "high",
    lower: Operand = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `price` is between `lower` and `upper`, both of which belong to the channel.

        lower <= price <= upper

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    price
        A number, a text of the language or a rule.
    upper
        A number, a text of the language or a rule.
    lower
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: A price and a channel.
    """
    return run("in_channel", data, {"price": price, "upper": upper, "lower": lower}, {}, options)


def out_channel(
    data: Any,
    price: Operand = "close",
    upper: Operand = "high",
    lower: Operand = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `price` is above `upper` or below `lower`.

        price > upper or price < lower

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    price
        A number, a text of the language or a rule.
    upper
        A number, a text of the language or a rule.
    lower
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; values are the same wherever the history begins.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: A price and a channel.
    """
    return run("out_channel", data, {"price": price, "upper": upper, "lower": lower}, {}, options)


def enter_channel(
    data: Any,
    price: Operand = "close",
    upper: Operand = "high",
    lower: Operand = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `price` is in the channel and was not one bar before, each bar by its own bounds.

    The bounds belong to the channel. The first value has none before it and is not ready.

        in_channel(price, upper, lower) and not in_channel(price, upper, lower)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    price
        A number, a text of the language or a rule.
    upper
        A number, a text of the language or a rule.
    lower
        A number, a text of the language or a rule.
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

    Source: A price and a channel.
    """
    return run("enter_channel", data, {"price": price, "upper": upper, "lower": lower}, {}, options)


def exit_channel(
    data: Any,
    price: Operand = "close",
    upper: Operand = "high",
    lower: Operand = "low",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `price` is outside of the channel and was in it one bar before, each bar by its own bounds.

    The bounds belong to the channel. The first value has none before it and is not ready.

        out_channel(price, upper, lower) and in_channel(price, upper, lower)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    price
        A number, a text of the language or a rule.
    upper
        A number, a text of the language or a rule.
    lower
        A number, a text of the language or a rule.
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

    Source: A price and a channel.
    """
    return run("exit_channel", data, {"price": price, "upper": upper, "lower": lower}, {}, options)


def divergence(
    data: Any,
    price: Operand,
    oscillator: Operand,
    left: int = 5,
    right: int = 5,
    most: int = 60,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True on the bar that confirms a swing of the oscillator between which and the one before price went the other way.

    Swings are those of `pivot_low` and `pivot_high` of the oscillator, so nothing is told before `right` bars have
    confirmed it, and nothing is taken back. Of two lows price made a lower one and the oscillator a higher one: `bull`;
    the other way round: `hidden_bull`. Of two highs price made a higher one and the oscillator a lower one: `bear`; the
    other way round: `hidden_bear`. The two are at most `most` bars apart.

        bull        = price[right] < price of the low before and oscillator[right] > oscillator of the low before
        hidden_bull = price[right] > price of the low before and oscillator[right] < oscillator of the low before

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    price
        A number, a text of the language or a rule.
    oscillator
        A number, a text of the language or a rule.
    left
        Bars before a swing. From 0 to 1,000.
    right
        Bars after a swing, which confirm it. From 0 to 1,000.
    most
        Bars between the two swings at most. From 1 to 1,000,000.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    bull
        As `Rule.run` gives it, one value per bar, true or false; drawn right bars back, the value stays with the bar
        that gave it.
    bear
        As `Rule.run` gives it, one value per bar, true or false; drawn right bars back, the value stays with the bar
        that gave it.
    hidden_bull
        As `Rule.run` gives it, one value per bar, true or false; drawn right bars back, the value stays with the bar
        that gave it.
    hidden_bear
        As `Rule.run` gives it, one value per bar, true or false; drawn right bars back, the value stays with the bar
        that gave it.

    With the defaults the first values come from bar 11 on; how long the beginning of history matters depends on the
    data.

    Raises
    ------
    TypeCheckError
        For a parameter outside its range; also for what `ta.compile` and `Rule.run` refuse.

    Source: Regular and hidden divergence at confirmed pivots, as in TradingView's RSI Divergence Indicator.
    """
    return run(
        "divergence",
        data,
        {"price": price, "oscillator": oscillator},
        {"left": left, "right": right, "most": most},
        options,
    )


def pine_crossover(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` is above `b` and was below it on the last bar on which the two were not equal.

    Bars on which both are equal neither cross nor prepare it. On the first bar it is false.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.crossover.
    """
    return run("pine.crossover", data, {"a": a, "b": b}, {}, options)


def pine_crossunder(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `a` is below `b` and was above it on the last bar on which the two were not equal.

    Bars on which both are equal neither cross nor prepare it. On the first bar it is false.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.crossunder.
    """
    return run("pine.crossunder", data, {"a": a, "b": b}, {}, options)


def pine_cross(
    data: Any,
    a: Operand,
    b: Operand,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where `pine.crossover` or `pine.crossunder` is.

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    a
        A number, a text of the language or a rule.
    b
        A number, a text of the language or a rule.
    **options
        How the history is read, as `Rule.run` takes it.

    Returns
    -------
    value
        As `Rule.run` gives it, one value per bar, true or false.

    With the defaults the first values come from the first bar on; how long the beginning of history matters depends on
    the data.

    Raises
    ------
    StrategyError, TypeCheckError
        For a text that is no rule.

    Source: Pine Script v6, ta.cross.
    """
    return run("pine.cross", data, {"a": a, "b": b}, {}, options)


def pine_rising(
    data: Any,
    length: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where a value is greater than each of the `length` values before.

    Where there are not so many it is false. (PyneCore asks each of the steps to go that way.)

        x > max(x, length)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values before. From 1 to 1,000,000.
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

    Source: Pine Script v6, ta.rising.
    """
    return run("pine.rising", data, {"source": series(source)}, {"length": length}, options)


def pine_falling(
    data: Any,
    length: int = 1,
    *,
    source: Source = "close",
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where a value is less than each of the `length` values before.

    Where there are not so many it is false. (PyneCore asks each of the steps to go that way.)

        x < min(x, length)[1]

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    length
        Values before. From 1 to 1,000,000.
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

    Source: Pine Script v6, ta.falling.
    """
    return run("pine.falling", data, {"source": series(source)}, {"length": length}, options)


def session(
    data: Any,
    start: int = 930,
    end: int = 1600,
    **options: Unpack[HistoryOptions],
) -> Any:
    """True where the bar lies between two times of the day, by the clock of the calendar's time zone.

    A bar belongs to the session where it closes behind `start` and not behind `end`; with a `start` behind the `end`
    the session goes over midnight. Times are written as Pine Script does, 930 for 9:30 and 2400 for midnight. What is
    said of the calendar at `time_of_day` holds here.

        start < time of day <= end

    Parameters
    ----------
    data
        A history of any kind that `Rule.run` takes.
    start
        Hour and minute from which on. From 0 to 2,400.
    end
        Hour and minute up to which. From 0 to 2,400.
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

    Source: Sessions of Pine Script, 0930-1600.
    """
    return run("session", data, {}, {"start": start, "end": end}, options)


# Other names.
crossover = crossup
crossunder = crossdown

__all__ = [
    "cross",
    "crossdown",
    "crossover",
    "crossunder",
    "crossup",
    "day_of_week",
    "divergence",
    "enter_channel",
    "exit_channel",
    "falling_pct",
    "fixnan",
    "in_channel",
    "out_channel",
    "pine_cross",
    "pine_crossover",
    "pine_crossunder",
    "pine_falling",
    "pine_rising",
    "ready",
    "rising_pct",
    "session",
    "time_of_day",
]
