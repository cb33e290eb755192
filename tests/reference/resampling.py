"""Bars of a higher timeframe from finer ones, by the intervals of a calendar, in exact decimals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from laakhay.ta.core.timestamps import timestamp_from_ns, timestamp_ns
from laakhay.ta.data.calendar import Calendar
from tests.reference.time_shift import Span, parse_timeframe

# How a field of a longer bar follows from the ready values of the shorter ones, oldest first.
RESAMPLED_FIELDS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "open": lambda values: values[0],
    "high": max,
    "low": min,
    "close": lambda values: values[-1],
    "volume": sum,
}
_EPOCH_DAY = date(1970, 1, 1)
_SECOND_NS = 1_000_000_000


@dataclass(frozen=True)
class ResampledBars:
    """Bars of a calendar's intervals; `stamps` are datetimes of the opens, times nanoseconds since 1970 UTC."""

    stamps: tuple[datetime, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    columns: dict[str, list[Any]]


def resample(
    closes: Sequence[int], columns: Mapping[str, Sequence[Any]], timeframe: str, calendar: Calendar
) -> ResampledBars:
    """Build bars of a timeframe from finer ones that close at these times, in nanoseconds since 1970 UTC.

    A finer bar belongs to the interval in which it closes, its end included. An interval without one has no bar. Of a
    field, missing values (None) do not count; it is missing where all are. Raises ValueError for a timeframe that is
    no length of time, KeyError for a field other than open, high, low, close and volume.
    """
    span = parse_timeframe(timeframe)
    if span is None:
        raise ValueError(f"{timeframe!r} is no timeframe; one such as '15m', '4h', '1d', '1w' or '1mo' is needed")
    opens: list[int] = []
    ends: list[int] = []
    groups: list[list[int]] = []
    for row, close in enumerate(closes):
        if not ends or close > ends[-1]:
            start, end = interval_of(close, span, calendar)
            opens.append(start)
            ends.append(end)
            groups.append([])
        groups[-1].append(row)
    built = {
        field: [_folded(field, [column[row] for row in rows]) for rows in groups] for field, column in columns.items()
    }
    return ResampledBars(tuple(map(timestamp_from_ns, opens)), tuple(opens), tuple(ends), built)


def _folded(field: str, values: Sequence[Any]) -> Any:
    ready = [value for value in values if value is not None]
    return RESAMPLED_FIELDS[field](ready) if ready else None


def interval_of(close_ns: int, timeframe: Span, calendar: Calendar) -> tuple[int, int]:
    """Give start and end of the interval in which a finer bar closes: after the start, at the end at the latest."""
    moment, timeframe = close_ns - 1, timeframe.in_days
    day = _session_day(moment, calendar)
    if timeframe.unit in ("s", "m", "h"):
        begin, end = session_start(day, calendar), session_start(day + timedelta(days=1), calendar)
        start = begin + (moment - begin) // timeframe.nanoseconds * timeframe.nanoseconds
        return start, min(start + timeframe.nanoseconds, end)
    first, following = _days_of(day, timeframe, calendar)
    return session_start(first, calendar), session_start(following, calendar)


def close_of(open_ns: int, timeframe: Span, calendar: Calendar, stream: str) -> int:
    """Give the time at which a bar of a stream closes.

    Below a day it is as long as its timeframe; a bar of days, weeks or months lasts as long as the interval that begins
    with it, and ValueError is raised where none does.
    """
    if not timeframe.is_of_days:
        return open_ns + timeframe.nanoseconds
    start, end = interval_of(open_ns + 1, timeframe, calendar)
    if start != open_ns:
        raise ValueError(
            f"a bar of `{stream}` opens at {timestamp_from_ns(open_ns).isoformat()}, where no {timeframe.count}"
            f"{timeframe.unit} of the calendar {calendar.timezone} with sessions from {calendar.session_start} begins; "
            'give the calendar by which it does, or stamps="close"'
        )
    return end


def end_of_told(close_ns: int, timeframe: Span, calendar: Calendar) -> int:
    """Give the moment that a close means.

    It may be written as the last instant before it, or, of days, weeks and months, as the date of the day that it ends.
    """
    into_second = close_ns % _SECOND_NS
    if into_second in (999_000_000, 999_999_000, 999_999_999):
        close_ns += _SECOND_NS - into_second
    elif into_second == 0 and close_ns // _SECOND_NS % 60 == 59 and timeframe.seconds % 60 == 0:
        close_ns += _SECOND_NS
    day = Span(1, "d")
    if timeframe.is_of_days and interval_of(close_ns, timeframe, calendar)[1] != close_ns:
        local = timestamp_from_ns(close_ns).astimezone(calendar.zone)
        is_midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
        if is_midnight or interval_of(close_ns, day, calendar)[1] == close_ns:
            close_ns = interval_of(close_ns + 1, day, calendar)[1]
    return close_ns


def _days_of(day: date, timeframe: Span, calendar: Calendar) -> tuple[date, date]:
    """Give the first day of the interval that a day is in, and of the one after it.

    Several days and weeks are counted from 1970-01-01 and the week of that day, several months from the year 0.
    """
    count = timeframe.count
    if timeframe.is_months:
        months = day.year * 12 + day.month - 1
        first = months // count * count
        return _month(first), _month(first + count)
    anchor, length = _EPOCH_DAY, count
    if timeframe.unit == "w":
        anchor -= timedelta(days=(anchor.weekday() - calendar.first_weekday) % 7)
        length = 7 * count
    first_day = anchor + timedelta(days=(day - anchor).days // length * length)
    return first_day, first_day + timedelta(days=length)


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def session_start(day: date, calendar: Calendar) -> int:
    """Give the time at which a day's session starts, in nanoseconds since 1970 UTC."""
    hour, minute = calendar.start_of_session
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=calendar.zone)
    return timestamp_ns(local.astimezone(UTC))


def _session_day(moment: int, calendar: Calendar) -> date:
    """Give the day whose session a time is in."""
    day = timestamp_from_ns(moment).astimezone(calendar.zone).date()
    while session_start(day, calendar) > moment:
        day -= timedelta(days=1)
    return day


__all__ = ["RESAMPLED_FIELDS", "ResampledBars", "close_of", "end_of_told", "interval_of", "resample", "session_start"]
