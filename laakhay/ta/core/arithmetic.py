"""Arithmetic on the values of series: exact for `Decimal`, never an infinity or a leaked decimal error."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import repeat
from numbers import Integral
from typing import Any

from .types import NOT_READY

__all__ = ["OPERATORS", "combine", "is_missing", "is_scalar", "merge_masks", "negate"]

Mask = tuple[bool, ...] | None

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "**": operator.pow,
}


def is_scalar(value: object) -> bool:
    """Say whether a value may stand beside a series in arithmetic."""
    return isinstance(value, (Decimal, float, Integral))


def is_missing(value: object) -> bool:
    """Say whether a value is None or NaN."""
    if isinstance(value, Decimal):
        return value.is_nan()
    return value is None or (isinstance(value, float) and value != value)


def merge_masks(left: Mask, right: Mask) -> Mask:
    """AND two masks; None means all available, and stays None when both are."""
    if left is None or right is None:
        return right if left is None else left
    return tuple(map(operator.and_, left, right))


def combine(symbol: str, left: Sequence[Any], right: Sequence[Any] | Any, mask: Mask) -> tuple[Any, ...]:
    """Apply an operator bar by bar; a scalar on either side is used for every bar.

    Unavailable bars are not computed: they get the shared NaN. Raises `ValueError` for an undefined result at an
    available bar, and `TypeError` for values that do not combine.
    """
    apply = OPERATORS[symbol]
    lefts = left if isinstance(left, tuple) else repeat(left)
    rights = right if isinstance(right, tuple) else repeat(right)
    if mask is None:
        pairs = zip(lefts, rights, strict=False)
        return tuple([_apply(symbol, apply, a, b) for a, b in pairs])
    return tuple(
        [_apply(symbol, apply, a, b) if ready else NOT_READY for ready, a, b in zip(mask, lefts, rights, strict=False)]
    )


def negate(values: Sequence[Any], mask: Mask) -> tuple[Any, ...]:
    """Change the sign of every available value."""
    return tuple(
        [
            -value if ready and not is_missing(value) else NOT_READY
            for value, ready in zip(values, repeat(True) if mask is None else mask, strict=False)
        ]
    )


def _apply(symbol: str, operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    if is_missing(left) or is_missing(right):
        return NOT_READY
    left, right = _same_kind(left, right)
    if right == 0 and symbol in "/%":
        raise ValueError(f"Division by zero: {left} {symbol} {right}; cannot divide by zero")
    if left == 0 and symbol == "**" and right < 0:
        raise ValueError(f"Division by zero: {left} ** {right}; cannot divide by zero")
    try:
        result = operation(left, right)
    except ArithmeticError:  # Every signal of `decimal`, and overflow of floats.
        raise ValueError(f"{left} {symbol} {right} is undefined or too large") from None
    if isinstance(result, complex):
        raise ValueError(f"{left} {symbol} {right} is not a real number")
    return NOT_READY if is_missing(result) else result


def _same_kind(left: Any, right: Any) -> tuple[Any, Any]:
    """Convert a float that meets a `Decimal`, and foreign integers, so that the operator accepts both."""
    if type(left) is type(right):
        return left, right
    if isinstance(left, Decimal):
        return left, _to_decimal(right)
    if isinstance(right, Decimal):
        return _to_decimal(left), right
    return left, right


def _to_decimal(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(repr(float(value)))
    return int(value) if isinstance(value, Integral) else value
