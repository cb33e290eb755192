"""Bar by bar on the compiled engine, and whole data the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.exceptions import DataError, MissingDataError
from laakhay.ta.rules.session import Session

from ...ir.nodes import SourceRefNode
from ...planner.types import PlanResult
from ..contracts import (
    DEFAULT_STEP_POLICIES,
    Availability,
    ErrorPolicy,
    Point,
    StepPolicies,
    StepResult,
    plain_value,
)
from ..engine_nodes import EngineNodes, closes_of
from ..engine_streams import EngineStreams
from ..plan_reader import PlanReader
from ..references import find_key, ingredients, source_key
from ..results import Rows, columns_of, shaped, shaped_constant
from ..stream_set import StreamSet
from ..tick import TIME_KEY, read_number, tick_time
from ..timeline import Timeline
from .streams import StreamBackend


class IncrementalRustBackend(StreamBackend):
    """Holds the state of one stream of bars; a tick is a flat mapping such as `{"ohlcv.close": 10, "close": 10}`.

    `policies` say what happens to a bar that lacks a field and to one that fails; options of the same name override
    them for one call. Snapshots are bytes.
    """

    def __init__(self, policies: StepPolicies = DEFAULT_STEP_POLICIES) -> None:
        self.policies = policies
        self._stepper: Any = None
        self._read_nodes: list[SourceRefNode] = []
        self._timeframe: str | None = None
        self._session: Session | None = None
        self._session_policies: StepPolicies | None = None

    def initialize(
        self, plan: PlanResult, history: Any = None, symbol: str | None = None, timeframe: str | None = None, **_: Any
    ) -> None:
        """Begin with an empty state; `history` is not consumed.

        Raises ValueError for a shift that is no whole number of rows of `timeframe`.
        """
        del history, symbol
        self._begin(plan, timeframe, wants_nodes=False)

    def _begin(self, plan: PlanResult, timeframe: str | None, wants_nodes: bool) -> None:
        self._stepper = EngineNodes(plan, timeframe, wants_nodes)
        self._remember_nodes()
        self._timeframe = timeframe
        self._clear_state()

    def step(
        self,
        plan: PlanResult,
        tick: Mapping[str, Any],
        symbol: str | None = None,
        timeframe: str | None = None,
        **options: Any,
    ) -> Any:
        """Take one bar and give the rule's value.

        A tick's `timestamp` is its time: a datetime, ISO text or an integer of the option `unit`. Times rise from bar
        to bar; the last bar again is a duplicate and changes nothing. Bars without a time follow each other without
        gaps; bars with and without cannot be mixed.

        Where it is not ready, a number is the shared `NOT_READY` and a bool is None. Several outputs come as a dict by
        name. Raises what `step_result` raises.
        """
        del symbol
        stepper, point = self._step(plan, tick, timeframe, options)[:2]
        return _external(stepper, point)

    def step_result(
        self, plan: PlanResult, tick: Mapping[str, Any], timeframe: str | None = None, **options: Any
    ) -> StepResult[Any, Any]:
        """Take one bar and give the rule's value with its availability.

        Of several outputs, `output` is a dict by name as long as any is ready (None for one that is not), and
        `availability` is the worst one's; `step_outputs` gives each its own.

        Raises MissingInputError under policy `fail`, ValueError when a rule of constants is undefined, and whatever a
        node raises, unless the error policy says otherwise; the state is as before then.
        """
        _, point, error = self._step(plan, tick, timeframe, options)
        return self._as_result(point, error)

    def step_outputs(
        self, plan: PlanResult, tick: Mapping[str, Any], timeframe: str | None = None, **options: Any
    ) -> dict[str, StepResult[Any, Any]]:
        """Take one bar and give every output by name; the only output of a rule is called `value`."""
        stepper, point, error = self._step(plan, tick, timeframe, options)
        names = stepper.outputs(stepper.root_id) or ("value",)
        points = point.value if isinstance(point.value, dict) else dict.fromkeys(names, point)
        return {name: self._as_result(one, error) for name, one in points.items()}

    def replay(self, plan: PlanResult, snapshot: Any, events: Iterable[Mapping[str, Any]], **options: Any) -> list[Any]:
        """Put a snapshot in place of the state and give the values of the bars after it; `events` is any iterable.

        Raises SnapshotError, a ValueError, for a snapshot that does not fit, TypeError for what is none, and what
        `step` raises; the state is as before then, and none of the bars is taken.
        """
        ticks = list(events)
        before, kept = (self._stepper, self._timeframe, self._read_nodes), self._kept()
        try:
            self._stepper_for(plan, options.get("timeframe"))  # First, since a change of rule clears the state.
            self._restore(plan, snapshot)
            return [self.step(plan, tick, **options) for tick in ticks]
        except BaseException:
            self._stepper, self._timeframe, self._read_nodes = before
            self._put_back(kept)
            raise

    def clear_cache(self) -> None:
        """Forget the state and the plan."""
        self._clear_state()
        self._stepper = None
        self._timeframe = None

    # One bar

    def _step(
        self, plan: PlanResult, tick: Mapping[str, Any], timeframe: str | None, options: Mapping[str, Any]
    ) -> tuple[Any, Point, Exception | None]:
        stepper = self._stepper_for(plan, timeframe)
        _check_tick(self._read_nodes, tick)
        points, error = self._points(stepper, options, tick, tick_time(tick, options.get("unit")))
        point = points[stepper.root_id]
        self._refuse_undefined(stepper, point, error)
        return stepper, point, error

    @staticmethod
    def _refuse_undefined(stepper: EngineNodes, point: Point, error: Exception | None) -> None:
        if stepper.is_constant and error is None and point.state is Availability.MISSING_INPUT:
            raise ValueError("the rule is made of constants alone and is undefined, as division by zero is")

    def _points(
        self, stepper: EngineNodes, options: Mapping[str, Any], tick: Mapping[str, Any], time: int | None = None
    ) -> tuple[dict[int, Point], Exception | None]:
        """Take a step of every node; a failure that the policy does not raise becomes the point of all of them."""
        step, error = self._attempt(options, partial(self._engine_step, stepper, tick, time=time))
        if step is not None:
            return stepper.points(step), None
        is_told = self._policies(options).on_error is ErrorPolicy.EMIT_ERROR
        point = Point(None, Availability.ERROR if is_told else Availability.MISSING_INPUT)
        return dict.fromkeys(stepper.plan.node_order, point), error if is_told else None

    def _attempt(
        self, options: Mapping[str, Any], step: Callable[[StepPolicies], ta_py.StepOutput]
    ) -> tuple[ta_py.StepOutput | None, Exception | None]:
        """Take a step; a failure that the policy does not raise is given in its place."""
        policies = self._policies(options)
        try:
            return step(policies), None
        except DataError:
            raise  # What is no number is the caller's, whatever the policy.
        except Exception as error:
            if policies.on_error is ErrorPolicy.RAISE:
                raise
            return None, error

    def _policies(self, options: Mapping[str, Any]) -> StepPolicies:
        return options.get("policies") or self.policies

    def _stepper_for(self, plan: PlanResult, timeframe: str | None) -> Any:
        wanted = timeframe if timeframe is not None else self._timeframe
        known = self._stepper
        if known is None or known.plan is not plan or known.timeframe != wanted:
            self._stepper = EngineNodes(plan, wanted)
            self._remember_nodes()
            if known is not None and known.plan.graph != plan.graph:
                self._clear_state()  # Kept by node id: another rule's state would be taken for this one's.
        return self._stepper

    def _remember_nodes(self) -> None:
        """Keep what is read of a tick, derived fields with what they are made of."""
        needs = self._stepper.sources()
        self._read_nodes = [one for need in needs for one in (need.node, *ingredients(need.node))]

    def _as_result(self, point: Point, error: Exception | None) -> StepResult[Any, Any]:
        if isinstance(point.value, dict):
            is_any_ready = any(one.state is Availability.READY for one in point.value.values())
            return StepResult(self._state(), plain_value(point) if is_any_ready else None, point.state, error)
        return StepResult(self._state(), point.value, point.state, error)

    # Whole data

    def _reader(self, plan: PlanResult, timeframe: str | None) -> PlanReader:
        return EngineNodes(plan, timeframe)

    def _evaluate_constant(
        self, plan: PlanResult, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, None, wants_nodes)
        points, error = self._points(self._stepper, options, {})
        self._refuse_undefined(self._stepper, points[self._stepper.root_id], error)
        return shaped_constant(self._stepper, points)

    def _run(
        self, plan: PlanResult, timeline: Timeline, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, timeline.timeframe, wants_nodes)
        stepper = self._stepper
        steps = []
        closes = closes_of(timeline.timestamps, timeline.timeframe)
        for tick, time in zip(timeline.ticks(), closes, strict=True):
            steps.append(self._attempt(options, partial(self._engine_step, stepper, tick, time=time))[0])
        return self._shaped(Rows(timeline.symbol, timeline.timeframe, timeline.timestamps), steps)

    def _shaped(self, rows: Rows, steps: Sequence[ta_py.StepOutput | None]) -> tuple[Any, dict[int, Any]]:
        nodes = self._stepper
        computed, states = columns_of(nodes.rule, steps) if nodes.rule else ([], [])
        return shaped(nodes, rows, computed, states if nodes.drops_rows else None)

    # The engine

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

    def _engine_step(
        self, stepper: EngineNodes, tick: Mapping[str, Any], policies: StepPolicies, time: int | None = None
    ) -> ta_py.StepOutput:
        session = self._session_of(stepper, policies)
        if time is None and stepper.session_rule.needs_timeframe:
            # Bars without times follow each other without gaps.
            time = session.position * (stepper.timeframe_ns or 1)
        return ta_py.incremental_step(session, stepper.read(tick) | {TIME_KEY: time})

    def _run_streams(
        self, plan: PlanResult, streams: StreamSet, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, streams.timeframe, wants_nodes)
        self._stepper = EngineNodes(plan, streams.timeframe, wants_nodes, joined=True)
        policies = self._policies(options)
        joined = EngineStreams(self._stepper, streams, plan.alignment, str(policies.missing_input))
        taken, stamps = [], []
        for group, bars in groupby(joined.bars(), key=lambda bar: bar[0]):
            steps = [step for _, stream, bar in bars for step in joined.session.push(stream, bar)]
            # All bars up to this time have been given: nothing has to wait.
            steps += joined.session.advance(group)
            for step in steps:
                taken.append(step)
                stamps.append(step.event_time)
        return self._shaped(Rows(streams.symbol, streams.timeframe, joined.stamps(stamps)), taken)

    def _session_of(self, stepper: EngineNodes, policies: StepPolicies) -> Session:
        """Give the session of this plan, which begins with the first bar."""
        if self._session is None or self._session.engine_rule.fingerprint != stepper.session_rule.fingerprint:
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


def _check_tick(nodes: Sequence[SourceRefNode], tick: Mapping[str, Any]) -> None:
    """Raise DataError for a field that is no number, MissingDataError for a tick without any: no name is no gap."""
    found = {key: tick[key] for key in (find_key(tick, node) for node in nodes) if key is not None}
    if nodes and not found:
        read = ", ".join(dict.fromkeys(map(source_key, nodes)))
        there = ", ".join(map(str, tick)) or "nothing"
        raise MissingDataError(f"the bar has none of the fields that the rule reads ({read}); it has {there}")
    for key, value in found.items():
        read_number(value, key)


def _external(stepper: EngineNodes, point: Point, output: str | None = None) -> Any:
    names = stepper.outputs(stepper.root_id) if output is None else None
    if names is not None:
        points = point.value if isinstance(point.value, dict) else dict.fromkeys(names, point)
        return {name: _external(stepper, one, name) for name, one in points.items()}
    if point.state is Availability.READY:
        return point.value
    return None if output in stepper.booleans else NOT_READY


# What the incremental execution mode is made of.
IncrementalBackend = IncrementalRustBackend

__all__ = ["IncrementalBackend", "IncrementalRustBackend"]
