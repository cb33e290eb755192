"""Bars of longer timeframes by the intervals of a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from laakhay.ta import Calendar
from laakhay.ta.core.timestamps import timestamp_from_ns, timestamp_ns
from tests.reference.resampling import interval_of, resample
from tests.reference.time_shift import parse_timeframe

FOREX = Calendar("America/New_York", "17:00", "Sunday")


def interval(text, timeframe, calendar=None):
    """Give start and end of the interval in which a bar closes, as texts without seconds."""
    close = timestamp_ns(datetime.fromisoformat(text).replace(tzinfo=UTC))
    times = interval_of(close, parse_timeframe(timeframe), calendar or Calendar())
    return tuple(timestamp_from_ns(time).strftime("%Y-%m-%d %H:%M") for time in times)


@pytest.mark.parametrize(
    ("close", "timeframe", "start", "end"),
    [
        ("2024-03-05 01:00", "4h", "2024-03-05 00:00", "2024-03-05 04:00"),
        ("2024-03-05 04:00", "4h", "2024-03-05 00:00", "2024-03-05 04:00"),
        ("2024-03-05 04:01", "4h", "2024-03-05 04:00", "2024-03-05 08:00"),
        ("2024-03-05 10:07", "15m", "2024-03-05 10:00", "2024-03-05 10:15"),
        ("2024-03-05 00:00", "1d", "2024-03-04 00:00", "2024-03-05 00:00"),
        ("2024-03-05 00:00", "1w", "2024-03-04 00:00", "2024-03-11 00:00"),
        ("2024-03-04 00:00", "1w", "2024-02-26 00:00", "2024-03-04 00:00"),
        ("2024-03-01 00:00", "1mo", "2024-02-01 00:00", "2024-03-01 00:00"),
        ("2024-12-31 23:00", "1mo", "2024-12-01 00:00", "2025-01-01 00:00"),
        ("2024-05-17 12:00", "3mo", "2024-04-01 00:00", "2024-07-01 00:00"),
        ("1970-01-03 12:00", "2d", "1970-01-03 00:00", "1970-01-05 00:00"),
        # The last interval of a day is cut off where the next day begins.
        ("2024-03-05 23:30", "5h", "2024-03-05 20:00", "2024-03-06 00:00"),
    ],
)
def test_an_interval_holds_the_bars_that_close_after_its_start_and_at_its_end(close, timeframe, start, end):
    assert interval(close, timeframe) == (start, end)


@pytest.mark.parametrize(
    ("close", "timeframe", "start", "end"),
    [
        # In winter New York's 17:00 is 22:00 UTC, in summer 21:00; clocks go forward on 10 March, back on 3 November.
        ("2024-03-05 22:00", "1d", "2024-03-04 22:00", "2024-03-05 22:00"),
        ("2024-03-05 23:00", "1d", "2024-03-05 22:00", "2024-03-06 22:00"),
        ("2024-03-10 12:00", "1d", "2024-03-09 22:00", "2024-03-10 21:00"),
        ("2024-11-03 12:00", "1d", "2024-11-02 21:00", "2024-11-03 22:00"),
        ("2024-03-05 23:00", "4h", "2024-03-05 22:00", "2024-03-06 02:00"),
        ("2024-03-10 20:00", "4h", "2024-03-10 18:00", "2024-03-10 21:00"),
        ("2024-11-03 21:30", "4h", "2024-11-03 21:00", "2024-11-03 22:00"),
        ("2024-03-08 21:00", "1w", "2024-03-03 22:00", "2024-03-10 21:00"),
        ("2024-03-10 22:00", "1w", "2024-03-10 21:00", "2024-03-17 21:00"),
        # A month begins with the session of its first day.
        ("2024-03-01 22:00", "1mo", "2024-02-01 22:00", "2024-03-01 22:00"),
        ("2024-03-01 23:00", "1mo", "2024-03-01 22:00", "2024-04-01 21:00"),
    ],
)
def test_days_begin_with_the_session_whatever_the_clocks_do(close, timeframe, start, end):
    assert interval(close, timeframe, FOREX) == (start, end)


def test_intervals_follow_each_other_without_a_gap_through_a_year():
    for timeframe in ("7h", "1d", "3d", "1w", "1mo"):
        time, seen = timestamp_ns(datetime(2024, 1, 2, tzinfo=UTC)), 0
        while time < timestamp_ns(datetime(2025, 1, 2, tzinfo=UTC)):
            start, end = interval_of(time + 1, parse_timeframe(timeframe), FOREX)
            assert start <= time < end
            assert interval_of(end, parse_timeframe(timeframe), FOREX) == (start, end)
            time, seen = end, seen + 1
        assert seen >= 12


def test_a_longer_bar_is_made_of_the_ready_values_of_its_shorter_ones():
    hours = [datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in (1, 2, 4, 10, 11)]
    columns = {
        "open": [None, Decimal(2), Decimal(3), Decimal(4), None],
        "high": [Decimal(5), Decimal(9), Decimal(7), None, None],
        "low": [Decimal(1), None, Decimal(2), Decimal(3), Decimal(1)],
        "close": [Decimal(1), Decimal(2), None, Decimal(6), Decimal(7)],
        "volume": [Decimal(10), None, Decimal(5), Decimal(1), Decimal(2)],
    }
    bars = resample([timestamp_ns(hour) for hour in hours], columns, "4h", Calendar())
    assert bars.columns == {"open": [2, 4], "high": [9, None], "low": [1, 1], "close": [2, 7], "volume": [15, 3]}
    # From 4 to 8 nothing closed: there is no bar.
    assert bars.stamps == (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, 8, tzinfo=UTC))
    assert [close - start for start, close in zip(bars.opens, bars.closes, strict=True)] == [4 * 3_600 * 10**9] * 2


def test_a_timeframe_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'soon' is no timeframe"):
        resample([], {}, "soon", Calendar())


def test_a_calendar_says_what_it_does_not_know():
    assert Calendar() == Calendar("UTC", "00:00", "monday")
    assert (FOREX.week_start, FOREX.first_weekday, FOREX.start_of_session) == ("sunday", 6, (17, 0))
    for wrong in ("Mars/Olympus", "", None, "../etc/passwd"):
        with pytest.raises(ValueError, match="timezone is"):
            Calendar(wrong)
    for wrong in ("24:00", "9:30", "0930", "09:30:00", None, timedelta(hours=9)):
        with pytest.raises(ValueError, match="session_start is"):
            Calendar(session_start=wrong)
    for wrong in ("someday", "", None, 6):
        with pytest.raises(ValueError, match="accepted: monday, tuesday"):
            Calendar(week_start=wrong)
