"""The engine gives one Series wherever there is one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.core import Dataset, Series
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.expr.algebra import Expression
from laakhay.ta.expr.execution import Engine
from laakhay.ta.expr.ir import SCALAR_SYMBOL, BinaryOpNode, LiteralNode
from laakhay.ta.expr.ir.nodes import ExprNode
from tests.unit.expr.by_hand import bars, numbers, ready, series, stamps

TEN, TWENTY, TWO = LiteralNode(10), LiteralNode(20), LiteralNode(2)
THIRTY = BinaryOpNode("add", TEN, TWENTY)


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests beside these."""


def closes(text: str, *symbols: str) -> Dataset:
    dataset = Dataset()
    for symbol in symbols:
        dataset.add_series(symbol, "1h", series(text, symbol), source="close")
    return dataset


@pytest.mark.parametrize("data", [{}, Dataset(), closes("1 2", "BTCUSDT")], ids=["mapping", "empty", "bars"])
@pytest.mark.parametrize(
    ("node", "value"),
    [(LiteralNode(42), 42), (LiteralNode(Decimal("1.50")), Decimal("1.50")), (THIRTY, 30)]
    + [(BinaryOpNode("mul", THIRTY, TWO), 60), (BinaryOpNode("gt", TWENTY, TEN), True)],
    ids=["int", "decimal", "sum", "nested", "comparison"],
)
def test_constants_are_one_point_whatever_the_data(node: ExprNode, value: Any, data: Any) -> None:
    engine = Engine()
    for rule in (node, Expression(node)):
        result = engine.evaluate(rule, data)
        assert isinstance(result, Series)
        assert (result.symbol, result.timeframe, result.values) == (SCALAR_SYMBOL, "1s", (value,))


def test_a_constant_keeps_its_value_as_it_is() -> None:
    (value,) = Engine().evaluate(LiteralNode(42), {}).values
    assert type(value) is int
    (value,) = Engine().evaluate(LiteralNode(Decimal("1.50")), {}).values
    assert str(value) == "1.50"


def test_a_series_in_the_rule_is_given_back_itself() -> None:
    own = series("1 2 3")
    for data in ({}, closes("4 5 6", "BTCUSDT")):
        assert Engine().evaluate(LiteralNode(own), data) is own


@pytest.mark.parametrize("data", [{}, Dataset(), closes("1 2", "BTCUSDT")], ids=["mapping", "empty", "bars"])
def test_an_undefined_constant_raises(data: Any) -> None:
    with pytest.raises(ValueError, match="undefined"):
        Engine().evaluate(BinaryOpNode("div", TEN, LiteralNode(0)), data)


def test_arithmetic_keeps_decimals_and_metadata() -> None:
    own = Series(stamps(2), numbers("100 110"), "BTCUSDT", "1h")
    result = Engine().evaluate(Expression(LiteralNode(own)) * 2 + 10, {})
    assert (result.values, result.symbol, result.timeframe) == ((210, 230), "BTCUSDT", "1h")
    assert result.timestamps == own.timestamps
    assert all(type(value) is Decimal for value in result.values)


def test_a_mean_plus_a_number_waits_for_the_mean() -> None:
    data = closes("102 106 110 114", "BTCUSDT")
    result = Engine().evaluate(ta.compile("sma(2) + 10"), data)
    assert result.availability_mask[0] is False
    assert ready(result) == [None, 114, 118, 122]


def test_one_bar_is_one_point_that_is_not_ready() -> None:
    result = Engine().evaluate(ta.compile("sma(2)"), closes("102", "BTCUSDT"))
    assert (len(result), result.availability_mask) == (1, (False,))


def test_several_symbols_are_a_dict_and_one_is_its_series() -> None:
    rule = ta.compile("close + 1")
    assert Engine().evaluate(rule, closes("1 2", "BTCUSDT")).values == (2, 3)
    several = Engine().evaluate(rule, closes("1 2", "BTCUSDT", "ETHUSDT"))
    assert list(several) == [("BTCUSDT", "1h", "default"), ("ETHUSDT", "1h", "default")]
    assert Engine().evaluate(rule, series("1 2")).values == (2, 3)


def test_several_outputs_are_a_tuple_of_series() -> None:
    result = Engine().evaluate(ta.compile("macd(close, 3, 5, 2)"), bars())
    assert [type(one) for one in result] == [Series] * 3


def test_a_rule_that_reads_something_says_what_an_empty_dataset_lacks() -> None:
    with pytest.raises(ValueError, match="SeriesContext has no series to operate on"):
        Engine().evaluate(ta.compile("sma(2)"), Dataset())
    with pytest.raises(MissingDataError, match="'volume' of source 'trades'"):
        Engine().evaluate(ta.compile("trades.volume"), Dataset())


def test_what_a_dataset_gave_is_remembered() -> None:
    engine, data = Engine(), bars()
    assert engine._cache == {}
    first = engine.evaluate(ta.compile("sma(close, 3)"), data)
    assert len(engine._cache) == 1
    assert engine.evaluate(ta.compile("sma(close, 3)"), data) is first


def test_a_literal_is_the_node_of_its_value() -> None:
    assert Engine().literal(5) == LiteralNode(5)
