"""One bar through every node of a plan, each with its value and the reason where it has none.

A step works on copies: states are committed only when every node has been computed, so a bar that fails leaves no
trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import Any, NamedTuple

from laakhay.ta.core.types import NOT_READY
from laakhay.ta.exceptions import MissingInputError

from ..ir.nodes import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    MemberAccessNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from ..planner.types import CallBinding, CallInput, PlanResult
from ..semantics.source_schema import derive_field
from . import node_adapters as adapters
from .contracts import Availability, MissingInputPolicy, StepPolicies, worst
from .plan_reader import PlanReader, is_long_series, literal_key
from .state import KernelState, StateStore
from .tick import field_of, find_key, ingredients, source_key, to_number
from .time_shift import parse_shift_periods

# Digits enough that rounding here is nothing beside that of a double.
REFERENCE_CONTEXT = Context(
    prec=50,
    rounding=ROUND_HALF_EVEN,
    Emax=999_999,
    Emin=-999_999,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
# Where the store keeps the last good value of each field; nodes have ids from 0 up.
FIELDS_STATE = -1


class Point(NamedTuple):
    """Value of one node on one bar; a dict of points, by output name, for an indicator with several outputs."""

    value: Any
    state: Availability


READY = Availability.READY
WARMING_UP = Point(None, Availability.WARMING_UP)
MISSING = Point(None, Availability.MISSING_INPUT)
EXCLUDED = Point(None, Availability.EXCLUDED)


@dataclass
class Bar:
    """One bar while it is worked on: the tick, the nodes' points so far, and the last good fields."""

    tick: Mapping[str, Any]
    policies: StepPolicies
    held: dict[str, Any]
    points: dict[int, Point] = field(default_factory=dict)

    def read(self, node: SourceRefNode) -> Point:
        """Read a field by the policy for missing inputs. Raises MissingInputError under `fail`."""
        key = find_key(self.tick, node)
        parts = ingredients(node) if key is None else ()
        if parts:
            points = [self.read(part) for part in parts]
            if worst(point.state for point in points) is not READY:
                return MISSING
            values = tuple(point.value for point in points)
            return Point(derive_field(field_of(node), values), READY)
        return self.admit(source_key(node), None if key is None else self.tick[key])

    def admit(self, key: str, raw: Any) -> Point:
        """Judge the raw value of a field."""
        number = to_number(raw)
        policy = self.policies.missing_input
        if number is None and policy is MissingInputPolicy.FAIL:
            raise MissingInputError(f"field `{key}` is {raw!r} in this bar; a finite number is needed")
        if policy is MissingInputPolicy.HOLD_PREVIOUS:
            if number is None:
                number = self.held.get(key)
            else:
                self.held[key] = number
        return MISSING if number is None else Point(number, READY)


Step = Callable[[Bar, KernelState], Point]


class PlanStepper(PlanReader):
    """A plan with everything resolved that does not depend on the bar: bindings, kernels, shifts.

    `timeframe` gives durations their number of rows; without one a row is an hour. Raises ValueError for a shift that
    is no whole number of rows, NotImplementedError for an indicator without an exact kernel.
    """

    def __init__(self, plan: PlanResult, timeframe: str | None = None) -> None:
        super().__init__(plan, timeframe)
        with localcontext(REFERENCE_CONTEXT):
            self._steps: list[tuple[int, Step]] = [(node_id, self._compile(node_id)) for node_id in plan.node_order]

    def step(self, store: StateStore, tick: Mapping[str, Any], policies: StepPolicies) -> dict[int, Point]:
        """Take one bar; gives every node's point and commits the nodes' states.

        Raises what a node raises, with the store as it was.
        """
        held = dict(store.get_state(FIELDS_STATE).algorithm_state or {}) if self._holds(policies) else {}
        bar = Bar(tick, policies, held)
        following: dict[int, KernelState] = {}
        with localcontext(REFERENCE_CONTEXT):
            for node_id, step in self._steps:
                state = copy(store.get_state(node_id))
                point = step(bar, state)
                bar.points[node_id] = point
                state.ticks_processed += 1
                state.last_value = plain_value(point)
                state.is_valid = state.is_valid or point.state is READY
                following[node_id] = state
        for node_id, state in following.items():
            store.update_state(node_id, state)
        if self._holds(policies):
            store.update_state(FIELDS_STATE, KernelState(algorithm_state=bar.held))
        return bar.points

    @staticmethod
    def _holds(policies: StepPolicies) -> bool:
        return policies.missing_input is MissingInputPolicy.HOLD_PREVIOUS

    def _compile(self, node_id: int) -> Step:
        node = self._node(node_id)
        children = self._children(node_id)
        match node:
            case LiteralNode():
                return _literal_step(node, node_id)
            case SourceRefNode():
                return lambda bar, _: self._read_reference(bar, node)
            case BinaryOpNode():
                return lambda bar, _: _binary_step(node, [bar.points[child] for child in children])
            case UnaryOpNode():
                return lambda bar, _: _unary_step(node, bar.points[children[0]])
            case FilterNode():
                return lambda bar, _: filtered(bar.points[children[0]], bar.points[children[1]])
            case AggregateNode():
                return lambda bar, state: self._aggregate_step(node, children[0], bar, state)
            case TimeShiftNode():
                periods = parse_shift_periods(node.shift, self.timeframe)
                return lambda bar, state: _shift_step(bar.points[children[0]], periods, node.operation, state)
            case IndexNode():
                rows = _index_rows(node)
                return lambda bar, state: _index_step(bar.points[children[0]], rows, state)
            case MemberAccessNode():
                return lambda bar, _: _member_step(node, bar.points[children[0]])
            case CallNode():
                return self._compile_call(node, node_id)
        raise NotImplementedError(f"{type(node).__name__} cannot be executed")

    def _compile_call(self, node: CallNode, node_id: int) -> Step:
        if node_id not in self.bindings:
            reference = SourceRefNode(symbol=None, field=adapters.select_field(node))
            return lambda bar, _: bar.read(reference)
        binding, children = self.bindings[node_id], self._children(node_id)
        kernel = adapters.call_kernel(binding)
        if node.output is not None and node.output not in binding.outputs:
            raise ValueError(f"`{node.name}` has no output `{node.output}`; accepted: {', '.join(binding.outputs)}")

        def step(bar: Bar, state: KernelState) -> Point:
            inputs = [_input_point(source, children, bar) for source in binding.inputs]
            blocked = _blocked(inputs)
            if blocked is not None and not kernel.every_bar:
                # The other inputs were read all the same, so that each field's last good value is known.
                return _spread(blocked, binding, node)
            values = [point.value if _blocked([point]) is None else None for point in inputs]
            state.algorithm_state, outputs = adapters.call_step(kernel, binding, state.algorithm_state, values)
            # What takes every bar and has no value waits for an input.
            waiting = WARMING_UP if blocked is None else blocked
            points = {name: waiting if value is NOT_READY else _number_point(value) for name, value in outputs.items()}
            return _selected(points, node)

        return step

    # Nodes that need the plan

    @staticmethod
    def _read_reference(bar: Bar, node: SourceRefNode) -> Point:
        if node.field is None and bar.policies.missing_input is MissingInputPolicy.FAIL:
            # A source without a field is only a place to filter and aggregate; what is read there is judged there.
            key = find_key(bar.tick, node)
            number = None if key is None else to_number(bar.tick[key])
            return MISSING if number is None else Point(number, READY)
        return bar.read(node)

    def _aggregate_step(self, node: AggregateNode, child: int, bar: Bar, state: KernelState) -> Point:
        point = bar.points[child] if node.field is None else self._pushed_point(child, node.field, bar)
        if point.state is Availability.ERROR:
            return point
        usable = point.state is READY and not isinstance(point.value, (str, dict))
        stats = adapters.take_statistics(state.algorithm_state, point.value if usable else None)
        state.algorithm_state = stats
        value = adapters.read_statistic(stats, node.operation)
        return WARMING_UP if value is None else _number_point(value)

    def _pushed_point(self, node_id: int, name: str, bar: Bar) -> Point:
        """Give the point of an aggregate's own field where the aggregated node stands on a source."""
        node, children = self._node(node_id), self._children(node_id)
        if isinstance(node, FilterNode):
            return filtered(self._pushed_point(children[0], name, bar), bar.points[children[1]])
        return bar.read(replace(node, field=name)) if isinstance(node, SourceRefNode) else bar.points[node_id]


def filtered(value: Point, condition: Point) -> Point:
    """Keep a point where the condition is true; a condition that is not ready is not true."""
    if condition.state is Availability.ERROR:
        return condition
    if condition.state is not READY or isinstance(condition.value, (str, dict)):
        return EXCLUDED
    return value if adapters.truth(condition.value) else EXCLUDED


def plain_value(point: Point) -> Any:
    """Give a point's value, None where it has none; several outputs as a dict."""
    if isinstance(point.value, dict):
        return {name: one.value for name, one in point.value.items()}
    return point.value


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


def _shift_step(point: Point, periods: int, operation: str | None, state: KernelState) -> Point:
    blocked = _blocked([point])
    if blocked is not None:
        return blocked
    buffer = state.algorithm_state or ()
    state.algorithm_state = (*buffer, point.value)[-periods:]
    try:
        _, value = adapters.shift_value(buffer, point.value, periods, operation)
    except adapters.UndefinedArithmeticError:
        return MISSING
    return WARMING_UP if value is None else Point(value, READY)


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


def _literal_step(node: LiteralNode, node_id: int) -> Step:
    if is_long_series(node):
        key = literal_key(node_id)
        return lambda bar, _: bar.admit(key, bar.tick.get(key))
    value = adapters.eval_literal_step(node)
    point = MISSING if value is None else Point(value, READY)
    return lambda _bar, _state: point


def _number_point(value: Any) -> Point:
    if value is None:
        return MISSING
    try:
        return Point(value if isinstance(value, bool) else adapters.bounded(value), READY)
    except adapters.UndefinedArithmeticError:
        return MISSING


def _input_point(source: CallInput, children: Sequence[int], bar: Bar) -> Point:
    if source.number is not None:
        return Point(Decimal(repr(source.number)), READY)
    if source.child is not None:
        return bar.points[children[source.child]]
    return bar.read(SourceRefNode(symbol=None, field=source.field))


def _spread(point: Point, binding: CallBinding, node: CallNode) -> Point:
    return _selected(dict.fromkeys(binding.outputs, point), node)


def _selected(points: dict[str, Point], node: CallNode) -> Point:
    """Give a call's one output, the one it names, or all of them as one point."""
    if node.output is not None:
        return points[node.output]
    if len(points) == 1:
        return next(iter(points.values()))
    return Point(points, worst(point.state for point in points.values()))


__all__ = ["FIELDS_STATE", "REFERENCE_CONTEXT", "PlanStepper", "Point", "filtered", "plain_value"]
