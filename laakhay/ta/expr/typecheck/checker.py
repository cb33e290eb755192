"""Checks that the parts of a rule fit together."""

from __future__ import annotations

from laakhay.ta.exceptions import TypeCheckError

from .. import _rust
from ..ir.nodes import CanonicalExpression


def typecheck_expression(expr: CanonicalExpression) -> CanonicalExpression:
    """Give back the same object when the rule fits together. Raises TypeCheckError, a ValueError, when not."""
    _rust.check(expr)
    return expr


__all__ = ["TypeCheckError", "typecheck_expression"]
