"""Whole histories on the compiled engine: Series in, Series out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from laakhay.ta.rules.session import Session

from ...planner.types import PlanResult
from ..contracts import DEFAULT_STEP_POLICIES, ErrorPolicy, StepPolicies
from ..engine_nodes import EngineNodes, closes_of
from ..engine_streams import EngineStreams
from ..results import Rows, shaped, shaped_constant
from ..stream_set import StreamSet
from ..timeline import Timeline
from .streams import StreamBackend


class BatchBackend(StreamBackend):
    """Evaluates plans over whole histories in one go; keeps nothing between calls but the last plan, compiled."""

    def __init__(self) -> None:
        self._nodes: EngineNodes | None = None

    def initialize(self, plan: PlanResult, dataset: Any = None, **options: Any) -> None:
        """Do nothing: a history is evaluated in one go."""

    def step(self, plan: PlanResult, update_event: Any, **options: Any) -> Any:
        """Raise NotImplementedError: bars are stepped by an incremental backend."""
        raise NotImplementedError("the batch backend does not step; use mode 'incremental'")

    def replay(self, plan: PlanResult, replay_spec: Any, **options: Any) -> Any:
        """Raise NotImplementedError: bars are replayed by an incremental backend."""
        raise NotImplementedError("the batch backend does not replay; use mode 'incremental'")

    def snapshot(self, plan: PlanResult, **options: Any) -> Any:
        """Raise NotImplementedError: there is no state between calls."""
        raise NotImplementedError("the batch backend has no state; use mode 'incremental'")

    def clear_cache(self) -> None:
        """Forget the compiled plan."""
        self._nodes = None

    def _reader(self, plan: PlanResult, timeframe: str | None) -> EngineNodes:
        return self._compiled(plan, timeframe, wants_nodes=False)

    def _compiled(self, plan: PlanResult, timeframe: str | None, wants_nodes: bool) -> EngineNodes:
        known = self._nodes
        if known is None or known.plan is not plan or known.timeframe != timeframe or known.has_nodes != wants_nodes:
            self._nodes = EngineNodes(plan, timeframe, wants_nodes)
        return self._nodes  # type: ignore[return-value]

    def _evaluate_constant(
        self, plan: PlanResult, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        nodes = self._compiled(plan, None, wants_nodes)
        points = nodes.literal_points() if nodes.rule is None else nodes.points(Session(nodes.rule).step({}))
        return shaped_constant(nodes, points)

    def _run(
        self, plan: PlanResult, timeline: Timeline, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        nodes = self._compiled(plan, timeline.timeframe, wants_nodes)
        rows = Rows(timeline.symbol, timeline.timeframe, timeline.timestamps)
        if nodes.rule is None:
            return shaped(nodes, rows, [], None)
        columns = zip(nodes.rule.fields, nodes.keys(), strict=True)
        fields = [nodes.column(name, timeline.columns[key]) for name, key in columns]
        closes = closes_of(timeline.timestamps, timeline.timeframe)
        # Stamps that are no points in time are bars without gaps to durations.
        length = nodes.timeframe_ns or 1
        times = [length * bar if close is None else close for bar, close in enumerate(closes)]
        policies: StepPolicies = options.get("policies") or DEFAULT_STEP_POLICIES
        session = Session(
            nodes.rule,
            timeframe_ns=nodes.timeframe_ns,
            missing_input=str(policies.missing_input),
            on_error=str(policies.on_error),
            is_of_history=True,
        )
        given = (fields, np.array(times, dtype=np.int64), len(times))
        if nodes.drops_rows or policies.on_error is not ErrorPolicy.RAISE:
            computed, states = session.run_explained(*given)
            return shaped(nodes, rows, computed, states if nodes.drops_rows else None)
        return shaped(nodes, rows, session.run_columns(*given), None)

    def _run_streams(
        self, plan: PlanResult, streams: StreamSet, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        nodes = EngineNodes(plan, streams.timeframe, wants_nodes, joined=True)
        policies: StepPolicies = options.get("policies") or DEFAULT_STEP_POLICIES
        joined = EngineStreams(nodes, streams, plan.alignment, str(policies.missing_input))
        _, stamps, computed, states = joined.session.run_streams(joined.columns(), nodes.drops_rows)
        rows = Rows(streams.symbol, streams.timeframe, joined.stamps(stamps.tolist()))
        return shaped(nodes, rows, computed, states if nodes.drops_rows else None)


__all__ = ["BatchBackend"]
