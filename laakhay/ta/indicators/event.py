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


__all__ = [
    "cross",
    "crossdown",
    "crossup",
]
