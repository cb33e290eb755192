"""Numbers as one-point series, and such series spread over the timeline of another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from laakhay.ta.core.series import Series

from .nodes import SCALAR_SYMBOL

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_scalar_series(value: Any) -> bool:
    """Tell whether a value is a one-point series that stands for a number."""
    return isinstance(value, Series) and value.symbol == SCALAR_SYMBOL and len(value) == 1


def _make_scalar_series(value: Any) -> Series[Any]:
    """Give a series of the one value, unchanged, at the start of 1970."""
    return Series((_EPOCH,), (value,), SCALAR_SYMBOL, "1s", (True,))


def _broadcast_scalar_series(scalar: Series[Any], target: Series[Any]) -> Series[Any]:
    """Repeat a one-point scalar series at every stamp of `target`; any other series is given back as it is."""
    if not is_scalar_series(scalar):
        return scalar
    count = len(target)
    values = (scalar.values[0],) * count
    return Series(tuple(target.timestamps), values, target.symbol, target.timeframe, (True,) * count)


__all__ = ["_broadcast_scalar_series", "_make_scalar_series", "is_scalar_series"]
