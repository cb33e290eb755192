"""Nodes compare by value however they were built, and survive being written."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import FrozenInstanceError, fields
from decimal import Decimal
from typing import get_args

import pytest

from laakhay.ta.expr.ir import (
    SCALAR_SYMBOL,
    AggregateNode,
    BinaryOpNode,
    CallNode,
    CanonicalExpression,
    FilterNode,
    IndexNode,
    IRSearializationError,
    LiteralNode,
    LoopNode,
    LoopValue,
    MemberAccessNode,
    OwnNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
    ir_from_dict,
    ir_to_dict,
)
from laakhay.ta.expr.ir.serialize import MAX_DEPTH
from tests.unit.expr.by_hand import series

CLOSE = SourceRefNode(None, "close")
CALL = CallNode("sma", [CLOSE, LiteralNode(20)], {"source": LiteralNode("volume")})

EVERY_KIND = [
    LiteralNode(42),
    LiteralNode(50.0),
    LiteralNode(True, type_tag="scalar_bool"),
    LiteralNode(None),
    LiteralNode("latest"),
    LiteralNode([1, {"a": 2.5}]),
    SourceRefNode("BTC/USDT", "close", "ohlcv", "binance", "1h", "BTC", "USDT", "perp"),
    SourceRefNode(None, None, "trades"),
    CALL,
    CallNode("tr"),
    CallNode("macd", output="signal"),
    BinaryOpNode("gt", CALL, LiteralNode(5), 3, 9, "series_bool"),
    UnaryOpNode("not", CALL),
    FilterNode(CLOSE, BinaryOpNode("gt", CLOSE, LiteralNode(1))),
    AggregateNode(CLOSE, "sum", "price"),
    AggregateNode(CLOSE, "count"),
    TimeShiftNode(CLOSE, "24h_ago"),
    TimeShiftNode(CLOSE, "1h", "change_pct"),
    MemberAccessNode(CALL, "upper"),
    IndexNode(CLOSE, LiteralNode(1)),
    LoopNode([LoopValue("x", IndexNode(OwnNode("x"), LiteralNode(1)), CLOSE, LiteralNode(True))], "x"),
    LoopNode((LoopValue("X", CLOSE), LoopValue("y", OwnNode("X"), LiteralNode(0))), "y", 1, 2, "series_number"),
    OwnNode("Stop", type_tag="series_bool"),
]


@pytest.mark.parametrize("node", EVERY_KIND, ids=lambda node: type(node).__name__)
def test_a_node_survives_being_written_as_json(node):
    again = ir_from_dict(json.loads(json.dumps(ir_to_dict(node))))
    assert again == node
    assert ir_to_dict(again) == ir_to_dict(node)
    assert hash(again) == hash(node)


def test_every_kind_of_node_is_tested_here():
    assert {type(node) for node in EVERY_KIND} == set(get_args(CanonicalExpression))


@pytest.mark.parametrize("node", EVERY_KIND, ids=lambda node: type(node).__name__)
def test_a_node_can_be_copied_and_pickled(node):
    assert copy.deepcopy(node) == node
    assert pickle.loads(pickle.dumps(node)) == node


def test_calls_built_from_a_list_and_from_a_tuple_are_equal():
    one = CallNode("sma", [CLOSE, LiteralNode(20)], {"a": LiteralNode(1), "b": LiteralNode(2)})
    other = CallNode("sma", (CLOSE, LiteralNode(20)), {"b": LiteralNode(2), "a": LiteralNode(1)})
    assert one == other
    assert hash(one) == hash(other)
    assert one.args == [CLOSE, LiteralNode(20)]
    assert [CLOSE, LiteralNode(20)] == one.args
    assert one.args == (CLOSE, LiteralNode(20))
    assert one.args != [CLOSE]
    assert isinstance(one.args, tuple) and isinstance(one.kwargs, dict)


def test_a_literal_follows_python_equality_and_keeps_its_type():
    assert LiteralNode(1) == LiteralNode(1.0) == LiteralNode(True)
    assert type(ir_from_dict(ir_to_dict(LiteralNode(50))).value) is int
    assert type(ir_from_dict(ir_to_dict(LiteralNode(50.0))).value) is float


def test_literals_of_any_kind_can_be_hashed():
    for value in ([1, [2]], {"a": [1]}, Decimal("1.5"), series("1 2"), None):
        assert hash(LiteralNode(value)) == hash(LiteralNode(value))


def test_a_node_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        CALL.name = "ema"
    with pytest.raises(TypeError, match="cannot be changed"):
        CALL.kwargs["source"] = LiteralNode("close")
    with pytest.raises(TypeError, match="cannot be changed"):
        CALL.kwargs.update(period=LiteralNode(1))


def test_fields_stand_in_the_published_order():
    tail = ["span_start", "span_end", "type_tag"]
    source = ["symbol", "field", "source", "exchange", "timeframe", "base", "quote", "instrument_type"]
    assert [f.name for f in fields(SourceRefNode)] == source + tail
    assert [f.name for f in fields(CallNode)] == ["name", "args", "kwargs", "output", *tail]
    assert [f.name for f in fields(BinaryOpNode)] == ["operator", "left", "right", *tail]
    assert [f.name for f in fields(AggregateNode)] == ["series", "operation", "field", *tail]
    assert SCALAR_SYMBOL == "__SCALAR__"


def test_default_tags_are_those_of_the_class():
    assert LiteralNode(True).type_tag == "scalar_number"
    assert CALL.type_tag == CLOSE.type_tag == "series_number"
    assert UnaryOpNode("neg", CLOSE).type_tag == "unknown"


def test_optional_keys_are_written_only_when_set():
    assert ir_to_dict(SourceRefNode(None, "close")) == {
        "type": "source_ref",
        "symbol": None,
        "field": "close",
        "source": "ohlcv",
        "type_tag": "series_number",
    }
    assert ir_to_dict(CallNode("tr")) == {
        "type": "call",
        "name": "tr",
        "args": [],
        "kwargs": {},
        "type_tag": "series_number",
    }
    assert "type_tag" not in ir_to_dict(UnaryOpNode("neg", CLOSE))


def test_an_unknown_tag_is_kept_where_the_class_has_another_default():
    node = SourceRefNode(None, "close", type_tag="unknown")
    assert ir_from_dict(ir_to_dict(node)) == node


def test_reading_fills_in_defaults():
    assert ir_from_dict({"type": "call", "name": "SMA"}) == CallNode("sma")
    assert ir_from_dict({"type": "source_ref", "symbol": "BTC", "field": 5}) == SourceRefNode("BTC", "5")


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"type": "nonsense"}, "unknown node type 'nonsense'"),
        ({}, "unknown node type None"),
        ([], "written as an object"),
        ({"type": "literal"}, "'value' is missing"),
        ({"type": "binary_op", "operator": "add", "left": {"type": "literal", "value": 1}}, "'right' is missing"),
        ({"type": "unary_op", "operator": "add", "operand": {"type": "literal", "value": 1}}, "unknown operator 'add'"),
        ({"type": "unary_op", "operator": "neg", "operand": 3}, "written as an object"),
        ({"type": "call", "name": "sma", "args": {}}, "'args' of call is a list"),
        ({"type": "call", "name": "sma", "kwargs": []}, "'kwargs' of call is an object"),
        ({"type": "call", "name": 3}, "'name' of call is text"),
        ({"type": "aggregate", "series": {"type": "literal", "value": 1}}, "'operation' is missing"),
        ({"type": "literal", "value": 1, "type_tag": "number"}, "unknown type_tag"),
        ({"type": "literal", "value": 1, "span_start": "x"}, "'span_start' of literal is a whole number"),
    ],
)
def test_a_malformed_dictionary_is_refused_by_name(payload, message):
    with pytest.raises(IRSearializationError, match=message):
        ir_from_dict(payload)


@pytest.mark.parametrize("value", [Decimal(1), float("nan"), float("inf"), {1: 2}, object()])
def test_what_json_lacks_cannot_be_written(value):
    with pytest.raises(IRSearializationError):
        ir_to_dict(LiteralNode(value))


def test_an_object_that_is_no_node_cannot_be_written():
    with pytest.raises(IRSearializationError, match="str is not a node"):
        ir_to_dict("close")


def test_nesting_has_a_limit_in_both_directions():
    node, payload = LiteralNode(1), {"type": "literal", "value": 1}
    for _ in range(MAX_DEPTH):
        node, payload = UnaryOpNode("neg", node), {"type": "unary_op", "operator": "neg", "operand": payload}
    with pytest.raises(IRSearializationError, match="nested deeper"):
        ir_to_dict(node)
    with pytest.raises(IRSearializationError, match="nested deeper"):
        ir_from_dict(payload)
    assert ir_from_dict(ir_to_dict(node.operand)) == node.operand
