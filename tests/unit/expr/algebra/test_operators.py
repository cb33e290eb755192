"""Python operators make the nodes that the language has for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from laakhay.ta.expr import algebra
from laakhay.ta.expr._rust import draw, render
from laakhay.ta.expr.algebra import Expression, alignment_func, as_expression, get_policy
from laakhay.ta.expr.algebra.operators import _to_node
from laakhay.ta.expr.algebra.scalar_helpers import _broadcast_scalar_series, _make_scalar_series
from laakhay.ta.expr.ir import (
    SCALAR_SYMBOL,
    AggregateNode,
    BinaryOpNode,
    CallNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    MemberAccessNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from laakhay.ta.expr.planner.planner import get_alignment_policy
from tests.unit.expr.by_hand import plan_by_hand, series

A, B = LiteralNode(10), LiteralNode(20)
E, F = Expression(A), Expression(B)
CLOSE = SourceRefNode(None, "close")

BINARY = {
    "add": lambda e, f: e + f,
    "sub": lambda e, f: e - f,
    "mul": lambda e, f: e * f,
    "div": lambda e, f: e / f,
    "mod": lambda e, f: e % f,
    "pow": lambda e, f: e**f,
    "eq": lambda e, f: e == f,
    "neq": lambda e, f: e != f,
    "lt": lambda e, f: e < f,
    "lte": lambda e, f: e <= f,
    "gt": lambda e, f: e > f,
    "gte": lambda e, f: e >= f,
    "and": lambda e, f: e & f,
    "or": lambda e, f: e | f,
}


@pytest.mark.parametrize("operator", BINARY)
def test_a_binary_operator_makes_its_node(operator):
    assert BINARY[operator](E, F)._node == BinaryOpNode(operator, A, B)
    assert BINARY[operator](E, 20)._node == BinaryOpNode(operator, A, B)


@pytest.mark.parametrize("operator", ["add", "sub", "mul", "div", "mod", "pow", "and", "or"])
def test_a_number_on_the_left_stays_on_the_left(operator):
    assert BINARY[operator](10, F)._node == BinaryOpNode(operator, A, B)


def test_a_comparison_with_a_number_on_the_left_is_turned_round():
    assert (5 < E)._node == BinaryOpNode("gt", A, LiteralNode(5))


def test_unary_operators_make_their_nodes():
    assert [(-E)._node, (+E)._node, (~E)._node] == [UnaryOpNode(op, A) for op in ("neg", "pos", "not")]


def test_operands_become_nodes():
    class Handle:
        def _to_expression(self):
            return E

    nodes = [CLOSE, CallNode("sma"), FilterNode(CLOSE, CLOSE), AggregateNode(CLOSE, "sum"), TimeShiftNode(CLOSE, "1")]
    nodes += [MemberAccessNode(CLOSE, "k"), IndexNode(CLOSE, A), UnaryOpNode("neg", A), BinaryOpNode("add", A, B), A]
    assert all(_to_node(node) is node for node in nodes)
    assert _to_node(Handle()) is A
    literals = [1, 2.5, Decimal("1.5"), "x", None, series("1 2")]
    assert [_to_node(value).value for value in literals] == literals


def test_an_expression_stays_itself_and_is_true_when_compared_with_itself():
    assert as_expression(E) is E
    assert as_expression(E) == E
    assert len({E, F, E}) == 2
    with pytest.raises(TypeError, match="made of a node"):
        Expression(5)


@pytest.mark.parametrize(
    "lost",
    [lambda: 1 < E < 5, lambda: E and F, lambda: E or F, lambda: not E, lambda: bool(E > F)],
    ids=["chained", "and", "or", "not", "bool"],
)
def test_what_python_would_make_of_half_a_rule_is_warned_of(lost):
    with pytest.warns(UserWarning, match="combine rules with &, | and ~"):
        lost()


def test_equality_as_a_condition_says_whether_the_rules_are_the_same_without_a_warning():
    assert not (E == F) and (E != F)
    assert (E == Expression(LiteralNode(10))) and not (E != Expression(LiteralNode(10)))
    assert E in [F, E] and E not in [F]
    assert (E == 10) and (E != 20) and (E != None) and (E != "10")  # noqa: E711


def test_the_alignment_policy_nests_and_is_restored():
    assert get_policy() == ("inner", "none", None, None)
    with alignment_func(how="outer", fill="ffill"):
        with alignment_func(left_fill_value=0):
            assert get_policy() == ("outer", "ffill", 0, None)
        assert get_policy() == ("outer", "ffill", None, None)
    assert get_policy() == ("inner", "none", None, None)
    with pytest.raises(ValueError, match="Unsupported alignment strategy 'near'"), alignment_func(how="near"):
        pass
    assert algebra.alignment.alignment is alignment_func


def test_a_plan_follows_the_policy_of_the_moment():
    expression = Expression(CLOSE)
    expression._plan_cache = plan_by_hand(CLOSE)
    graph = expression._ensure_plan().graph
    with alignment_func(how="outer"):
        assert expression._ensure_plan().alignment.how == "outer"
        assert expression._ensure_plan().graph is graph
    assert expression._ensure_plan().alignment.how == "inner"


def test_a_policy_that_is_chosen_differs_from_the_same_one_by_default():
    expression = Expression(CLOSE)
    expression._plan_cache = plan_by_hand(CLOSE)
    assert not expression._ensure_plan().alignment.is_explicit
    with alignment_func(how="inner"):
        assert expression._ensure_plan().alignment.is_explicit
        with alignment_func():
            assert get_alignment_policy().is_explicit
    assert not expression._ensure_plan().alignment.is_explicit
    assert get_alignment_policy().cache_key() == ("inner", "none", None, None)


def test_a_number_can_be_spread_over_a_series():
    scalar = _make_scalar_series(42)
    assert (scalar.symbol, scalar.timeframe, scalar.values, scalar.availability_mask) == (
        SCALAR_SYMBOL,
        "1s",
        (42,),
        (True,),
    )
    assert scalar.timestamps[0].isoformat() == "1970-01-01T00:00:00+00:00"
    target = series("1 2")
    spread = _broadcast_scalar_series(scalar, target)
    assert (spread.values, spread.symbol, spread.timestamps) == ((42, 42), "BTCUSDT", target.timestamps)
    assert _broadcast_scalar_series(target, spread) is target


def test_a_rule_is_shown_as_it_would_be_written():
    sma = CallNode("sma", [CLOSE], {"period": LiteralNode(20)})
    shown = {
        "10 + 20": (E + F)._node,
        "sma(close, period=20)": sma,
        "not ohlcv.close > 10": UnaryOpNode("not", BinaryOpNode("gt", CLOSE, A)),
        "trades.filter(amount > 10).sum(price)": AggregateNode(
            FilterNode(
                SourceRefNode(None, None, "trades"), BinaryOpNode("gt", SourceRefNode(None, "amount", "trades"), A)
            ),
            "sum",
            "price",
        ),
        "ohlcv.close.24h_ago": TimeShiftNode(CLOSE, "24h"),
        "ohlcv.close.change_pct_1h": TimeShiftNode(CLOSE, "1h", "change_pct"),
        "ohlcv.close[10]": IndexNode(CLOSE, A),
        "sma(close, period=20).upper": MemberAccessNode(sma, "upper"),
        "binance.BTC.1h.ohlcv.close": SourceRefNode("BTC", "close", exchange="binance", timeframe="1h"),
    }
    assert {render(node): node for node in shown.values()} == shown
    assert repr(E + F) == "10 + 20"


def test_a_drawing_has_a_box_per_node_and_an_edge_per_child():
    dot = draw(BinaryOpNode("gt", CLOSE, LiteralNode('a"b')))
    assert dot.splitlines() == [
        "digraph Expression {",
        "  rankdir=LR;",
        "  node [shape=box];",
        '  n0 [label="SourceRef ohlcv.close"];',
        '  n1 [label="Literal \'a\\"b\'"];',
        '  n2 [label="Binary >"];',
        '  n2 -> n0 [label="left"];',
        '  n2 -> n1 [label="right"];',
        "}",
    ]


def test_boxes_of_different_nodes_say_different_things():
    nodes = [
        CallNode("sma", [CLOSE, LiteralNode(20)]),
        CallNode("sma", [CLOSE, LiteralNode(50)]),
        CallNode("sma", [], {"period": LiteralNode(20)}),
        CallNode("sma", [LiteralNode(20), LiteralNode("volume")]),
        CallNode("macd", [CLOSE], output="signal"),
        CallNode("macd", [CLOSE], output="histogram"),
        AggregateNode(CLOSE, "sum"),
        AggregateNode(CLOSE, "sum", "volume"),
        LiteralNode(20),
        LiteralNode(20.0),
        LiteralNode("20"),
        LiteralNode("x" * 500 + "1"),
        LiteralNode("x" * 500 + "2"),
        SourceRefNode("BTC/USDT", "close", exchange="binance", timeframe="1h", instrument_type="perp"),
        SourceRefNode("BTC/USDT", "close", exchange="binance", timeframe="1h", instrument_type="spot"),
        TimeShiftNode(CLOSE, "24h"),
        TimeShiftNode(CLOSE, "24h", "change"),
    ]
    dots = [draw(node).splitlines() for node in nodes]
    labels = [next(line for line in reversed(dot) if "label=" in line and "->" not in line) for dot in dots]
    assert len({label.split("[label=")[1] for label in labels}) == len(nodes)
    assert "label=\"Call sma(20, 'volume')\"" in labels[3]


def test_edges_say_which_operand_is_which():
    def edges(node):
        return [line.strip() for line in draw(node).splitlines() if "->" in line]

    assert edges(BinaryOpNode("sub", A, B)) == ['n2 -> n0 [label="left"];', 'n2 -> n1 [label="right"];']
    assert edges(FilterNode(CLOSE, A)) == ['n2 -> n0 [label="series"];', 'n2 -> n1 [label="condition"];']
    call = CallNode("f", [CLOSE, A], {"z": B, "b": LiteralNode(1)})
    assert [edge.split(" ", 3)[3] for edge in edges(call)] == [f'[label="{name}"];' for name in ("1", "2", "b", "z")]
    assert edges(UnaryOpNode("neg", A)) == ["n1 -> n0;"]


def test_a_text_with_quotes_backslashes_and_line_breaks_stays_one_valid_label():
    (line,) = [one for one in draw(LiteralNode('a"\\\n')).splitlines() if "label" in one]
    inner = line.split('label="')[1].removesuffix('"];')
    unescaped = inner.replace("\\\\", "").replace('\\"', "")
    assert '"' not in unescaped and "\n" not in line
