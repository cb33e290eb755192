"""Truth values: crossings, channels.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.
"""

from __future__ import annotations

from typing import Any, Unpack

from laakhay.ta.rules.options import HistoryOptions

from .calls import Operand, run


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


# Other names.
crossover = crossup
crossunder = crossdown

__all__ = [
    "cross",
    "crossdown",
    "crossover",
    "crossunder",
    "crossup",
    "fixnan",
    "ready",
]
