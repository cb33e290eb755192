"""Chooses what executes a plan, from an argument, else the environment, else the default.

`TA_EXECUTION_MODE` is `batch` (the default) or `incremental`; `TA_INCREMENTAL_BACKEND` has one value left, `rust`.
Blank counts as not set. Only `evaluate_plan` and what follows its mode read them; another backend is passed to it.
"""

from __future__ import annotations

import os
from typing import Literal, cast

from .backends.base import ExecutionBackend

ExecutionMode = Literal["batch", "incremental"]
IncrementalBackendName = Literal["rust"]

DEFAULT_EXECUTION_MODE: ExecutionMode = "batch"
DEFAULT_INCREMENTAL_BACKEND: IncrementalBackendName = "rust"


def resolve_execution_mode(mode: str | None = None) -> ExecutionMode:
    """Give the execution mode. Raises ValueError for an unknown one."""
    accepted = ("batch", "incremental")
    return cast(ExecutionMode, _choice(mode, "TA_EXECUTION_MODE", accepted, DEFAULT_EXECUTION_MODE))


def resolve_incremental_backend(name: str | None = None) -> IncrementalBackendName:
    """Give the name of the incremental backend. Raises ValueError for another one."""
    origin = "TA_INCREMENTAL_BACKEND" if name is None else "the argument"
    if (os.environ.get(origin, "") if name is None else name).strip().lower() == "python":
        raise ValueError(
            f"{origin} is 'python', which the package has no longer: bars are stepped by the engine alone (rust). The "
            "exact reference is tests/reference of the source repository, for evaluate_plan(plan, data, "
            "backend=Reference())"
        )
    return cast(IncrementalBackendName, _choice(name, "TA_INCREMENTAL_BACKEND", ("rust",), DEFAULT_INCREMENTAL_BACKEND))


def resolve_backend(mode: str | None = None) -> ExecutionBackend:
    """Give a new backend. Raises ValueError for an unknown mode or backend name."""
    # Late: only what is chosen is loaded.
    if resolve_execution_mode(mode) == "batch":
        from .backends.batch import BatchBackend

        return BatchBackend()
    resolve_incremental_backend()
    from .backends.incremental_rust import IncrementalRustBackend

    return IncrementalRustBackend()


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
