"""The bridge to the engine, bar by bar: the same methods as the reference, the engine's arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.rules.session import Session

from ...planner.types import PlanResult
from ..contracts import DEFAULT_STEP_POLICIES, Point, StepPolicies
from ..engine_nodes import EngineNodes
from ..engine_streams import EngineStreams
from ..stream_set import StreamSet
from ..tick import TIME_KEY
from .stepping import SteppingBackend


class IncrementalRustBackend(SteppingBackend):
    """The engine over one stream of bars: see `SteppingBackend`. Its snapshots are bytes."""

    def __init__(self, policies: StepPolicies = DEFAULT_STEP_POLICIES) -> None:
        super().__init__(policies)
        self._session: Session | None = None
        self._session_policies: StepPolicies | None = None

    def snapshot(self, plan: PlanResult, **_: Any) -> bytes:
        """Give the present state as bytes; equal states give equal bytes."""
        stepper = self._stepper_for(plan, None)
        return ta_py.incremental_snapshot(self._session_of(stepper, self.policies))

    def _restore(self, plan: PlanResult, snapshot: bytes) -> None:
        stepper = self._stepper_for(plan, None)
        # A session of its own: what a failing replay has done to it touches nothing else.
        self._session, self._session_policies = (
            Session(stepper.session_rule, snapshot=snapshot, unit="ns"),
            self.policies,
        )

    def _make_stepper(self, plan: PlanResult, timeframe: str | None, wants_nodes: bool) -> EngineNodes:
        return EngineNodes(plan, timeframe, wants_nodes)

    def _step_nodes(
        self, stepper: EngineNodes, tick: Mapping[str, Any], policies: StepPolicies, time: int | None = None
    ) -> dict[int, Point]:
        session = self._session_of(stepper, policies)
        if time is None and stepper.session_rule.needs_timeframe:
            # Bars without times follow each other without gaps.
            time = session.position * (stepper.timeframe_ns or 1)
        step = ta_py.incremental_step(session, stepper.read(tick) | {TIME_KEY: time})
        return stepper.literal_points() if stepper.rule is None else stepper.points(step)

    def _run_streams(
        self, plan: PlanResult, streams: StreamSet, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, streams.timeframe, wants_nodes)
        self._stepper = stepper = EngineNodes(plan, streams.timeframe, wants_nodes, joined=True)
        policies = options.get("policies") or self.policies
        joined = EngineStreams(stepper, streams, plan.alignment, str(policies.missing_input))
        rows, stamps = [], []
        for group, bars in groupby(joined.bars(), key=lambda bar: bar[0]):
            steps = [step for _, stream, bar in bars for step in joined.session.push(stream, bar)]
            # All bars up to this time have been given: nothing has to wait.
            steps += joined.session.advance(group)
            for step in steps:
                rows.append(self._points(stepper, options, lambda _, step=step: stepper.points(step))[0])
                stamps.append(step.event_time)
        return self._results(rows, joined.stamps(stamps), streams, wants_nodes)

    def _session_of(self, stepper: EngineNodes, policies: StepPolicies) -> Session:
        """Give the session of this plan, which begins with the first bar."""
        if self._session is None or self._session.rule.fingerprint != stepper.session_rule.fingerprint:
            # Errors are raised here and told by the policy one level up.
            self._session = Session(
                stepper.session_rule,
                timeframe_ns=stepper.timeframe_ns,
                missing_input=str(policies.missing_input),
                unit="ns",
            )
            self._session_policies = policies
        elif policies.missing_input is not (self._session_policies or policies).missing_input:
            raise ValueError("the policy for missing input is part of a session's state and cannot change on its way")
        return self._session

    def _clear_state(self) -> None:
        self._session = None

    def _kept(self) -> Any:
        # Bars change a session in place, and a replay makes a new one.
        return self._session, self._session_policies

    def _put_back(self, kept: Any) -> None:
        self._session, self._session_policies = kept

    def _state(self) -> Session | None:
        return self._session


__all__ = ["IncrementalRustBackend"]
