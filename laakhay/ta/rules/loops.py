"""Rules whose values see their own past: what `let ... from ...` is in a text, from Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import Parameter, signature
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.exceptions import StrategyError
from laakhay.ta.expr.ir.nodes import ExprNode, LoopNode, LoopValue, OwnNode

from .compilation import compile
from .operators import to_node
from .rule import Rule

# Names of the values of the loops that are being made around this place.
_OPEN: ContextVar[frozenset[str]] = ContextVar("_OPEN", default=frozenset())


def loop(
    first: Any,
    body: Callable[..., Any],
    *,
    restart_when: Any = None,
) -> Rule:
    """Give a rule whose values see their own past.

    Parameters
    ----------
    first
        What the value was before the first bar: a number, a truth value, a rule, or a text that compiles to one. For
        several values a mapping of names to such.
    body
        Called once with what stands for the value on a bar, a rule; gives what it is: a rule or a number. Its past is
        `value.previous`, or `value.ago(n)`. For several values it is called with one argument for each, by the names
        of `first`, and gives a mapping of the same names.
    restart_when
        Where this is true history begins again, and the past is `first` of that bar: a rule or a text; or a function
        of what `body` is called with. For several values a mapping, in which names may be left out.

    Returns
    -------
    Rule
        The value on every bar, or the values as outputs of these names. Nothing moves on a bar on which something is
        missing.

    Raises
    ------
    TypeError, ValueError
        Where names do not agree. What does not fit together otherwise is told, as of any rule, when the rule is used.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> close = ta.compile("close")
    >>> total = ta.loop(0.0, lambda total: total.previous + close)
    >>> bool(total == ta.compile("let total = total[1] + close from 0; total"))
    True
    """
    is_one = not isinstance(first, Mapping)
    firsts = {_name_of(body): first} if is_one else dict(first)
    if not firsts:
        raise ValueError("a loop has one value at least")
    restarts = {next(iter(firsts)): restart_when} if is_one else dict(restart_when or {})
    unknown = [name for name in restarts if name not in firsts]
    if unknown:
        raise ValueError(f"restart_when: there is no value {unknown[0]!r}; there are: {', '.join(firsts)}")
    with _named(firsts) as names:
        values = {name: Rule(OwnNode(written)) for name, written in names.items()}
        given = body(*values.values()) if is_one else body(**values)
        bodies = {next(iter(firsts)): given} if is_one else given
        if not isinstance(bodies, Mapping) or set(bodies) != set(firsts):
            raise TypeError(f"the function of a loop gives a mapping with the names {', '.join(firsts)}")
        for name, restart in restarts.items():
            if callable(restart) and not isinstance(restart, Rule):
                restarts[name] = restart(*values.values()) if is_one else restart(**values)
    parts = tuple(
        LoopValue(names[name], _node(bodies[name]), _node(firsts[name]), _optional(restarts.get(name)))
        for name in firsts
    )
    nodes = {name: LoopNode(parts, names[name]) for name in firsts}
    return Rule(next(iter(nodes.values())) if is_one else nodes)


def _node(value: Any) -> ExprNode:
    node: ExprNode = to_node(compile(value) if isinstance(value, str) else value)
    return node


def _optional(value: Any) -> ExprNode | None:
    return None if value is None else _node(value)


def _name_of(body: Callable[..., Any]) -> str:
    """Give what a function calls the value that it is given."""
    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    names = [one.name for one in signature(body).parameters.values() if one.kind in kinds]
    return names[0] if names else "value"


@contextmanager
def _named(wanted: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Give each value a name that a text may have and that no loop around it has."""
    around = _OPEN.get()
    names: dict[str, str] = {}
    for name in wanted:
        plain = name if _may_be_bound(name) else f"{re.sub('[^A-Za-z0-9_]', '_', name)}_value"
        plain = plain if _may_be_bound(plain) else "value"
        taken = around | set(names.values())
        numbered = (f"{plain}_{number}" for number in range(2, len(taken) + 3))
        names[name] = next(one for one in (plain, *numbered) if one not in taken)
    token = _OPEN.set(around | set(names.values()))
    try:
        yield names
    finally:
        _OPEN.reset(token)


def _may_be_bound(name: str) -> bool:
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name):
        return False
    try:
        ta_py.compile_text(f"let {name} = 1; {name}")
    except StrategyError:
        return False
    return True


__all__ = ["loop"]
