"""The derived fields of bars, by formulas of the reference's own.

They take the stored fields in the order in which a plan reads them: a derived field's ingredients.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal


def _mean(*prices: Decimal) -> Decimal:
    return sum(prices, Decimal(0)) / len(prices)


DERIVED: dict[str, Callable[..., Decimal]] = {
    **dict.fromkeys(("hlc3", "typical_price", "ohlc4", "weighted_close", "hl2", "median_price"), _mean),
    "range": lambda high, low: high - low,
    "upper_wick": lambda high, open, close: high - max(open, close),
    "lower_wick": lambda low, open, close: min(open, close) - low,
}

__all__ = ["DERIVED"]
