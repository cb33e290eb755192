"""Rules as text: reading, writing, and asking what they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from laakhay.ta.exceptions import StrategyError

from ..algebra.operators import Expression
from ..compile import checked, compile_to_ir
from ..ir.nodes import CallNode, CanonicalExpression, ExprNode
from ..ir.serialize import ir_from_dict, ir_to_dict
from .analyzer import IndicatorAnalyzer

expression_to_dict = ir_to_dict
expression_from_dict = ir_from_dict


def parse_expression_text(text: str) -> CanonicalExpression:
    """Give the checked nodes of a text.

    Raises StrategyError when the text cannot be read, TypeCheckError when it does not fit together.
    """
    return compile_to_ir(text)


def compile_expression(expression: str | Mapping[str, Any] | ExprNode | Expression) -> Expression:
    """Give an `Expression` of a text, a dictionary or nodes; all are normalised and checked.

    Raises StrategyError, TypeCheckError, or IRSearializationError for a dictionary that is no node.
    """
    return Expression(_checked(expression))


def extract_indicator_nodes(expression: str | Mapping[str, Any] | ExprNode | Expression) -> list[CallNode]:
    """Give every call in a rule: a call before what it is called with, left before right."""
    return IndicatorAnalyzer().collect(_checked(expression))


def compute_trim(
    expression: str | Mapping[str, Any] | ExprNode | Expression | Iterable[CallNode],
) -> int:
    """Give the number of bars that a rule, or any of a list of calls, needs for one value."""
    if isinstance(expression, (str, Mapping, ExprNode, Expression)):
        return IndicatorAnalyzer().compute_trim([_checked(expression)])
    return IndicatorAnalyzer().compute_trim(node for node in expression if node.name != "select")


def _checked(expression: str | Mapping[str, Any] | ExprNode | Expression) -> CanonicalExpression:
    return checked(expression._node if isinstance(expression, Expression) else expression)


__all__ = [
    "CallNode",
    "CanonicalExpression",
    "StrategyError",
    "compile_expression",
    "compute_trim",
    "expression_from_dict",
    "expression_to_dict",
    "extract_indicator_nodes",
    "parse_expression_text",
]
