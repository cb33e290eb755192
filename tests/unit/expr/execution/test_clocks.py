"""Names of streams, and at whose bars the nodes of a rule are computed."""

from __future__ import annotations

import pytest

from laakhay.ta.expr.execution.plan_reader import PlanReader
from laakhay.ta.expr.execution.references import stream_name
from laakhay.ta.expr.ir import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from laakhay.ta.expr.planner.types import AlignmentPolicy
from tests.reference.clocks import Clock, plan_clocks
from tests.unit.expr.by_hand import plan_by_hand, series


def ref(symbol=None, timeframe=None, source="ohlcv", field="close", **more):
    return SourceRefNode(symbol, field, source, timeframe=timeframe, **more)


def op(left, right):
    return BinaryOpNode("add", left, right)


CLOSE, TRADES = ref(), ref(source="trades", field="volume")
ETH, ADA = ref("ETH"), ref("ADA")
FOUR_HOURS, DAY = ref(timeframe="4h"), ref(timeframe="1d")


def clocks(root, named=None, timeframe="1h", policy=None):
    return plan_clocks(PlanReader(plan_by_hand(root, policy), timeframe), timeframe, named)


def clock(root, named=None, timeframe="1h", policy=None):
    """Give the streams of the root's clock."""
    found = clocks(root, named, timeframe, policy)
    node_id = max(found.nodes)  # The root is completed last.
    return None if found.nodes[node_id] is None else found.nodes[node_id].streams


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        (CLOSE, "ohlcv"),
        (TRADES, "trades"),
        (ETH, "ETH"),
        (ref("BTC/USDT", "4h"), "BTC/USDT.4h"),
        (ref("BTC", "1h", "trades", exchange="binance"), "binance.BTC.1h.trades"),
        (DAY, "ohlcv.1d"),
        (ref(timeframe="1d", source="trades"), "trades.1d"),
        (ref(exchange="binance"), "binance.ohlcv"),
        (ref("BTC", "1h", exchange="binance", instrument_type="perp"), "binance.BTC.perp.1h"),
    ],
)
def test_a_stream_has_the_name_of_its_chain(reference, name):
    assert stream_name(reference) == name


def test_a_node_has_the_clock_of_what_it_reads():
    for make in (
        lambda x: UnaryOpNode("neg", x),
        lambda x: op(x, LiteralNode(1)),
        lambda x: op(x, op(LiteralNode(1), LiteralNode(2))),
        lambda x: CallNode("sma", [x, LiteralNode(3)]),
        lambda x: TimeShiftNode(x, "2"),
        lambda x: IndexNode(x, LiteralNode(2)),
        lambda x: AggregateNode(x, "sum"),
        lambda x: FilterNode(x, op(x, LiteralNode(1))),
    ):
        for source, name in ((ETH, "ETH"), (FOUR_HOURS, "ohlcv.4h"), (TRADES, "trades"), (CLOSE, "ohlcv")):
            assert clock(make(source)) == (name,)


def test_constants_have_no_clock():
    assert clock(op(LiteralNode(1), LiteralNode(2)), "ohlcv") is None


def test_the_finest_timeframe_counts():
    assert clock(op(CLOSE, DAY)) == clock(op(DAY, CLOSE)) == ("ohlcv",)
    assert clock(op(CLOSE, DAY), timeframe="1w") == ("ohlcv.1d",)
    assert clock(op(FOUR_HOURS, DAY)) == ("ohlcv.4h",)
    assert clock(op(ref("ETH", "15m"), CLOSE)) == ("ETH.15m",)
    assert clock(op(ref(timeframe="30d"), ref(timeframe="1mo"))) == ("ohlcv.30d",)


def test_of_one_timeframe_the_plan_s_clock_counts_then_own_bars_then_own_sources_then_the_name():
    assert clock(op(CLOSE, ETH), "ETH") == ("ETH",)
    assert clock(op(CLOSE, ETH)) == clock(op(ETH, CLOSE)) == ("ohlcv",)
    assert clock(op(TRADES, CLOSE)) == ("ohlcv",)
    assert clock(op(ADA, TRADES)) == ("trades",)
    assert clock(op(ETH, ADA), "ohlcv") == ("ADA",)
    assert clock(op(CLOSE, ref("ETH", "60m"))) == ("ohlcv",)


def test_an_indicator_that_names_no_series_reads_own_bars():
    assert clock(CallNode("atr", [LiteralNode(3)])) == ("ohlcv",)
    assert clock(CallNode("select", [], {"field": LiteralNode("close")})) == ("ohlcv",)
    assert clock(op(CallNode("atr", [LiteralNode(3)]), DAY)) == ("ohlcv",)


def test_a_subexpression_has_the_same_clock_in_every_rule():
    average = CallNode("sma", [FOUR_HOURS, LiteralNode(20)])
    for root in (average, op(average, CLOSE), op(op(ETH, DAY), average)):
        plan = plan_by_hand(root)
        node_id = next(i for i, entry in plan.graph.nodes.items() if entry.node == average)
        assert plan_clocks(PlanReader(plan, "1h"), "1h", "ohlcv").nodes[node_id].streams == ("ohlcv.4h",)


def test_the_rows_are_those_of_the_named_stream_or_of_the_finest():
    assert clocks(op(ETH, FOUR_HOURS), "ohlcv").rows == Clock(("ohlcv",), "1h")
    assert clocks(op(CLOSE, FOUR_HOURS), "ohlcv.4h").rows == Clock(("ohlcv.4h",), "4h")
    assert clocks(op(DAY, FOUR_HOURS)).rows == Clock(("ohlcv.4h",), "4h")
    assert clocks(op(ADA, op(ETH, TRADES))).rows.streams == ("trades",)


@pytest.mark.parametrize(
    ("how", "streams", "needs_all"),
    [
        ("inner", ("ohlcv", "ADA", "ETH"), True),
        ("outer", ("ohlcv", "ADA", "ETH"), False),
        ("left", ("ohlcv",), True),
        ("right", ("ETH",), True),
    ],
)
def test_a_chosen_policy_says_at_which_times_streams_of_one_timeframe_meet(how, streams, needs_all):
    found = clocks(op(op(ETH, op(CLOSE, ADA)), DAY), "ohlcv", policy=AlignmentPolicy(how))
    expected = Clock(streams, "1h", needs_all)
    assert (found.nodes[max(found.nodes)], found.rows) == (expected, expected)
    assert clock(op(DAY, LiteralNode(1)), policy=AlignmentPolicy(how)) == ("ohlcv.1d",)


def test_a_chosen_policy_aligns_the_rows_with_streams_of_their_timeframe_alone():
    both = clocks(op(ETH, ref("ADA", "15m")), "ohlcv", policy=AlignmentPolicy("inner"))
    assert both.rows == Clock(("ohlcv", "ETH"), "1h")
    assert clocks(op(ETH, ADA), "ohlcv", policy=AlignmentPolicy("left")).rows == Clock(("ohlcv",), "1h")
    assert clocks(op(ETH, ADA), "ohlcv", policy=AlignmentPolicy("right")).rows == Clock(("ETH",), "1h")


def test_a_clock_ticks_where_all_its_streams_have_a_bar_or_any():
    both, either = Clock(("a", "b"), "1h"), Clock(("a", "b"), "1h", needs_all=False)
    assert (both.ticks({"a", "b", "c"}), both.ticks({"a", "c"})) == (True, False)
    assert (either.ticks({"b"}), either.ticks({"c"})) == (True, False)


def test_only_a_chosen_policy_that_does_not_fill_refuses_what_has_no_bar_now():
    hour, day = Clock(("ETH",), "1h"), Clock(("ETH.1d",), "1d")
    mine = Clock(("ETH", "ohlcv"), "1h", needs_all=False)
    outer = clocks(op(CLOSE, ETH), policy=AlignmentPolicy("outer"))
    assert not outer.reads_as_of(hour, mine)
    assert outer.reads_as_of(day, mine)
    assert clocks(op(CLOSE, ETH), policy=AlignmentPolicy("outer", "ffill")).reads_as_of(hour, mine)
    assert clocks(op(CLOSE, ETH)).reads_as_of(hour, mine)


def test_a_series_in_the_rule_itself_is_a_stream():
    column = series("1 2", timeframe="4h")
    found = clocks(op(LiteralNode(column), CLOSE), "ohlcv")
    assert found.nodes[0] == Clock(("literal.0",), "4h")
    assert found.nodes[max(found.nodes)].streams == ("ohlcv",)
