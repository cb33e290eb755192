"""A plan's engine rule over the streams of a dataset: what the engine is given of each, and its session over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.core.timestamps import timestamp_from_ns
from laakhay.ta.rules.session import ASSUMED_TIMEFRAME
from laakhay.ta.rules.streams import JoinedSession

from ..planner.types import AlignmentPolicy
from .engine_nodes import EngineNodes
from .plan_reader import is_literal_key
from .references import field_of, stream_name
from .stream_set import Stream, StreamSet

Floats = NDArray[np.float64]
Times = NDArray[np.int64]


class _Given(NamedTuple):
    """A stream of the session, the bars it is given, and per field their values; none where its bars are made."""

    name: str
    bars: Stream | None
    fields: list[str]
    columns: list[Floats]


class EngineStreams:
    """The engine's session over streams, and their bars as the engine takes them.

    The stream at whose bars the plan is evaluated is its clock; the engine makes the bars of streams that are made.
    Raises ValueError where stamps are no points in time: nothing says then when bars close.
    """

    def __init__(
        self, nodes: EngineNodes, given: StreamSet, policy: AlignmentPolicy, missing_input: str = "emit_missing"
    ) -> None:
        assert nodes.rule is not None
        if not given.has_times:
            raise ValueError("bars of several streams are joined by time: their timestamps have to be datetimes")
        timeframe = given.timeframe if ta_py.nominal_ns(given.timeframe) else ASSUMED_TIMEFRAME
        # A stream of the rule's own timeframe is called as one that names none.
        found = {ta_py.stream_on_own_bars(name, timeframe): stream for name, stream in given.streams.items()}
        # The fields of streams as the rule names them, in the data's names; series of the rule have their own.
        labels: dict[tuple[str, str], tuple[str, str]] = {}
        for label, node, reference in zip(nodes.rule.fields, nodes.field_nodes, nodes.references, strict=True):
            name = ta_py.stream_on_own_bars(stream_name(node), timeframe)
            if isinstance(reference, str):
                found[name], field = given.streams[reference], reference.partition(".")[2]
            else:
                field = field_of(reference)
            labels[name, node.field or ""] = label, field
        self.session = JoinedSession(
            nodes.rule,
            timeframe=timeframe,
            clock=given.clock,
            alignment=(policy.how, policy.fill) if policy.is_explicit else None,
            calendar=(given.calendar.timezone, given.calendar.session_start, given.calendar.week_start),
            stamps=("open", [(name, given.stamps_of(name)) for name in (*given.streams, *given.made)]),
            resamples=bool(given.made),
            delivered=[name for name in found if not is_literal_key(name)] if given.made else None,
            missing_input=missing_input,
            unit="ns",
        )
        self._streams: list[_Given] = []
        for name, _, fields, made_of in self.session.streams:
            if made_of is not None:
                self._streams.append(_Given(name, None, [], []))
                continue
            columns = []
            for own in fields:
                # What is only there to make other bars of has no name in the rule.
                known = labels.get((name, own))
                values = found[name].columns[own if known is None else known[1]]
                columns.append(
                    ta_py.numbers(values, f"{name}.{own}") if known is None else nodes.column(known[0], values)
                )
            self._streams.append(_Given(name, found[name], fields, columns))

    def columns(self) -> list[tuple[Times, list[Floats], Times | None]]:
        """Give what `run_streams` takes: stamps and fields of each stream, none of those whose bars are made here."""
        return [(_stamps(one.bars), one.columns, None) for one in self._streams]

    def bars(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Give every bar in the order of its close: when it closes, its stream, and what `push` takes."""
        closes = [self.session.closes(one.name, _stamps(one.bars)) if one.bars else () for one in self._streams]
        rows = sorted((int(close), at, row) for at, times in enumerate(closes) for row, close in enumerate(times))
        opens = [_stamps(one.bars).tolist() for one in self._streams]
        for close, at, row in rows:
            one = self._streams[at]
            bar = {field: float(column[row]) for field, column in zip(one.fields, one.columns, strict=True)}
            yield close, one.name, bar | {"timestamp": opens[at][row]}

    def stamps(self, opens: Iterable[int]) -> tuple[Any, ...]:
        """Give the stamps of rows as the data has them, from what the engine says in nanoseconds."""
        known: dict[int, Any] = {}
        for one in self._streams:
            if one.bars is not None:
                known.update(zip(one.bars.stamps_ns, one.bars.stamps, strict=True))
        return tuple(known[stamp] if stamp in known else timestamp_from_ns(stamp) for stamp in opens)


def _stamps(stream: Stream | None) -> Times:
    return np.array([] if stream is None else stream.stamps_ns, np.int64)


__all__ = ["EngineStreams"]
