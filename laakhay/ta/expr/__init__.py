"""Rules: their text, their representation, their planning and their execution."""

from __future__ import annotations

from typing import Any

__all__ = [
    "AnalysisResult",
    "ExprValidationError",
    "PreviewResult",
    "ValidationResult",
    "analyze",
    "preview",
    "validate",
]


def __getattr__(name: str) -> Any:
    # Late, because the runtime needs the whole package and the package's parts need this one.
    if name in __all__:
        from . import runtime

        return getattr(runtime, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
