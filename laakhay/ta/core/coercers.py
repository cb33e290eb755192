"""Turn numbers as users write them into exact `Decimal` values.

A float passes through its shortest text, so 100.5 becomes exactly `Decimal("100.5")`.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from .types import Price, PriceLike, Qty, QtyLike, Rate, RateLike

__all__ = ["coerce_price", "coerce_qty", "coerce_rate"]


def _coerce(value: object, what: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise TypeError(
            f"Invalid {what} value: {value!r} is a {type(value).__name__}; Decimal, int, float or text is needed"
        )
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"Invalid {what} value: {value!r} is not a number") from None


def coerce_price(value: PriceLike) -> Price:
    """Give a price as `Decimal`, without looking at its sign.

    Raises `TypeError` for a bool or another type, and `ValueError` for text that is not a number. NaN passes;
    a `Bar` refuses it.

    >>> coerce_price(" 100.50 ")
    Decimal('100.50')
    """
    return _coerce(value, "price")


def coerce_qty(value: QtyLike) -> Qty:
    """Give a quantity as `Decimal`; errors as in `coerce_price`."""
    return _coerce(value, "quantity")


def coerce_rate(value: RateLike) -> Rate:
    """Give a rate as `Decimal`; errors as in `coerce_price`."""
    return _coerce(value, "rate")
