"""The entries of a Dataset as the histories that a rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.series import Series
from laakhay.ta.expr import _rust
from laakhay.ta.expr.execution.context_builder import match_symbol, resolve_source
from laakhay.ta.expr.execution.plan_reader import SourceNeed
from laakhay.ta.expr.execution.references import stream_name
from laakhay.ta.expr.execution.runner import require_closed_bars
from laakhay.ta.expr.execution.stream_set import Stream, StreamSet, gather_streams, side_by_side
from laakhay.ta.expr.ir.nodes import SourceRefNode
from laakhay.ta.frames.columns import TIME_COLUMN

# Of a session: name, timeframe, fields, and what the bars are made of.
StreamsOfSession = Sequence[tuple[str, str | None, list[str], str | None]]


class DatasetFields:
    """The fields of a rule in a Dataset, seen from the one symbol and timeframe that its own bars are of.

    Without a `timeframe`, that is the one that no field names; likewise the symbol. Raises ValueError where several are
    left, or none, and where a bar is not closed yet.
    """

    def __init__(self, data: Dataset, rule: ta_py.Rule, timeframe: str | None = None) -> None:
        require_closed_bars(data)
        self._data, self._rule, self._timeframe = data, rule, timeframe
        self._nodes = _rust.references(rule.field_references)

    @property
    def is_one_table(self) -> bool:
        """Whether nothing but the rule's own bars is read."""
        return {*map(stream_name, self._nodes)} <= {stream_name(SourceRefNode(None, None))}

    @cached_property
    def symbol(self) -> str:
        """The symbol of the rule's own bars."""
        named = {match_symbol(node, self._data) for node in self._nodes if node.symbol}
        symbols = dict.fromkeys(key.symbol for key, _ in self._data)
        return self._only("symbol", [one for one in symbols if one not in named] or symbols)

    @cached_property
    def timeframe(self) -> str:
        """The timeframe of the rule's own bars."""
        labels = dict.fromkeys(key.timeframe for key, _ in self._data.select(self.symbol))
        if self._timeframe is None:
            named = {node.timeframe for node in self._nodes}
            return self._only("timeframe", [one for one in labels if one not in named] or labels)
        length = ta_py.nominal_ns(self._timeframe)
        same = [one for one in labels if one == self._timeframe or (length and ta_py.nominal_ns(one) == length)]
        if not same:
            there = ", ".join(labels)
            raise ValueError(f"timeframe is {self._timeframe!r}, and the data of {self.symbol} is of {there}")
        return same[0]

    def columns(self) -> dict[str, Series[Any]]:
        """Give the fields side by side, by the names that the rule has for them. Raises MissingDataError."""
        return dict(zip(self._rule.fields, map(self._find, self._nodes), strict=True))

    def streams(self, resamples: bool) -> StreamSet:
        """Give the rule's streams; where it `resamples`, those that others are made of. Raises MissingDataError."""
        return gather_streams(self._data, self, self.symbol, self.timeframe, resamples=resamples)

    def tables(self, streams: StreamsOfSession) -> dict[str, dict[str, Any]]:
        """Give the streams of a session that are not made of others. Raises MissingDataError."""
        tables = {}
        for name, length, fields, made_of in streams:
            if made_of is None:
                node = self._node_of(name, length, streams)
                found = {field: self._find(replace(node, field=field), length) for field in fields or ["close"]}
                tables[name] = columns_of_stream(side_by_side(name, node.source, length or self.timeframe, found))
        return tables

    def sources(self) -> list[SourceNeed]:
        """Give every field that the rule reads."""
        return [SourceNeed(node, is_bare=False, is_required=True) for node in self._nodes]

    def literal_series(self) -> dict[str, Series[Any]]:
        """Give no series: those that stand in the rule itself are not in the data."""
        return {}

    def _find(self, node: SourceRefNode, length: str | None = None) -> Series[Any]:
        symbol, timeframe = node.symbol or self.symbol, node.timeframe or length or self.timeframe
        return resolve_source(self._data, node, symbol, timeframe)

    def _node_of(self, name: str, length: str | None, streams: StreamsOfSession) -> SourceRefNode:
        """Give a reference to a stream that the rule reads, or that the bars of one are made of."""
        known = {stream_name(node): node for node in self._nodes}
        made = (known[other] for other, _, _, made_of in streams if made_of == name and other in known)
        finer = (replace(node, timeframe=one) for node in made for one in (None, length))
        own = SourceRefNode(None, None)  # A clock of which no field is read.
        return known.get(name) or next((node for node in finer if stream_name(node) == name), own)

    def _only(self, word: str, found: Iterable[str]) -> str:
        names = list(found)
        if len(names) != 1:
            there = ", ".join(str(key) for key, _ in self._data) or "none"
            raise ValueError(
                f"one stream is taken here, and the Dataset has {len(self._data)} entries: {there}; the rule's own "
                f"bars are of one {word}, and may be of {' or '.join(names) or 'none'}"
            )
        return names[0]


def columns_of_stream(stream: Stream) -> dict[str, Any]:
    """Give a stream as a table of its stamps and fields."""
    return {TIME_COLUMN: stream.stamps, **stream.columns}


__all__ = ["DatasetFields", "columns_of_stream"]
