"""The evaluator gives what the batch engine gives, and remembers it no longer than the data is the same."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.core import Dataset, Series
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.expr.algebra import Expression, alignment_func
from laakhay.ta.expr.execution.backends.batch import BatchBackend
from laakhay.ta.expr.ir import BinaryOpNode, LiteralNode, SourceRefNode, UnaryOpNode
from laakhay.ta.expr.ir.nodes import AggregateNode, ExprNode, FilterNode
from laakhay.ta.expr.planner import AlignmentPolicy, Evaluator, Graph, GraphNode, PlanResult, SignalRequirements
from tests.unit.expr.by_hand import bars, plan_by_hand, ready, series, stamps

KEY = ("BTCUSDT", "1h", "default")


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests beside these."""


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the hash of every plan that is really evaluated."""
    asked: list[str] = []
    evaluate: Callable[..., Any] = BatchBackend.evaluate

    def counted(self: BatchBackend, plan: PlanResult, *args: Any, **options: Any) -> Any:
        asked.append(plan.graph_hash)
        return evaluate(self, plan, *args, **options)

    monkeypatch.setattr(BatchBackend, "evaluate", counted)
    return asked


def closes(text: str, symbol: str = "BTCUSDT") -> Dataset:
    dataset = Dataset()
    dataset.add_series(symbol, "1h", series(text, symbol), source="close")
    return dataset


# Plans built by hand


def graph_of(*nodes: tuple[ExprNode, tuple[int, ...]]) -> PlanResult:
    entries = {i: GraphNode(i, node, children, (), "") for i, (node, children) in enumerate(nodes)}
    root = len(nodes) - 1
    return PlanResult(Graph(root, entries, ""), tuple(entries), SignalRequirements(), AlignmentPolicy())


FIVE, THREE, FOUR, TWO = (LiteralNode(value) for value in (5, 3, 4, 2))
SIX = BinaryOpNode("add", FOUR, TWO)


def test_a_constant_alone_is_given_bare() -> None:
    assert Evaluator()._evaluate_graph(graph_of((LiteralNode(42), ())), context={}) == 42
    assert type(Evaluator()._evaluate_graph(graph_of((LiteralNode(42), ())), context={})) is int


@pytest.mark.parametrize(
    ("plan", "value"),
    [
        (graph_of((FIVE, ()), (THREE, ()), (BinaryOpNode("add", FIVE, THREE), (0, 1))), 8),
        (graph_of((LiteralNode(7), ()), (UnaryOpNode("neg", LiteralNode(7)), (0,))), -7),
        (graph_of((FOUR, ()), (TWO, ()), (SIX, (0, 1)), (BinaryOpNode("add", SIX, SIX), (2, 2))), 12),
    ],
    ids=["sum", "negative", "shared"],
)
def test_arithmetic_of_constants_is_one_point(plan: PlanResult, value: int) -> None:
    result = Evaluator()._evaluate_graph(plan, context={})
    assert (result.values, result.availability_mask) == ((value,), (True,))


# Data


def test_a_rule_over_one_symbol_and_over_two() -> None:
    one = closes("90 110 120")
    assert Evaluator().evaluate(ta.compile("BTC.price > 100"), one)[KEY].values == (False, True, True)
    two = closes("90 110 120")
    two.add_series("ETHUSDT", "1h", series("1 2 3", "ETHUSDT"), source="close")
    result = Evaluator().evaluate(ta.compile("close * 2"), two)
    assert [(key, one.values) for key, one in result.items()] == [
        (KEY, (180, 220, 240)),
        (("ETHUSDT", "1h", "default"), (2, 4, 6)),
    ]


def test_a_reference_made_by_hand_finds_the_close_by_the_name_of_price() -> None:
    node = SourceRefNode("BTCUSDT", "price", timeframe="1h", source="ohlcv")
    data = closes("1 2 3 4 5 6 7 8 9 10")
    assert Evaluator().evaluate(node, data)[KEY].values == tuple(range(1, 11))


def test_a_filter_over_a_series_in_the_rule_drops_rows_and_an_aggregate_gives_one_value() -> None:
    literal = LiteralNode(series("1 5 2 7"), type_tag="series_number")
    condition = BinaryOpNode("gt", literal, LiteralNode(2))
    data = closes("1 1 1 1")
    assert Evaluator().evaluate(FilterNode(literal, condition), data)[KEY].values == (5, 7)
    total = Evaluator().evaluate(AggregateNode(literal, "sum"), data)[KEY]
    assert (total.values, total.timestamps) == ((15,), literal.value.timestamps[-1:])


def test_an_average_of_trades_under_their_bare_label() -> None:
    data = closes("1 1 1 1 1 1")
    data.add_series("BTCUSDT", "1h", series("10 20 30 40 50 60"), source="trades")
    result = Evaluator().evaluate(ta.compile("sma(BTC.trades.volume, period=5)"), data)[KEY]
    assert ready(result) == [None, None, None, None, 30, 40]


def test_other_data_has_the_shapes_of_a_run() -> None:
    rule = ta.compile("close + 1")
    assert Evaluator().evaluate(rule, series("1 2")).values == (2, 3)
    assert Evaluator().evaluate(rule, {"close": series("1 2")}).values == (2, 3)
    assert Evaluator().evaluate(rule, Dataset()) == {}
    assert Evaluator().evaluate(rule, Dataset(), return_all_outputs=True) == ({}, {})
    rule = ta.compile("ohlcv.close + 1")
    result, nodes = Evaluator().evaluate(rule, closes("1 2"), return_all_outputs=True)
    assert result[KEY].values == (2, 3)
    assert [nodes[i].values for i in rule._ensure_plan().node_order] == [(1, 2), (1, 1), (2, 3)]
    with pytest.raises(TypeError, match="a Series, a mapping of Series or a Dataset, not list"):
        Evaluator().evaluate(rule, [1, 2])
    with pytest.raises(MissingDataError, match="'ETH' is not in the data"):
        Evaluator().evaluate(ta.compile("ETH.price"), closes("1 2"))


def test_all_outputs_of_several_symbols_are_those_of_the_first() -> None:
    data = closes("1 2")
    data.add_series("ETHUSDT", "1h", series("30 40", "ETHUSDT"), source="close")
    rule = ta.compile("close * 10")
    result, nodes = Evaluator().evaluate(rule, data, return_all_outputs=True)
    assert list(result) == [KEY, ("ETHUSDT", "1h", "default")]
    assert nodes[rule._ensure_plan().graph.root_id] == result[KEY]


# Memory


def test_the_same_data_is_evaluated_once(runs: list[str]) -> None:
    evaluator, data, rule = Evaluator(), bars(), ta.compile("sma(close, 3)")
    assert evaluator._cache == {}
    first = evaluator.evaluate(rule, data)
    again = evaluator.evaluate(ta.compile("sma( close, 3 )"), data)
    assert len(runs) == 1 and len(evaluator._cache) == 1
    # By identity where nothing is ready: there stands one shared NaN.
    assert first[KEY].values == again[KEY].values
    assert first[KEY].availability_mask[:3] == (False, False, True)
    evaluator._cache.clear()
    assert evaluator.evaluate(rule, data)[KEY].values == first[KEY].values
    assert len(runs) == 2 and len(evaluator._cache) == 1


def test_what_callers_do_to_a_result_does_not_reach_what_is_remembered(runs: list[str]) -> None:
    evaluator, data, rule = Evaluator(), bars(), ta.compile("close + 1")
    for _ in range(2):
        evaluator.evaluate(rule, data).clear()
        result, nodes = evaluator.evaluate(rule, data, return_all_outputs=True)
        assert result and nodes
        result.clear()
        nodes.clear()
    assert len(runs) == 2  # With and without all outputs.


def test_other_data_and_changed_data_are_evaluated_anew() -> None:
    evaluator, rule = Evaluator(), ta.compile("close * 2")
    data, other = closes("1 2"), closes("5 6")
    assert [evaluator.evaluate(rule, one)[KEY].values for one in (data, other, data)] == [(2, 4), (10, 12), (2, 4)]
    data.add_series("BTCUSDT", "1h", series("7 8"), source="close")
    assert evaluator.evaluate(rule, data)[KEY].values == (14, 16)
    data.add_series("ETHUSDT", "1h", series("1 1", "ETHUSDT"), source="close")
    assert len(evaluator.evaluate(rule, data)) == 2
    assert len(evaluator._cache) == 2  # One for each dataset: what an older version gave is gone.


def test_rules_and_policies_are_told_apart(runs: list[str]) -> None:
    evaluator, data = Evaluator(), closes("1 2")
    for text in ("close + 1", "close + 2", "close - 1"):
        evaluator.evaluate(ta.compile(text), data)
    rule = ta.compile("close + 1")
    with alignment_func(how="outer", fill="ffill"):
        evaluator.evaluate(rule, data)
        evaluator.evaluate(rule, data)
    evaluator.evaluate(rule, data)
    assert len(runs) == 4


def test_a_policy_that_is_chosen_is_told_from_the_same_one_by_default() -> None:
    evaluator, data, rule = Evaluator(), closes("1 2 3"), ta.compile("ohlcv.close + ETH.close")
    sparse = Series(stamps(3)[::2], [Decimal(10), Decimal(20)], "ETHUSDT", "1h")
    data.add_series("ETHUSDT", "1h", sparse, source="close")
    for _ in range(2):
        # Without a policy the other stream is read as of its last close; with one, where both have bars.
        assert evaluator.evaluate(rule, data)[KEY].values == (11, 12, 23)
        with alignment_func(how="inner"):
            assert evaluator.evaluate(rule, data)[KEY].values == (11, 23)


def test_series_that_stand_in_rules_are_told_apart() -> None:
    evaluator, data = Evaluator(), closes("1 2")
    some, others = (Expression(LiteralNode(series(text))) * 2 for text in ("10 20", "30 40"))
    assert some._ensure_plan().graph_hash == others._ensure_plan().graph_hash
    for _ in range(2):
        assert evaluator.evaluate(some, data)[KEY].values == (20, 40)
        assert evaluator.evaluate(others, data)[KEY].values == (60, 80)


def test_constants_of_different_types_are_told_apart() -> None:
    evaluator, data = Evaluator(), closes("1 2")
    for value in (Decimal("0.5"), 0.5, Decimal("0.5")):
        (result,) = evaluator.evaluate(LiteralNode(value), data).values()
        assert type(result.values[0]) is type(value)


def test_a_dataset_is_not_kept_alive_and_takes_its_results_along() -> None:
    evaluator, rule = Evaluator(), ta.compile("close * 2")
    data, stays = closes("1 2"), closes("3 4")
    gone = weakref.ref(data)
    for one in (data, stays):
        evaluator.evaluate(rule, one)
        evaluator.evaluate(ta.compile("close"), one)
    assert len(evaluator._cache) == 4
    del data, one
    gc.collect()
    assert gone() is None
    assert len(evaluator._cache) == 2
    assert all(key.dataset() is stays for key in evaluator._cache)


def test_a_forgotten_evaluator_is_freed_while_its_data_lives() -> None:
    data = closes("1 2")
    evaluator = Evaluator()
    result = evaluator.evaluate(ta.compile("close"), data)[KEY]
    gone, result = weakref.ref(evaluator), weakref.ref(result)
    del evaluator
    gc.collect()
    assert gone() is None and result() is None and data.version == 1


# The arithmetic


@pytest.mark.parametrize("rule", ["close + 10", "sma(close, 3)", "rsi(close, 3)", "macd(close, 3, 5, 2).signal"])
def test_the_evaluator_the_expression_and_the_backend_give_the_same(rule: str) -> None:
    data, expression = bars(), ta.compile(rule)
    direct = Evaluator().evaluate(expression, data)[KEY]
    assert sum(direct.availability_mask) >= 9
    for other in (expression.run(data)[KEY], BatchBackend().evaluate(expression._ensure_plan(), data)[KEY]):
        assert direct == other


def test_a_plan_by_hand_over_series_is_computed_by_the_engine() -> None:
    node = BinaryOpNode("div", SourceRefNode(None, "close"), LiteralNode(3))
    result = Evaluator()._evaluate_graph(plan_by_hand(node), {"close": series("1 2")})
    assert isinstance(result, Series)
    assert [float(value) for value in result.values] == [1 / 3, 2 / 3]
