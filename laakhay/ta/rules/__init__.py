"""What people hold: rules, sessions, universes, results, explanations and reports; one module per noun.

Names are loaded when they are first asked for: execution needs sessions, and rules need execution.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Explanation": "explanation",
    "JoinedSession": "streams",
    "LateStart": "report",
    "Limits": "definitions",
    "ParityReport": "report",
    "Rule": "rule",
    "Session": "session",
    "StepOutput": "session",
    "Universe": "universe",
    "as_expression": "rule",
    "compile": "compilation",
    "define": "definitions",
    "define_source": "definitions",
    "register": "functions",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
