"""One interval of open, high, low, close and volume.

A `Bar` that exists is consistent: finite numbers, low <= open, close <= high, volume >= 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .coercers import coerce_price, coerce_qty
from .fields import OHLCV_FIELDS
from .timestamps import coerce_timestamp
from .types import Price, PriceLike, Qty, QtyLike, Timestamp, TimestampLike

__all__ = ["Bar"]

_ALIASES = {
    "ts": ("ts", "timestamp"),
    "open": ("open", "open_price", "o"),
    "high": ("high", "high_price", "h"),
    "low": ("low", "low_price", "l"),
    "close": ("close", "close_price", "c"),
    "volume": ("volume", "volume_qty", "v"),
    "is_closed": ("is_closed", "closed", "x"),
}
_TRUE_WORDS = frozenset(("true", "1", "yes", "closed"))
_FALSE_WORDS = frozenset(("false", "0", "no", "open"))
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `ts` in UTC, prices in quote currency, volume in base units, whether the interval is over.

    The constructor takes values as they are; `from_raw` and `from_dict` convert first. All raise `ValueError`
    for numbers that are not finite, high < low, open or close outside [low, high], and a negative volume.
    """

    ts: Timestamp
    open: Price
    high: Price
    low: Price
    close: Price
    volume: Qty
    is_closed: bool = True

    def __post_init__(self) -> None:
        fault = bar_fault(self.open, self.high, self.low, self.close, self.volume)
        if fault is not None:
            raise ValueError(fault)

    @property
    def hlc3(self) -> Price:
        """Typical price, (high + low + close) / 3."""
        return (self.high + self.low + self.close) / 3

    @property
    def ohlc4(self) -> Price:
        """Mean of the four prices."""
        return (self.open + self.high + self.low + self.close) / 4

    @property
    def hl2(self) -> Price:
        """Median price, (high + low) / 2."""
        return (self.high + self.low) / 2

    @property
    def body_size(self) -> Price:
        """Distance between open and close."""
        return abs(self.close - self.open)

    @property
    def upper_wick(self) -> Price:
        """Distance from the body up to the high."""
        return self.high - max(self.open, self.close)

    @property
    def lower_wick(self) -> Price:
        """Distance from the low up to the body."""
        return min(self.open, self.close) - self.low

    @property
    def total_range(self) -> Price:
        """Distance from low to high."""
        return self.high - self.low

    def __repr__(self) -> str:
        return (
            f"Bar(ts={self.ts.isoformat()}, o={self.open}, h={self.high}, l={self.low}, "
            f"c={self.close}, vol={self.volume}, closed={self.is_closed})"
        )

    @classmethod
    def from_raw(
        cls,
        ts: TimestampLike,
        open: PriceLike,
        high: PriceLike,
        low: PriceLike,
        close: PriceLike,
        volume: QtyLike,
        is_closed: bool = True,
    ) -> Bar:
        """Build a bar from numbers and times as users write them.

        Raises what `coerce_timestamp`, `coerce_price` and `coerce_qty` raise, then what the constructor raises.
        """
        return cls(
            coerce_timestamp(ts),
            coerce_price(open),
            coerce_price(high),
            coerce_price(low),
            coerce_price(close),
            coerce_qty(volume),
            is_closed,
        )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Bar:
        """Build a bar from a mapping; of several names for one field the first that is present counts.

        Names: `ts timestamp`, `open open_price o`, likewise for high, low and close, `volume volume_qty v`, and
        optionally `is_closed closed x` (default True). Raises `ValueError` for a field that is missing, None or
        inconsistent.
        """
        return cls.from_raw(**bar_fields(data))


def bar_fault(open: Price, high: Price, low: Price, close: Price, volume: Qty) -> str | None:
    """Say what makes these numbers no bar, or None when they are one."""
    if not (_is_finite(open) and _is_finite(high) and _is_finite(low) and _is_finite(close) and _is_finite(volume)):
        return f"Bar values must be finite numbers: open {open}, high {high}, low {low}, close {close}, volume {volume}"
    if high < low:
        return f"High must be >= low: high {high}, low {low}"
    if high < open or high < close:
        return f"High must be >= open and close: high {high}, open {open}, close {close}"
    if low > open or low > close:
        return f"Low must be <= open and close: low {low}, open {open}, close {close}"
    if volume < 0:
        return f"Volume must be >= 0: {volume}"
    return None


def bar_fields(data: Mapping[str, Any], **defaults: Any) -> dict[str, Any]:
    """Give what `Bar.from_raw` takes, under any of its names; `defaults` stand for fields that are absent.

    A bar that does not say whether it is closed is. Raises `ValueError` for a field that is missing or None.
    """
    fields = {field: bar_field(data, field, defaults.get(field)) for field in ("ts", *OHLCV_FIELDS)}
    closed = _lookup(data, "is_closed")[1]
    return fields | {"is_closed": True if closed is _ABSENT else parse_closed(closed)}


def bar_field(data: Mapping[str, Any], field: str, default: Any = None) -> Any:
    """Give a bar's field under any of its names; `default` when it is absent and a default is given.

    Raises `ValueError` when the field is None, or absent without a default.
    """
    if default is not None and _lookup(data, field)[1] is _ABSENT:
        return default
    return _required(data, field)


def parse_closed(value: Any) -> bool:
    """Read an `is_closed` flag from a bool, a number or one of true/1/yes/closed, false/0/no/open.

    Raises `ValueError` for other words and other types.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        word = value.strip().lower()
        if word in _TRUE_WORDS:
            return True
        if word in _FALSE_WORDS:
            return False
        raise ValueError(f"Unrecognised boolean value {value!r}; accepted: true, 1, yes, closed, false, 0, no, open")
    if isinstance(value, (int, float)):
        return bool(value)
    raise ValueError(f"Unrecognised type {type(value).__name__} for is_closed; a bool, number or text is needed")


def _is_finite(value: Any) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)


def _lookup(data: Mapping[str, Any], field: str) -> tuple[str, Any]:
    for alias in _ALIASES[field]:
        if alias in data:
            return alias, data[alias]
    return field, _ABSENT


def _required(data: Mapping[str, Any], field: str) -> Any:
    alias, value = _lookup(data, field)
    if value is _ABSENT:
        raise ValueError(f"Missing required field '{field}'; accepted names: {', '.join(_ALIASES[field])}")
    if value is None:
        raise ValueError(f"Field '{field}' (alias '{alias}') cannot be None")
    return value
