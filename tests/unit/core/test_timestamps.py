"""Points in time from everything users write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pytest

from laakhay.ta.core import coerce_timestamp
from laakhay.ta.core.timestamps import (
    datetime64_ns,
    epoch_to_timestamp,
    timestamp_from_ns,
    timestamp_ns,
    timestamps_ns,
)

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
NOON_S = 1_704_110_400


@pytest.mark.parametrize(
    "value",
    [
        NOON,
        datetime(2024, 1, 1, 12),
        datetime(2024, 1, 1, 17, 45, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        NOON_S,
        NOON_S * 10**3,
        NOON_S * 10**6,
        NOON_S * 10**9,
        "2024-01-01T12:00:00Z",
        "2024-01-01T12:00:00z",
        "2024-01-01T12:00:00",
        "2024-01-01T17:45:00+05:45",
        "  2024-01-01 12:00:00 ",
        "2024-1-1 12:00:00",
        "2024/01/01 12:00:00",
        "2024/01/01 12:00:00.000",
        str(NOON_S),
        f"+{NOON_S}",
        f"{NOON_S}000",
        f"{NOON_S}.0",
    ],
)
def test_every_way_to_write_noon_gives_noon(value) -> None:
    result = coerce_timestamp(value)
    assert result == NOON
    assert result.tzinfo is UTC


def test_a_date_is_its_midnight() -> None:
    assert coerce_timestamp(date(2024, 1, 1)) == datetime(2024, 1, 1, tzinfo=UTC)
    assert coerce_timestamp("2024-01-01") == datetime(2024, 1, 1, tzinfo=UTC)


def test_an_epoch_may_be_negative() -> None:
    assert coerce_timestamp(-1) == datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert coerce_timestamp(f"-{NOON_S}") == datetime(1916, 1, 1, 12, tzinfo=UTC)


def test_a_millisecond_epoch_in_text_is_not_read_as_a_date_of_1704() -> None:
    assert coerce_timestamp("1704110400123") == NOON + timedelta(milliseconds=123)


def test_eight_digits_are_a_date_and_a_sign_makes_them_an_epoch() -> None:
    assert coerce_timestamp("20240101") == datetime(2024, 1, 1, tzinfo=UTC)
    assert coerce_timestamp("+20240101").year == 1970
    assert coerce_timestamp("99999999").year == 1973  # No such date.


def test_no_digit_of_an_epoch_is_lost() -> None:
    assert coerce_timestamp(1_704_110_400_123_457).microsecond == 123_457
    assert coerce_timestamp(1_704_110_400_999_999_999).microsecond == 999_999
    assert coerce_timestamp("1704110400.123").microsecond == 123_000
    assert coerce_timestamp("1704110400.1234567").microsecond == 123_456


@pytest.mark.parametrize("value", [1.5, Decimal(1), None, [], {}, True])
def test_other_types_are_type_errors(value) -> None:
    with pytest.raises(TypeError, match="Invalid timestamp value"):
        coerce_timestamp(value)


@pytest.mark.parametrize("text", ["", "   "])
def test_blank_text_is_named_as_empty(text) -> None:
    with pytest.raises(ValueError, match="Invalid timestamp: empty string"):
        coerce_timestamp(text)


@pytest.mark.parametrize("text", ["abc123", "01-01-2024 12:00:00", "12.34.56", "1_0", "nan", "1e999", "9" * 5000])
def test_text_that_is_no_time_is_a_value_error(text) -> None:
    with pytest.raises(ValueError, match="Invalid timestamp string"):
        coerce_timestamp(text)


def test_a_tiny_exponent_is_the_epoch_itself() -> None:
    assert timestamp_ns(coerce_timestamp("1e-999999")) == 0


def test_strict_refuses_the_lenient_patterns() -> None:
    with pytest.raises(ValueError, match="Invalid timestamp string"):
        coerce_timestamp("2024/01/01 12:00:00", strict=True)


def test_an_epoch_beyond_year_9999_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="outside the years"):
        coerce_timestamp(10**25)


def test_float_epochs_are_exact_and_finite() -> None:
    assert epoch_to_timestamp(1704110400.25) == NOON + timedelta(milliseconds=250)
    assert epoch_to_timestamp(Decimal("1704110400.000001")).microsecond == 1
    with pytest.raises(ValueError, match="not finite"):
        epoch_to_timestamp(float("nan"))
    with pytest.raises(TypeError):
        epoch_to_timestamp(True)


def test_nanoseconds_are_exact_both_ways() -> None:
    stamp = datetime(2024, 1, 1, 12, 0, 0, 123_457, tzinfo=UTC)
    assert timestamp_ns(stamp) == NOON_S * 10**9 + 123_457_000
    assert timestamp_from_ns(timestamp_ns(stamp)) == stamp
    assert timestamp_ns(1_704_110_400_999_999_999) == 1_704_110_400_999_999_999
    before = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert timestamp_ns(before) == -1000


def test_a_column_of_times_is_int64() -> None:
    column = timestamps_ns([NOON, "2024-01-01T12:00:00.000001Z"])
    assert column.dtype == np.int64
    assert column.tolist() == [NOON_S * 10**9, NOON_S * 10**9 + 1000]
    assert timestamps_ns([]).dtype == np.int64


def test_a_time_that_int64_cannot_hold_is_named() -> None:
    with pytest.raises(ValueError, match=r"2300-01-01.*does not fit int64"):
        timestamps_ns([NOON, datetime(2300, 1, 1, tzinfo=UTC)])


@pytest.mark.parametrize("unit", ["D", "h", "s", "ms", "us", "ns"])
def test_numpy_times_of_any_unit_are_read_as_utc(unit) -> None:
    stamp = np.datetime64("2024-01-05").astype(f"datetime64[{unit}]")
    nanoseconds = 1_704_412_800 * 10**9
    assert timestamp_ns(stamp) == nanoseconds
    assert coerce_timestamp(stamp) == datetime(2024, 1, 5, tzinfo=UTC)
    assert datetime64_ns(np.array([stamp, stamp + np.timedelta64(1, "D")])).tolist() == [
        nanoseconds,
        nanoseconds + 86_400 * 10**9,
    ]
    assert timestamp_ns(np.int64(nanoseconds)) == nanoseconds
    assert coerce_timestamp(np.int32(1_704_412_800)) == datetime(2024, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2262-04-12", "1677-09-21", "2500-01-01", "1066-10-14", "0001-01-01"])
def test_numpy_times_that_int64_nanoseconds_cannot_hold_are_refused(text) -> None:
    times = np.array(["2024-01-01", text], "datetime64[D]")
    with pytest.raises(ValueError, match=f"{text} does not fit int64 nanoseconds"):
        datetime64_ns(times)
    with pytest.raises(ValueError, match=f"{text} does not fit int64 nanoseconds"):
        timestamp_ns(times[1])


def test_numpy_times_finer_than_a_nanosecond_are_refused() -> None:
    with pytest.raises(ValueError, match="does not fit int64 nanoseconds"):
        datetime64_ns(np.array([1_000_001], "datetime64[ps]"))
    assert datetime64_ns(np.array([2_000], "datetime64[ps]")).tolist() == [2]


def test_a_numpy_time_that_is_none_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="row 1 has no time"):
        datetime64_ns(np.array(["2024-01-01", "NaT"], "datetime64[s]"))
    with pytest.raises(ValueError, match="Invalid timestamp value"):
        coerce_timestamp(np.datetime64("NaT"))
