"""Normal form of rules."""

from __future__ import annotations

from .normalize import normalize_expression

__all__ = ["normalize_expression"]
