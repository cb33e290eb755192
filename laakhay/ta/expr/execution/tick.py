"""Reads the numbers and the time of a tick: a flat mapping such as `{"ohlcv.close": 10, "trades.volume": 3}`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from laakhay.ta import ta_py

# The engine computes in binary doubles; what they cannot hold is as missing here as it is there.
GREATEST_NUMBER = Decimal("1.7976931348623157e308")
TIME_KEY = "timestamp"


def to_number(value: Any) -> Decimal | bool | None:
    """Give a value as an exact number; a bool stays one.

    None, text, NaN, infinities and numbers beyond a double's range are missing: None.
    """
    if value is None or isinstance(value, (bool, str)):
        return value if isinstance(value, bool) else None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= GREATEST_NUMBER else None


def read_number(value: Any, field: str) -> Decimal | None:
    """Give the value of a field as an exact number, None where it is missing.

    What is a number the engine's module says, for all doors; digits are kept that a double has no room for. Raises
    DataError, naming field and value, for what is none: a truth value, a date, text that is no number.
    """
    if value is None or type(value) in (Decimal, int, float):
        return to_number(value)  # type: ignore[return-value]
    number = ta_py.number(value, field)
    return to_number(Decimal(value.strip()) if isinstance(value, str) and number == number else number)  # type: ignore


def tick_time(tick: Mapping[str, Any], unit: str | None = None) -> int | None:
    """Give the time of a tick in nanoseconds since 1970 UTC; None where it has none. Integers are of `unit`."""
    given = tick.get(TIME_KEY)
    return None if given is None else ta_py.time_ns(given, unit)


__all__ = [
    "GREATEST_NUMBER",
    "read_number",
    "tick_time",
    "to_number",
]
