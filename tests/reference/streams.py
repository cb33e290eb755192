"""The bars of a rule's streams as the reference sees them: when each closes, and those made of finer ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import localcontext
from typing import Any

from laakhay.ta.core.timestamps import timestamp_ns
from laakhay.ta.expr.execution.stream_set import Stream, StreamSet
from laakhay.ta.expr.execution.tick import read_number
from tests.reference.decimals import CONTEXT
from tests.reference.resampling import close_of, end_of_told, resample
from tests.reference.time_shift import HOUR, parse_timeframe


@dataclass(frozen=True)
class ClosedStream:
    """Bars of one stream, oldest first.

    `stamps` are as the data has them, `closes` nanoseconds since 1970 UTC; where stamps are no datetimes, nothing is
    known of a bar's length and both are the stamps. `columns` have a value per bar for every field; None is missing.
    """

    source: str
    stamps: Sequence[Any]
    closes: Sequence[Any]
    columns: Mapping[str, Sequence[Any]]

    def tick(self, row: int) -> dict[str, Any]:
        """Give one bar by `<source>.<field>`."""
        return {f"{self.source}.{field}": column[row] for field, column in self.columns.items()}


def closed_streams(given: StreamSet) -> dict[str, ClosedStream]:
    """Give every stream by name: those of the data with their closes, and those that are made of them."""
    is_alone = len(given.streams) + len(given.made) == 1
    closed = {name: _closed(given, stream, is_alone) for name, stream in given.streams.items()}
    last = max((one.closes[-1] for one in closed.values() if one.closes), default=None)
    for name, made in given.made.items():
        finer = closed[made.of]
        span = parse_timeframe(given.streams[made.of].timeframe) or HOUR
        with localcontext(CONTEXT):
            columns = {
                field: [read_number(value, f"{name}.{field}") for value in finer.columns[field]]
                for field in made.fields
            }
            bars = resample(finer.closes, columns, made.timeframe, given.calendar)
        # A bar is complete once no more can come into it.
        known = max(last, finer.closes[-1] + span.nanoseconds - 1) if finer.closes else last
        whole = sum(close <= known for close in bars.closes)
        kept = {field: column[:whole] for field, column in bars.columns.items()}
        closed[name] = ClosedStream(finer.source, bars.stamps[:whole], bars.closes[:whole], kept)
    return closed


def moments(streams: Mapping[str, ClosedStream]) -> Iterator[tuple[Any, dict[str, int]]]:
    """Give every time at which a bar closes, in order, and which row of each stream closes then."""
    rows: dict[Any, dict[str, int]] = defaultdict(dict)
    for name, stream in streams.items():
        for row, close in enumerate(stream.closes):
            rows[close][name] = row
    for close in sorted(rows):
        yield close, rows[close]


def _closed(given: StreamSet, stream: Stream, is_alone: bool) -> ClosedStream:
    closes: Sequence[Any] = stream.stamps
    if all(isinstance(stamp, datetime) for stamp in stream.stamps):
        opens, span = [timestamp_ns(stamp) for stamp in stream.stamps], parse_timeframe(stream.timeframe) or HOUR
        if is_alone:  # Closes decide nothing.
            closes = [opened + span.nanoseconds for opened in opens]
        elif given.stamps_of(stream.name) == "close":
            closes = [end_of_told(moment, span, given.calendar) for moment in opens]
        else:
            closes = [close_of(moment, span, given.calendar, stream.name) for moment in opens]
    return ClosedStream(stream.source, stream.stamps, closes, stream.columns)


__all__ = ["ClosedStream", "closed_streams", "moments"]
