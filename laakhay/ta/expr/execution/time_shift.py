"""Reads the text of a time shift as a number of rows."""

from __future__ import annotations

import re

# A month has no fixed length; thirty days is what a shift of one month means here.
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "mo": 2_592_000}
_SHIFT = re.compile(r"(\d+)\s*(mo|[mhdw])?(?:_ago)?")
_TIMEFRAME = re.compile(r"(?:(\d+)(mo|[smhdw])|(mo|[smhdw])(\d+))")
_HOUR = 3_600


def parse_timeframe_seconds(timeframe: str | None) -> int | None:
    """Give the length of a timeframe such as `15m` or `h4` in seconds; None when it is not a length of time."""
    match = _TIMEFRAME.fullmatch(timeframe.strip().lower()) if timeframe else None
    if match is None:
        return None
    count, unit = (match[1], match[2]) if match[1] else (match[4], match[3])
    return int(count) * _UNIT_SECONDS[unit] or None


def parse_shift_periods(shift: str, timeframe: str | None = None) -> int:
    """Give the number of rows that a shift goes back.

    A bare number (`3`, `3_ago`) counts rows. A duration (`24h`, `1d_ago`) is divided by the timeframe; without a
    timeframe, or with one that is not a length of time, a row is an hour.

    Raises ValueError when the text is no shift, or does not come to a whole number of rows from 1 up.
    """
    match = _SHIFT.fullmatch(shift.strip().lower()) if isinstance(shift, str) else None
    if match is None:
        raise ValueError(f"Invalid shift format: {shift!r}; a count of rows (3) or a duration (24h, 1d_ago) is needed")
    count = int(match[1])
    if match[2] is None:
        rows, rest = count, 0
    else:
        rows, rest = divmod(count * _UNIT_SECONDS[match[2]], parse_timeframe_seconds(timeframe) or _HOUR)
    if rest or rows < 1:
        of = f"timeframe {timeframe}" if parse_timeframe_seconds(timeframe) else "1h"
        raise ValueError(f"Invalid shift format: {shift!r} is not a whole number, from 1 up, of rows of {of}")
    return rows


__all__ = ["parse_shift_periods", "parse_timeframe_seconds"]
