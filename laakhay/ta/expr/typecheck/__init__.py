"""Type check of rules."""

from __future__ import annotations

from .checker import TypeCheckError, typecheck_expression

__all__ = ["TypeCheckError", "typecheck_expression"]
