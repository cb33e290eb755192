"""The reference: every node in exact decimals, one bar at a time.

It shares no arithmetic with the Rust engine, so that the two can be proven against each other. It is made to be read, not
to be fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import MissingDataError

from ...algebra.scalar_helpers import _make_scalar_series
from ...ir.nodes import LiteralNode, SourceRefNode
from ...planner.types import PlanResult
from ..context_builder import match_symbol, resolve_source, resolve_source_from_context
from ..contracts import DEFAULT_STEP_POLICIES, Availability, ErrorPolicy, StepPolicies, StepResult
from ..node_steps import PlanStepper, Point, SourceNeed, plain_value
from ..result_shape import external_value, shape_root, to_series
from ..state import KernelState, StateSnapshot, StateStore
from ..tick import field_of, source_key
from ..timeline import Timeline, build_timeline

Snapshot = StateSnapshot | Mapping[int, KernelState]


class IncrementalBackend:
    """Holds the state of one stream of bars; a tick is a flat mapping such as `{"ohlcv.close": 10, "close": 10}`.

    `policies` say what happens to a bar that lacks a field and to one that fails; options of the same name override them
    for one call.
    """

    def __init__(self, policies: StepPolicies = DEFAULT_STEP_POLICIES) -> None:
        self.policies = policies
        self._store = StateStore()
        self._stepper: PlanStepper | None = None
        self._timeframe: str | None = None

    def initialize(
        self, plan: PlanResult, history: Any = None, symbol: str | None = None, timeframe: str | None = None, **_: Any
    ) -> None:
        """Begin with an empty state; `history` is not consumed.

        Raises NotImplementedError for an indicator without an exact kernel, ValueError for a shift that is no whole
        number of rows of `timeframe`.
        """
        del history, symbol
        self._stepper = PlanStepper(plan, timeframe)
        self._timeframe = timeframe
        self._store.clear()

    def step(
        self,
        plan: PlanResult,
        tick: Mapping[str, Any],
        symbol: str | None = None,
        timeframe: str | None = None,
        **options: Any,
    ) -> Any:
        """Take one bar and give the rule's value.

        Where it is not ready, a number is the shared `NOT_READY` and a bool is None. Several outputs come as a dict by
        name. Raises what `step_result` raises.
        """
        del symbol
        stepper, point = self._step(plan, tick, timeframe, options)[:2]
        return _external(stepper, point)

    def step_result(
        self, plan: PlanResult, tick: Mapping[str, Any], timeframe: str | None = None, **options: Any
    ) -> StepResult[StateStore, Any]:
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
    ) -> dict[str, StepResult[StateStore, Any]]:
        """Take one bar and give every output by name; the only output of a rule is called `value`."""
        stepper, point, error = self._step(plan, tick, timeframe, options)
        names = stepper.outputs(stepper.root_id) or ("value",)
        points = point.value if isinstance(point.value, dict) else dict.fromkeys(names, point)
        return {name: self._as_result(one, error) for name, one in points.items()}

    def evaluate(
        self,
        plan: PlanResult,
        data: Any,
        symbol: str | None = None,
        timeframe: str | None = None,
        return_all_outputs: bool = False,
        **options: Any,
    ) -> Any:
        """Evaluate over a Series, a mapping of Series (one result), or a Dataset (a dict by symbol and timeframe).

        Results are full length with an explicit mask; a filter at the root drops what it excludes, an aggregate at the
        root gives its last point. Several outputs are a tuple. A rule of constants gives one point. With both `symbol` and `timeframe`, a Dataset
        gives that one result. With `return_all_outputs`, a pair: the result, and the values of all nodes by id (of the
        first symbol and timeframe). The state is that of the stream evaluated last.

        Raises MissingDataError or, for a bare field, ValueError when data is lacking; TypeError for other data.
        """
        if isinstance(data, Series):
            data = {"close": data}
        if isinstance(data, Mapping):
            result, nodes = self._evaluate_context(plan, data, options)
            return (result, nodes) if return_all_outputs else result
        if not hasattr(data, "resolve"):
            raise TypeError(f"data is a Series, a mapping of Series or a Dataset, not {type(data).__name__}")
        results: dict[tuple[str, str, str], Any] = {}
        first: dict[int, Any] = {}
        pairs = dict.fromkeys((key.symbol, key.timeframe) for key, _ in data)
        for pair in pairs:
            if symbol not in (None, pair[0]) or timeframe not in (None, pair[1]):
                continue
            result, nodes = self._evaluate_pair(plan, data, *pair, options)
            first = first or nodes
            results[(*pair, "default")] = result
        shaped: Any = results
        if symbol is not None and timeframe is not None:
            shaped = results.get((symbol, timeframe, "default"), Series((), (), symbol, timeframe))
        return (shaped, first) if return_all_outputs else shaped

    def snapshot(self, plan: PlanResult, **_: Any) -> StateSnapshot:
        """Give a deep copy of the present state."""
        del plan
        return self._store.snapshot()

    def replay(
        self, plan: PlanResult, snapshot: Snapshot, events: Iterable[Mapping[str, Any]], **options: Any
    ) -> list[Any]:
        """Put a snapshot in place of the state and give the values of the bars after it.

        Raises ValueError for a snapshot of another version, with the state as it was.
        """
        self._store.restore(snapshot)
        return [self.step(plan, tick, **options) for tick in events]

    def clear_cache(self) -> None:
        """Forget the state and the plan."""
        self._store.clear()
        self._stepper = None
        self._timeframe = None

    # One bar

    def _step(
        self, plan: PlanResult, tick: Mapping[str, Any], timeframe: str | None, options: Mapping[str, Any]
    ) -> tuple[PlanStepper, Point, Exception | None]:
        stepper = self._stepper_for(plan, timeframe)
        points, error = self._points(stepper, tick, options)
        point = points[stepper.root_id]
        if stepper.is_constant and error is None and point.state is Availability.MISSING_INPUT:
            raise ValueError("the rule is made of constants alone and is undefined, as division by zero is")
        return stepper, point, error

    def _points(
        self, stepper: PlanStepper, tick: Mapping[str, Any], options: Mapping[str, Any]
    ) -> tuple[dict[int, Point], Exception | None]:
        """Step every node; a failure that the policy does not raise becomes the point of all of them."""
        policies = options.get("policies") or self.policies
        try:
            return stepper.step(self._store, tick, policies), None
        except Exception as error:
            if policies.on_error is ErrorPolicy.RAISE:
                raise
            is_told = policies.on_error is ErrorPolicy.EMIT_ERROR
            point = Point(None, Availability.ERROR if is_told else Availability.MISSING_INPUT)
            return dict.fromkeys(stepper.plan.node_order, point), error if is_told else None

    def _stepper_for(self, plan: PlanResult, timeframe: str | None) -> PlanStepper:
        wanted = timeframe if timeframe is not None else self._timeframe
        if self._stepper is None or self._stepper.plan is not plan or self._stepper.timeframe != wanted:
            self._stepper = PlanStepper(plan, wanted)
        return self._stepper

    def _as_result(self, point: Point, error: Exception | None) -> StepResult[StateStore, Any]:
        if isinstance(point.value, dict):
            is_any_ready = any(one.state is Availability.READY for one in point.value.values())
            return StepResult(self._store, plain_value(point) if is_any_ready else None, point.state, error)
        return StepResult(self._store, point.value, point.state, error)

    # Whole data

    def _evaluate_context(
        self, plan: PlanResult, context: Mapping[str, Any], options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        stepper = PlanStepper(plan, _timeframe_of(context))
        if stepper.is_constant:
            return self._evaluate_constant(plan, options)
        own = dict(stepper.literal_series())
        for need in stepper.sources():
            try:
                own[source_key(need.node)] = resolve_source_from_context(need.node, context)
            except MissingDataError as error:
                self._refuse(need, error, is_empty=not context)
        streams = dict.fromkeys((series.symbol, series.timeframe) for series in own.values())
        if len(streams) > 1:
            names = ", ".join(" ".join(stream) for stream in streams)
            raise ValueError(f"series with mismatched metadata cannot be combined: {names}")
        symbol, timeframe = next(iter(streams))
        return self._run(plan, build_timeline(own, {}, plan.alignment, symbol, timeframe), options)

    def _evaluate_pair(
        self, plan: PlanResult, dataset: Any, symbol: str, timeframe: str, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        stepper = PlanStepper(plan, timeframe)
        if stepper.is_constant:
            return self._evaluate_constant(plan, options)
        own: dict[str, Series[Any]] = {}
        others: dict[str, Series[Any]] = {}
        for key, series in stepper.literal_series().items():
            is_own = (series.symbol, series.timeframe) == (symbol, timeframe)
            (own if is_own else others)[key] = series
        for need in stepper.sources():
            try:
                series = resolve_source(dataset, need.node, symbol, timeframe)
            except MissingDataError as error:
                self._refuse(need, error)
                continue
            (own if _is_own(need.node, dataset, symbol, timeframe) else others)[source_key(need.node)] = series
        if not own:  # Every source is elsewhere: the stream's own bars, or its first series, give the times.
            entry = next(data for key, data in dataset if (key.symbol, key.timeframe) == (symbol, timeframe))
            own["ohlcv.close"] = entry.to_series("close") if hasattr(entry, "to_series") else entry
        return self._run(plan, build_timeline(own, others, plan.alignment, symbol, timeframe), options)

    def _evaluate_constant(self, plan: PlanResult, options: Mapping[str, Any]) -> tuple[Any, dict[int, Any]]:
        self.initialize(plan)
        stepper, point, _ = self._step(plan, {}, None, options)
        root = plan.graph.nodes[stepper.root_id].node
        value = root.value if isinstance(root, LiteralNode) else plain_value(point)
        series = value if isinstance(value, Series) else _make_scalar_series(value)
        states = {node_id: self._store.get_state(node_id) for node_id in plan.node_order}
        return series, {node_id: _make_scalar_series(state.last_value) for node_id, state in states.items()}

    def _run(
        self, plan: PlanResult, timeline: Timeline, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        self.initialize(plan, timeframe=timeline.timeframe)
        stepper = self._stepper_for(plan, timeline.timeframe)
        rows = [self._points(stepper, tick, options)[0] for tick in timeline.ticks()]
        results: dict[int, Any] = {}
        for node_id in plan.node_order:
            points, stamps = [row[node_id] for row in rows], timeline.timestamps
            if node_id == stepper.root_id:
                root_points, root_stamps = shape_root(plan.graph.nodes[node_id].node, points, stamps)
                root = _shape(stepper, node_id, root_points, root_stamps, timeline)
            results[node_id] = _shape(stepper, node_id, points, stamps, timeline)
        return root, results

    @staticmethod
    def _refuse(need: SourceNeed, error: MissingDataError, is_empty: bool = False) -> None:
        """Raise for a field that is not in the data, unless nothing of its own is read from it."""
        if not need.is_required:
            return
        if not need.is_bare:
            raise error
        if is_empty:
            raise ValueError("SeriesContext has no series to operate on") from error
        raise ValueError(f"SeriesContext missing required field '{field_of(need.node)}'") from error


def _timeframe_of(context: Mapping[str, Any]) -> str | None:
    return next((series.timeframe for series in context.values() if isinstance(series, Series)), None)


def _is_own(node: SourceRefNode, dataset: Any, symbol: str, timeframe: str) -> bool:
    """Tell whether a reference means the stream that is evaluated."""
    is_symbol = node.symbol is None or match_symbol(node, dataset) == symbol
    return is_symbol and node.timeframe in (None, timeframe)


def _external(stepper: PlanStepper, point: Point) -> Any:
    names = stepper.outputs(stepper.root_id)
    is_boolean = stepper.is_boolean(stepper.root_id)
    if names is None:
        return external_value(point, is_boolean, None)
    points = point.value if isinstance(point.value, dict) else dict.fromkeys(names, point)
    return {name: external_value(one, is_boolean, None) for name, one in points.items()}


def _shape(stepper: PlanStepper, node_id: int, points: Any, stamps: Any, timeline: Timeline) -> Any:
    """Give a node's series; a tuple of them, in the indicator's order, for several outputs."""
    is_boolean = stepper.is_boolean(node_id)
    names = stepper.outputs(node_id)
    if names is None:
        return to_series(points, stamps, timeline.symbol, timeline.timeframe, is_boolean)
    columns = ([point.value[name] if isinstance(point.value, dict) else point for point in points] for name in names)
    return tuple(to_series(column, stamps, timeline.symbol, timeline.timeframe, is_boolean) for column in columns)


__all__ = ["IncrementalBackend"]
