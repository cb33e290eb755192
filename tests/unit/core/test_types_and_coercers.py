"""Kinds of values, and numbers as users write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from laakhay.ta.core import coerce_price, coerce_qty, coerce_rate, types

COERCERS = [(coerce_price, "price"), (coerce_qty, "quantity"), (coerce_rate, "rate")]


def test_aliases_are_the_plain_types() -> None:
    assert types.Price is types.Qty is types.Volume is types.Rate is Decimal
    assert types.Symbol is str
    assert types.Timestamp is datetime


def test_unions_work_with_isinstance() -> None:
    for value in (Decimal(1), 1.5, 1, "1"):
        assert isinstance(value, types.PriceLike)
    assert isinstance(date(2024, 1, 1), types.TimestampLike)
    assert not isinstance(1.5, types.TimestampLike)
    assert not isinstance(Decimal(1), types.TimestampLike)


@pytest.mark.parametrize(("coerce", "_what"), COERCERS)
def test_numbers_become_exact_decimals(coerce, _what) -> None:
    assert coerce(100.5) == Decimal("100.5")
    assert coerce(" 0.1 ") == Decimal("0.1")
    assert coerce(-7) == Decimal(-7)
    value = Decimal("1.10")
    assert str(coerce(value)) == "1.10"


@pytest.mark.parametrize(("coerce", "what"), COERCERS)
@pytest.mark.parametrize("value", [None, True, [], object()])
def test_other_types_are_type_errors(coerce, what, value) -> None:
    with pytest.raises(TypeError, match=f"Invalid {what} value"):
        coerce(value)


@pytest.mark.parametrize(("coerce", "what"), COERCERS)
@pytest.mark.parametrize("text", ["abc", "", "1,5"])
def test_text_that_is_no_number_is_a_value_error(coerce, what, text) -> None:
    with pytest.raises(ValueError, match=f"Invalid {what} value"):
        coerce(text)
