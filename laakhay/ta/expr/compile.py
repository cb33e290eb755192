"""Text to checked intermediate representation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import _rust
from .ir.nodes import CanonicalExpression, ExprNode
from .ir.serialize import ir_from_dict


def compile_to_ir(expression_text: str) -> CanonicalExpression:
    """Read, normalise and check the text of a rule.

    Raises StrategyError when the text cannot be read and TypeCheckError when it does not fit together, with the place
    in the text.
    """
    return _rust.compile_text(expression_text)  # type: ignore[return-value]


def checked(expression: str | Mapping[str, Any] | ExprNode) -> CanonicalExpression:
    """Give the normal form of a rule as text, as a dictionary or as nodes; all are checked.

    Raises StrategyError, TypeCheckError, IRSearializationError for a dictionary that is no node, TypeError for anything
    else.
    """
    if isinstance(expression, str):
        return compile_to_ir(expression)
    node = ir_from_dict(expression) if isinstance(expression, Mapping) else expression
    if not isinstance(node, ExprNode):
        raise TypeError(f"a rule is text, a dictionary or nodes, not {type(node).__name__}")
    normal = _rust.normalize(node)
    _rust.check(normal)
    return normal  # type: ignore[return-value]


__all__ = ["checked", "compile_to_ir"]
