"""Runs a plan on data."""

from __future__ import annotations

from typing import Any

from ..planner.types import PlanResult
from .backend import resolve_backend
from .backends.base import ExecutionBackend


def evaluate_plan(
    plan: PlanResult, data: Any, *, backend: ExecutionBackend | None = None, mode: str | None = None, **options: Any
) -> Any:
    """Evaluate a plan over a Series, a mapping of Series, or a Dataset.

    `backend` only needs `evaluate(plan, data, **options)`; without one, `mode` (`batch` or `incremental`) and the
    environment choose. Raises TypeError for other data.
    """
    chosen = backend if backend is not None else resolve_backend(mode)
    return chosen.evaluate(plan, data, **options)


__all__ = ["evaluate_plan"]
