"""Reads the text of a rule."""

from __future__ import annotations

from laakhay.ta.exceptions import StrategyError

from ..compile import compile_to_ir
from ..ir.nodes import CanonicalExpression


class ExpressionParser:
    """Reads texts of rules; it holds nothing, so one can be shared."""

    def parse_text(self, text: str) -> CanonicalExpression:
        """Give the checked nodes of a text. Raises StrategyError or TypeCheckError with the place in the text."""
        return compile_to_ir(text)


__all__ = ["ExpressionParser", "StrategyError"]
