"""Histories as people give them, read as the engine takes them: one reading for every door that takes many bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import DataError, MissingDataError, OrderError

from .columns import BAR_FIELDS, TIME_COLUMN, Floats, Times, column, column_times, timeframe_to_ns

CLOSE_COLUMN = "close_time"
KINDS = "an OHLCV, a Series, a Dataset of one of these or a mapping of arrays or Series"


@dataclass(frozen=True)
class History:
    """A history as the engine takes it: one float64 array per field, times in int64 nanoseconds where there are any."""

    fields: list[Floats]
    times_ns: Times | None
    timeframe_ns: int | None
    bars: int
    given_times: Any
    """The times as results have them: those of a mapping as they are, those of bars and series as datetime64 in UTC."""

    @classmethod
    def of(
        cls,
        data: Any,
        fields: Sequence[str],
        timeframe: str | None = None,
        *,
        unit: str | None = None,
        needs_timeframe: bool = False,
    ) -> History:
        """Take the fields of an OHLCV, a Series (its values are the close), a mapping of arrays or Series, a Dataset.

        Without a `timeframe` its length is the commonest distance of neighbouring times, where it is needed.

        Raises MissingDataError for a field that the data lacks, DataError for what is no number, ValueError or
        TypeError for what is no time, ValueError for columns of different lengths or times and for a Dataset that has
        not one entry, TypeError for anything else.
        """
        arrays, times, bars, given = _read(_single(data), fields, unit)
        length = timeframe_to_ns(timeframe)
        if length is None and times is not None and needs_timeframe:
            length = ta_py.commonest_step(times)
        return cls(arrays, times, length, bars, given)


def _single(data: Any) -> Any:
    """Give the one entry of a Dataset, and anything else as it is."""
    if not isinstance(data, Dataset):
        return data
    entries = list(data)
    if len(entries) != 1:
        names = ", ".join(str(key) for key, _ in entries) or "none"
        raise ValueError(f"one stream is taken here, and the Dataset has {len(entries)} entries: {names}")
    return entries[0][1]


def by_symbol(data: Dataset) -> dict[str, Any]:
    """Give the entries of a Dataset by their symbols. Raises ValueError for a symbol that has several."""
    found: dict[str, Any] = {}
    for key, entry in data:
        if key.symbol in found:
            names = ", ".join(str(own) for own, _ in data.select(key.symbol))
            raise ValueError(f"one history is taken of each symbol, and the Dataset has of {key.symbol!r}: {names}")
        found[key.symbol] = entry
    return found


def _read(data: Any, fields: Sequence[str], unit: str | None) -> tuple[list[Floats], Times | None, int, Any]:
    times: Times | None
    if isinstance(data, OHLCV):
        require_closed(data)
        columns = {name: data.field_series(name).numbers(name) for name in fields if name in BAR_FIELDS}
        times, there, bars = column_times(data.timestamps, unit), list(_BAR_ORDER), len(data)
    elif isinstance(data, Series):
        columns = {"close": data.numbers("close")} if "close" in fields else {}
        times, there, bars = column_times(data.timestamps, unit), ["close"], len(data)
    elif isinstance(data, Mapping):
        columns = {name: column(data[name], name) for name in fields if name in data}
        times, there = column_times(_times_of(data), unit), [str(name) for name in data]
        bars = max((len(values) for values in data.values()), default=0) if not columns and times is None else 0
    else:
        raise TypeError(f"a history is {KINDS}, not {_kind(data)}")
    for name in fields:
        if name not in columns:
            raise MissingDataError(
                f"the rule reads {name!r}, which the data lacks; it has {', '.join(there)}", field=name
            )
    arrays = [columns[name] for name in fields]
    lengths = {len(array) for array in arrays} | ({len(times)} if times is not None else set())
    if len(lengths) > 1:
        raise ValueError(f"columns have different lengths: {sorted(lengths)}")
    given = data.get(TIME_COLUMN) if isinstance(data, Mapping) else None
    if given is None and times is not None:
        given = times.view("datetime64[ns]")
    return arrays, times, lengths.pop() if lengths else bars, given


_BAR_ORDER = ("open", "high", "low", "close", "volume")


def _kind(data: Any) -> str:
    kind = type(data)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _times_of(data: Mapping[str, Any]) -> Any:
    """Give the times of a mapping: what it says they are, else those that its Series have in common."""
    if TIME_COLUMN in data:
        return data[TIME_COLUMN]
    series = [(name, values) for name, values in data.items() if isinstance(values, Series)]
    for (name, one), (other, two) in pairwise(series):
        if one.timestamps != two.timestamps:
            raise ValueError(f"the series {name!r} and {other!r} have different times")
    return series[0][1].timestamps if series else None


def require_closed(bars: OHLCV) -> None:
    """Raise ValueError where a bar of a history is still forming: its values would be taken for final ones."""
    if all(bars.is_closed):
        return
    row = bars.is_closed.index(False)
    raise ValueError(
        f"the bar of {bars.timestamps[row].isoformat()} (row {row}) is not closed, and a history is made of closed "
        f"bars; leave it out, as [:{row}] does, and give it to a session's `preview`"
    )


def is_streams(data: Any) -> bool:
    """Tell whether data is a history of several streams: a mapping of tables, not of columns."""
    return (
        isinstance(data, Mapping) and bool(data) and all(isinstance(table, (Mapping, OHLCV)) for table in data.values())
    )


StreamColumns = tuple[Times, list[Floats], Times | None]


def stream_columns(
    streams: Iterable[tuple[str, str | None, list[str], str | None]], data: Any, unit: str | None = None
) -> list[StreamColumns]:
    """Give what `run_streams` takes: per stream the stamps of its bars, its fields in order, and told closes.

    `streams` are those of a joined session: name, timeframe, fields, and the stream that bars are made of, if any.
    """
    streams = list(streams)
    given = [name for name, _, _, made_of in streams if made_of is None]
    if not isinstance(data, Mapping):
        raise TypeError(f"histories are given by the name of their stream ({', '.join(given)}), not as {_kind(data)}")
    unknown = [name for name in data if name not in given]
    if unknown:
        raise MissingDataError(f"the rule reads no stream {unknown[0]!r}; it reads {', '.join(given)}")
    columns: list[StreamColumns] = []
    for name, _, fields, made_of in streams:
        if made_of is not None:
            columns.append((np.empty(0, dtype=np.int64), [], None))
            continue
        if name not in data:
            raise MissingDataError(f"the rule reads the stream {name!r}, which the data lacks")
        try:
            history = History.of(data[name], fields, unit=unit)
            closes = column_times(data[name].get(CLOSE_COLUMN), unit) if isinstance(data[name], Mapping) else None
        except MissingDataError as error:
            raise MissingDataError(f"the stream {name!r} has no {error.field!r}", field=error.field) from None
        except (DataError, TypeError, ValueError) as error:
            raise type(error)(f"the stream {name!r}: {error}") from None
        stamps = history.times_ns
        if stamps is None:
            raise MissingDataError(f"the stream {name!r} has no {TIME_COLUMN}")
        if closes is not None and len(closes) != len(stamps):
            raise ValueError(f"the stream {name!r} has {len(stamps)} bars and {len(closes)} of {CLOSE_COLUMN}")
        columns.append((stamps, history.fields, closes))
    return columns


def symbol_matrices(
    symbols: Sequence[str], data: Mapping[str, Any], fields: Sequence[str], unit: str | None = None
) -> tuple[list[Floats], Times | None, int]:
    """Give the fields of histories by symbol as matrices, a row per bar and a column per symbol, and the rows' times.

    There is a row for every time at which any symbol has a bar; NaN is no bar. Where no history has times, bars stand
    side by side in their order. Raises what `History.of` raises, naming the symbol; MissingDataError for a symbol that
    is lacking or unknown, OrderError for times that do not rise, ValueError where only some have times.
    """
    unknown = [name for name in data if name not in symbols]
    if unknown:
        raise MissingDataError(f"the universe has no symbol {unknown[0]!r}; it has {', '.join(symbols)}")
    histories = {}
    for symbol in symbols:
        if symbol not in data:
            raise MissingDataError(f"the universe has the symbol {symbol!r}, which the data lacks")
        try:
            histories[symbol] = History.of(data[symbol], fields, unit=unit)
        except MissingDataError as error:
            raise MissingDataError(f"the symbol {symbol!r} has no {error.field!r}", field=error.field) from None
        except (DataError, TypeError, ValueError) as error:
            raise type(error)(f"the symbol {symbol!r}: {error}") from None
    untimed = [symbol for symbol, history in histories.items() if history.times_ns is None]
    if untimed and len(untimed) < len(histories):
        timed = next(symbol for symbol in histories if symbol not in untimed)
        raise ValueError(f"the symbol {untimed[0]!r} has no {TIME_COLUMN}, and {timed!r} has one")
    lengths = {history.bars for history in histories.values()}
    if untimed and len(lengths) > 1:
        raise ValueError(f"histories without times have different lengths: {sorted(lengths)}")
    if untimed or not histories:
        times, bars = None, max(lengths, default=0)
        places: dict[str, Any] = {symbol: slice(None) for symbol in histories}
    else:
        stamps = {symbol: _rising(symbol, history.times_ns) for symbol, history in histories.items()}
        times = np.unique(np.concatenate(list(stamps.values())))
        bars, places = len(times), {symbol: np.searchsorted(times, own) for symbol, own in stamps.items()}
    matrices = [np.full((bars, len(symbols)), np.nan) for _ in fields]
    for at, symbol in enumerate(symbols):
        for matrix, values in zip(matrices, histories[symbol].fields, strict=True):
            matrix[places[symbol], at] = values
    return matrices, times, bars


def _rising(symbol: str, times: Any) -> Times:
    rises = np.diff(times) > 0
    if not rises.all():
        row = int(rises.argmin()) + 1
        before, this = (
            f"{stamp}Z" for stamp in times[row - 1 : row + 1].view("datetime64[ns]").astype("datetime64[us]")
        )
        raise OrderError(f"the symbol {symbol!r}: the bar of {this} (row {row}) is not after the one before, {before}")
    return times  # type: ignore[no-any-return]


__all__ = [
    "CLOSE_COLUMN",
    "History",
    "StreamColumns",
    "by_symbol",
    "is_streams",
    "require_closed",
    "stream_columns",
    "symbol_matrices",
]
