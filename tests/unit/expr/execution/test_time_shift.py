"""Texts of time shifts and timeframes, and the times of bars."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from laakhay.ta.core.timestamps import timestamp_ns
from tests.reference.time_shift import (
    Span,
    close_time,
    parse_shift_duration,
    parse_shift_periods,
    parse_timeframe,
    parse_timeframe_seconds,
    time_before,
)


@pytest.mark.parametrize(
    ("shift", "periods"),
    [("1h_ago", 1), ("24h_ago", 24), ("1h", 1), ("24h", 24), ("1", 1), ("3_ago", 3), ("60m", 1), ("120m", 2)],
)
def test_without_a_timeframe_a_row_is_an_hour(shift, periods):
    assert parse_shift_periods(shift) == periods


@pytest.mark.parametrize(
    ("shift", "timeframe", "periods"),
    [
        ("24h", "15m", 96),
        ("15m", "15m", 1),
        ("1d_ago", "1h", 24),
        ("1w", "1d", 7),
        ("1mo", "1d", 30),
        ("3", "15m", 3),
        ("4h", "h4", 1),
        ("24h", "UNKNOWN", 24),
    ],
)
def test_a_duration_is_divided_by_the_timeframe(shift, timeframe, periods):
    assert parse_shift_periods(shift, timeframe) == periods


@pytest.mark.parametrize(
    ("shift", "timeframe"),
    [
        ("invalid", None),
        ("", None),
        ("h", None),
        ("-3", None),
        ("0", None),
        ("15m", None),
        ("90m", None),
        ("1h", "1d"),
        ("mo", None),
        (None, None),
    ],
)
def test_what_is_no_whole_number_of_rows_is_refused(shift, timeframe):
    with pytest.raises(ValueError, match="Invalid shift format"):
        parse_shift_periods(shift, timeframe)


def test_a_timeframe_is_read_in_either_order():
    assert parse_timeframe_seconds("15m") == parse_timeframe_seconds("m15") == 900
    assert parse_timeframe_seconds("1mo") == 30 * 86_400
    assert parse_timeframe_seconds("UNKNOWN") is parse_timeframe_seconds(None) is parse_timeframe_seconds("0h") is None


def at(text):
    return timestamp_ns(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_a_bar_of_months_closes_a_calendar_month_later():
    month, quarter = parse_timeframe("1mo"), parse_timeframe("3mo")
    assert close_time(at("2024-02-01"), month) == at("2024-03-01")
    assert close_time(at("2024-01-31 15:00"), month) == at("2024-02-29 15:00")
    assert close_time(at("2023-12-01"), quarter) == at("2024-03-01")
    assert close_time(at("2024-02-01") + 7, month) == at("2024-03-01") + 7
    assert close_time(at("2024-02-28 23:00"), parse_timeframe("1h")) == at("2024-02-29")


def test_months_before_a_bar_of_months_are_calendar_months_and_else_thirty_days():
    month, hour = parse_timeframe("1mo"), parse_timeframe("1h")
    assert time_before(at("2024-03-01"), month, month) == at("2024-02-01")
    assert time_before(at("2024-03-01"), month, hour) == at("2024-01-31")
    assert time_before(at("2024-03-01"), parse_timeframe("1d"), hour) == at("2024-02-29")
    assert parse_shift_periods("3mo", "1mo") == 3
    with pytest.raises(ValueError, match="not a whole number"):
        parse_shift_periods("30d", "1mo")


def test_a_shift_is_a_duration_or_a_count():
    assert parse_shift_duration("24h_ago") == Span(24, "h")
    assert parse_shift_duration("1mo") == Span(1, "mo")
    assert parse_shift_duration("3_ago") is None
    with pytest.raises(ValueError, match="Invalid shift format"):
        parse_shift_duration("soon")


def test_spans_are_ordered_by_their_length():
    labels = ["1mo", "1w", "60m", "30s", "1d", "30d"]
    assert sorted(labels, key=lambda one: parse_timeframe(one).fineness) == ["30s", "60m", "1d", "1w", "30d", "1mo"]
    assert parse_timeframe("60m").fineness == parse_timeframe("1h").fineness
