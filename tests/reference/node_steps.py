"""One moment through the nodes of a plan, each with its value and the reason where it has none.

At a moment bars of one stream or several close, and the nodes advance whose clock ticks then; the others keep their
last point. An input whose clock differs from its node's is read as of that time. A step works on copies: states are
committed only when every node has been computed, so a moment that fails leaves no trace.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Any

from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import timestamp_from_ns
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.exceptions import MissingInputError, OrderError
from laakhay.ta.expr.execution.contracts import (
    Availability,
    MissingInputPolicy,
    Point,
    StepPolicies,
    plain_value,
    worst,
)
from laakhay.ta.expr.execution.plan_reader import PlanReader, SourceNeed, is_literal_key, is_long_series, literal_key
from laakhay.ta.expr.execution.references import field_of, find_key, ingredients, select_field, source_key, stream_name
from laakhay.ta.expr.execution.tick import read_number
from laakhay.ta.expr.ir.nodes import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    ExprNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    LoopNode,
    MemberAccessNode,
    OwnNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
    reads_loop,
)
from laakhay.ta.expr.ir.types import COMPARISONS, LOGICAL
from laakhay.ta.expr.planner.types import CallBinding, CallInput, PlanResult
from tests.reference import node_adapters as adapters
from tests.reference.clocks import Clock, plan_clocks
from tests.reference.decimals import CONTEXT
from tests.reference.derived import DERIVED
from tests.reference.loops import CROSSINGS, Loop, Tree
from tests.reference.loops import Value as LoopValue
from tests.reference.state import KernelState, StateStore
from tests.reference.time_shift import HOUR, parse_shift_duration, parse_shift_periods, parse_timeframe, time_before

# Where the store keeps the last good value of each field, and the latest points; nodes have ids from 0 up.
FIELDS_STATE = -1
POINTS_STATE = -2
# And the last bar, as far as the rule reads it, with its time.
ORDER_STATE = -3


READY = Availability.READY
NOTHING = Decimal("NaN")
WARMING_UP = Point(None, Availability.WARMING_UP)
MISSING = Point(None, Availability.MISSING_INPUT)
EXCLUDED = Point(None, Availability.EXCLUDED)


@dataclass(frozen=True)
class Moment:
    """The bars that close at one time, as ticks by the name of their stream.

    `time` is in nanoseconds since 1970 UTC. Without one each bar is the next on a grid without gaps.
    """

    bars: Mapping[str, Mapping[str, Any]]
    time: int | None = None


@dataclass
class Step:
    """One moment while it is worked on.

    `fields` by key and `points` by node have what was last read and computed, of streams that have no bar now from
    earlier on. `held` has the last good value of each field.
    """

    moment: Moment
    policies: StepPolicies
    held: dict[str, Any]
    fields: dict[str, Point]
    points: dict[int, Point]

    def take(self, need: SourceNeed, tick: Mapping[str, Any]) -> None:
        """Read a field of the bar that its stream has now. Raises MissingInputError under `fail`."""
        if not need.is_required and self.policies.missing_input is MissingInputPolicy.FAIL:
            # A source without a field is only a place to filter and aggregate; what is read there is judged there.
            key = find_key(tick, need.node)
            number = None if key is None else read_number(tick[key], key)
            point = MISSING if number is None else Point(number, READY)
        else:
            point = self._read(need.node, tick)
        self.fields[source_key(need.node)] = point

    def _read(self, node: SourceRefNode, tick: Mapping[str, Any]) -> Point:
        key = find_key(tick, node)
        parts = ingredients(node) if key is None else ()
        if parts:
            points = [self._read(part, tick) for part in parts]
            if worst(point.state for point in points) is not READY:
                return MISSING
            values = tuple(point.value for point in points)
            return Point(DERIVED[field_of(node)](*values), READY)
        return self.admit(source_key(node), None if key is None else tick[key])

    def admit(self, key: str, raw: Any) -> Point:
        """Judge the raw value of a field by the policy for missing inputs; truth values are a series' of the rule."""
        is_truth = isinstance(raw, bool) and is_literal_key(key)
        number = raw if is_truth else read_number(raw, key)
        policy = self.policies.missing_input
        if number is None and policy is MissingInputPolicy.FAIL:
            raise MissingInputError(f"field `{key}` is {raw!r} in this bar; a finite number is needed")
        if policy is MissingInputPolicy.HOLD_PREVIOUS:
            if number is None:
                number = self.held.get(key)
            else:
                self.held[key] = number
        return MISSING if number is None else Point(number, READY)


Read = Callable[[Step], Point]
Advance = Callable[[Step, KernelState], Point]


class PlanStepper(PlanReader):
    """A plan with everything resolved that does not depend on the bars: bindings, kernels, clocks, shifts.

    `timeframe` is that of the rule's own streams; without one a bar is an hour. `clock` names the stream at whose bars
    the rule is evaluated; without one it is the finest that the rule reads.

    Raises ValueError for a shift that is no whole number of bars of what it shifts, NotImplementedError for an
    indicator without an exact kernel.
    """

    def __init__(self, plan: PlanResult, timeframe: str | None = None, clock: str | None = None) -> None:
        super().__init__(plan, timeframe)
        self.clocks = plan_clocks(self, timeframe, clock)
        self._needs = [(stream_name(need.node), need) for need in self.sources()]
        self._never_computed = {
            node_id: MISSING if self._is_field(node_id) else WARMING_UP for node_id in plan.node_order
        }
        with localcontext(CONTEXT):
            # Within a loop a node means nothing alone.
            self.alone = [node_id for node_id in plan.node_order if not reads_loop(self._node(node_id))]
            self._steps: list[tuple[int, Advance]] = [(node_id, self._compile(node_id)) for node_id in self.alone]

    def is_boolean(self, node_id: int) -> bool:
        """Tell whether a node gives true and false rather than numbers."""
        node = self._node(node_id)
        match node:
            case BinaryOpNode():
                return node.operator in COMPARISONS | LOGICAL
            case UnaryOpNode():
                return node.operator == "not"
            case CallNode():
                return node_id in self.bindings and self.bindings[node_id].is_bool
            case FilterNode() | IndexNode():
                return self.is_boolean(self._children(node_id)[0])
            case OwnNode():
                return node.type_tag == "series_bool"
            case LoopNode():
                return self.is_boolean(self._children(node_id)[_place_of_meant(node)])
            case TimeShiftNode():
                return node.operation is None and self.is_boolean(self._children(node_id)[0])
            case LiteralNode():
                values = node.value.values if isinstance(node.value, Series) else (node.value,)
                return any(isinstance(value, bool) for value in values)
        return False

    def step(
        self, store: StateStore, tick: Mapping[str, Any], policies: StepPolicies, time: int | None = None
    ) -> dict[int, Point]:
        """Take one tick in which every stream has a bar; otherwise as `step_streams`.

        The last bar again changes nothing. Raises OrderError for a bar of the past, another one of the last time, and
        a bar with a time after bars without or the other way round.
        """
        inputs = [self._given(need.node, tick) for _, need in self._needs]
        last = store.get_state(ORDER_STATE).algorithm_state
        if last is not None and _is_same_bar(last, (time, inputs)):
            return self._never_computed | store.get_state(POINTS_STATE).algorithm_state[1]
        points = self.step_streams(store, Moment(dict.fromkeys(self.clocks.streams, tick), time), policies)
        store.update_state(ORDER_STATE, KernelState(algorithm_state=(time, inputs)))
        return points

    @classmethod
    def _given(cls, node: SourceRefNode, tick: Mapping[str, Any]) -> list[Any]:
        """Give the numbers that a tick has for a field, as they tell it from another tick."""
        key = find_key(tick, node)
        if key is not None:
            return [tick[key] if isinstance(tick[key], bool) else read_number(tick[key], key)]
        return [number for part in ingredients(node) for number in cls._given(part, tick)]

    def step_streams(self, store: StateStore, moment: Moment, policies: StepPolicies) -> dict[int, Point]:
        """Take the bars of one moment; give every node's latest point and commit the states of those that advanced.

        Raises what a node raises, with the store as it was.
        """
        held = dict(store.get_state(FIELDS_STATE).algorithm_state or {}) if self._holds(policies) else {}
        fields, points = store.get_state(POINTS_STATE).algorithm_state or ({}, {})
        now = Step(moment, policies, held, dict(fields), self._never_computed | points)
        following: dict[int, KernelState] = {}
        with localcontext(CONTEXT):
            for stream, need in self._needs:
                if stream in moment.bars:
                    now.take(need, moment.bars[stream])
            for stream in moment.bars:
                now.fields[_bars_of(stream)] = now.fields.get(_bars_of(stream), 0) + 1
            for node_id, advance in self._steps:
                clock = self.clocks.nodes[node_id]
                if clock is not None and not clock.ticks(moment.bars):
                    continue
                state = copy(store.get_state(node_id))
                point = advance(now, state)
                now.points[node_id] = point
                state.ticks_processed += 1
                state.last_value = plain_value(point)
                state.is_valid = state.is_valid or point.state is READY
                following[node_id] = state
        for node_id, state in following.items():
            store.update_state(node_id, state)
        if self._holds(policies):
            store.update_state(FIELDS_STATE, KernelState(algorithm_state=now.held))
        store.update_state(POINTS_STATE, KernelState(algorithm_state=(now.fields, now.points)))
        return now.points

    def row_point(self, node_id: int, points: Mapping[int, Point], streams: Collection[str]) -> Point:
        """Give a node's point as a row of the plan has it, at a time at which these streams have a bar."""
        clock = self.clocks.nodes[node_id]
        if clock is None or clock.ticks(streams) or self.clocks.reads_as_of(clock, self.clocks.rows):
            return points[node_id]
        return MISSING

    @staticmethod
    def _holds(policies: StepPolicies) -> bool:
        return policies.missing_input is MissingInputPolicy.HOLD_PREVIOUS

    def _is_field(self, node_id: int) -> bool:
        node = self._node(node_id)
        if isinstance(node, IndexNode) and _index_rows(node) == 0:  # Of no rows ago: the thing itself.
            return self._is_field(self._children(node_id)[0])
        is_selected = isinstance(node, CallNode) and node.name == "select"
        return is_selected or isinstance(node, SourceRefNode) or is_long_series(node)

    def _compile(self, node_id: int) -> Advance:
        node = self._node(node_id)
        mine = self.clocks.nodes[node_id]
        inputs = [self._computed(child, mine) for child in self._children(node_id)]
        match node:
            case LiteralNode():
                return _literal_step(node, node_id)
            case SourceRefNode():
                return _reading(self._field(node, mine))
            case BinaryOpNode():
                return lambda now, _: _binary_step(node, [read(now) for read in inputs])
            case UnaryOpNode():
                return lambda now, _: _unary_step(node, inputs[0](now))
            case FilterNode():
                return lambda now, _: filtered(inputs[0](now), inputs[1](now))
            case AggregateNode():
                read = inputs[0] if node.field is None else self._pushed(self._children(node_id)[0], node.field, mine)
                return lambda now, state: _aggregate_step(node, read(now), state)
            case TimeShiftNode():
                return self._compile_shift(node, inputs[0], self.timeframe if mine is None else mine.timeframe)
            case IndexNode():
                rows = _index_rows(node)
                return lambda now, state: _index_step(inputs[0](now), rows, state)
            case MemberAccessNode():
                return lambda now, _: _member_step(node, inputs[0](now))
            case LoopNode():
                return self._compile_loop(node, node_id, mine)
            case CallNode():
                return self._compile_call(node, node_id, inputs)
        raise NotImplementedError(f"{type(node).__name__} cannot be executed")

    def _compile_shift(self, node: TimeShiftNode, read: Read, timeframe: str | None) -> Advance:
        adapters.check_shift_operation(node.operation)
        periods = parse_shift_periods(node.shift, timeframe)
        duration = parse_shift_duration(node.shift)
        if duration is None:
            return lambda now, state: _shift_step(read(now), periods, node.operation, state)
        span = parse_timeframe(timeframe) or HOUR

        def step(now: Step, state: KernelState) -> Point:
            if now.moment.time is None:  # Ticks without times are the bars of a grid.
                time = (state.ticks_processed + 1) * span.nanoseconds
                earlier = time - duration.nanoseconds
            else:
                time = now.moment.time
                earlier = time_before(time, duration, span)
            return _time_shift_step(read(now), time, earlier, node.operation, state)

        return step

    def _compile_call(self, node: CallNode, node_id: int, children: Sequence[Read]) -> Advance:
        mine = self.clocks.nodes[node_id]
        if node.name == "fresh":
            return self._compile_fresh(node, mine)
        if node_id not in self.bindings:
            return _reading(self._field(SourceRefNode(symbol=None, field=select_field(node)), mine))
        binding = self.bindings[node_id]
        kernel = adapters.call_kernel(binding)
        if node.output is not None and node.output not in binding.outputs:
            raise ValueError(f"`{node.name}` has no output `{node.output}`; accepted: {', '.join(binding.outputs)}")
        reads = [self._call_input(source, children, mine) for source in binding.inputs]

        def step(now: Step, state: KernelState) -> Point:
            inputs = [read(now) for read in reads]
            blocked = _blocked(inputs)
            if blocked is not None and not kernel.every_bar:
                return _spread(blocked, binding, node)
            values = [point.value if _blocked([point]) is None else None for point in inputs]
            state.algorithm_state, outputs = adapters.call_step(kernel, binding, state.algorithm_state, values)
            # What takes every bar and has no value waits for an input.
            waiting = WARMING_UP if blocked is None else blocked
            points = {name: waiting if value is NOT_READY else _number_point(value) for name, value in outputs.items()}
            return _selected(points, node)

        return step

    def _compile_loop(self, node: LoopNode, node_id: int, mine: Clock | None) -> Advance:
        children = iter(self._children(node_id))
        reads: dict[int, Read] = {}

        def tree(part: ExprNode | None) -> Tree | None:
            return None if part is None else self._tree(next(children), mine, reads)

        values = [LoopValue(v.name, tree(v.body) or (), tree(v.first), tree(v.restart)) for v in node.values]
        is_truth = self.is_boolean(node_id)

        def step(now: Step, state: KernelState) -> Point:
            inputs = {child: read(now) for child, read in reads.items()}
            blocked = _blocked(list(inputs.values()))
            if blocked is not None:
                return blocked
            loop = deepcopy(state.algorithm_state) or Loop(values, self._operation)
            row = loop.step({child: point.value for child, point in inputs.items()})
            state.algorithm_state = loop
            value = row[node.value]
            if adapters.is_nothing(value):
                return MISSING
            return Point(adapters.truth(value) if is_truth else value, READY)

        return step

    def _tree(self, node_id: int, mine: Clock | None, reads: dict[int, Read]) -> Tree:
        """Give a part of a loop as the definition of loops has it; what does not depend on the loop goes to `reads`."""
        node = self._node(node_id)
        if not reads_loop(node):
            reads[node_id] = self._computed(node_id, mine)
            return ("other", node_id)
        parts = [self._tree(child, mine, reads) for child in self._children(node_id)]
        match node:
            case OwnNode():
                return ("own", node.name, 0)
            case IndexNode():
                reads.pop(self._children(node_id)[1], None)
                return ("ago", parts[0], _index_rows(node))
            case BinaryOpNode() | UnaryOpNode():
                return (node.operator, *parts)
            case CallNode():
                binding = self.bindings[node_id]
                given = [parts[s.child] if s.child is not None else ("constant", s.number) for s in binding.inputs]
                return (node.name if node.name in CROSSINGS else f"call {node_id}", *given)
        raise NotImplementedError(f"{type(node).__name__} in a loop; use the Rust engine")

    def _operation(self, name: str, operands: Sequence[Any]) -> Any:
        """Give what an operation of a loop gives; NaN is nothing."""
        if name.startswith("call "):
            binding = self.bindings[int(name.removeprefix("call "))]
            kernel = adapters.call_kernel(binding)
            values = [None if adapters.is_nothing(x) else x for x in operands]
            if not kernel.every_bar and None in values:
                return NOTHING
            _, outputs = adapters.call_step(kernel, binding, None, values)
            value = next(iter(outputs.values()))
            return NOTHING if value is None or value is NOT_READY else value
        if any(adapters.is_nothing(x) for x in operands):
            return NOTHING
        try:
            if len(operands) == 1:
                return adapters.unary_value(name, operands[0])
            return adapters.binary_value(name, operands[0], operands[1])
        except adapters.UndefinedArithmeticError:
            return NOTHING

    def _compile_fresh(self, node: CallNode, mine: Clock | None) -> Advance:
        stream = stream_name(node.args[0])
        theirs = Clock((stream,), self.clocks.streams[stream].timeframe)
        is_as_of = theirs == mine or self.clocks.reads_as_of(theirs, mine)

        def step(now: Step, state: KernelState) -> Point:
            seen = now.fields.get(_bars_of(stream), 0)
            before, state.algorithm_state = state.algorithm_state, seen
            if before is None:
                return WARMING_UP
            # Where a stream is not read as of its last bar, only the row of a bar sees it.
            return Point(seen > before if is_as_of else theirs.ticks(now.moment.bars), READY)

        return step

    # Inputs, each as a node with the clock `mine` reads it

    def _computed(self, child: int, mine: Clock | None) -> Read:
        return self._joined(self.clocks.nodes[child], mine, lambda now: now.points[child])

    def _field(self, node: SourceRefNode, mine: Clock | None) -> Read:
        key, stream = source_key(node), stream_name(node)
        theirs = Clock((stream,), self.clocks.streams[stream].timeframe)
        return self._joined(theirs, mine, lambda now: now.fields.get(key, MISSING))

    def _call_input(self, source: CallInput, children: Sequence[Read], mine: Clock | None) -> Read:
        if source.number is not None:
            constant = Point(Decimal(repr(source.number)), READY)
            return lambda _: constant
        if source.child is not None:
            return children[source.child]
        return self._field(SourceRefNode(symbol=None, field=source.field), mine)

    def _joined(self, theirs: Clock | None, mine: Clock | None, read: Read) -> Read:
        if theirs is None or theirs == mine or self.clocks.reads_as_of(theirs, mine):
            return read
        return lambda now: read(now) if theirs.ticks(now.moment.bars) else MISSING

    def _pushed(self, node_id: int, name: str, mine: Clock | None) -> Read:
        """Read an aggregate's own field where the aggregated node stands on a source."""
        node, children = self._node(node_id), self._children(node_id)
        if isinstance(node, FilterNode):
            value, condition = self._pushed(children[0], name, mine), self._computed(children[1], mine)
            return lambda now: filtered(value(now), condition(now))
        if isinstance(node, SourceRefNode):
            return self._field(replace(node, field=name), mine)
        return self._computed(node_id, mine)


def _bars_of(stream: str) -> str:
    """Where the number of a stream's bars stands among the fields."""
    return f"bars of {stream}"


def _is_same_bar(last: tuple[int | None, Any], now: tuple[int | None, Any]) -> bool:
    """Tell whether a bar is the last one again. Raises OrderError where it is none that can follow it."""
    before, time = last[0], now[0]
    if before is None and time is None:
        return False
    if before is None or time is None:
        raise OrderError("bars with a time and bars without cannot follow each other")
    if time > before:
        return False
    if last == now:
        return True
    given, known = (timestamp_from_ns(one).isoformat() for one in (time, before))
    raise OrderError(f"the bar of {given} is not after the last one, {known}; lateness allowed: 0 s")


def filtered(value: Point, condition: Point) -> Point:
    """Keep a point where the condition is true; a condition that is not ready is not true."""
    if condition.state is Availability.ERROR:
        return condition
    if condition.state is not READY or isinstance(condition.value, (str, dict)):
        return EXCLUDED
    return value if adapters.truth(condition.value) else EXCLUDED


def _blocked(points: list[Point]) -> Point | None:
    """Give the point of an operation whose operands are not all numbers; None when they are."""
    state = worst(point.state for point in points)
    if state is not READY:
        return Point(None, state)
    several = next((point for point in points if isinstance(point.value, dict)), None)
    if several is not None:
        raise TypeError(f"an operand has several outputs; name one of: {', '.join(several.value)}")
    return MISSING if any(point.value is None or isinstance(point.value, str) for point in points) else None


def _binary_step(node: BinaryOpNode, points: list[Point]) -> Point:
    blocked = _blocked(points)
    if blocked is not None:
        return blocked
    try:
        return Point(adapters.binary_value(node.operator, points[0].value, points[1].value), READY)
    except adapters.UndefinedArithmeticError:
        return MISSING


def _unary_step(node: UnaryOpNode, point: Point) -> Point:
    blocked = _blocked([point])
    return blocked if blocked is not None else Point(adapters.unary_value(node.operator, point.value), READY)


def _aggregate_step(node: AggregateNode, point: Point, state: KernelState) -> Point:
    if point.state is Availability.ERROR:
        return point
    usable = point.state is READY and not isinstance(point.value, (str, dict))
    stats = adapters.take_statistics(state.algorithm_state, point.value if usable else None)
    state.algorithm_state = stats
    value = adapters.read_statistic(stats, node.operation)
    return WARMING_UP if value is None else _number_point(value)


def _shift_step(point: Point, periods: int, operation: str | None, state: KernelState) -> Point:
    """Shift by rows that are ready."""
    blocked = _blocked([point])
    if blocked is not None:
        return blocked
    buffer = state.algorithm_state or ()
    state.algorithm_state = (*buffer, point.value)[-periods:]
    return _shifted_point(buffer[0] if len(buffer) == periods else None, point.value, operation)


def _time_shift_step(point: Point, time: int, earlier: int, operation: str | None, state: KernelState) -> Point:
    """Shift to the last ready value that was there at the time `earlier`."""
    blocked = _blocked([point])
    if blocked is not None:
        return blocked
    history: tuple[tuple[int, Any], ...] = state.algorithm_state or ()
    there = bisect_right(history, earlier, key=lambda entry: entry[0])
    state.algorithm_state = (*history[max(there - 1, 0) :], (time, point.value))
    return _shifted_point(history[there - 1][1] if there else None, point.value, operation)


def _shifted_point(earlier: Any, value: Any, operation: str | None) -> Point:
    if earlier is None:
        return WARMING_UP
    try:
        return Point(adapters.shifted(earlier, value, operation), READY)
    except adapters.UndefinedArithmeticError:
        return MISSING


def _place_of_meant(node: LoopNode) -> int:
    """Give the place, among the children of a loop, of what the value that is meant is on a bar."""
    place = 0
    for value in node.values:
        if value.name == node.value:
            break
        place += len(value.parts())
    return place


def _index_rows(node: IndexNode) -> int:
    rows = node.index.value if isinstance(node.index, LiteralNode) else None
    if isinstance(rows, bool) or not isinstance(rows, (int, float, Decimal)) or rows != int(rows) or rows < 0:
        raise ValueError("an index is a whole number from 0 up: how many rows ago")
    return int(rows)


def _index_step(point: Point, rows: int, state: KernelState) -> Point:
    return point if rows == 0 else _shift_step(point, rows, None, state)


def _member_step(node: MemberAccessNode, point: Point) -> Point:
    if not isinstance(point.value, dict) or node.member not in point.value:
        accepted = ", ".join(point.value) if isinstance(point.value, dict) else "none"
        raise ValueError(f"there is no output `{node.member}`; accepted: {accepted}")
    return point.value[node.member]


def _literal_step(node: LiteralNode, node_id: int) -> Advance:
    if is_long_series(node):
        key = literal_key(node_id)
        return lambda now, _: now.admit(key, now.moment.bars[key].get(key))
    value = adapters.eval_literal_step(node)
    point = MISSING if value is None else Point(value, READY)
    return lambda _now, _state: point


def _reading(read: Read) -> Advance:
    return lambda now, _: read(now)


def _number_point(value: Any) -> Point:
    if value is None:
        return MISSING
    try:
        return Point(value if isinstance(value, bool) else adapters.bounded(value), READY)
    except adapters.UndefinedArithmeticError:
        return MISSING


def _spread(point: Point, binding: CallBinding, node: CallNode) -> Point:
    return _selected(dict.fromkeys(binding.outputs, point), node)


def _selected(points: dict[str, Point], node: CallNode) -> Point:
    """Give a call's one output, the one it names, or all of them as one point."""
    if node.output is not None:
        return points[node.output]
    if len(points) == 1:
        return next(iter(points.values()))
    return Point(points, worst(point.state for point in points.values()))


__all__ = ["FIELDS_STATE", "POINTS_STATE", "Moment", "PlanStepper", "filtered"]
