"""Texts, and rules by name, to one rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.expr.compile import checked
from laakhay.ta.expr.ir.nodes import ExprNode

from .definitions import Limits, definition_texts, sources_of
from .rule import Rule


def compile(
    rule: str | Mapping[str, Any],
    /,
    *,
    definitions: str | Sequence[str] | Mapping[str, str] | None = None,
    limits: Limits | None = None,
    sources: Mapping[str, Sequence[str]] | None = None,
    prelude: bool = True,
    **parameters: bool | int | float | str,
) -> Rule:
    """Read a rule, or several named ones that share their common parts.

    Parameters
    ----------
    rule
        A text of one value, whose output is called `value`; one that names its outputs, `"{signal: ..., stop: ...}"`;
        or a mapping of names to texts or rules.
    definitions
        Text of functions and values that the rule may use besides its own and those of `define`, or several texts, or a
        mapping of names, which errors say, to texts.
    limits
        Limits on what is compiled, in place of the safe ones.
    sources
        Columns of your own that the rule reads, by the name of their source: `{"signal": ["score", "on: bool"]}` for
        `signal.score` and `signal.on`, besides those of `define_source`. Data has them as a stream of that name, or
        under these names in one table; a truth value is given as one, or as 1 or 0.
    prelude
        False where the functions that are written in the language (`within rising falling`) are to mean nothing.
    **parameters
        Values for the parameters of the text, written `{period}`. A bound rule is the rule with the values written in.

    Raises
    ------
    StrategyError, TypeCheckError
        With all that is wrong, each with its place in the text, in the message and in `diagnostics`; also for a
        parameter without a value, a value without a parameter, and limits that a text passes.
    PlanningError
        Where limits are passed.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> rule = ta.compile("sma(close, 20) > ema(close, 50) and rsi(14) < 30")
    >>> rule.explain().warmup
    19
    >>> ta.compile("rsi(close, {period}) < {level}", period=14, level=30).explain().warmup
    14
    >>> ta.compile("let slow = sma(close, 20); {signal: close > slow, stop: slow[1]}").explain().outputs
    ['signal', 'stop']
    >>> ta.compile("mid(close, open) > 1", definitions="let mid(a, b) = (a + b) / 2;").explain().inputs
    ['close', 'open']
    """
    compiled: Rule
    own = sources_of(sources)
    numbers = None if limits is None else limits.as_numbers()
    is_mapping = isinstance(rule, Mapping)
    if is_mapping and not rule:
        raise ValueError("at least one rule is needed")
    if isinstance(rule, str):
        given = (list(parameters.items()), definition_texts(definitions), numbers, not prelude, own)
        return Rule._compiled(ta_py.Rule.from_text(rule, *given))
    if is_mapping and all(isinstance(text, str) for text in rule.values()):
        given = (list(parameters.items()), definition_texts(definitions), numbers, not prelude, own)
        return Rule._compiled(ta_py.Rule.from_texts(list(rule.items()), *given))
    if parameters or definitions is not None or sources:
        raise TypeError("parameters, definitions and sources belong to texts; this rule is compiled already")
    if is_mapping:
        compiled = Rule({name: _checked(one) for name, one in rule.items()})
    elif isinstance(rule, Rule):
        compiled = Rule({name: checked(node) for name, node in rule._roots.items()})
    else:
        compiled = Rule(checked(rule))
    compiled._limits = numbers
    compiled.engine_rule  # noqa: B018  (what is wrong is said now)
    return compiled


def _checked(one: Any) -> ExprNode:
    return checked(one._node if isinstance(one, Rule) else one)


__all__ = ["compile"]
