"""Chooses what executes a plan, from an argument, else the environment, else the default.

`TA_EXECUTION_MODE` is `batch` (the default) or `incremental`; `TA_INCREMENTAL_BACKEND`, for the latter, `rust` (the
default) or `python` (exact Decimals, the reference). Blank counts as not set. Only `evaluate_plan` and what follows its
mode have the choice: `Session`, `Universe`, `run` over arrays and the command line are always the engine.
"""

from __future__ import annotations

import os
from typing import Literal, cast

from .backends.base import ExecutionBackend

ExecutionMode = Literal["batch", "incremental"]
IncrementalBackendName = Literal["python", "rust"]

DEFAULT_EXECUTION_MODE: ExecutionMode = "batch"
DEFAULT_INCREMENTAL_BACKEND: IncrementalBackendName = "rust"


def resolve_execution_mode(mode: str | None = None) -> ExecutionMode:
    """Give the execution mode. Raises ValueError for an unknown one."""
    accepted = ("batch", "incremental")
    return cast(ExecutionMode, _choice(mode, "TA_EXECUTION_MODE", accepted, DEFAULT_EXECUTION_MODE))


def resolve_incremental_backend(name: str | None = None) -> IncrementalBackendName:
    """Give the name of the incremental backend. Raises ValueError for an unknown one."""
    accepted = ("python", "rust")
    return cast(IncrementalBackendName, _choice(name, "TA_INCREMENTAL_BACKEND", accepted, DEFAULT_INCREMENTAL_BACKEND))


def resolve_backend(mode: str | None = None) -> ExecutionBackend:
    """Give a new backend. Raises ValueError for an unknown mode or backend name."""
    # Late: only what is chosen is loaded.
    if resolve_execution_mode(mode) == "batch":
        from .backends.batch import BatchBackend

        return BatchBackend()
    if resolve_incremental_backend() == "rust":
        from .backends.incremental_rust import IncrementalRustBackend

        return IncrementalRustBackend()
    from .backends.incremental import IncrementalBackend

    return IncrementalBackend()


def _choice(given: str | None, variable: str, accepted: tuple[str, ...], default: str) -> str:
    origin = "the argument"
    if given is None:
        given, origin = os.environ.get(variable, "").strip() or default, variable
    choice = given.strip().lower()
    if choice not in accepted:
        raise ValueError(f"{origin} is {given!r}; accepted: {', '.join(accepted)}")
    return choice


__all__ = [
    "DEFAULT_EXECUTION_MODE",
    "DEFAULT_INCREMENTAL_BACKEND",
    "ExecutionMode",
    "IncrementalBackendName",
    "resolve_backend",
    "resolve_execution_mode",
    "resolve_incremental_backend",
]
