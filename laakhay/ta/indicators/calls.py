"""What the functions of the catalogue have in common: the rule of one indicator, run over a history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from numbers import Number
from typing import Any

import numpy as np

from laakhay.ta.expr.ir.nodes import CallNode, ExprNode, LiteralNode
from laakhay.ta.rules.compilation import compile
from laakhay.ta.rules.options import HistoryOptions
from laakhay.ta.rules.rule import Rule

Condition = str | bool | Rule
"""What is true or false: a text of the language or a rule."""
Operand = str | int | float | Rule
"""A value: a text of the language, a number or a rule."""
Source = str | Rule
"""A series: a text of the language or a rule."""


def run(
    indicator: str,
    data: Any,
    inputs: Mapping[str, Operand],
    parameters: Mapping[str, int | float | str],
    options: HistoryOptions,
    more: Sequence[Operand] = (),
) -> Any:
    """Compute an indicator of these inputs over a history; gives and raises what `compile` and `Rule.run` do.

    Inputs beyond those that it has names for, `more`, are taken from the left, two at a time. Raises TypeError for an
    option that is none, naming what the function takes, and for an input that is no operand, ValueError for a number
    that is not finite.
    """
    unknown = [name for name in options if name not in HistoryOptions.__annotations__]
    if unknown:
        accepted = ", ".join([*inputs, *parameters, *HistoryOptions.__annotations__])
        raise TypeError(f"{indicator} takes no argument {unknown[0]!r}; by name it takes: {accepted}")
    given = [*inputs.items(), *(("more", one) for one in more)]
    nodes = [_operand(f"{indicator}: `{name}`", one) for name, one in given]
    while len(nodes) > len(inputs):
        nodes[:2] = [CallNode(indicator, nodes[:2])]
    written = {name: LiteralNode(_plain(f"{indicator}: `{name}`", one)) for name, one in parameters.items()}
    rule = Rule(CallNode(indicator, nodes, written))
    # An accessor of a library's frames or expressions.
    take_rule = getattr(data, "take_rule", None)
    return rule.run(data, **options) if take_rule is None else take_rule(rule, options)


def series(source: Source) -> Rule:
    """Give a series as a rule. Raises TypeError for what is neither text nor rule, and what `compile` does."""
    if isinstance(source, str):
        return compile(source)
    if not isinstance(source, Rule):
        raise TypeError(f"`source` is a text of the language or a rule, not {type(source).__name__}")
    return source


def _operand(name: str, value: Operand) -> ExprNode:
    if isinstance(value, str):
        return compile(value)._node
    if isinstance(value, Rule):
        return value._node
    if isinstance(value, Number):
        return LiteralNode(_plain(name, value))
    raise TypeError(f"{name} is a text of the language, a number or a rule, not {type(value).__name__}")


def _plain(name: str, value: Any) -> Any:
    """Give a number of NumPy as Python's, and whatever else as it is: the engine says what it takes."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{name} is {value}; a finite number is needed")
    return value
