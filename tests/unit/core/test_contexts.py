"""Named series that indicators read."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime

import pytest

from laakhay.ta.core import LiquidationContext, OHLCVContext, OrderBookContext, Series, TradeContext, create_context
from laakhay.ta.registry.models import SeriesContext


def series(value=1) -> Series:
    return Series((datetime(2024, 1, 1, tzinfo=UTC),), (value,), "A", "1h")


EMPTY = Series((), (), "A", "1h")
KINDS = [TradeContext, OrderBookContext, LiquidationContext]


def complete(kind) -> dict[str, Series]:
    return {name: series(i) for i, name in enumerate(kind.required_fields)}


def test_series_are_attributes_in_the_order_given() -> None:
    close, high = series(1), series(2)
    context = SeriesContext(close=close, high=high)
    assert context.close is close
    assert context.available_series == ["close", "high"]
    assert hasattr(context, "high") and not hasattr(context, "low")


def test_absent_names_are_attribute_errors() -> None:
    context = SeriesContext(close=series())
    with pytest.raises(AttributeError, match="Series 'low' not found in context"):
        _ = context.low
    with pytest.raises(AttributeError, match="'SeriesContext' object has no attribute '_x'"):
        _ = context._x


def test_a_context_cannot_be_changed() -> None:
    context = SeriesContext(close=series())
    with pytest.raises(AttributeError):
        context.close = series()
    with pytest.raises(AttributeError):
        del context.close


def test_contexts_are_equal_by_contents() -> None:
    assert SeriesContext(close=series(1)) == SeriesContext(close=series(1))
    assert SeriesContext(close=series(1)) != SeriesContext(close=series(2))
    assert SeriesContext(close=series(1)) != SeriesContext(high=series(1))
    context = OHLCVContext(**{name: series() for name in ("open", "high", "low", "close", "volume")})
    assert pickle.loads(pickle.dumps(context)) == context == copy.deepcopy(context)
    assert hash(copy.copy(context)) == hash(context)


def test_price_and_close_stand_in_for_each_other() -> None:
    rest = {name: series() for name in ("open", "high", "low", "volume")}
    assert OHLCVContext(close=series(5), **rest).price == series(5)
    assert OHLCVContext(price=series(6), **rest).close == series(6)
    with pytest.raises(ValueError, match="OHLCVContext requires 'price'"):
        OHLCVContext(**rest)
    with pytest.raises(ValueError, match="OHLCVContext requires 'volume' series"):
        OHLCVContext(open=series(), high=series(), low=series(), close=series())


@pytest.mark.parametrize("kind", KINDS)
def test_each_required_series_is_required(kind) -> None:
    fields = complete(kind)
    assert kind(**fields, extra=series()).available_series == list(fields)
    for name in fields:
        with pytest.raises(ValueError, match=f"{kind.__name__} requires '{name}' series"):
            kind(**{n: s for n, s in fields.items() if n != name})


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_series_is_not_a_missing_one(kind) -> None:
    assert kind(**dict.fromkeys(kind.required_fields, EMPTY)).available_series == list(kind.required_fields)


def test_an_optional_series_is_returned_and_an_absent_one_is_not_listed() -> None:
    trades = TradeContext(**complete(TradeContext), max_amount=series(99), min_price=None)
    assert trades.max_amount == series(99)
    assert "min_price" not in trades.available_series and not hasattr(trades, "min_price")
    book = OrderBookContext(**complete(OrderBookContext), large_liquidity=series(98))
    assert book.large_liquidity == series(98)


def test_a_source_selects_its_context() -> None:
    assert type(create_context("Trades", **complete(TradeContext))) is TradeContext
    assert type(create_context("ORDERBOOK", **complete(OrderBookContext))) is OrderBookContext
    assert type(create_context("liquidation", **complete(LiquidationContext))) is LiquidationContext
    assert type(create_context("news", score=series())) is SeriesContext
