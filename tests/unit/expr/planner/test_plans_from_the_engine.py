"""What is made of the engine's answers. A fake engine gives them; see conftest for what is real here."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from laakhay.ta.exceptions import PlanningError
from laakhay.ta.expr import _rust
from laakhay.ta.expr.dsl import compile_expression, compute_trim, extract_indicator_nodes
from laakhay.ta.expr.execution.context_builder import build_evaluation_context, collect_required_field_names
from laakhay.ta.expr.ir import BinaryOpNode, CallNode, IRSearializationError, LiteralNode, SourceRefNode, ir_to_dict
from laakhay.ta.expr.planner import (
    AlignmentPolicy,
    CallInput,
    DataRequirement,
    Graph,
    GraphNode,
    PlanResult,
    SignalRequirements,
    build_graph,
    compute_plan,
    plan_expression,
)
from laakhay.ta.expr.planner.planner import post_order
from laakhay.ta.expr.semantics import OHLCV, canonical_select_field, is_valid_source_field, ohlcv, trades
from tests.unit.expr.by_hand import bars, series

CLOSE = SourceRefNode(None, "close")
SMA = CallNode("sma", [CLOSE, LiteralNode(10)])


class Engine:
    """Answers as the compiled engine does, for `left > right` alone, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def plan_ir(self, text):
        self.asked.append(text)
        tree = json.loads(text)
        if tree["type"] == "call":
            return json.dumps(self.answer([tree], [[]], tree))
        children = [tree["left"], tree["right"]]
        return json.dumps(self.answer([*children, tree], [[], [], [0, 1]], tree))

    def answer(self, nodes, children, root):
        needs = [
            {"source": node["source"], "field": node["field"], "symbol": None, "min_lookback": 7}
            for node in nodes
            if node["type"] == "source_ref"
        ] or [{"source": "ohlcv", "field": "close", "min_lookback": 10}]
        return {
            "graph_hash": "abc",
            "root_id": len(nodes) - 1,
            "nodes": [
                {"id": i, "children": c, "signature": n["type"], "hash": str(i), "ir": n}
                for i, (n, c) in enumerate(zip(nodes, children, strict=True))
            ],
            "node_order": list(range(len(nodes))),
            "requirements": {"data_requirements": needs * 2, "time_based_queries": ["1h"]},
            "calls": {
                str(i): {
                    "name": "sma",
                    "kernel": "sma",
                    "params": {"period": 10},
                    "inputs": [{"field": "close"}],
                    "outputs": ["value"],
                    "is_bool": False,
                }
                for i, n in enumerate(nodes)
                if n["type"] == "call"
            },
        }

    def normalize_ir(self, text):
        self.asked.append("normalize")
        return text

    def check_ir(self, text):
        self.asked.append("check")

    def compile_text(self, text):
        return json.dumps(ir_to_dict(BinaryOpNode("gt", SMA, CLOSE)))


@pytest.fixture
def engine(monkeypatch):
    fake = Engine()
    monkeypatch.setattr(_rust, "ta_py", fake)
    return fake


def test_a_plan_is_read_from_the_engine(engine):
    plan = plan_expression(BinaryOpNode("gt", SMA, LiteralNode(5.0)))
    assert plan.graph_hash == "abc"
    assert plan.node_order == (0, 1, 2)
    assert plan.graph.nodes[2].children == (0, 1)
    assert plan.graph.nodes[0].node == SMA
    assert plan.calls[0].inputs == (CallInput(field="close"),)
    assert plan.calls[0].params == {"period": 10}
    assert plan.requirements.data_requirements == (DataRequirement("ohlcv", "close", min_lookback=10),)
    assert plan.requirements.time_based_queries == ("1h",)


def test_a_plan_as_a_dictionary_has_the_published_keys(engine):
    assert plan_expression(SMA).to_dict() == {
        "graph_hash": "abc",
        "node_order": [0],
        "requirements": {
            "data_requirements": [
                {
                    "source": "ohlcv",
                    "field": "close",
                    "symbol": None,
                    "exchange": None,
                    "timeframe": None,
                    "min_lookback": 10,
                    "aggregation_params": None,
                }
            ],
            "time_based_queries": ["1h"],
        },
        "alignment": {"how": "inner", "fill": "none", "left_fill_value": None, "right_fill_value": None},
    }


def test_literals_that_json_lacks_come_back_as_they_were(engine):
    exact, column = Decimal("0.1"), series("1 2", timeframe="4h")
    plan = plan_expression(BinaryOpNode("gt", LiteralNode(column), LiteralNode(exact)))
    assert '"value": 0.1' in engine.asked[0]
    assert '"series_0"' in engine.asked[0]
    assert plan.graph.nodes[0].node.value is column
    assert plan.graph.nodes[1].node.value is exact
    assert plan.graph.nodes[2].node.left.value is column
    assert plan.requirements.data_requirements == (DataRequirement("ohlcv", "close", timeframe="4h", min_lookback=7),)


def test_one_series_twice_is_one_source(engine):
    column = series("1 2")
    plan_expression(BinaryOpNode("gt", LiteralNode(column), LiteralNode(column)))
    assert "series_1" not in engine.asked[0]


def test_a_number_that_is_not_finite_cannot_be_planned(engine):
    with pytest.raises(IRSearializationError, match="not finite"):
        plan_expression(LiteralNode(float("nan")))


def test_a_graph_built_by_hand_keeps_its_ids(engine):
    nodes = {
        7: GraphNode(7, BinaryOpNode("gt", SMA, CLOSE), (3, 5), (), "g"),
        3: GraphNode(3, SMA, (), (), "s"),
        5: GraphNode(5, CLOSE, (), (), "c"),
    }
    plan = compute_plan(Graph(root_id=7, nodes=nodes, hash="mine"))
    assert (plan.node_order, plan.graph_hash) == ((3, 5, 7), "mine")
    with pytest.raises(PlanningError, match="no node 5"):
        compute_plan(Graph(root_id=7, nodes={7: nodes[7], 3: nodes[3]}, hash=""))
    assert build_graph(SMA).root_id == 0


def test_a_long_chain_has_an_order():
    nodes = {i: GraphNode(i, CLOSE, (i - 1,) if i else (), (), "") for i in range(5_000)}
    assert post_order(Graph(4_999, nodes, "")) == tuple(range(5_000))


def test_published_types_have_their_defaults():
    assert AlignmentPolicy().cache_key() == ("inner", "none", None, None)
    assert AlignmentPolicy(is_explicit=False) == AlignmentPolicy()  # What is compared are the four settings.
    assert "is_explicit" not in repr(AlignmentPolicy())
    assert SignalRequirements() == SignalRequirements((), ())
    plan = PlanResult(Graph(0, {}, "h"), (0,), SignalRequirements(), AlignmentPolicy())
    assert (plan.graph_hash, plan.calls) == ("h", {})


def test_every_way_in_is_normalised_and_checked(engine):
    compile_expression(SMA)
    compile_expression(ir_to_dict(SMA))
    assert engine.asked == ["normalize", "check"] * 2
    with pytest.raises(TypeError, match="not int"):
        compile_expression(5)


def test_calls_are_found_from_the_outside_in_and_left_to_right(engine):
    select = CallNode("select", [], {"field": LiteralNode("volume")})
    inner = CallNode("ema", [SMA])
    tree = BinaryOpNode("and", BinaryOpNode("gt", select, inner), CallNode("rsi", [], {"period": LiteralNode(14)}))
    assert [node.name for node in extract_indicator_nodes(tree)] == ["select", "ema", "sma", "rsi"]
    assert [node.name for node in extract_indicator_nodes("sma(close, 10) > close")] == ["sma"]


def test_bars_to_leave_out_are_the_longest_look_back(engine):
    assert compute_trim(SMA) == 10
    assert compute_trim([SMA, CallNode("select")]) == 10
    assert compute_trim([CallNode("select")]) == 0


def test_fields_of_a_context_are_never_those_of_another_source():
    data = bars()
    data.add_series("BTCUSDT", "1h", series("1 2"), "trades_volume")
    data.add_series("BTCUSDT", "1h", series("3 4"), "orderbook_imbalance")
    context = build_evaluation_context(data, "BTCUSDT", "1h", ["close"])
    assert context["volume"] is context["ohlcv.volume"]
    assert context["trades.volume"].values == context["trades"].values == (1, 2)
    assert context["imbalance"] is context["orderbook.imbalance"]
    assert context["price"] is context["close"]
    assert build_evaluation_context(data, "ETHUSDT", "1h", []) == {}


def test_the_close_is_needed_when_nothing_is_named():
    assert collect_required_field_names(SignalRequirements()) == ["close"]
    needs = (DataRequirement("trades", "volume"), DataRequirement("ohlcv", "high"), DataRequirement("ohlcv", "volume"))
    assert collect_required_field_names(SignalRequirements(needs)) == ["high", "volume"]


def test_sources_know_their_fields():
    assert "HLC3" in OHLCV and 5 not in OHLCV
    assert list(OHLCV) == sorted(OHLCV.field_names)
    assert canonical_select_field(" C ") == "close"
    assert is_valid_source_field("trades", None) and not is_valid_source_field("trades", "open")
    assert ohlcv("C")._node == CLOSE
    assert trades("Amount")._node == SourceRefNode(None, "amount", "trades")
    with pytest.raises(ValueError, match="is not valid for source 'trades'"):
        trades("open")
