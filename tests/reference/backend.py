"""Steps a plan in exact decimals, and evaluates whole data the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import timestamp_ns
from laakhay.ta.exceptions import DataError, MissingDataError, SnapshotError
from laakhay.ta.expr.execution.backends.streams import StreamBackend
from laakhay.ta.expr.execution.contracts import (
    DEFAULT_STEP_POLICIES,
    Availability,
    ErrorPolicy,
    Point,
    StepPolicies,
    StepResult,
    plain_value,
)
from laakhay.ta.expr.execution.plan_reader import PlanReader
from laakhay.ta.expr.execution.references import find_key, ingredients, source_key
from laakhay.ta.expr.execution.stream_set import StreamSet
from laakhay.ta.expr.execution.tick import read_number, tick_time
from laakhay.ta.expr.execution.timeline import Timeline
from laakhay.ta.expr.ir.nodes import LiteralNode, SourceRefNode
from laakhay.ta.expr.ir.scalars import _make_scalar_series
from laakhay.ta.expr.planner.types import PlanResult
from tests.reference.node_steps import Moment, PlanStepper
from tests.reference.result_shape import external_value, shape_root, to_series
from tests.reference.state import KernelState, StateSnapshot, StateStore
from tests.reference.streams import closed_streams, moments
from tests.reference.time_shift import HOUR, close_time, parse_timeframe


class Labels(Protocol):
    """What results are called."""

    @property
    def symbol(self) -> str: ...
    @property
    def timeframe(self) -> str: ...


class Reference(StreamBackend):
    """The reference over one stream of bars, or over the streams of a dataset.

    `policies` say what happens to a bar that lacks a field and to one that fails; options of the same name override
    them for one call. Raises NotImplementedError for an indicator without an exact kernel.
    """

    def __init__(self, policies: StepPolicies = DEFAULT_STEP_POLICIES) -> None:
        self.policies = policies
        self._stepper: Any = None
        self._read_nodes: list[SourceRefNode] = []
        self._timeframe: str | None = None
        self._store = StateStore()

    def initialize(
        self, plan: PlanResult, history: Any = None, symbol: str | None = None, timeframe: str | None = None, **_: Any
    ) -> None:
        """Begin with an empty state; `history` is not consumed.

        Raises ValueError for a shift that is no whole number of rows of `timeframe`.
        """
        del history, symbol
        self._begin(plan, timeframe, wants_nodes=False)

    def _begin(self, plan: PlanResult, timeframe: str | None, wants_nodes: bool) -> None:
        self._stepper = PlanStepper(plan, timeframe)
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
        step = partial(self._step_nodes, stepper, tick, time=tick_time(tick, options.get("unit")))
        points, error = self._points(stepper, options, step)
        point = points[stepper.root_id]
        self._refuse_undefined(stepper, point, error)
        return stepper, point, error

    @staticmethod
    def _refuse_undefined(stepper: PlanStepper, point: Point, error: Exception | None) -> None:
        if stepper.is_constant and error is None and point.state is Availability.MISSING_INPUT:
            raise ValueError("the rule is made of constants alone and is undefined, as division by zero is")

    def _points(
        self, stepper: PlanStepper, options: Mapping[str, Any], step: Callable[[StepPolicies], dict[int, Point]]
    ) -> tuple[dict[int, Point], Exception | None]:
        """Take a step of every node; a failure that the policy does not raise becomes the point of all of them."""
        policies = options.get("policies") or self.policies
        try:
            return step(policies), None
        except DataError:
            raise  # What is no number is the caller's, whatever the policy.
        except Exception as error:
            if policies.on_error is ErrorPolicy.RAISE:
                raise
            is_told = policies.on_error is ErrorPolicy.EMIT_ERROR
            point = Point(None, Availability.ERROR if is_told else Availability.MISSING_INPUT)
            return dict.fromkeys(stepper.plan.node_order, point), error if is_told else None

    def _stepper_for(self, plan: PlanResult, timeframe: str | None) -> Any:
        wanted = timeframe if timeframe is not None else self._timeframe
        known = self._stepper
        if known is None or known.plan is not plan or known.timeframe != wanted:
            self._stepper = PlanStepper(plan, wanted)
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
        return PlanStepper(plan, timeframe)

    def _evaluate_constant(
        self, plan: PlanResult, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, None, wants_nodes)
        points, error = self._points(
            self._stepper, options, lambda policies: self._step_nodes(self._stepper, {}, policies)
        )
        self._refuse_undefined(self._stepper, points[self._stepper.root_id], error)
        root = plan.graph.nodes[self._stepper.root_id].node
        value = root.value if isinstance(root, LiteralNode) else plain_value(points[self._stepper.root_id])
        series = value if isinstance(value, Series) else _make_scalar_series(value)
        return series, {node_id: _make_scalar_series(plain_value(point)) for node_id, point in points.items()}

    def _run(
        self, plan: PlanResult, timeline: Timeline, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self._begin(plan, timeline.timeframe, wants_nodes)
        stepper = self._stepper
        rows = []
        for tick, time in zip(timeline.ticks(), _closes_of(timeline), strict=True):
            step = partial(self._step_nodes, stepper, tick, time=time)
            rows.append(self._points(stepper, options, step)[0])
        return self._results(rows, timeline.timestamps, timeline, wants_nodes)

    def _results(
        self, rows: Sequence[Mapping[int, Point]], stamps: Sequence[Any], labels: Labels, wants_nodes: bool
    ) -> tuple[Any, dict[int, Any]]:
        """Give the root's series, shaped as callers get it, and every node's where they are wanted."""
        stepper = self._stepper
        wanted = stepper.alone if wants_nodes else (stepper.root_id,)
        results = {
            node_id: _shape(stepper, node_id, [row[node_id] for row in rows], stamps, labels) for node_id in wanted
        }
        points = [row[stepper.root_id] for row in rows]
        root_points, root_stamps = shape_root(stepper.plan.graph.nodes[stepper.root_id].node, points, stamps)
        return _shape(stepper, stepper.root_id, root_points, root_stamps, labels), results

    # The state

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
        closed = closed_streams(streams)
        for time, places in moments(closed):
            bars = {name: closed[name].tick(row) for name, row in places.items()}
            moment = Moment(bars, time if streams.has_times else None)
            points, error = self._points(stepper, options, partial(self._step_streams, stepper, moment))
            ticking = [name for name in stepper.clocks.rows.streams if name in places]
            if not stepper.clocks.rows.ticks(places):
                continue
            if error is None:
                points = {node_id: stepper.row_point(node_id, points, places) for node_id in plan.node_order}
            rows.append(points)
            stamps.append(closed[ticking[0]].stamps[places[ticking[0]]])
        return self._results(rows, stamps, streams, wants_nodes)

    def _step_streams(self, stepper: PlanStepper, moment: Moment, policies: StepPolicies) -> dict[int, Point]:
        return stepper.step_streams(self._store, moment, policies)

    def _clear_state(self) -> None:
        self._store.clear()

    def _state(self) -> StateStore:
        return self._store


def _check_tick(nodes: Sequence[SourceRefNode], tick: Mapping[str, Any]) -> None:
    """Raise DataError for a field that is no number, MissingDataError for a tick without any: no name is no gap."""
    found = {key: tick[key] for key in (find_key(tick, node) for node in nodes) if key is not None}
    if nodes and not found:
        read = ", ".join(dict.fromkeys(map(source_key, nodes)))
        there = ", ".join(map(str, tick)) or "nothing"
        raise MissingDataError(f"the bar has none of the fields that the rule reads ({read}); it has {there}")
    for key, value in found.items():
        read_number(value, key)


def _external(stepper: PlanStepper, point: Point) -> Any:
    names = stepper.outputs(stepper.root_id)
    is_boolean = stepper.is_boolean(stepper.root_id)
    if names is None:
        return external_value(point, is_boolean, None)
    points = point.value if isinstance(point.value, dict) else dict.fromkeys(names, point)
    return {name: external_value(one, is_boolean, None) for name, one in points.items()}


def _shape(stepper: PlanStepper, node_id: int, points: Any, stamps: Any, labels: Labels) -> Any:
    """Give a node's series; a tuple of them, in the indicator's order, for several outputs."""
    is_boolean = stepper.is_boolean(node_id)
    names = stepper.outputs(node_id)
    if names is None:
        return to_series(points, stamps, labels.symbol, labels.timeframe, is_boolean)
    columns = ([point.value[name] if isinstance(point.value, dict) else point for point in points] for name in names)
    return tuple(to_series(column, stamps, labels.symbol, labels.timeframe, is_boolean) for column in columns)


def _closes_of(timeline: Timeline) -> list[int | None]:
    """When each bar closes; None where stamps are no points in time."""
    if not all(isinstance(stamp, datetime) for stamp in timeline.timestamps):
        return [None] * len(timeline.timestamps)
    span = parse_timeframe(timeline.timeframe) or HOUR
    return [close_time(timestamp_ns(stamp), span) for stamp in timeline.timestamps]


__all__ = ["Reference"]
