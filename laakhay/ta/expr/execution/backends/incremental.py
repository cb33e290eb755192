"""The reference: every node in exact decimals, one bar at a time.

It shares no arithmetic with the Rust engine, so that the two can be proven against each other. It is made to be read,
not to be fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...planner.types import PlanResult
from ..contracts import DEFAULT_STEP_POLICIES, StepPolicies
from ..node_steps import PlanStepper, Point
from ..state import KernelState, StateSnapshot, StateStore
from .stepping import SteppingBackend


class IncrementalBackend(SteppingBackend):
    """The reference over one stream of bars: see `SteppingBackend`.

    Raises NotImplementedError for an indicator without an exact kernel.
    """

    def __init__(self, policies: StepPolicies = DEFAULT_STEP_POLICIES) -> None:
        super().__init__(policies)
        self._store = StateStore()

    def snapshot(self, plan: PlanResult, **_: Any) -> StateSnapshot:
        """Give a deep copy of the present state."""
        del plan
        return self._store.snapshot()

    def _restore(self, plan: PlanResult, snapshot: StateSnapshot | Mapping[int, KernelState]) -> None:
        del plan
        self._store.restore(snapshot)

    def _make_stepper(self, plan: PlanResult, timeframe: str | None, wants_nodes: bool) -> PlanStepper:
        del wants_nodes  # It computes all of them anyway.
        return PlanStepper(plan, timeframe)

    def _step_nodes(self, stepper: PlanStepper, tick: Mapping[str, Any], policies: StepPolicies) -> dict[int, Point]:
        return stepper.step(self._store, tick, policies)

    def _clear_state(self) -> None:
        self._store.clear()

    def _state(self) -> StateStore:
        return self._store


__all__ = ["IncrementalBackend"]
