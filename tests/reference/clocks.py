"""At whose bars each part of a rule is computed.

A *stream* is what a reference says without its field: `close` is of the rule's own bars, `ETH.4h.trades.volume` of
trades of ETH, every four hours. A *clock* is the stream, or set of streams, at whose bars a node advances. It depends
on what the node reads alone, so a subexpression means the same in whatever rule it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laakhay.ta.expr.execution.plan_reader import PlanReader, is_long_series, literal_key
from laakhay.ta.expr.execution.references import OWN_BARS, is_own_stream, stream_name
from laakhay.ta.expr.ir.nodes import CallNode, SourceRefNode
from laakhay.ta.expr.planner.types import AlignmentPolicy
from tests.reference.time_shift import HOUR, Span, parse_timeframe


@dataclass(frozen=True)
class StreamDeclaration:
    """What a rule says of a stream. `is_own` streams are of the rule's own symbol and timeframe."""

    name: str
    timeframe: str | None
    is_own: bool

    @property
    def span(self) -> Span:
        """How long a bar lasts; an hour when the timeframe is not known."""
        return parse_timeframe(self.timeframe) or HOUR


@dataclass(frozen=True)
class Clock:
    """Streams of one timeframe, in their order of precedence.

    It ticks at the times at which all of them have a bar, or else any of them.
    """

    streams: tuple[str, ...]
    timeframe: str | None
    needs_all: bool = True

    @property
    def span(self) -> Span:
        """Time from tick to tick where nothing is left out."""
        return parse_timeframe(self.timeframe) or HOUR

    def ticks(self, streams: Collection[str]) -> bool:
        """Tell whether it ticks at a time at which these streams have a bar."""
        return (all if self.needs_all else any)(stream in streams for stream in self.streams)


def plan_streams(reader: PlanReader, timeframe: str | None) -> dict[str, StreamDeclaration]:
    """Give the streams that a plan reads, by name; `timeframe` is that of references which name none.

    A series that stands in the rule itself is a stream of its own.
    """
    found: dict[str, StreamDeclaration] = {}
    for need in reader.sources():
        name = stream_name(need.node)
        found[name] = StreamDeclaration(name, need.node.timeframe or timeframe, is_own_stream(need.node))
    for key, series in reader.literal_series().items():
        found[key] = StreamDeclaration(key, series.timeframe, False)
    return found


@dataclass(frozen=True)
class PlanClocks:
    """The clock of every node by id, None for one without; the clock of the plan's rows; the streams that are read."""

    nodes: Mapping[int, Clock | None]
    rows: Clock | None
    streams: Mapping[str, StreamDeclaration]
    policy: AlignmentPolicy

    def reads_as_of(self, theirs: Clock | None, mine: Clock | None) -> bool:
        """Tell whether an input that has no value at a tick of `mine` is read as of that time.

        It is, unless a policy that was chosen, and does not fill, concerns both.
        """
        if not self.policy.is_explicit or self.policy.fill == "ffill":
            return True
        return theirs is None or mine is None or theirs.span.fineness != mine.span.fineness


def plan_clocks(reader: PlanReader, timeframe: str | None, named: str | None = None) -> PlanClocks:
    """Give the clocks of a plan.

    `named` is the stream at whose bars the plan is evaluated; without one it is the finest that the plan reads. A
    policy that was chosen says where it meets those of its timeframe in the rows.
    """
    streams = plan_streams(reader, timeframe)
    if named is not None and named not in streams:  # It only gives the times.
        streams[named] = StreamDeclaration(named, timeframe, True)
    finest_first = sorted(streams.values(), key=lambda one: (one.span.fineness, _precedence(one, None)))
    if named is None and finest_first:
        named = finest_first[0].name
    order = {name: _precedence(one, named) for name, one in streams.items()}
    policy = reader.plan.alignment
    nodes: dict[int, Clock | None] = {}
    for node_id in reader.plan.node_order:
        inputs = [nodes[child] for child in reader.plan.graph.nodes[node_id].children]
        inputs += [_clock_of(streams[name]) for name in _read_directly(reader, node_id)]
        nodes[node_id] = meeting_clock(inputs, order, policy)
    rows = None if named is None else _clock_of(streams[named])
    if rows is not None and policy.is_explicit:
        like = [_clock_of(one) for one in streams.values() if one.span.fineness == rows.span.fineness]
        rows = meeting_clock(like, order, policy)
    return PlanClocks(nodes, rows, streams, policy)


def meeting_clock(inputs: Iterable[Clock | None], order: Mapping[str, Any], policy: AlignmentPolicy) -> Clock | None:
    """Give the clock of a node whose inputs have these clocks; None where none of them has one.

    The finest timeframe counts. Among several streams of it, the first in `order`, unless a policy was chosen: then
    the times of all of them (`inner`), of any (`outer`), of the first (`left`) or of the last (`right`).
    """
    clocks = [clock for clock in inputs if clock is not None]
    if not clocks:
        return None
    finest = min(clock.span.fineness for clock in clocks)
    clocks = [clock for clock in clocks if clock.span.fineness == finest]
    if len(set(clocks)) == 1:
        return clocks[0]
    names = sorted({name for clock in clocks for name in clock.streams}, key=order.__getitem__)
    if policy.is_explicit and policy.how in ("inner", "outer"):
        return Clock(tuple(names), clocks[0].timeframe, needs_all=policy.how == "inner" or len(names) == 1)
    chosen = names[-1] if policy.is_explicit and policy.how == "right" else names[0]
    return next((clock for clock in clocks if clock.streams == (chosen,)), Clock((chosen,), clocks[0].timeframe))


def _clock_of(stream: StreamDeclaration) -> Clock:
    return Clock((stream.name,), stream.timeframe)


def _precedence(stream: StreamDeclaration, named: str | None) -> tuple[bool, bool, bool, str]:
    """Order streams of one timeframe: the plan's, own bars, other own sources, then by name."""
    return (stream.name != named, stream.name != OWN_BARS, not stream.is_own, stream.name)


def _read_directly(reader: PlanReader, node_id: int) -> Sequence[str]:
    """Give the streams that a node reads itself, not through its children."""
    node = reader.plan.graph.nodes[node_id].node
    if isinstance(node, SourceRefNode):
        return [stream_name(node)]
    if is_long_series(node):
        return [literal_key(node_id)]
    if isinstance(node, CallNode) and reader.call_fields(node_id):
        return [OWN_BARS]
    return []


__all__ = [
    "Clock",
    "PlanClocks",
    "StreamDeclaration",
    "meeting_clock",
    "plan_clocks",
    "plan_streams",
]
