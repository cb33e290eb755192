"""A bar that exists is consistent."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from laakhay.ta.core import Bar

TS = datetime(2024, 1, 1, tzinfo=UTC)


def bar(open=100, high=110, low=90, close=105, volume=1000) -> Bar:
    return Bar.from_raw(TS, open, high, low, close, volume)


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        ({"high": 80}, "High must be >= low"),
        ({"high": 104}, "High must be >= open and close"),
        ({"open": 120}, "High must be >= open and close"),
        ({"low": 101}, "Low must be <= open and close"),
        ({"volume": -1}, "Volume must be >= 0"),
        ({"close": "NaN"}, "finite"),
        ({"volume": float("inf")}, "finite"),
        ({"open": float("nan")}, "finite"),
    ],
)
def test_inconsistent_numbers_are_refused(numbers, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        bar(**numbers)


def test_the_plain_constructor_refuses_a_float_nan_too() -> None:
    with pytest.raises(ValueError, match="finite"):
        Bar(TS, 1.0, 1.0, 1.0, float("nan"), 0)


def test_properties_are_exact() -> None:
    b = bar()
    assert b.hlc3 == Decimal("101.6666666666666666666666667")
    assert (b.ohlc4, b.hl2) == (Decimal("101.25"), Decimal(100))
    assert (b.body_size, b.upper_wick, b.lower_wick, b.total_range) == (5, 5, 10, 20)


def test_text_of_a_bar() -> None:
    assert repr(bar()) == "Bar(ts=2024-01-01T00:00:00+00:00, o=100, h=110, l=90, c=105, vol=1000, closed=True)"


def test_a_bar_cannot_be_changed_and_survives_pickle_and_copy() -> None:
    b = bar()
    with pytest.raises(FrozenInstanceError):
        b.close = Decimal(1)
    assert pickle.loads(pickle.dumps(b)) == b == copy.deepcopy(b)


@pytest.mark.parametrize(
    "names",
    [
        ("ts", "open", "high", "low", "close", "volume", "is_closed"),
        ("timestamp", "open_price", "high_price", "low_price", "close_price", "volume_qty", "closed"),
        ("timestamp", "o", "h", "l", "c", "v", "x"),
    ],
)
def test_every_alias_is_read(names) -> None:
    values = ("2024-01-01", 100.5, "110", 90, Decimal(105), 0, "open")
    b = Bar.from_dict(dict(zip(names, values, strict=True)) | {"unknown": 1})
    assert b == Bar(TS, Decimal("100.5"), Decimal(110), Decimal(90), Decimal(105), Decimal(0), False)


def test_falsy_values_are_present() -> None:
    b = Bar.from_dict({"ts": 0, "open": 0, "o": 5, "high": 0.0, "low": "0", "close": 0, "volume": 0, "x": False})
    assert (b.open, b.is_closed) == (0, False)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match="Missing required field 'high'"):
        Bar.from_dict({"ts": 0, "open": 1})
    with pytest.raises(ValueError, match=r"Field 'open' \(alias 'o'\) cannot be None"):
        Bar.from_dict({"ts": 0, "o": None})


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (True, True),
        (" YES ", True),
        ("closed", True),
        ("1", True),
        ("no", False),
        ("Open", False),
        (0, False),
        (2.0, True),
    ],
)
def test_closed_flags(flag, expected) -> None:
    raw = {"ts": 0, "open": 1, "high": 1, "low": 1, "close": 1, "volume": 1}
    assert Bar.from_dict(raw | {"is_closed": flag}).is_closed is expected


@pytest.mark.parametrize(
    ("flag", "problem"),
    [("maybe", "Unrecognised boolean value"), (None, "Unrecognised type"), ([], "Unrecognised type")],
)
def test_closed_flags_that_cannot_be_read(flag, problem) -> None:
    raw = {"ts": 0, "open": 1, "high": 1, "low": 1, "close": 1, "volume": 1}
    with pytest.raises(ValueError, match=problem):
        Bar.from_dict(raw | {"is_closed": flag})
