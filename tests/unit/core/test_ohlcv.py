"""Bars as columns."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from laakhay.ta.core import OHLCV, Bar, Series

T0 = datetime(2024, 1, 1, tzinfo=UTC)


def stamps(n: int) -> list[datetime]:
    return [T0 + timedelta(hours=i) for i in range(n)]


def bars(n: int) -> list[Bar]:
    return [Bar.from_raw(t, 100 + i, 110 + i, 90 + i, 105 + i, 1000 + i) for i, t in enumerate(stamps(n))]


def ohlcv(n: int = 4) -> OHLCV:
    return OHLCV.from_bars(bars(n), "BTCUSDT", "1h")


def test_rows_are_bars_and_slices_are_ohlcv() -> None:
    data = ohlcv()
    assert list(data) == bars(4)
    assert data[-1] == bars(4)[3]
    assert data[np.int64(1)] == bars(4)[1]
    assert isinstance(data[1:3], OHLCV) and list(data[1:3]) == bars(4)[1:3]
    with pytest.raises(IndexError):
        data[4]
    with pytest.raises(TypeError, match="OHLCV indices must be integers or slices"):
        data["close"]


def test_length_and_truth_follow_the_rows() -> None:
    data = ohlcv()
    assert (data.length, len(data), data.is_empty, bool(data[:0])) == (4, 4, False, False)


def test_lists_become_tuples_and_equal_neighbours_are_allowed() -> None:
    data = OHLCV([T0, T0], [1, 1], [1, 1], [1, 1], [1, 1], [1, 1], [True, True], "A", "1h")
    assert data.timestamps == (T0, T0)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"All OHLCV data columns must have the same length: .*opens 2"):
        OHLCV([T0], [1, 1], [1], [1], [1], [1], [True], "A", "1h")


def test_times_that_decrease_are_refused() -> None:
    with pytest.raises(ValueError, match="Timestamps must be sorted"):
        OHLCV.from_bars(bars(3)[::-1])


def test_an_inconsistent_row_shows_when_it_is_read() -> None:
    data = OHLCV([T0], [1], [1], [5], [1], [1], [True], "A", "1h")
    with pytest.raises(ValueError, match="High must be >= low"):
        data[0]


def test_slice_by_time_includes_both_ends() -> None:
    data = ohlcv()
    t = data.timestamps
    assert data.slice_by_time(t[1], t[2]).timestamps == t[1:3]
    assert data.slice_by_time(t[3] + timedelta(1), t[3] + timedelta(2)).is_empty
    with pytest.raises(ValueError, match="Start time must be <= end time"):
        data.slice_by_time(t[2], t[1])


def test_an_empty_list_of_bars_is_refused() -> None:
    with pytest.raises(ValueError, match="Cannot create OHLCV from empty bar list"):
        OHLCV.from_bars([])


def test_fields_as_series() -> None:
    data = ohlcv()
    assert list(data.to_series()) == ["opens", "highs", "lows", "closes", "volumes"]
    close = data.to_series("close")
    assert close == Series(data.timestamps, data.closes, "BTCUSDT", "1h")
    assert close.availability_mask is None
    with pytest.raises(ValueError, match="open, high, low, close, volume"):
        data.to_series("price")


def test_price_and_derived_fields_as_series() -> None:
    data = ohlcv()
    assert data.field_series("price") is data.to_series("close")
    assert data.field_series("hlc3").values == tuple(bar.hlc3 for bar in data)
    assert data.field_series("typical_price").values == data.field_series("hlc3").values
    assert data.field_series("ohlc4").values == data.field_series("weighted_close").values
    assert data.field_series("hl2").values == tuple(bar.hl2 for bar in data)
    assert data.field_series("range").values == tuple(bar.total_range for bar in data)
    assert data.field_series("upper_wick").values == tuple(bar.upper_wick for bar in data)
    assert data.field_series("lower_wick").values == tuple(bar.lower_wick for bar in data)
    with pytest.raises(ValueError, match="'vwap'"):
        data.field_series("vwap")


def test_a_derived_field_is_missing_where_an_ingredient_is() -> None:
    nan = Decimal("NaN")
    data = OHLCV(stamps(2), [1, 1], [2, nan], [1, 1], [1, 1], [1, 1], [True] * 2, "A", "1h")
    assert np.isnan(data.column("upper_wick")).tolist() == [False, True]


def test_columns_are_float64_shared_and_read_only() -> None:
    data = ohlcv()
    column = data.column("close")
    assert column.dtype == np.float64 and column.tolist() == [105, 106, 107, 108]
    assert data.column("close") is column is data.to_series("close").to_numpy()
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 0
    assert data.timestamps_ns() is data.timestamps_ns()
    assert data.timestamps_ns()[1] - data.timestamps_ns()[0] == 3_600_000_000_000


def test_a_dict_holds_floats_and_comes_back() -> None:
    data = ohlcv()
    plain = data.to_dict()
    assert plain["closes"] == [105.0, 106.0, 107.0, 108.0] and type(plain["closes"][0]) is float
    assert plain["timestamps"][0] == "2024-01-01T00:00:00+00:00"
    assert OHLCV.from_dict(plain) == data
    del plain["is_closed"]
    assert OHLCV.from_dict(plain).is_closed == (True,) * 4


def test_it_cannot_be_changed_and_survives_pickle() -> None:
    data = ohlcv()
    data.column("close")
    with pytest.raises(AttributeError):
        data.symbol = "X"
    again = pickle.loads(pickle.dumps(data))
    assert again == data and hash(again) == hash(data)
