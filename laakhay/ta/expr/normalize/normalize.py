"""Brings a rule into its normal form: constants folded, `price` read as `close`."""

from __future__ import annotations

from .. import _rust
from ..ir.nodes import CanonicalExpression, LiteralNode


def normalize_expression(expr: CanonicalExpression) -> CanonicalExpression:
    """Give the normal form of a rule as new nodes; doing it twice changes nothing."""
    if isinstance(expr, LiteralNode):  # Already normal, and its value must come back as it is.
        return expr
    return _rust.normalize(expr)  # type: ignore[return-value]


__all__ = ["normalize_expression"]
