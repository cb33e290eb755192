"""The reference: every node in exact decimals, one moment at a time.

It shares no arithmetic with the Rust engine, so that the two can be proven against each other. It is made to be read,
not to be fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from laakhay.ta.exceptions import SnapshotError

from ...planner.types import PlanResult
from ..contracts import DEFAULT_STEP_POLICIES, Point, StepPolicies
from ..node_steps import Moment, PlanStepper
from ..state import KernelState, StateSnapshot, StateStore
from ..stream_set import StreamSet
from .stepping import SteppingBackend


class IncrementalBackend(SteppingBackend):
    """The reference over one stream of bars, or over the streams of a dataset: see `SteppingBackend`.

    Raises NotImplementedError for an indicator without an exact kernel.
    """

    def __init__(self, policies: StepPolicies = DEFAULT_STEP_POLICIES) -> None:
        super().__init__(policies)
        self._store = StateStore()

    def snapshot(self, plan: PlanResult, **_: Any) -> StateSnapshot:
        """Give a deep copy of the present state."""
        return self._store.snapshot(plan.graph_hash)

    def _restore(self, plan: PlanResult, snapshot: StateSnapshot | Mapping[int, KernelState]) -> None:
        if not isinstance(snapshot, (StateSnapshot, Mapping)):
            raise TypeError(f"a snapshot is what `snapshot` gives, not {type(snapshot).__name__}")
        states = snapshot.states if isinstance(snapshot, StateSnapshot) else snapshot
        made_by = snapshot.graph_hash if isinstance(snapshot, StateSnapshot) else None
        # States are kept by the number of their node, which means another node in another plan.
        if made_by not in (None, plan.graph_hash) or not {i for i in states if i >= 0} <= set(plan.node_order):
            raise SnapshotError("snapshot was made by another plan")
        self._store.restore(snapshot)

    def _kept(self) -> StateSnapshot:
        return self._store.snapshot()

    def _put_back(self, kept: StateSnapshot) -> None:
        self._store.restore(kept)

    def _make_stepper(self, plan: PlanResult, timeframe: str | None, wants_nodes: bool) -> PlanStepper:
        del wants_nodes  # It computes all of them anyway.
        return PlanStepper(plan, timeframe)

    def _step_nodes(
        self, stepper: PlanStepper, tick: Mapping[str, Any], policies: StepPolicies, time: int | None = None
    ) -> dict[int, Point]:
        return stepper.step(self._store, tick, policies, time)

    def _run_streams(
        self, plan: PlanResult, streams: StreamSet, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, streams.timeframe, wants_nodes)
        self._stepper = stepper = PlanStepper(plan, streams.timeframe, streams.clock)
        rows, stamps = [], []
        for time, places in streams.moments():
            bars = {name: streams.streams[name].tick(row) for name, row in places.items()}
            moment = Moment(bars, time if streams.has_times else None)
            points, error = self._points(stepper, options, partial(self._step_streams, stepper, moment))
            ticking = [name for name in stepper.clocks.rows.streams if name in places]
            if not stepper.clocks.rows.ticks(places):
                continue
            if error is None:
                points = {node_id: stepper.row_point(node_id, points, places) for node_id in plan.node_order}
            rows.append(points)
            stamps.append(streams.streams[ticking[0]].stamps[places[ticking[0]]])
        return self._results(rows, stamps, streams, wants_nodes)

    def _step_streams(self, stepper: PlanStepper, moment: Moment, policies: StepPolicies) -> dict[int, Point]:
        return stepper.step_streams(self._store, moment, policies)

    def _clear_state(self) -> None:
        self._store.clear()

    def _state(self) -> StateStore:
        return self._store


__all__ = ["IncrementalBackend"]
