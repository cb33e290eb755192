"""The streams of a rule as they stand in a dataset: the bars of each, and what others are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from laakhay.ta import ta_py
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import timestamp_ns
from laakhay.ta.data.calendar import Calendar
from laakhay.ta.exceptions import MissingDataError, OrderError

from ..ir.nodes import SourceRefNode
from .context_builder import match_symbol, resolve_parts, resolve_source, usable
from .plan_reader import SourceNeed
from .references import OWN_BARS, field_of, ingredients, is_own_stream, stream_name

Pair = tuple[str, str]
Fields = dict[str, Series[Any]]
# What a longer bar has of the shorter ones it is made of.
MADE_FIELDS = ("open", "high", "low", "close", "volume")


@dataclass(frozen=True)
class Stream:
    """Bars of one stream, oldest first, as the data has them.

    `columns` have a value per bar for every field that is read; None is missing.
    """

    name: str
    source: str
    timeframe: str
    stamps: tuple[Any, ...]
    columns: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.stamps)

    @cached_property
    def stamps_ns(self) -> list[int]:
        """The stamps in nanoseconds since 1970 UTC."""
        return [timestamp_ns(stamp) for stamp in self.stamps]


@dataclass(frozen=True)
class MadeStream:
    """A stream whose bars of a `timeframe` are made of those of another, field by field."""

    of: str
    timeframe: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class StreamSet:
    """All streams that a rule reads, seen from one symbol and timeframe of a dataset.

    `streams` are those of the data in order of their names, `made` those that it lacks, by name. `clock` names the one
    at whose bars the rule is evaluated: it is one of them, without columns when the rule reads nothing of it. Bars of
    days, weeks and months close by the `calendar`; `stamped` is `open` or `close`, or these by the name of a stream.
    """

    symbol: str
    timeframe: str
    clock: str
    streams: Mapping[str, Stream]
    made: Mapping[str, MadeStream]
    calendar: Calendar
    stamped: str | Mapping[str, str]

    @property
    def has_times(self) -> bool:
        """Whether stamps are points in time."""
        return all(isinstance(stamp, datetime) for one in self.streams.values() for stamp in one.stamps)

    def stamps_of(self, name: str) -> str:
        """Give `open` or `close` for a stream."""
        stamped = self.stamped if isinstance(self.stamped, str) else self.stamped.get(name, "open")
        if stamped not in ("open", "close"):
            raise ValueError(f"stamps is {stamped!r}; accepted: open, close")
        return stamped


class Reader(Protocol):
    """What says which fields are read, such as a plan's reader."""

    def sources(self) -> list[SourceNeed]: ...
    def literal_series(self) -> dict[str, Series[Any]]: ...


def gather_streams(
    dataset: Any,
    reader: Reader,
    symbol: str,
    timeframe: str,
    calendar: Calendar | None = None,
    stamped: str | Mapping[str, str] = "open",
    resamples: bool = False,
) -> StreamSet:
    """Find the data of every stream that a plan reads.

    Bars close by the calendar, UTC's without one; `stamped` says whether bars are stamped with their `open` or their
    `close`, by stream name where they differ. Where it `resamples`, bars that are not in the data are made of the
    finest ones of their kind with a finer timeframe.

    Raises MissingDataError, or ValueError for a bare field, when data is lacking; OrderError when a stream has two bars
    of one time.
    """
    pair = (symbol, timeframe)
    groups: dict[str, list[SourceNeed]] = defaultdict(list)
    for need in reader.sources():
        groups[stream_name(need.node)].append(need)
    # What is there, by stream: its source, its timeframe and its fields.
    found: dict[str, tuple[str, str, Fields]] = {}
    made: dict[str, MadeStream] = {}

    def take(node: SourceRefNode, fields: Fields) -> None:
        found.setdefault(stream_name(node), (node.source, node.timeframe or timeframe, {}))[2].update(fields)

    for name, needs in groups.items():
        node = needs[0].node
        there, lacking = delivered(dataset, needs, pair)
        fields = {field_of(one): series for one, series in there.items()}
        is_needed = any(need.is_required for need, _ in lacking)
        finer = _finer(dataset, needs, pair) if resamples and is_needed and not fields else None
        if finer is not None:
            of = replace(node, timeframe=None if finer[0] == timeframe else finer[0])
            take(of, finer[1])
            made[name] = MadeStream(stream_name(of), node.timeframe or timeframe, tuple(finer[1]))
            continue
        for need, error in lacking:
            refuse_missing(need, error)
        if fields:
            take(node, fields)
    streams = {name: side_by_side(name, *one) for name, one in found.items()}
    for key, series in reader.literal_series().items():
        source, _, field = key.partition(".")
        streams[key] = side_by_side(key, source, series.timeframe, {field: series})
    known = {*streams, *made}
    if OWN_BARS not in known and (stamps := _own_stamps(dataset, pair)) is not None:
        streams[OWN_BARS] = _times_of(OWN_BARS, timeframe, stamps)
        known.add(OWN_BARS)
    own = [name for name, needs in groups.items() if name in known and is_own_stream(needs[0].node)]
    clock = OWN_BARS if OWN_BARS in known else min(own, default=None)
    if clock is None:  # There are no bars, and nothing of its own is read: the first series gives the times.
        clock = OWN_BARS
        first = next(data for key, data in dataset if (key.symbol, key.timeframe) == pair)
        streams[clock] = _times_of(clock, timeframe, first.timestamps)
    return StreamSet(symbol, timeframe, clock, dict(sorted(streams.items())), made, calendar or Calendar(), stamped)


def is_one_stream(dataset: Any, reader: Reader, symbol: str, timeframe: str) -> bool:
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


def delivered(
    dataset: Any, needs: Sequence[SourceNeed], pair: Pair
) -> tuple[dict[SourceRefNode, Series[Any]], list[tuple[SourceNeed, MissingDataError]]]:
    """Give what is in the data of the fields that are needed, and what is said of those that are not."""
    found: dict[SourceRefNode, Series[Any]] = {}
    lacking: list[tuple[SourceNeed, MissingDataError]] = []
    for need in needs:
        try:
            found |= resolve_parts(dataset, need.node, *pair)
        except MissingDataError as error:
            lacking.append((need, error))
    return found, lacking


def _finer(dataset: Any, needs: Sequence[SourceNeed], pair: Pair) -> tuple[str, Fields] | None:
    """Give the finest bars of the kind of a stream that are finer than its own: their timeframe and their fields.

    None when the stream's timeframe is there without it, and where the stream is not of bars.
    """
    node = needs[0].node
    wanted = node.timeframe or pair[1]
    symbol = pair[0] if node.symbol is None else match_symbol(node, dataset)
    labels = dict.fromkeys(key.timeframe for key, _ in dataset if key.symbol == symbol)
    lengths = {label: length for label in labels if (length := ta_py.nominal_ns(label)) is not None}
    target = ta_py.nominal_ns(wanted)
    finer = [label for label, length in lengths.items() if target is not None and length < target]
    for label in sorted(finer, key=lengths.__getitem__):
        parts = {field: _part(dataset, node, field, label, pair) for field in _stored_fields(needs)}
        fields = {field: one for field, one in parts.items() if one is not None}
        if fields:
            lacking = next((field for field in parts if field not in fields), None)
            if lacking is not None:
                raise _missing(node, lacking, wanted, f"'{lacking}' is not in the bars of {label} that are there")
            return label, fields
    if wanted in labels:
        return None
    there = ", ".join(sorted(labels, key=lambda label: (label not in lengths, lengths.get(label, 0))))
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
            if node.source != OWN_BARS or field not in MADE_FIELDS:
                timeframe = need.node.timeframe
                raise _missing(
                    need.node, field, timeframe, f"how '{field}' of a longer bar follows from shorter ones is not known"
                )
            stored[field] = None
    return list(stored)


def side_by_side(name: str, source: str, timeframe: str, fields: Fields) -> Stream:
    """Put the fields of one stream side by side: a bar is there where any of them is."""
    tables = [tuple(series.timestamps) for series in fields.values()]
    is_one = all(table == tables[0] for table in tables)
    times = tables[0] if is_one else tuple(sorted({stamp for table in tables for stamp in table}))
    for table in tables:
        _refuse_twice(name, table)
    columns = {}
    for field, series in fields.items():
        ready = [value if flag else None for value, flag in zip(series.values, usable(series), strict=True)]
        if tuple(series.timestamps) != times:
            by_stamp = dict(zip(series.timestamps, ready, strict=True))
            ready = [by_stamp.get(stamp) for stamp in times]
        columns[field] = ready
    return Stream(name, source, timeframe, times, columns)


def _times_of(name: str, timeframe: str, stamps: Iterable[Any]) -> Stream:
    """Give a stream of which nothing is read but the times."""
    times = tuple(stamps)
    _refuse_twice(name, times)
    return Stream(name, OWN_BARS, timeframe, times, {})


def _refuse_twice(name: str, stamps: Sequence[Any]) -> None:
    twice = next((later for earlier, later in zip(stamps, stamps[1:], strict=False) if earlier == later), None)
    if twice is not None:
        raise OrderError(f"stream `{name}` has two bars of {twice}")


def _own_stamps(dataset: Any, pair: Pair) -> Sequence[Any] | None:
    """Give the times of the pair's own bars, None where it has none."""
    try:
        return resolve_source(dataset, SourceRefNode(None, "close"), *pair).timestamps
    except MissingDataError:
        return None


def _missing(node: SourceRefNode, field: str, timeframe: str | None, message: str) -> MissingDataError:
    return MissingDataError(message, node.source, field, node.symbol, node.exchange, timeframe)


__all__ = [
    "MadeStream",
    "Stream",
    "StreamSet",
    "delivered",
    "gather_streams",
    "is_one_stream",
    "refuse_missing",
    "side_by_side",
]
