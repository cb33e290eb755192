"""A column of values, and which of them may be used."""

from __future__ import annotations

import copy
import dataclasses
import math
import pickle
import weakref
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from laakhay.ta.core import NOT_READY, Price, PriceSeries, QtySeries, Series

T0 = datetime(2024, 1, 1, tzinfo=UTC)


def stamps(n: int) -> tuple[datetime, ...]:
    return tuple(T0 + timedelta(hours=i) for i in range(n))


def series(*values, mask=None, symbol="BTCUSDT", timeframe="1h") -> Series:
    exact = [Decimal(v) if isinstance(v, (int, str)) and not isinstance(v, bool) else v for v in values]
    return Series(stamps(len(values)), exact, symbol, timeframe, mask)


def test_a_subscripted_class_builds_and_forwards_class_methods() -> None:
    s = Series[Price](stamps(2), (Decimal(1), Decimal(2)), "A", "1h")
    assert s.values == (1, 2)
    assert Series[Price].from_dict(s.to_dict()) == s
    assert PriceSeries(stamps(1), (Decimal(1),), "A", "1h") == QtySeries(stamps(1), (Decimal(1),), "A", "1h")


def test_lists_and_text_times_are_accepted() -> None:
    s = Series(timestamps=["a", "b"], values=[1, 2], symbol="A", timeframe="1h", availability_mask=[1, 0])
    assert (s.timestamps, s.values, s.availability_mask) == (("a", "b"), (1, 2), (True, False))
    assert s.availability_mask[0] is True


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        ((stamps(2), (1,), "A", "1h"), "Timestamps and values must have the same length"),
        ((stamps(2)[::-1], (1, 2), "A", "1h"), "Timestamps must be sorted"),
        ((stamps(2), (1, 2), "A", "1h", (True,)), "Availability mask must match length"),
    ],
)
def test_columns_that_do_not_fit_are_refused(args, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        Series(*args)


def test_it_cannot_be_changed() -> None:
    s = series(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        s.symbol = "X"
    with pytest.raises(AttributeError):
        s.other = 1
    with pytest.raises(AttributeError):
        del s.symbol


def test_it_survives_pickle_copy_replace_and_weak_references() -> None:
    s = series(1, 2, mask=(True, False))
    s.to_numpy()
    assert pickle.loads(pickle.dumps(s)) == s == copy.deepcopy(s)
    assert hash(copy.copy(s)) == hash(s)
    assert dataclasses.replace(s, symbol="X").symbol == "X"
    assert weakref.ref(s)() is s


def test_equality_is_by_field_and_the_shared_nan_equals_itself() -> None:
    assert series(1, 2) == series(1, 2)
    assert series(1, 2) != series(1, 2, mask=(True, True))
    assert series(1) != series(1, symbol="X")
    assert Series(stamps(1), (NOT_READY,), "A", "1h") == Series(stamps(1), (NOT_READY,), "A", "1h")


def test_indexing_slicing_and_iteration() -> None:
    s = series(1, 2, 3, mask=(False, True, True))
    assert s[-1] == (stamps(3)[2], Decimal(3))
    assert list(s) == list(zip(stamps(3), (1, 2, 3), strict=True))
    assert (s.length, s.is_empty, bool(s[:0])) == (3, False, False)
    with pytest.raises(TypeError, match="Series indices must be integers or slices"):
        s["a"]
    with pytest.raises(ValueError, match="sorted"):
        s[::-1]


def test_slices_take_their_part_of_the_mask() -> None:
    s = series(1, 2, 3, mask=(False, True, False))
    t = s.timestamps
    assert s[1:].availability_mask == (True, False)
    assert s.slice_by_time(t[0], t[1]).availability_mask == (False, True)
    assert s.slice_by_time(t[0], t[1]).values == (1, 2)
    with pytest.raises(ValueError, match="Start time must be <= end time"):
        s.slice_by_time(t[1], t[0])


def test_a_dict_comes_back_equal() -> None:
    for s in (series(1, 2), series(1, 2, mask=(True, False))):
        assert Series.from_dict(s.to_dict()) == s
    plain = series(1).to_dict()
    del plain["availability_mask"]
    assert Series.from_dict(plain).availability_mask is None


# Arithmetic


def test_decimal_arithmetic_is_exact() -> None:
    a, b = series(100, 200), series(50, 75)
    assert (a + b).values == (150, 275)
    assert (a - b).values == (50, 125)
    assert (a * b).values == (5000, 15000)
    assert (a / b).values == (2, Decimal(200) / Decimal(75))
    assert (a % b).values == (0, 50)
    assert (a**b).values == (Decimal("1E+100"), Decimal("3.777893186295716170956800000E+172"))
    assert (-a).values == (-100, -200)
    assert (+a).values == (100, 200)


def test_a_float_that_meets_a_decimal_is_converted_by_its_text() -> None:
    a = series(1, 2)
    assert (a + 0.1).values == (Decimal("1.1"), Decimal("2.1"))
    assert (0.1 + a).values == (Decimal("1.1"), Decimal("2.1"))
    floats = Series(stamps(2), (0.1, 0.2), "BTCUSDT", "1h")
    assert (a * floats).values == (Decimal("0.1"), Decimal("0.4"))
    assert (floats * Decimal(3)).values == (Decimal("0.3"), Decimal("0.6"))


def test_scalars_work_on_both_sides_numpy_ones_too() -> None:
    a = series(10, 20)
    assert (100 - a).values == (90, 80)
    assert (100 / a).values == (10, 5)
    assert (2 ** series(3)).values == (8,)
    assert (7 % series(4)).values == (3,)
    assert (np.float64(0.5) * a).values == (5, 10)
    assert (a + np.int64(1)).values == (11, 21)


@pytest.mark.parametrize("other", ["x", None, [1], object()])
def test_other_operands_are_type_errors(other) -> None:
    with pytest.raises(TypeError):
        series(1) + other
    with pytest.raises(TypeError):
        other - series(1)


def test_values_that_do_not_combine_are_type_errors() -> None:
    with pytest.raises(TypeError):
        Series(stamps(1), ("text",), "BTCUSDT", "1h") + series(1)


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        (series(1, 2, symbol="X"), "different symbols or timeframes"),
        (series(1, 2, timeframe="4h"), "different symbols or timeframes"),
        (series(1), "different lengths"),
        (Series((T0, T0), (1, 2), "BTCUSDT", "1h"), "timestamp alignment"),
    ],
)
def test_series_that_are_not_aligned_are_refused(other, problem) -> None:
    a = series(1, 2)
    for combine in (lambda: a + other, lambda: a**other, lambda: a.filter(other)):
        with pytest.raises(ValueError, match=problem):
            combine()


@pytest.mark.parametrize(
    "divide",
    [
        lambda: series(1) / 0,
        lambda: series(0) / 0,
        lambda: series(1) % 0,
        lambda: series(0) % 0.0,
        lambda: series(1, 2) / series(1, 0),
        lambda: series(0) / series(0),
        lambda: series(0) % series(0),
        lambda: series(0) ** -1,
        lambda: 1 / series(0),
        lambda: Series(stamps(1), (0.0,), "A", "1h") ** -1,
        lambda: series(-8) ** 0.5,
        lambda: Series(stamps(1), (-8.0,), "A", "1h") ** 0.5,
        lambda: series("1E+999990") ** 10,
    ],
)
def test_undefined_arithmetic_is_a_value_error(divide) -> None:
    with pytest.raises(ValueError):
        divide()


def test_a_nan_divisor_gives_the_shared_nan() -> None:
    assert (series(1) / series("NaN")).values[0] is NOT_READY
    assert (series(1) % series("NaN")).values[0] is NOT_READY


OPERATIONS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: a / b,
    lambda a, b: a % b,
    lambda a, b: a**b,
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_masks_are_anded_by_every_operator(operation) -> None:
    left, right = series(4, 4, 4, mask=(True, False, True)), series(2, 2, 2, mask=(True, True, False))
    plain = series(2, 2, 2)
    assert operation(left, right).availability_mask == (True, False, False)
    assert operation(left, plain).availability_mask == (True, False, True)
    assert operation(plain, right).availability_mask == (True, True, False)
    assert operation(plain, plain).availability_mask is None
    assert operation(left, 2).availability_mask == (True, False, True)
    assert operation(2, left).availability_mask == (True, False, True)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_unavailable_bar_is_not_computed(operation) -> None:
    result = operation(series(1, 1), series(1, 0, mask=(True, False)))
    assert result.values[1] is NOT_READY
    assert result.values[0] is not NOT_READY


def test_unary_operators_keep_the_mask() -> None:
    s = series(1, 2, mask=(False, True))
    assert (-s).availability_mask == (+s).availability_mask == (False, True)
    assert (-s).values[1] == -2


# Selection and statistics


def test_filter_keeps_true_bars_with_their_mask() -> None:
    s = series(1, 2, 3, mask=(False, True, True))
    kept = s.filter(series(True, False, True))
    assert (kept.values, kept.timestamps) == ((1, 3), (stamps(3)[0], stamps(3)[2]))
    assert kept.availability_mask == (False, True)


def test_a_condition_that_is_unavailable_counts_as_false() -> None:
    s = series(1, 2, 3)
    assert s.filter(series(True, True, True, mask=(False, True, True))).values == (2, 3)
    assert s.filter(series(NOT_READY, True, None)).values == (2,)


def test_statistics_are_one_point_at_the_first_time() -> None:
    s = series(3, 1, 2)
    for result, expected in (
        (s.count(), 3),
        (s.sum(), 6.0),
        (s.avg(), 2.0),
        (s.max(), Decimal(3)),
        (s.min(), Decimal(1)),
    ):
        assert result.timestamps == (T0,)
        assert result.values == (expected,) and type(result.values[0]) is type(expected)
    assert s.sum("volume").values == (6.0,)


def test_statistics_count_available_bars_only() -> None:
    s = series(3, 1, 2, NOT_READY, mask=(True, False, True, False))
    assert (s.count().values, s.sum().values, s.avg().values) == ((2,), (5.0,), (2.5,))
    assert (s.max().values, s.min().values) == ((3,), (2,))


def test_statistics_of_nothing() -> None:
    for nothing in (series(), series(1, mask=(False,))):
        assert nothing.count().values == (0,)
        assert nothing.sum().values == (0.0,)
        assert nothing.avg().is_empty and nothing.max().is_empty and nothing.min().is_empty
    assert series().count().timestamps[0].tzinfo is UTC


# Shifts


def test_shift_repeats_the_edge_value_and_flags_it() -> None:
    s = series(1, 2, 3)
    assert (s.shift(1).values, s.shift(1).availability_mask) == ((1, 1, 2), (False, True, True))
    assert (s.shift(-1).values, s.shift(-1).availability_mask) == ((2, 3, 3), (True, True, False))
    assert (s.shift(9).values, s.shift(9).availability_mask) == ((1, 1, 1), (False,) * 3)
    assert (s.shift(-9).values, s.shift(-9).availability_mask) == ((3, 3, 3), (False,) * 3)
    assert s.shift(0) == s
    assert series().shift(2).is_empty


def test_shift_moves_the_mask_with_the_values() -> None:
    s = series(1, 2, 3, mask=(False, True, True))
    assert s.shift(1).availability_mask == (False, False, True)
    assert s.shift(-1).availability_mask == (True, True, False)


def test_change_is_float_and_waits_for_the_earlier_value() -> None:
    change = series(100, 110, 99).change()
    assert math.isnan(change.values[0]) and change.values[1:] == (10.0, -11.0)
    assert all(type(v) is float for v in change.values)
    assert change.availability_mask == (False, True, True)
    percent = series(100, 110, 99).change_pct()
    assert percent.values[1:] == pytest.approx((10.0, -10.0))
    assert series(1, 2).change(5).availability_mask == (False, False)


def test_change_needs_both_values() -> None:
    change = series(1, 2, 3, 4, mask=(True, False, True, True)).change()
    assert change.availability_mask == (False, False, False, True)


def test_change_from_zero_in_percent_is_unavailable() -> None:
    percent = series(0, 5, 10).change_pct()
    assert math.isnan(percent.values[1]) and percent.availability_mask == (False, False, True)


def test_change_over_no_bars_is_refused() -> None:
    with pytest.raises(ValueError, match="periods is 0"):
        series(1).change(0)
    with pytest.raises(ValueError, match="periods is -1"):
        series(1).change_pct(-1)


# Columns


def test_a_column_has_nan_where_unavailable() -> None:
    column = series(1, 2, NOT_READY, mask=(False, True, False)).to_numpy()
    assert column.dtype == np.float64
    assert np.isnan(column).tolist() == [True, False, True] and column[1] == 2


def test_a_column_is_shared_and_read_only() -> None:
    s = series(1, 2)
    assert s.to_numpy() is s.to_numpy()
    assert not s.to_numpy().flags.writeable
    assert s.timestamps_ns() is s.timestamps_ns()


def test_booleans_and_none_become_numbers() -> None:
    column = Series(stamps(3), (True, False, None), "A", "1h").to_numpy()
    assert column[0] == 1 and column[1] == 0 and np.isnan(column[2])
