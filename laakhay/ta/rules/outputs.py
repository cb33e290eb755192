"""The names of a rule's outputs, and results by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from laakhay.ta import ta_py
from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import MissingInputError
from laakhay.ta.frames.columns import Floats
from laakhay.ta.frames.outputs import Output


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


def outputs_of(rule: ta_py.Rule, arrays: Iterable[Floats]) -> list[Output]:
    """Give a run's arrays as outputs of the rule."""
    named = zip(rule.outputs, arrays, strict=True)
    return [Output(name, array, is_condition) for (name, is_condition, _), array in named]


NOT_READY = ("false", "null", "raise")


def raise_not_ready(name: str, row: int) -> NoReturn:
    """Raise MissingInputError for a condition that had to be ready everywhere."""
    raise MissingInputError(f"`{name}` is not ready in row {row}; leave out the rows of the warm-up, or say 'false'")


def plain_series(result: Any, not_ready: str) -> Any:
    """Give results over Series with conditions that have no gaps."""
    if isinstance(result, dict):
        return {name: plain_series(one, not_ready) for name, one in result.items()}
    if isinstance(result, tuple):
        return tuple(plain_series(one, not_ready) for one in result)
    mask = result.availability_mask
    ready = [value for value, usable in zip(result.values, mask or [True] * len(result), strict=True) if usable]
    if mask is None or not_ready == "null" or not all(isinstance(value, bool) for value in ready):
        return result
    if not_ready == "raise" and not all(mask):
        raise_not_ready("value", mask.index(False))
    values = [value if usable else False for value, usable in zip(result.values, mask, strict=True)]
    return Series(result.timestamps, values, result.symbol, result.timeframe)


__all__ = ["NOT_READY", "ordered_outputs", "output_names", "outputs_of", "plain_series", "raise_not_ready"]
