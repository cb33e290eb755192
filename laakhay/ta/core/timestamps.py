"""Read and convert points in time; everything inside the package is an aware datetime in UTC.

Conversions use integers or exact decimals only: a float would lose digits of a nanosecond epoch.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, DecimalException
from typing import TYPE_CHECKING, Any

import numpy as np

from laakhay.ta import ta_py

from .types import Timestamp, TimestampLike

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "coerce_timestamp",
    "datetime64_ns",
    "datetime64_scalar_ns",
    "epoch_to_timestamp",
    "exact_timestamp",
    "format_timestamp",
    "timestamp_from_ns",
    "timestamp_ns",
    "timestamps_ns",
    "timestamps_of_ns",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NS_PER_SECOND = 1_000_000_000
_NANOSECONDS = np.dtype("datetime64[ns]")
# An epoch's unit follows from its magnitude: (first magnitude that is too large, nanoseconds per unit).
_UNITS = ((10**10, _NS_PER_SECOND), (10**13, 1_000_000), (10**16, 1_000))
_LARGEST_EPOCH = 10**21  # Beyond year 9999 even in nanoseconds.
_EXACT = Context(prec=120)

_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
_COMPACT_DATE = re.compile(r"[0-9]{8}\Z")
_LENIENT_PATTERNS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S.%f",
    "%Y-%m-%d",
)


def coerce_timestamp(value: TimestampLike, *, strict: bool = False) -> Timestamp:
    """Give a point in time as an aware datetime in UTC.

    A naive datetime is declared UTC; a date is its midnight. An integer, or text that is a number, is an epoch:
    below 1e10 seconds, below 1e13 milliseconds, below 1e16 microseconds, else nanoseconds (cut to microseconds).
    Text of exactly eight digits is a date, YYYYMMDD. Other text is ISO 8601 or, unless `strict`, one of
    `2024-1-5 9:30:00`, `2024/1/5 9:30:00` (with or without a fraction) and `2024-1-5`. NumPy's datetime64 is read as
    UTC, its integers as integers.

    Raises `TypeError` for other types, bool and float among them, and `ValueError` for text that is no time or a
    time outside the years 1 to 9999.

    >>> coerce_timestamp("2024-01-01T12:00:00z").isoformat()
    '2024-01-01T12:00:00+00:00'
    """
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, str):
        return _from_text(value.strip(), strict)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, int) and not isinstance(value, bool):
        return timestamp_from_ns(_epoch_ns(value))
    if isinstance(value, np.datetime64):
        return timestamp_from_ns(timestamp_ns(value))
    if isinstance(value, np.integer):
        return timestamp_from_ns(_epoch_ns(int(value)))
    raise TypeError(
        f"Invalid timestamp value: {value!r} is a {type(value).__name__}; a datetime, date, text or integer is needed"
    )


def epoch_to_timestamp(value: int | float | Decimal) -> Timestamp:
    """Give the time of an epoch number that may have a fraction; the unit follows from its magnitude.

    Raises `ValueError` for a number that is not finite or out of range, and `TypeError` for bool.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise TypeError(f"Invalid timestamp value: {value!r} is not an epoch number")
    if isinstance(value, int):
        return coerce_timestamp(value)
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        raise ValueError(f"Invalid timestamp value: {value!r} is not finite")
    return timestamp_from_ns(_fractional_epoch_ns(Decimal(str(value))))


def timestamp_ns(value: TimestampLike) -> int:
    """Give a point in time as nanoseconds since 1970 UTC, exactly: an epoch's unit follows from its magnitude."""
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return _epoch_ns(int(value))
    if isinstance(value, str):
        value = coerce_timestamp(value)
    if isinstance(value, (datetime, date, np.datetime64)):
        return ta_py.time_ns(value)
    return timestamp_ns(coerce_timestamp(value))


def exact_timestamp(nanoseconds: int) -> Timestamp | np.datetime64:
    """Give the UTC datetime of nanoseconds since 1970; NumPy's where a datetime has no room for them."""
    return np.datetime64(nanoseconds, "ns") if nanoseconds % 1_000 else timestamp_from_ns(nanoseconds)


def timestamps_of_ns(nanoseconds: NDArray[np.int64]) -> tuple[Any, ...]:
    """Give the UTC datetimes of a column; NumPy's throughout where one of them has no room in a datetime."""
    if (nanoseconds % 1_000).any():
        return tuple(nanoseconds.view("datetime64[ns]"))
    return tuple([_EPOCH + timedelta(microseconds=us) for us in (nanoseconds // 1_000).tolist()])


def timestamp_from_ns(nanoseconds: int) -> Timestamp:
    """Give the UTC datetime of nanoseconds since 1970, cut down to microseconds.

    Raises `ValueError` outside the years 1 to 9999.
    """
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1_000)
    except OverflowError:
        raise ValueError(f"Invalid timestamp value: {nanoseconds} ns is outside the years 1 to 9999") from None


def format_timestamp(stamp: Any) -> str:
    """Give ISO text of a datetime; other stamps as their text."""
    return stamp.isoformat() if isinstance(stamp, datetime) else str(stamp)


def timestamps_ns(timestamps: Iterable[TimestampLike]) -> NDArray[np.int64]:
    """Give points in time as an int64 array of nanoseconds since 1970 UTC, by integer arithmetic.

    Anything `coerce_timestamp` accepts may stand in `timestamps`. Raises `ValueError` for a time that int64
    cannot hold (before 1677-09-21 or after 2262-04-11).
    """
    values = [timestamp_ns(stamp) for stamp in timestamps]
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        outside = next(v for v in values if not -(2**63) <= v < 2**63)
        raise ValueError(f"{timestamp_from_ns(outside).isoformat()} does not fit int64 nanoseconds") from None


def datetime64_ns(times: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Give NumPy's times, of any unit, as an int64 array of nanoseconds since 1970 UTC.

    Raises `ValueError` for one that is missing, and for one that is not a whole number of nanoseconds in int64.
    """
    if np.isnat(times).any():
        raise ValueError(f"row {int(np.isnat(times).argmax())} has no time")
    if times.dtype == _NANOSECONDS:
        return np.ascontiguousarray(times.view(np.int64))
    converted = times.astype(_NANOSECONDS)
    # NumPy neither refuses what has no place in 64 bits nor what it cuts off.
    is_other = converted.astype(times.dtype) != times
    if is_other.any():
        raise ValueError(f"{times[is_other][0]} does not fit int64 nanoseconds")
    return np.ascontiguousarray(converted.view(np.int64))


def datetime64_scalar_ns(time: np.datetime64) -> int:
    """Give one of NumPy's times as `datetime64_ns` does."""
    if np.isnat(time):
        raise ValueError(f"Invalid timestamp value: {time!r} is no time")
    return int(datetime64_ns(np.array([time]))[0])


def _scale(magnitude: Any) -> int:
    return next((scale for limit, scale in _UNITS if magnitude < limit), 1)


def _epoch_ns(value: int) -> int:
    return value * _scale(abs(value))


def _fractional_epoch_ns(value: Decimal) -> int:
    magnitude = value.copy_abs()
    if magnitude >= _LARGEST_EPOCH:
        raise ValueError(f"Invalid timestamp value: {value} is outside the years 1 to 9999")
    return int(_EXACT.multiply(value, Decimal(_scale(magnitude))).to_integral_value(ROUND_FLOOR))


def _from_text(text: str, strict: bool) -> Timestamp:
    if not text:
        raise ValueError("Invalid timestamp: empty string")
    # Numbers first: `fromisoformat` reads the digits of a millisecond epoch as a date of the year 1704.
    if _NUMBER.match(text) and not _COMPACT_DATE.match(text):
        return _from_number(text)
    moment = _from_iso(text)
    if moment is None and _INTEGER.match(text):
        return _from_number(text)
    if moment is None and not strict:
        moment = _from_patterns(text)
    if moment is None:
        raise ValueError(f"Invalid timestamp string: {text[:80]!r} is neither ISO 8601 nor an epoch")
    return moment


def _from_number(text: str) -> Timestamp:
    try:
        return timestamp_from_ns(_fractional_epoch_ns(Decimal(text)))
    except (ValueError, DecimalException):
        raise ValueError(f"Invalid timestamp string: {text[:80]!r} is outside the years 1 to 9999") from None


def _from_iso(text: str) -> Timestamp | None:
    try:
        moment = datetime.fromisoformat(f"{text[:-1]}+00:00" if text[-1] in "zZ" else text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _from_patterns(text: str) -> Timestamp | None:
    for pattern in _LENIENT_PATTERNS:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
