"""Text to checked intermediate representation."""

from __future__ import annotations

from . import _rust
from .ir.nodes import CanonicalExpression


def compile_to_ir(expression_text: str) -> CanonicalExpression:
    """Read, normalise and check the text of a rule.

    Raises StrategyError when the text cannot be read and TypeCheckError when it does not fit together, with the place
    in the text.
    """
    return _rust.compile_text(expression_text)  # type: ignore[return-value]


__all__ = ["compile_to_ir"]
