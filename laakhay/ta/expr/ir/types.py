"""Names used by the nodes of a rule: kinds of value and operators."""

from __future__ import annotations

from typing import Literal, get_args

ExprType = Literal["series_number", "series_bool", "scalar_number", "scalar_bool", "unknown"]
BinaryOperator = Literal["add", "sub", "mul", "div", "mod", "pow", "gt", "gte", "lt", "lte", "eq", "neq", "and", "or"]
UnaryOperator = Literal["not", "neg", "pos"]

EXPR_TYPES: frozenset[str] = frozenset(get_args(ExprType))
BINARY_OPERATORS: frozenset[str] = frozenset(get_args(BinaryOperator))
UNARY_OPERATORS: frozenset[str] = frozenset(get_args(UnaryOperator))
COMPARISONS: frozenset[str] = frozenset({"gt", "gte", "lt", "lte", "eq", "neq"})
LOGICAL: frozenset[str] = frozenset({"and", "or"})
AGGREGATE_OPERATIONS: frozenset[str] = frozenset({"count", "sum", "avg", "max", "min"})

__all__ = [
    "AGGREGATE_OPERATIONS",
    "BINARY_OPERATORS",
    "COMPARISONS",
    "EXPR_TYPES",
    "LOGICAL",
    "UNARY_OPERATORS",
    "BinaryOperator",
    "ExprType",
    "UnaryOperator",
]
