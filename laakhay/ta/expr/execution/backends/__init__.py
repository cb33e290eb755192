"""What can execute a plan. Classes are loaded when they are first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "BatchBackend": "batch",
    "ExecutionBackend": "base",
    "IncrementalBackend": "incremental_rust",
    "IncrementalRustBackend": "incremental_rust",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
