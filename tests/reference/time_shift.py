"""Reads the texts of time shifts and timeframes, and reckons with the times of bars.

Times are nanoseconds since 1970 UTC. A month is a calendar month where a bar of months closes, or months are shifted by
months; everywhere else it is thirty days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import NamedTuple

from laakhay.ta.core.timestamps import timestamp_from_ns, timestamp_ns

_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "mo": 2_592_000}
_SHIFT = re.compile(r"(\d+)\s*(mo|[mhdw])?(?:_ago)?")
_TIMEFRAME = re.compile(r"(?:(\d+)(mo|[smhdw])|(mo|[smhdw])(\d+))")
_NS_PER_SECOND = 1_000_000_000


class Span(NamedTuple):
    """A length of time, such as 15 of `m`. Spans compare by `fineness`."""

    count: int
    unit: str

    @property
    def seconds(self) -> int:
        """Length in seconds, of thirty-day months."""
        return self.count * _UNIT_SECONDS[self.unit]

    @property
    def nanoseconds(self) -> int:
        """Length in nanoseconds, of thirty-day months."""
        return self.seconds * _NS_PER_SECOND

    @property
    def is_months(self) -> bool:
        """Whether this is a number of calendar months."""
        return self.unit == "mo"

    @property
    def is_of_days(self) -> bool:
        """Whether a calendar says how long each bar is: whole days, weeks and months."""
        return self.is_months or self.seconds % _UNIT_SECONDS["d"] == 0

    @property
    def in_days(self) -> Span:
        """The same, whole days written as hours, minutes or seconds (`24h`) as days."""
        if self.is_of_days and self.unit in ("s", "m", "h"):
            return Span(self.seconds // _UNIT_SECONDS["d"], "d")
        return self

    @property
    def fineness(self) -> tuple[int, bool]:
        """What orders spans from the finest to the coarsest; equal for spans of one length, such as 1h and 60m."""
        return (self.seconds, self.is_months)


# What a row is where nobody says it.
HOUR = Span(1, "h")


def parse_timeframe(timeframe: str | None) -> Span | None:
    """Read a timeframe such as `15m` or `h4`; None when it is not a length of time.

    Raises ValueError for `1M`, a month to some and a minute to others.
    """
    if timeframe and (count := timeframe.strip().removesuffix("M")).isdecimal() and timeframe.strip() != count:
        raise ValueError(f"{timeframe!r} is no timeframe; `{count}mo` is months and `{count}m` minutes")
    match = _TIMEFRAME.fullmatch(timeframe.strip().lower()) if timeframe else None
    if match is None:
        return None
    span = Span(int(match[1]), match[2]) if match[1] else Span(int(match[4]), match[3])
    return span if span.count else None


def parse_timeframe_seconds(timeframe: str | None) -> int | None:
    """Give the length of a timeframe such as `15m` or `h4` in seconds; None when it is not a length of time."""
    span = parse_timeframe(timeframe)
    return None if span is None else span.seconds


def parse_shift_periods(shift: str, timeframe: str | None = None) -> int:
    """Give the number of rows that a shift goes back on a grid without gaps.

    A bare number (`3`, `3_ago`) counts rows. A duration (`24h`, `1d_ago`) is divided by the timeframe; without a
    timeframe, or with one that is not a length of time, a row is an hour. Rows of months are shifted by months alone.

    Raises ValueError when the text is no shift, or does not come to a whole number of rows from 1 up.
    """
    match = _SHIFT.fullmatch(shift.strip().lower()) if isinstance(shift, str) else None
    if match is None:
        raise ValueError(f"Invalid shift format: {shift!r}; a count of rows (3) or a duration (24h, 1d_ago) is needed")
    row = parse_timeframe(timeframe)
    if match[2] is None:
        rows, rest = int(match[1]), False
    else:
        duration, unit = Span(int(match[1]), match[2]), row or HOUR
        rows, remainder = divmod(duration.seconds, unit.seconds)
        rest = remainder > 0 or (unit.is_months and not duration.is_months)
    if rest or rows < 1:
        of = "1h" if row is None else f"timeframe {timeframe}"
        raise ValueError(f"Invalid shift format: {shift!r} is not a whole number, from 1 up, of rows of {of}")
    return rows


def parse_shift_duration(shift: str) -> Span | None:
    """Give the length of time that a shift goes back; None for a count of rows.

    Raises ValueError when the text is no shift.
    """
    match = _SHIFT.fullmatch(shift.strip().lower())
    if match is None:
        raise ValueError(f"Invalid shift format: {shift!r}")
    return None if match[2] is None else Span(int(match[1]), match[2])


def close_time(open_ns: int, timeframe: Span) -> int:
    """Give the time at which a bar closes that opened at `open_ns`."""
    if timeframe.is_months:
        return _add_months(open_ns, timeframe.count)
    return open_ns + timeframe.nanoseconds


def time_before(time_ns: int, duration: Span, timeframe: Span) -> int:
    """Give the time `duration` before the close of a bar of a timeframe."""
    if duration.is_months and timeframe.is_months:
        return _add_months(time_ns, -duration.count)
    return time_ns - duration.nanoseconds


def _add_months(time_ns: int, months: int) -> int:
    """Give the same day and time of another month, or that month's last day where it is shorter."""
    moment = timestamp_from_ns(time_ns)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return timestamp_ns(moment.replace(year=year, month=month + 1, day=day)) + time_ns % 1_000


__all__ = [
    "HOUR",
    "Span",
    "close_time",
    "parse_shift_duration",
    "parse_shift_periods",
    "parse_timeframe",
    "parse_timeframe_seconds",
    "time_before",
]
