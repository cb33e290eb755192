"""Texts of time shifts as rows."""

from __future__ import annotations

import pytest

from laakhay.ta.expr.execution.time_shift import parse_shift_periods, parse_timeframe_seconds


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
