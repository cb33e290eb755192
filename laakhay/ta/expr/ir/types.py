"""Names used by the nodes of a rule: kinds of value and operators."""

from __future__ import annotations

from typing import Literal, get_args

ExprType = Literal["series_number", "series_bool", "scalar_number", "scalar_bool", "unknown"]
BinaryOperator = Literal["add", "sub", "mul", "div", "mod", "pow", "gt", "gte", "lt", "lte", "eq", "neq", "and", "or"]
UnaryOperator = Literal["not", "neg", "pos"]

EXPR_TYPES: frozenset[str] = frozenset(get_args(ExprType))
BINARY_OPERATORS: frozenset[str] = frozenset(get_args(BinaryOperator))
UNARY_OPERATORS: frozenset[str] = frozenset(get_args(UnaryOperator))
LOGICAL: frozenset[str] = frozenset({"and", "or"})

# What stands in a text for each operator; `and` and `or` are words.
ARITHMETIC_SYMBOLS: dict[str, BinaryOperator] = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "div",
    "%": "mod",
    "**": "pow",
}
COMPARISON_SYMBOLS: dict[str, BinaryOperator] = {
    ">": "gt",
    ">=": "gte",
    "<": "lt",
    "<=": "lte",
    "==": "eq",
    "!=": "neq",
}
UNARY_SYMBOLS: dict[str, UnaryOperator] = {"-": "neg", "+": "pos", "not": "not"}
COMPARISONS: frozenset[str] = frozenset(COMPARISON_SYMBOLS.values())
AGGREGATE_OPERATIONS: frozenset[str] = frozenset({"count", "sum", "avg", "max", "min"})

__all__ = [
    "AGGREGATE_OPERATIONS",
    "ARITHMETIC_SYMBOLS",
    "BINARY_OPERATORS",
    "COMPARISONS",
    "COMPARISON_SYMBOLS",
    "EXPR_TYPES",
    "LOGICAL",
    "UNARY_OPERATORS",
    "UNARY_SYMBOLS",
    "BinaryOperator",
    "ExprType",
    "UnaryOperator",
]
