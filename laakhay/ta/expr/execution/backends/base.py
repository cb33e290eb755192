"""What every backend offers."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from ...planner.types import PlanResult


@runtime_checkable
class ExecutionBackend(Protocol):
    """Executes plans, over whole data or bar by bar."""

    def evaluate(self, plan: PlanResult, data: Any, /, *more: Any, **options: Any) -> Any:
        """Evaluate a plan over data."""
        ...

    def initialize(self, plan: PlanResult, dataset: Any, /, *more: Any, **options: Any) -> None:
        """Begin a stream of bars with an empty state."""
        ...

    def step(self, plan: PlanResult, update_event: Any, /, *more: Any, **options: Any) -> Any:
        """Take one bar and give the rule's value."""
        ...

    def replay(self, plan: PlanResult, /, *spec: Any, **options: Any) -> Any:
        """Go on from a snapshot through further bars."""
        ...

    def snapshot(self, plan: PlanResult, /, *more: Any, **options: Any) -> Any:
        """Give the present state."""
        ...

    def clear_cache(self) -> None:
        """Forget everything."""
        ...


__all__ = ["ExecutionBackend"]
