"""Intermediate representation of a rule: nodes, their types, and their written form."""

from __future__ import annotations

from .nodes import (
    SCALAR_SYMBOL,
    AggregateNode,
    BinaryOpNode,
    CallNode,
    CanonicalExpression,
    ExprNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    LoopNode,
    LoopValue,
    MemberAccessNode,
    OwnNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from .serialize import IRSearializationError, ir_from_dict, ir_to_dict
from .types import BinaryOperator, ExprType, UnaryOperator

__all__ = [
    "SCALAR_SYMBOL",
    "AggregateNode",
    "BinaryOpNode",
    "BinaryOperator",
    "CallNode",
    "CanonicalExpression",
    "ExprNode",
    "ExprType",
    "FilterNode",
    "IRSearializationError",
    "IndexNode",
    "LiteralNode",
    "LoopNode",
    "LoopValue",
    "MemberAccessNode",
    "OwnNode",
    "SourceRefNode",
    "TimeShiftNode",
    "UnaryOpNode",
    "UnaryOperator",
    "ir_from_dict",
    "ir_to_dict",
]
