"""Two series on one timeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from laakhay.ta.core import Series, align_series

T0 = datetime(2024, 1, 1, tzinfo=UTC)


def at(*points, mask=None, symbol="A", timeframe="1h") -> Series:
    """Build a series from (hour, value) points."""
    return Series([T0 + timedelta(hours=h) for h, _ in points], [v for _, v in points], symbol, timeframe, mask)


LEFT = at((0, 10), (1, 11), (2, 12))
RIGHT = at((1, 21), (2, 22), (3, 23))


def hours(series: Series) -> list[int]:
    return [(t - T0) // timedelta(hours=1) for t in series.timestamps]


def test_inner_is_the_default() -> None:
    left, right = align_series(LEFT, RIGHT)
    assert hours(left) == hours(right) == [1, 2]
    assert (left.values, right.values) == ((11, 12), (21, 22))
    assert left.availability_mask is None and right.availability_mask is None


def test_outer_left_and_right_fill_forward() -> None:
    left, right = align_series(LEFT, RIGHT, how="outer", fill="ffill", right_fill_value=0)
    assert hours(left) == [0, 1, 2, 3]
    assert (left.values, right.values) == ((10, 11, 12, 12), (0, 21, 22, 23))
    left, right = align_series(LEFT, RIGHT, how="left", fill="ffill", right_fill_value=0)
    assert right.values == (0, 21, 22)
    left, right = align_series(LEFT, RIGHT, how="right", fill="ffill")
    assert left.values == (11, 12, 12)


def test_the_seed_is_carried() -> None:
    _, right = align_series(LEFT, at((2, 22)), how="left", fill="ffill", right_fill_value=7)
    assert right.values == (7, 7, 22)


@pytest.mark.parametrize("fill", ["none", "ffill"])
def test_a_time_without_a_value_is_an_error(fill) -> None:
    with pytest.raises(ValueError, match="Missing value in right series A 1h at 2024-01-01T00:00:00"):
        align_series(LEFT, RIGHT, how="left", fill=fill)
    with pytest.raises(ValueError, match="Missing value"):
        align_series(LEFT, RIGHT, how="outer", fill="none", left_fill_value=0, right_fill_value=0)


def test_an_unknown_strategy_or_fill_is_an_error() -> None:
    with pytest.raises(ValueError, match="Unsupported alignment strategy 'cross'"):
        align_series(LEFT, RIGHT, how="cross")
    with pytest.raises(ValueError, match="Unsupported fill 'bfill'"):
        align_series(LEFT, RIGHT, fill="bfill")


def test_different_labels_need_an_override() -> None:
    other = at((1, 1), symbol="B", timeframe="4h")
    with pytest.raises(ValueError, match="different symbols: A, B"):
        align_series(LEFT, other)
    with pytest.raises(ValueError, match="different timeframes: 1h, 4h"):
        align_series(LEFT, other, symbol="A/B")
    left, right = align_series(LEFT, other, symbol="A/B", timeframe="1h")
    assert left.symbol == right.symbol == "A/B" and right.timeframe == "1h"


def test_no_common_time_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty timestamp set"):
        align_series(at((0, 1)), at((1, 1)))


def test_a_carried_value_keeps_its_availability_and_a_seed_is_available() -> None:
    right = at((1, 21), (2, 22), mask=(False, True))
    _, aligned = align_series(at((0, 1), (1, 1), (2, 1), (3, 1)), right, how="left", fill="ffill", right_fill_value=0)
    assert aligned.availability_mask == (True, False, True, True)
    late = at((0, 20), (1, 21), mask=(True, False))
    _, aligned = align_series(LEFT, late, how="left", fill="ffill")
    assert (aligned.values, aligned.availability_mask) == ((20, 21, 21), (True, False, False))


def test_a_leading_none_is_a_value() -> None:
    _, right = align_series(LEFT, at((0, None), (2, 22)), how="left", fill="ffill")
    assert right.values == (None, None, 22)


def test_of_equal_times_the_last_counts() -> None:
    left, right = align_series(at((0, 1), (0, 2), (1, 3)), at((0, 9), (1, 8)), how="left")
    assert hours(left) == [0, 1]
    assert (left.values, right.values) == ((2, 3), (9, 8))
