"""Runs a plan on data."""

from __future__ import annotations

from typing import Any

from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.frames.history import require_closed

from ..planner.types import PlanResult
from .backend import resolve_backend
from .backends.base import ExecutionBackend


def evaluate_plan(
    plan: PlanResult, data: Any, *, backend: ExecutionBackend | None = None, mode: str | None = None, **options: Any
) -> Any:
    """Evaluate a plan over a Series, a mapping of Series, or a Dataset.

    `backend` only needs `evaluate(plan, data, **options)`; without one, `mode` (`batch` or `incremental`) and the
    environment choose. Raises TypeError for other data, ValueError where bars of a Dataset are not closed yet.
    """
    require_closed_bars(data)
    chosen = backend if backend is not None else resolve_backend(mode)
    return chosen.evaluate(plan, data, **options)


def require_closed_bars(data: Any) -> None:
    """Raise ValueError where a Dataset has a bar that is still forming."""
    if isinstance(data, Dataset):
        for _, series in data:
            if isinstance(series, OHLCV):
                require_closed(series)


__all__ = ["evaluate_plan", "require_closed_bars"]
