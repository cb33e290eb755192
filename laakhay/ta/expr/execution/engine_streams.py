"""A plan's engine rule over the streams of a dataset: what the engine is given of each, and its session over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laakhay.ta.rules.session import ASSUMED_TIMEFRAME
from laakhay.ta.rules.streams import JoinedSession

from ..planner.types import AlignmentPolicy
from .engine_nodes import EngineNodes
from .references import field_of, stream_name
from .stream_set import Stream, StreamSet
from .time_shift import parse_timeframe

Floats = NDArray[np.float64]


class EngineStreams:
    """The engine's session over streams, and their bars as the engine takes them.

    The stream at whose bars the plan is evaluated is its clock. Raises ValueError where stamps are no points in time:
    nothing says then when bars close.
    """

    def __init__(
        self, nodes: EngineNodes, streams: StreamSet, policy: AlignmentPolicy, missing_input: str = "emit_missing"
    ) -> None:
        assert nodes.rule is not None
        if not streams.has_times:
            raise ValueError("bars of several streams are joined by time: their timestamps have to be datetimes")
        calendar, by_name = streams.closing.calendar, streams.closing.stamps_of
        # A series that stands in the rule itself is called otherwise there: of it nothing is said by name.
        stamped = [(name, by_name(name)) for name in streams.streams]
        self.session = JoinedSession(
            nodes.rule,
            timeframe=streams.timeframe if parse_timeframe(streams.timeframe) else ASSUMED_TIMEFRAME,
            clock=streams.clock,
            alignment=(policy.how, policy.fill) if policy.is_explicit else None,
            calendar=(calendar.timezone, calendar.session_start, calendar.week_start),
            stamps=("open", stamped),
            missing_input=missing_input,
            unit="ns",
        )
        found: dict[str, Stream] = {streams.clock: streams.streams[streams.clock]}
        columns: dict[tuple[str, str], Floats] = {}
        for label, node, reference in zip(nodes.rule.fields, nodes.field_nodes, nodes.references, strict=True):
            name = stream_name(node)
            if isinstance(reference, str):  # A series that stands in the rule itself.
                found[name], field = streams.streams[reference], reference.partition(".")[2]
            else:
                found[name], field = streams.streams[name], field_of(reference)
            columns[name, node.field or ""] = nodes.column(label, found[name].columns[field])
        self._streams = [(name, found[name]) for name, *_ in self.session.streams]
        self._columns = [[columns[name, field] for field in fields] for name, _, fields, _ in self.session.streams]

    def columns(self) -> list[tuple[NDArray[np.int64], list[Floats], NDArray[np.int64] | None]]:
        """Give what `run_streams` takes: stamps and fields of each stream, and the closes of bars made here."""
        return [
            (np.array(stream.opens, np.int64), fields, np.array(stream.closes, np.int64) if stream.is_made else None)
            for (_, stream), fields in zip(self._streams, self._columns, strict=True)
        ]

    def bars(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Give every bar in the order of its close: when it closes, its stream, and what `push` takes."""
        rows = sorted(
            (close, at, row) for at, (_, stream) in enumerate(self._streams) for row, close in enumerate(stream.closes)
        )
        for close, at, row in rows:
            name, stream = self._streams[at]
            fields = self.session.streams[at][2]
            bar = {field: float(column[row]) for field, column in zip(fields, self._columns[at], strict=True)}
            told = {"close_time": close} if stream.is_made else {}
            yield close, name, bar | told | {"timestamp": stream.opens[row]}

    def stamps(self, opens: Iterable[int]) -> tuple[Any, ...]:
        """Give the stamps of rows as the data has them, from what the engine says in nanoseconds."""
        known: dict[int, Any] = {}
        for _, stream in self._streams:
            known.update(zip(stream.opens, stream.stamps, strict=True))
        return tuple(known[stamp] for stamp in opens)


__all__ = ["EngineStreams"]
