"""Reads the text of a rule."""

from __future__ import annotations

from laakhay.ta.exceptions import StrategyError

from ..compile import compile_to_ir
from ..ir.nodes import CanonicalExpression
from ..ir.types import ARITHMETIC_SYMBOLS, COMPARISON_SYMBOLS, UNARY_SYMBOLS, BinaryOperator, UnaryOperator

# Symbols of the language with the operators they become.
_BIN_OP_MAP: dict[str, BinaryOperator] = ARITHMETIC_SYMBOLS
_COMPARE_MAP: dict[str, BinaryOperator] = COMPARISON_SYMBOLS
_UNARY_MAP: dict[str, UnaryOperator] = UNARY_SYMBOLS


class ExpressionParser:
    """Reads texts of rules; it holds nothing, so one can be shared."""

    def parse_text(self, text: str) -> CanonicalExpression:
        """Give the checked nodes of a text. Raises StrategyError or TypeCheckError with the place in the text."""
        return compile_to_ir(text)


__all__ = ["ExpressionParser", "StrategyError"]
