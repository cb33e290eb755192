"""The names of a rule's outputs, and results by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.frames.columns import TIME_COLUMN, Floats
from laakhay.ta.frames.history import History


def output_names(rule: ta_py.Rule) -> list[str]:
    """Give the names of a rule's outputs, in order."""
    return [name for name, _, _ in rule.outputs]


def ordered_outputs(rule: ta_py.Rule, out: Mapping[str, Floats] | None) -> list[Floats] | None:
    """Give the caller's output arrays in the rule's order. Raises ValueError where they are not one per output."""
    if out is None:
        return None
    names = output_names(rule)
    if set(out) != set(names):
        raise ValueError(f"out: one array for each of {', '.join(names)} is needed")
    return [out[name] for name in names]


def named_outputs(rule: ta_py.Rule, history: History, arrays: Iterable[Floats]) -> dict[str, Any]:
    """Give a run's result: the history's times, where it has any, and an array per output."""
    times = {} if history.given_times is None else {TIME_COLUMN: history.given_times}
    return times | dict(zip(output_names(rule), arrays, strict=True))


__all__ = ["named_outputs", "ordered_outputs", "output_names"]
