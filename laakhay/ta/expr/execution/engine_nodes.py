"""A plan's nodes as one rule of the compiled engine, which computes common parts once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.core.timestamps import timestamp_ns
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.frames.columns import timeframe_to_ns
from laakhay.ta.rules.session import ASSUMED_TIMEFRAME

from .._rust import LITERAL_SOURCE, Substitutes, references, to_json
from ..ir.nodes import ExprNode, FilterNode, LiteralNode, SourceRefNode, reads_loop
from ..planner.types import PlanResult
from .contracts import Availability, Point, worst
from .plan_reader import PlanReader, SourceNeed, is_long_series, literal_key
from .references import find_key, ingredients, source_key
from .tick import to_number


class EngineNodes(PlanReader):
    """The root of a plan, or all its nodes, compiled by the engine.

    Outputs are called by the id of their node, with `.<name>` behind it where the node has several. `timeframe` gives
    durations their number of rows; without one, or with a label that is none, a row is an hour. Where streams are
    `joined`, each series that stands in the rule itself is one.
    """

    def __init__(
        self, plan: PlanResult, timeframe: str | None = None, wants_nodes: bool = False, joined: bool = False
    ) -> None:
        super().__init__(plan, timeframe)
        self.has_nodes = wants_nodes
        # Within a loop a node means nothing alone.
        alone = [node_id for node_id in plan.node_order if not reads_loop(self._node(node_id))]
        ids = alone if wants_nodes else [self.root_id]
        self.computed = [node_id for node_id in ids if not isinstance(self._node(node_id), LiteralNode)]
        self.literals = [node_id for node_id in ids if isinstance(self._node(node_id), LiteralNode)]
        trees = {str(node_id): self._node(node_id) for node_id in self.computed}
        self._substitutes = Substitutes(joined_with=timeframe if joined else None)
        written = [(name, to_json(node, self._substitutes)[0]) for name, node in trees.items()]
        self.rule = ta_py.Rule.from_ir(written) if written else None
        self.field_nodes = references(self.rule.field_references) if self.rule else []
        self.references = [self._reference(node) for node in self.field_nodes]
        # Of what needs none a label is no more than a name: such bars may be stamped as they like.
        needs_length = self.rule is not None and self.rule.needs_timeframe
        self.timeframe_ns = _length_of(timeframe) if needs_length else None

    @cached_property
    def booleans(self) -> list[str | None]:
        """The outputs of the root that give true and false rather than numbers; None is its only one."""
        if self.rule is None:
            return []
        kinds = {name: is_bool for name, is_bool, _ in self.rule.outputs}
        own = zip(self.outputs(self.root_id) or (None,), self.output_names(self.root_id), strict=True)
        return [output for output, name in own if kinds[name]]

    @property
    def drops_rows(self) -> bool:
        """Whether the root leaves rows out; values alone do not tell them from those that are not ready."""
        return isinstance(self._node(self.root_id), FilterNode)

    def sources(self) -> list[SourceNeed]:
        """Give every stored field the plan reads: the engine computes derived ones itself."""
        needs: dict[str, SourceNeed] = {}
        for need in super().sources():
            for node in ingredients(need.node) or (need.node,):
                key = source_key(node)
                if key not in needs or need.is_required:
                    needs[key] = SourceNeed(node, need.is_bare, need.is_required)
        return list(needs.values())

    @cached_property
    def session_rule(self) -> ta_py.Rule:
        """The rule whose session counts the bars: of a plan that is one literal, a rule that is that constant."""
        if self.rule is not None:
            return self.rule
        return ta_py.Rule.from_ir([("value", to_json(self._node(self.root_id), self._substitutes)[0])])

    def read(self, tick: Mapping[str, Any]) -> dict[str, Any]:
        """Give the engine's fields of a tick, by the names the engine has for them."""
        fields: dict[str, Any] = {}
        if self.rule is None:
            return fields
        for name, reference in zip(self.rule.fields, self.references, strict=True):
            if isinstance(reference, str):
                # To the engine a truth value is no number; in a series of the rule's own it counts as 1 or 0.
                value = tick.get(reference)
                fields[name] = int(value) if isinstance(value, bool) else value
            elif (key := find_key(tick, reference)) is not None:
                fields[name] = tick[key]
            else:
                fields[name] = None
        return fields

    def column(self, name: str, values: Sequence[Any]) -> NDArray[np.float64]:
        """Give the values of the engine's field of this name as numbers, NaN where they are missing.

        Raises DataError, naming field and row, for what is no number.
        """
        assert self.rule is not None
        reference = self.references[self.rule.fields.index(name)]
        return ta_py.numbers(values, name, truths=isinstance(reference, str))

    def keys(self) -> list[str]:
        """Give the keys of a timeline's columns that hold the engine's fields, in its order."""
        return [one if isinstance(one, str) else source_key(one) for one in self.references]

    def points(self, step: Any) -> dict[int, Point]:
        """Give the nodes' points of one step of the engine."""
        values, states = step.values, step.availabilities
        points = {node_id: self._point(str(node_id), values, states) for node_id in self.computed}
        return points | self.literal_points()

    def literal_points(self) -> dict[int, Point]:
        """Give the points of nodes that are constants."""
        points = {}
        for node_id in self.literals:
            value = self._node(node_id).value  # type: ignore[attr-defined]
            number = value if isinstance(value, str) else to_number(value)
            state = Availability.MISSING_INPUT if number is None else Availability.READY
            points[node_id] = Point(number, state)
        return points

    def _point(self, name: str, values: Mapping[str, Any], states: Mapping[str, str]) -> Point:
        names = self.outputs(int(name))
        if names is not None:
            points = {one: self._point_of(f"{name}.{one}", one, values, states) for one in names}
            return Point(points, worst(point.state for point in points.values()))
        return self._point_of(name, "value", values, states)

    def _point_of(self, name: str, alone: str, values: Mapping[str, Any], states: Mapping[str, str]) -> Point:
        # A rule with one output, or with one indicator's outputs, has their plain names.
        name = name if name in values else alone
        return Point(exact(values[name]), Availability(states[name]))

    def output_names(self, node_id: int) -> Iterator[str]:
        """Give the engine's name for each output of a node."""
        assert self.rule is not None
        there = {name for name, _, _ in self.rule.outputs}
        for one in self.outputs(node_id) or (None,):
            name = str(node_id) if one is None else f"{node_id}.{one}"
            # A rule with one indicator's outputs has their plain names.
            yield name if name in there else (one or "value")

    def _reference(self, node: SourceRefNode) -> SourceRefNode | str:
        if node.source != LITERAL_SOURCE or node.field is None:
            return node
        series = self._substitutes.series[int(node.field.removeprefix("series_"))]
        holders: Sequence[int] = self.plan.node_order
        return next(literal_key(i) for i in holders if self._holds_series(self._node(i), series))

    @staticmethod
    def _holds_series(node: ExprNode, series: Any) -> bool:
        return is_long_series(node) and node.value is series


def exact(value: Any) -> Any:
    """Give a number of the engine as the shortest Decimal that is that number; a bool or None as it is."""
    if value is None or isinstance(value, bool):
        return value
    return NOT_READY if value != value else Decimal(repr(value))


def closes_of(timestamps: Sequence[Any], timeframe: str) -> list[int | None]:
    """Give when each bar closes, in nanoseconds since 1970 UTC; None where stamps are no points in time."""
    if not all(isinstance(stamp, datetime) for stamp in timestamps):
        return [None] * len(timestamps)
    opens = np.array([timestamp_ns(stamp) for stamp in timestamps], dtype=np.int64)
    known = timeframe if ta_py.nominal_ns(timeframe) else ASSUMED_TIMEFRAME
    closes: list[int | None] = ta_py.closes_ns(opens, known).tolist()
    return closes


def _length_of(timeframe: str | None) -> int | None:
    try:
        return timeframe_to_ns(timeframe or ASSUMED_TIMEFRAME)
    except ValueError:
        return timeframe_to_ns(ASSUMED_TIMEFRAME)


__all__ = ["EngineNodes", "closes_of", "exact"]
