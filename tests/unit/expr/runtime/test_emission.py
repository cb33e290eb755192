"""What indicators gave, as plain values that a chart can draw."""

from __future__ import annotations

import json
from typing import Any

import pytest

from laakhay.ta.core import Series
from laakhay.ta.expr.algebra import Expression
from laakhay.ta.expr.dsl import compile_expression
from laakhay.ta.expr.execution import evaluate_plan
from laakhay.ta.expr.ir import BinaryOpNode, CallNode, LiteralNode, SourceRefNode
from laakhay.ta.expr.runtime import IndicatorEmission, IndicatorInputBinding, IndicatorRenderHints
from laakhay.ta.expr.runtime.emission import build_indicator_emissions
from tests.unit.expr.by_hand import series
from tests.unit.expr.runtime.markets import START, iso, rising_dataset

OVERLAY = {"role": "line", "pane_hint": "price_overlay", "style_hint": "line"}
PANE = {**OVERLAY, "pane_hint": "pane"}
VOLUME = {**OVERLAY, "pane_hint": "volume"}
EMPTY = Series((), (), "BTCUSDT", "1h")


def emissions(rule: str | Expression) -> list[IndicatorEmission]:
    """Evaluate, and give what all calls emit."""
    plan = compile_expression(rule)._ensure_plan()
    data = rising_dataset(6)
    _, nodes = evaluate_plan(plan, data, symbol="BTCUSDT", timeframe="1h", return_all_outputs=True)
    return build_indicator_emissions(graph_nodes=plan.graph.nodes, node_outputs=nodes)


def only(rule: str | Expression) -> IndicatorEmission:
    """Give what the last call emits."""
    return emissions(rule)[-1]


def described(rule: str | Expression) -> IndicatorEmission:
    """Give what the last call would emit, without evaluating anything."""
    plan = compile_expression(rule)._ensure_plan()
    calls = {i: plan.calls.get(i) for i, entry in plan.graph.nodes.items() if isinstance(entry.node, CallNode)}
    made = {i: (EMPTY,) * len(call.outputs) if call and len(call.outputs) > 1 else EMPTY for i, call in calls.items()}
    return build_indicator_emissions(graph_nodes=plan.graph.nodes, node_outputs=made)[-1]


def bound(rule: str | Expression) -> tuple[str, str]:
    binding = described(rule).input_binding
    return binding.source, binding.field


def test_an_emission_by_hand() -> None:
    (emission,) = emissions("sma(volume, 5)")
    assert emission.to_dict() == {
        "key": "i2",
        "node_id": 2,
        "indicator": "sma",
        "output": "result",
        "params": {"period": 5},
        "input_expr": {"type": "source", "source": "ohlcv", "field": "volume", "symbol": None},
        "input_binding": {
            "source": "ohlcv",
            "field": "volume",
            "symbol": None,
            "timeframe": None,
            "exchange": None,
        },
        "render": VOLUME,
        # Volumes 10, 20, ... 60: the mean of the first five is 30.
        "series": [
            *({"timestamp": iso(hour), "value": None} for hour in range(4)),
            {"timestamp": iso(4), "value": 30.0},
            {"timestamp": iso(5), "value": 40.0},
        ],
    }


@pytest.mark.parametrize(
    "rule",
    ["sma(close, 5) / (close - close)", "bbands(close, 3).upper > sma(volume, 2)", "sma(select('open'), 2)"],
)
def test_emissions_are_plain_json_without_nan(rule: str) -> None:
    for emission in emissions(rule):
        assert json.loads(json.dumps(emission.to_dict(), allow_nan=False)) == emission.to_dict()


def test_defaults_are_those_of_a_line_over_closes() -> None:
    assert IndicatorInputBinding().to_dict() == {
        "source": "ohlcv",
        "field": "close",
        "symbol": None,
        "timeframe": None,
        "exchange": None,
    }
    assert IndicatorRenderHints().to_dict() == OVERLAY
    emission = IndicatorEmission("i1", 1, "sma", "result")
    assert (emission.params, emission.input_expr, emission.series) == ({}, None, [])


# Which calls and outputs


def test_every_output_of_every_call_is_there_in_order() -> None:
    found = emissions("macd(close, 3, 5, 2).histogram > sma(3) and close > 1")
    names = [(one.indicator, one.output, one.key) for one in found]
    assert names == [
        ("macd", "histogram", "i4_histogram"),
        ("macd", "macd", "i4_macd"),
        ("macd", "signal", "i4_signal"),
        ("sma", "result", "i6"),
        ("select", "result", "i9"),
    ]
    assert [(one.node_id, one.output) for one in found] == sorted((one.node_id, one.output) for one in found)


def test_outputs_by_name_and_beyond_the_names_are_taken() -> None:
    plan = compile_expression("macd(close, 3, 5, 2).signal > 0")._ensure_plan()
    (call,) = [i for i, entry in plan.graph.nodes.items() if isinstance(entry.node, CallNode)]
    one = series("1 2")

    def made(value: Any) -> list[str]:
        found = build_indicator_emissions(graph_nodes=plan.graph.nodes, node_outputs={call: value, 99: one, 0: one})
        return [emission.output for emission in found]

    assert made({"signal": one, "note": "text", "macd": one}) == ["macd", "signal"]
    assert made((one,) * 4) == ["histogram", "macd", "output_4", "signal"]
    assert made(5) == []


def test_numbers_truth_values_and_what_is_not_ready() -> None:
    crossing = only("crossup(close, 3)")
    assert [point["value"] for point in crossing.series] == [None, False, False, True, False, False]
    closes = only("close > 1")
    assert [point["value"] for point in closes.series] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert all(type(point["value"]) is float for point in closes.series)


def test_a_number_that_json_cannot_hold_is_null() -> None:
    plan = compile_expression("sma(2)")._ensure_plan()
    odd = Series((START,) * 3, (float("nan"), float("inf"), 2), "BTCUSDT", "1h")
    (emission,) = build_indicator_emissions(graph_nodes=plan.graph.nodes, node_outputs={plan.graph.root_id: odd})
    assert [point["value"] for point in emission.series] == [None, None, 2]


# What it is computed from


@pytest.mark.parametrize(
    ("rule", "source", "field"),
    [
        ("sma(20)", "ohlcv", "close"),
        ("sma(volume, 50)", "ohlcv", "volume"),
        ("sma(3, 'volume')", "ohlcv", "volume"),
        ("sma(period=3, source='high')", "ohlcv", "high"),
        ("mean(3, field='open')", "ohlcv", "open"),
        ("sma(price, 3)", "ohlcv", "close"),
        ("sma(hlc3, 3)", "ohlcv", "hlc3"),
        ("sma(BTC.trades.volume, period=2)", "trades", "volume"),
        ("sma(trades.amount, 2)", "trades", "amount"),
        ("atr(3)", "ohlcv", "high"),
        ("sma(-volume, 3)", "ohlcv", "volume"),
        ("sma(volume * 2, 3)", "ohlcv", "volume"),
        ("sma(2 * volume, 3)", "ohlcv", "volume"),
        ("sma(high + high, 3)", "ohlcv", "high"),
        ("sma(high - low, 3)", "mixed", "mixed"),
        ("sma(high - low + trades.volume, 3)", "mixed", "mixed"),
        ("sma(select('volume'), 3)", "ohlcv", "volume"),
        ("sma(ema(volume, 2), 3)", "ohlcv", "volume"),
        ("sma(rsi(14), 3)", "ohlcv", "close"),
        ("crossup(ema(volume, 2), 15)", "ohlcv", "volume"),
        ("crossup(b=15, a=volume)", "ohlcv", "volume"),
        ("sma(volume.1_ago, 2)", "ohlcv", "volume"),
        ("sma(volume[1], 2)", "ohlcv", "volume"),
        ("sma(volume.filter(close > 1), 2)", "ohlcv", "volume"),
        ("sma(trades.sum(amount), 2)", "trades", "amount"),
        ("sma(macd(volume, 3, 5, 2).signal, 2)", "ohlcv", "volume"),
        ("volume > 1", "ohlcv", "volume"),
        ("price > 1", "ohlcv", "close"),
    ],
)
def test_an_emission_says_what_its_data_is(rule: str, source: str, field: str) -> None:
    assert bound(rule) == (source, field)


def test_a_binding_keeps_qualifiers() -> None:
    node = CallNode("sma", [SourceRefNode("BTC", "volume", "trades", "binance", "1h"), LiteralNode(2)])
    plan = compile_expression(node)._ensure_plan()
    (emission,) = build_indicator_emissions(
        graph_nodes=plan.graph.nodes, node_outputs={plan.graph.root_id: series("1 2")}
    )
    assert emission.input_binding == IndicatorInputBinding("trades", "volume", "BTC", "1h", "binance")
    assert emission.input_expr == {
        "type": "source",
        "source": "trades",
        "field": "volume",
        "symbol": "BTC",
        "exchange": "binance",
        "timeframe": "1h",
    }


def test_a_series_in_the_rule_is_a_source_of_its_own() -> None:
    own = LiteralNode(series("1 2 3 4 5 6"), type_tag="series_number")
    emission = only(Expression(CallNode("sma", [own, LiteralNode(2)])))
    assert (emission.input_binding.source, emission.input_binding.field) == ("series", "literal")
    assert emission.input_expr == {"type": "literal_series", "symbol": "BTCUSDT", "timeframe": "1h"}
    assert [point["value"] for point in emission.series] == [None, 1.5, 2.5, 3.5, 4.5, 5.5]


# How it is written and drawn


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("sma(20)", None),
        ("sma(20, 'volume')", None),
        ("atr(3)", None),
        ("close > 1", None),
        ("sma(-close, 2)", {"type": "unary", "operator": "neg"}),
        ("sma(close + 2, 2)", {"type": "binary", "operator": "add", "right": {"type": "literal", "value": 2.0}}),
        ("sma(ema(volume, 3), 2)", {"type": "indicator", "name": "ema", "params": {"period": 3}}),
        ("sma(select('open'), 2)", {"type": "indicator", "name": "select", "params": {"field": "open"}}),
        ("sma(close.1_ago, 2)", {"type": "unknown", "repr": "close.1_ago"}),
    ],
)
def test_the_input_is_written_as_plain_values(rule: str, written: dict[str, Any] | None) -> None:
    found = described(rule).input_expr
    assert found is None if written is None else written.items() <= (found or {}).items()


def test_parameters_are_those_it_is_computed_with() -> None:
    assert described("macd()").params == {"fast_period": 12, "slow_period": 26, "signal_period": 9}
    assert only("sma(close, 2 + 3)").params == {"period": 5}
    assert only("select('c') > 1").params == {"field": "close"}


@pytest.mark.parametrize(
    ("rule", "hints"),
    [
        ("sma(20)", OVERLAY),
        ("sma(volume, 50)", VOLUME),
        ("rolling_mean(3, field='volume')", VOLUME),
        ("rsi(14)", PANE),
        ("rsi(volume, 14)", PANE),
        ("atr(3)", PANE),
        ("stochastic(3, 2).k > 5", PANE),
        ("bbands(3).upper > 5", OVERLAY),
        ("sma(high - low, 3)", PANE),
        ("sma(rsi(14), 3)", PANE),
        ("sma(2 * -rsi(14)[1], 3)", PANE),
        ("crossup(rsi(3), 30)", PANE),
        ("sma(macd(close, 3, 5, 2).signal, 3)", PANE),
        ("sma(ema(close, 3), 3)", OVERLAY),
        ("ema(sma(volume, 3), 3)", VOLUME),
        ("sma(bbands(3).upper, 3)", OVERLAY),
        ("crossup(close, 3)", OVERLAY),
        ("close > 3", OVERLAY),
        ("volume > 3", VOLUME),
    ],
)
def test_an_output_is_drawn_where_its_unit_is(rule: str, hints: dict[str, str]) -> None:
    assert described(rule).render.to_dict() == hints


def test_a_histogram_is_drawn_as_bars() -> None:
    by_output = {one.output: one.render.to_dict() for one in emissions("macd(close, 3, 5, 2).signal > 0")}
    bars = {"role": "histogram", "pane_hint": "pane", "style_hint": "histogram"}
    assert by_output == {"macd": PANE, "signal": PANE, "histogram": bars}


def test_the_same_node_in_two_operands_is_mixed_only_where_data_differs() -> None:
    same = BinaryOpNode("add", SourceRefNode(None, "high"), SourceRefNode(None, "high"))
    assert bound(Expression(CallNode("sma", [same, LiteralNode(2)]))) == ("ohlcv", "high")
