"""The streams of a rule as they stand in a dataset: the bars of each, with the times at which they open and close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import localcontext
from typing import Any

from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import timestamp_ns
from laakhay.ta.data.calendar import Calendar
from laakhay.ta.exceptions import MissingDataError, OrderError

from ..ir.nodes import SourceRefNode
from ..ir.sources import derive_field
from .context_builder import match_symbol, resolve_parts, resolve_source, usable
from .plan_reader import PlanReader, SourceNeed
from .references import OWN_BARS, field_of, ingredients, is_own_stream, stream_name
from .resampling import RESAMPLED_FIELDS, close_of, end_of_told, resample
from .tick import REFERENCE_CONTEXT, read_number
from .time_shift import HOUR, parse_timeframe

Pair = tuple[str, str]


@dataclass(frozen=True)
class Stream:
    """Bars of one stream, oldest first.

    `stamps` are the times of their opens as the data has them, `opens` and `closes` nanoseconds since 1970 UTC. Where
    stamps are no datetimes, nothing is known of a bar's length and all three are the stamps. `columns` have a value per
    bar for every field that is read; None is missing. `is_made`: its bars are made of finer ones.
    """

    name: str
    source: str
    timeframe: str
    stamps: tuple[Any, ...]
    opens: tuple[Any, ...]
    closes: tuple[Any, ...]
    columns: Mapping[str, Sequence[Any]]
    is_made: bool = False

    def __len__(self) -> int:
        return len(self.stamps)

    def tick(self, row: int) -> dict[str, Any]:
        """Give one bar by `<source>.<field>`."""
        return {f"{self.source}.{field}": column[row] for field, column in self.columns.items()}


@dataclass(frozen=True)
class Closing:
    """When bars close: by which calendar, and whether they are stamped with their opens or closes."""

    calendar: Calendar
    stamped: str | Mapping[str, str]

    def stamps_of(self, name: str) -> str:
        """Give `open` or `close` for a stream."""
        stamped = self.stamped if isinstance(self.stamped, str) else self.stamped.get(name, "open")
        if stamped not in ("open", "close"):
            raise ValueError(f"stamps is {stamped!r}; accepted: open, close")
        return stamped

    def closed(self, stream: Stream) -> Stream:
        """Give a stream with the times at which its bars close."""
        if stream.is_made or not all(isinstance(stamp, datetime) for stamp in stream.stamps):
            return stream
        span = parse_timeframe(stream.timeframe) or HOUR
        if self.stamps_of(stream.name) == "close":
            closes = tuple(end_of_told(moment, span, self.calendar) for moment in stream.opens)
        else:
            closes = tuple(close_of(moment, span, self.calendar, stream.name) for moment in stream.opens)
        return replace(stream, closes=closes)


@dataclass(frozen=True)
class StreamSet:
    """All streams that a rule reads, seen from one symbol and timeframe of a dataset.

    `streams` are in order of their names. `clock` names the one at whose bars the rule is evaluated; it is in
    `streams`, without columns when the rule reads nothing of it.
    """

    symbol: str
    timeframe: str
    clock: str
    streams: Mapping[str, Stream]
    closing: Closing

    @property
    def has_times(self) -> bool:
        """Whether closes are points in time, and not mere stamps."""
        return all(isinstance(stamp, datetime) for one in self.streams.values() for stamp in one.stamps)

    def moments(self) -> Iterator[tuple[Any, dict[str, int]]]:
        """Give every time at which a bar closes, in order, and which row of each stream closes then."""
        rows: dict[Any, dict[str, int]] = defaultdict(dict)
        for name, stream in self.streams.items():
            for row, close in enumerate(stream.closes):
                rows[close][name] = row
        for close in sorted(rows):
            yield close, rows[close]


def gather_streams(
    dataset: Any,
    reader: PlanReader,
    symbol: str,
    timeframe: str,
    calendar: Calendar | None = None,
    stamped: str | Mapping[str, str] = "open",
    resamples: bool = False,
) -> StreamSet:
    """Find the data of every stream that a plan reads.

    Bars close by the calendar, UTC's without one; `stamped` says whether bars are stamped with their `open` or their
    `close`, by stream name where they differ. Where it `resamples`, a stream that is not in the data is built from the
    finest one of its kind with a finer timeframe.

    Raises MissingDataError, or ValueError for a bare field, when data is lacking; OrderError when a stream has two bars
    of one time. ValueError, too, for a bar of which it is not known when it closes.
    """
    pair = (symbol, timeframe)
    closing = Closing(calendar or Calendar(), stamped)
    groups: dict[str, list[SourceNeed]] = defaultdict(list)
    for need in reader.sources():
        groups[stream_name(need.node)].append(need)
    streams: dict[str, Stream] = {}
    for name, needs in groups.items():
        stream = _delivered(dataset, name, needs, pair, closing if resamples else None)
        if stream is not None:
            streams[name] = stream
    for key, series in reader.literal_series().items():
        source, _, field = key.partition(".")
        streams[key] = _stream(key, source, series.timeframe, {field: series})
    if OWN_BARS not in streams and (stamps := _own_stamps(dataset, pair)) is not None:
        streams[OWN_BARS] = _stream(OWN_BARS, OWN_BARS, timeframe, {}, stamps)
    own = [name for name, needs in groups.items() if name in streams and is_own_stream(needs[0].node)]
    clock = OWN_BARS if OWN_BARS in streams else min(own, default=None)
    if clock is None:  # There are no bars, and nothing of its own is read: the first series gives the times.
        clock = OWN_BARS
        first = next(data for key, data in dataset if (key.symbol, key.timeframe) == pair)
        streams[clock] = _stream(clock, clock, timeframe, {}, first.timestamps)
    if len(streams) > 1:
        streams = {name: closing.closed(one) for name, one in streams.items()}
    return StreamSet(symbol, timeframe, clock, dict(sorted(streams.items())), closing)


def is_one_stream(dataset: Any, reader: PlanReader, symbol: str, timeframe: str) -> bool:
    """Tell whether everything that a plan reads stands side by side in one stream of this symbol and timeframe.

    Raises MissingDataError for a symbol that is not in the data.
    """
    nodes = [need.node for need in reader.sources()]
    series = reader.literal_series().values()
    return (
        len({stream_name(node) for node in nodes}) <= 1
        and all(_is_of(dataset, node, symbol, timeframe) for node in nodes)
        and all((one.symbol, one.timeframe) == (symbol, timeframe) for one in series)
    )


def _is_of(dataset: Any, node: SourceRefNode, symbol: str, timeframe: str) -> bool:
    is_symbol = node.symbol is None or match_symbol(node, dataset) == symbol
    return is_symbol and node.timeframe in (None, timeframe)


def refuse_missing(need: SourceNeed, error: MissingDataError, is_empty: bool = False) -> None:
    """Raise for a field that is not in the data, unless nothing of its own is read from it."""
    if not need.is_required:
        return
    if not need.is_bare:
        raise error
    if is_empty:
        raise ValueError("SeriesContext has no series to operate on") from error
    raise ValueError(f"SeriesContext missing required field '{field_of(need.node)}'") from error


def _delivered(
    dataset: Any, name: str, needs: Sequence[SourceNeed], pair: Pair, closing: Closing | None
) -> Stream | None:
    """Give a stream of the data, or one built from it; None when nothing of it is there and nothing is required."""
    found: dict[str, Series[Any]] = {}
    errors: list[tuple[SourceNeed, MissingDataError]] = []
    for need in needs:
        try:
            parts = resolve_parts(dataset, need.node, *pair)
            found |= {field_of(node): series for node, series in parts.items()}
        except MissingDataError as error:
            errors.append((need, error))
    if not found and closing is not None and any(need.is_required for need, _ in errors):
        built = _built(dataset, name, needs, pair, closing)
        if built is not None:
            return built
    for need, error in errors:
        refuse_missing(need, error)
    node = needs[0].node
    return _with_derived(_stream(name, node.source, node.timeframe or pair[1], found), needs) if found else None


def _built(dataset: Any, name: str, needs: Sequence[SourceNeed], pair: Pair, closing: Closing) -> Stream | None:
    """Build a stream from the finest one of its kind that is finer; None when its timeframe is there without it."""
    node = needs[0].node
    wanted = node.timeframe or pair[1]
    symbol = pair[0] if node.symbol is None else match_symbol(node, dataset)
    delivered = {key.timeframe: parse_timeframe(key.timeframe) for key, _ in dataset if key.symbol == symbol}
    spans = {label: span for label, span in delivered.items() if span is not None}
    target = parse_timeframe(wanted)
    finer = [label for label, span in spans.items() if target is not None and span.fineness < target.fineness]
    for label in sorted(finer, key=lambda one: spans[one].fineness):
        parts = {field: _part(dataset, node, field, label, pair) for field in _stored_fields(needs)}
        series = {field: one for field, one in parts.items() if one is not None}
        if series:
            lacking = next((field for field in parts if field not in series), None)
            if lacking is not None:
                raise _missing(node, lacking, wanted, f"'{lacking}' is not in the bars of {label} that are there")
            source = closing.closed(_stream(name, node.source, label, series))
            return _with_derived(_resampled(source, wanted, closing.calendar), needs)
    if wanted in delivered:
        return None
    there = ", ".join(sorted(delivered, key=lambda one: (one not in spans, spans.get(one, HOUR).fineness)))
    raise _missing(
        node,
        field_of(node),
        wanted,
        f"{symbol} is not in the data at timeframe {wanted}, and there is nothing finer to build it from; "
        f"there is {there or 'nothing'}",
    )


def _part(dataset: Any, node: SourceRefNode, field: str, timeframe: str, pair: Pair) -> Series[Any] | None:
    try:
        return resolve_source(dataset, replace(node, field=field, timeframe=timeframe), *pair)
    except MissingDataError:
        return None


def _stored_fields(needs: Sequence[SourceNeed]) -> list[str]:
    """Give the fields that have to be resampled, derived ones by what they are made of."""
    stored: dict[str, None] = {}
    for need in needs:
        for node in ingredients(need.node) or (need.node,):
            field = field_of(node)
            if field not in RESAMPLED_FIELDS:
                timeframe = need.node.timeframe
                raise _missing(
                    need.node, field, timeframe, f"how '{field}' of a longer bar follows from shorter ones is not known"
                )
            stored[field] = None
    return list(stored)


def _with_derived(stream: Stream, needs: Sequence[SourceNeed]) -> Stream:
    """Give a stream with the derived fields that are read of it."""
    columns = dict(stream.columns)
    for need in needs:
        field = field_of(need.node)
        parts = [part for part in map(field_of, ingredients(need.node)) if part in columns]
        if field not in columns and parts:
            rows = zip(*(columns[part] for part in parts), strict=True)
            columns[field] = [_derived(field, parts, row) for row in rows]
    return replace(stream, columns=columns)


def _derived(field: str, parts: Sequence[str], values: Sequence[Any]) -> Any:
    numbers = [read_number(value, part) for part, value in zip(parts, values, strict=True)]
    with localcontext(REFERENCE_CONTEXT):
        return None if None in numbers else derive_field(field, tuple(numbers))


def _resampled(stream: Stream, timeframe: str, calendar: Calendar) -> Stream:
    with localcontext(REFERENCE_CONTEXT):
        columns = {
            field: [read_number(value, f"{stream.name}.{field}") for value in column]
            for field, column in stream.columns.items()
        }
        bars = resample(stream.closes, columns, timeframe, calendar)
    given = (bars.stamps, bars.opens, bars.closes, bars.columns)
    return Stream(stream.name, stream.source, timeframe, *given, is_made=True)


def _stream(
    name: str,
    source: str,
    timeframe: str,
    fields: Mapping[str, Series[Any]],
    stamps: Iterable[Any] | None = None,
) -> Stream:
    """Put the fields of one stream side by side: a bar is there where any of them is."""
    tables = [tuple(series.timestamps) for series in fields.values()]
    if stamps is not None:
        times = tuple(stamps)
    elif all(table == tables[0] for table in tables):
        times = tables[0]
    else:
        times = tuple(sorted({stamp for table in tables for stamp in table}))
    for table in (*tables, times):
        twice = next((later for earlier, later in zip(table, table[1:], strict=False) if earlier == later), None)
        if twice is not None:
            raise OrderError(f"stream `{name}` has two bars of {twice}")
    columns = {}
    for field, series in fields.items():
        ready = [value if flag else None for value, flag in zip(series.values, usable(series), strict=True)]
        if tuple(series.timestamps) != times:
            by_stamp = dict(zip(series.timestamps, ready, strict=True))
            ready = [by_stamp.get(stamp) for stamp in times]
        columns[field] = ready
    opens, closes = times, times
    if all(isinstance(stamp, datetime) for stamp in times):
        span = parse_timeframe(timeframe) or HOUR
        opens = tuple(timestamp_ns(stamp) for stamp in times)
        closes = tuple(moment + span.nanoseconds for moment in opens)
    return Stream(name, source, timeframe, times, opens, closes, columns)


def _own_stamps(dataset: Any, pair: Pair) -> Sequence[Any] | None:
    """Give the times of the pair's own bars, None where it has none."""
    try:
        return resolve_source(dataset, SourceRefNode(None, "close"), *pair).timestamps
    except MissingDataError:
        return None


def _missing(node: SourceRefNode, field: str, timeframe: str | None, message: str) -> MissingDataError:
    return MissingDataError(message, node.source, field, node.symbol, node.exchange, timeframe)


__all__ = ["Closing", "Stream", "StreamSet", "gather_streams", "is_one_stream", "refuse_missing"]
