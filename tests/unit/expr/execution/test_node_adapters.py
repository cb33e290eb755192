"""Each kind of node, one bar at a time, with plain values."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from laakhay.ta.core.types import NOT_READY
from laakhay.ta.expr.ir import (
    AggregateNode,
    BinaryOperator,
    BinaryOpNode,
    CallNode,
    FilterNode,
    LiteralNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from tests.reference.node_adapters import (
    UndefinedArithmeticError,
    binary_value,
    eval_aggregate_step,
    eval_binary_step,
    eval_call_step,
    eval_filter_step,
    eval_literal_step,
    eval_source_ref_step,
    eval_time_shift_step,
    eval_unary_step,
)
from tests.reference.state import KernelState
from tests.unit.expr.by_hand import series

X = LiteralNode(0)
CLOSE = SourceRefNode("BTC", "close")

# Operator: result for 7 and 2, and for 2 and 7.
OPERATORS = {
    "add": (9, 9),
    "sub": (5, -5),
    "mul": (14, 14),
    "div": (Decimal("3.5"), Decimal(2) / Decimal(7)),
    "mod": (1, 2),
    "pow": (49, 128),
    "gt": (True, False),
    "gte": (True, False),
    "lt": (False, True),
    "lte": (False, True),
    "eq": (False, False),
    "neq": (True, True),
    "and": (True, True),
    "or": (True, True),
}


def binary(operator, left, right):
    return eval_binary_step(BinaryOpNode(operator, X, X), [left, right])


def test_every_operator_of_the_language_is_tested_here():
    assert set(OPERATORS) == set(get_args(BinaryOperator))


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_binary_operator_gives_exact_numbers_and_real_bools(operator):
    results = binary(operator, Decimal(7), Decimal(2)), binary(operator, Decimal(2), Decimal(7))
    assert results == OPERATORS[operator]
    kind = Decimal if operator in ("add", "sub", "mul", "div", "mod", "pow") else bool
    assert all(type(result) is kind for result in results)


def test_comparisons_equal_one_and_zero():
    assert binary("gt", 2, 1) == Decimal("1")
    assert binary("eq", 2, 3) == Decimal("0")
    assert binary("gte", Decimal("0.1"), 0.1) is True


def test_a_binary_operator_without_two_values_gives_none():
    node = BinaryOpNode("add", X, X)
    assert eval_binary_step(node, [Decimal(1)]) is None
    assert binary("add", None, Decimal(1)) is None
    assert binary("gt", NOT_READY, Decimal(1)) is None
    assert binary("neq", Decimal(1), "buy") is None
    assert binary("nand", Decimal(1), Decimal(1)) is None


def test_a_zero_divisor_has_zero_in_its_place():
    assert binary("div", Decimal(6), Decimal(0)) == Decimal("0")
    assert binary("mod", Decimal(6), Decimal(0)) is None
    assert binary("pow", Decimal(-8), Decimal("0.5")) is None


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("div", 6, 0),
        ("div", 0, 0),
        ("mod", 6, 0),
        ("pow", -8, Decimal("0.5")),
        ("pow", 0, -1),
        ("pow", 10, 400),
        ("mul", Decimal("1e200"), Decimal("1e200")),
    ],
)
def test_arithmetic_that_does_not_exist_is_said_to_be_undefined(operator, left, right):
    with pytest.raises(UndefinedArithmeticError):
        binary_value(operator, Decimal(left), Decimal(right))


def test_a_remainder_has_the_sign_of_the_dividend_and_any_size():
    assert binary("mod", Decimal(-7), Decimal(3)) == -1
    assert binary("mod", Decimal("1e60"), Decimal(7)) == 10**60 % 7
    assert binary("pow", Decimal(0), Decimal(0)) == 1


def test_a_source_reference_reads_its_own_field_first():
    assert eval_source_ref_step(CLOSE, {"ohlcv.close": 100.5, "close": 90}) == Decimal("100.5")
    assert eval_source_ref_step(CLOSE, {"close": "90"}) == 90
    assert eval_source_ref_step(CLOSE, {"close": "buy"}) is None
    assert eval_source_ref_step(CLOSE, {"close": Decimal(90)}) == Decimal(90)
    assert eval_source_ref_step(CLOSE, {"open": 1}) is None
    assert eval_source_ref_step(CLOSE, {"close": float("nan")}) is None


def test_a_literal_gives_its_exact_value():
    assert eval_literal_step(LiteralNode(0.1)) == Decimal("0.1")
    assert eval_literal_step(LiteralNode("buy")) == "buy"
    assert eval_literal_step(LiteralNode(None)) is None
    assert eval_literal_step(LiteralNode(True)) is True
    assert eval_literal_step(LiteralNode(series("7"))) == 7
    assert eval_literal_step(LiteralNode(series("7 8"))) is None


def test_a_unary_operator_changes_sign_or_truth():
    def unary(operator, value):
        return eval_unary_step(UnaryOpNode(operator, X), value)

    assert (unary("neg", Decimal(2)), unary("pos", Decimal(2))) == (-2, 2)
    assert (unary("not", Decimal(0)), unary("not", Decimal(1))) == (1, 0)
    assert unary("not", Decimal(0)) is True
    assert unary("neg", None) is unary("not", NOT_READY) is unary("sqrt", Decimal(1)) is None


def test_a_filter_keeps_what_its_condition_says():
    node = FilterNode(X, X)
    assert eval_filter_step(node, [Decimal(5), True]) == 5
    assert eval_filter_step(node, [Decimal(5), Decimal(0)]) is None
    assert eval_filter_step(node, [Decimal(5), None]) is None
    assert eval_filter_step(node, [Decimal(5), NOT_READY]) is None


def test_one_record_serves_every_statistic():
    state = KernelState()

    def take(operation, value):
        return eval_aggregate_step(AggregateNode(X, operation), value, state)

    assert take("sum", Decimal(2)) == 2
    assert take("sum", Decimal(3)) == 5
    assert take("avg", Decimal(5)) == Decimal(10) / Decimal(3)
    assert take("count", None) == 3
    assert (take("max", None), take("min", None)) == (5, 2)
    with pytest.raises(ValueError, match="Unknown operation"):
        take("median", None)


def test_statistics_of_nothing():
    results = {
        op: eval_aggregate_step(AggregateNode(X, op), None, KernelState()) for op in "count sum avg max min".split()
    }
    assert results == {"count": 0, "sum": 0, "avg": None, "max": None, "min": None}


def test_a_time_shift_looks_back():
    def run(shift, operation, values):
        state = KernelState()
        node = TimeShiftNode(X, shift, operation)
        return [eval_time_shift_step(node, value, state) for value in values]

    assert run("1", None, [Decimal(10), Decimal(12)]) == [None, 10]
    assert run("1h", "change", [Decimal(10), Decimal(13)]) == [None, 3]
    assert run("1h", "change_pct", [Decimal(10), Decimal(13)]) == [None, 30]
    assert run("1", "roc", [Decimal(10), Decimal(13)]) == [None, 30]
    assert run("1", "change_pct", [Decimal(0), Decimal(13), Decimal(26)]) == [None, 0, 100]
    assert run("2", None, [Decimal(1), None, Decimal(2), Decimal(3)]) == [None, None, None, 1]


def test_a_time_shift_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="Invalid shift format"):
        eval_time_shift_step(TimeShiftNode(X, "soon"), Decimal(1), KernelState())
    with pytest.raises(ValueError, match="Unknown time shift operation"):
        eval_time_shift_step(TimeShiftNode(X, "1", "log"), Decimal(1), KernelState())


def test_a_selection_reads_the_tick():
    select = CallNode("select", [], {"field": LiteralNode("volume")})
    assert eval_call_step(select, [], {"volume": 5}, KernelState()) == 5
    assert eval_call_step(select, [], {"ohlcv.volume": 6}, KernelState()) == 6
    assert eval_call_step(select, [], {"trades.volume": 7}, KernelState()) == 7
    assert eval_call_step(select, [], {}, KernelState()) is None
    assert eval_call_step(CallNode("select"), [], {"close": 8}, KernelState()) == 8


def test_an_indicator_is_fed_its_first_child_or_the_tick():
    explicit = CallNode("sma", [CLOSE], {"period": LiteralNode(2)})
    state = KernelState()
    assert [eval_call_step(explicit, [Decimal(x), Decimal(2)], {}, state) for x in (1, 3, 5)] == [None, 2, 4]
    implicit, state = CallNode("sma", [LiteralNode(2)]), KernelState()
    assert [eval_call_step(implicit, [Decimal(2)], {"close": x}, state) for x in (1, 3, None, 5)] == [None, 2, None, 4]


def test_an_indicator_with_several_outputs_gives_them_by_name():
    bar = {"high": 3, "low": 1, "close": 2}
    call = CallNode("stochastic", [LiteralNode(1), LiteralNode(2)])
    assert eval_call_step(call, [], bar, KernelState()) == {"k": 50, "d": None}
    assert eval_call_step(CallNode("stochastic", [LiteralNode(1)], output="k"), [], bar, KernelState()) == 50


def test_an_unknown_indicator_is_refused():
    with pytest.raises(ValueError, match="Unknown indicator"):
        eval_call_step(CallNode("no_such_thing"), [], {}, KernelState())
