"""Histories as people give them, read as the engine takes them: one reading for every door that takes many bars."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.bar import parse_closed
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.fields import OHLCV_FIELDS
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import DataError, MissingDataError, MissingInputError, OrderError

from .arrays import ArrayFrame
from .columns import BAR_FIELDS, Floats, Times, column, column_times, timeframe_to_ns
from .names import CLOSE_COLUMN, TIME_COLUMN
from .symbols import Groups
from .table import Table, table_of

KINDS = (
    "an OHLCV, a Series, a frame (pandas, polars, Arrow, DuckDB), a mapping of arrays or Series, a list of rows "
    "(ccxt's, or mappings) or a Dataset of one of these"
)


@dataclass(frozen=True)
class History:
    """A history as the engine takes it: one float64 array per field, times in int64 nanoseconds where there are any."""

    fields: list[Floats]
    times_ns: Times | None
    timeframe_ns: int | None
    bars: int
    table: Table
    """Where it stands, and in what kind of table results are given."""
    groups: Groups | None
    """The rows of each symbol, where there are several."""

    @classmethod
    def of(
        cls,
        data: Any,
        fields: Sequence[str],
        timeframe: str | None = None,
        *,
        unit: str | None = None,
        needs_timeframe: bool = False,
        takes_symbols: bool = False,
        truths: Collection[str] = (),
        keeps_symbol: bool = False,
    ) -> History:
        """Take the fields of a table of whatever kind, an OHLCV, a Series (its values are the close), a Dataset.

        Fields of `truths` are true or false; a table's one symbol is no group unless it `keeps_symbol`. Without a
        `timeframe` its length is the commonest distance of neighbouring times, where it is needed.

        Raises MissingDataError for a field that the data lacks, DataError for what is no number, ValueError or
        TypeError for what is no time, ValueError for columns of different lengths or times, for a Dataset that has
        not one entry and for several symbols where one is taken, TypeError for anything else.
        """
        arrays, times, bars, table = _read(_single(data), fields, unit, truths)
        groups = table.groups
        if groups is not None and len(groups) < 2 and not keeps_symbol:
            groups = None
        if groups is not None and not takes_symbols:
            names = ", ".join(groups.symbols[:10])
            raise ValueError(
                f"one symbol is taken here, and the table has {len(groups)}: {names}; `run` of the rule takes several, "
                "and so do universes"
            )
        length = timeframe_to_ns(timeframe)
        if length is None and times is not None and needs_timeframe:
            length = ta_py.commonest_step(times) if groups is None else _common_step(groups, times)
        return cls(arrays, times, length, bars, table, groups)

    def by_symbol(self, names: Sequence[str], groups: Groups) -> dict[str, dict[str, Any]]:
        """Give each symbol's columns, by the names of the fields, and its times."""
        data: dict[str, dict[str, Any]] = {}
        for symbol, rows in groups:
            columns = dict(zip(names, (field[rows] for field in self.fields), strict=True))
            times = {} if self.times_ns is None else {TIME_COLUMN: self.times_ns[rows].view("datetime64[ns]")}
            data[symbol] = times | (columns or {"": np.empty(len(rows))})
        return data


def _common_step(groups: Groups, times: Times) -> int | None:
    """Give the length of bars that all symbols have. Raises ValueError where they have several."""
    steps = {symbol: ta_py.commonest_step(np.ascontiguousarray(times[rows])) for symbol, rows in groups}
    known = {step: symbol for symbol, step in steps.items() if step is not None}
    if len(known) > 1:
        (one, first), (two, other) = list(known.items())[:2]
        raise ValueError(
            f"bars of {first!r} are {one // 10**9} s apart and those of {other!r} {two // 10**9} s; tell the timeframe"
        )
    return next(iter(known), None)


def _single(data: Any) -> Any:
    """Give the one entry of a Dataset, and anything else as it is."""
    if not isinstance(data, Dataset):
        return data
    entries = list(data)
    if len(entries) != 1:
        names = ", ".join(str(key) for key, _ in entries) or "none"
        raise ValueError(f"one stream is taken here, and the Dataset has {len(entries)} entries: {names}")
    return entries[0][1]


@contextmanager
def of_symbol(symbol: str) -> Iterator[None]:
    """Name the symbol in what is wrong with its history."""
    try:
        yield
    except MissingDataError as error:
        raise MissingDataError(f"the symbol {symbol!r}: {error}", field=error.field) from None
    except (DataError, OrderError, MissingInputError, TypeError, ValueError) as error:
        raise type(error)(f"the symbol {symbol!r}: {error}") from None


def by_symbol(data: Dataset) -> dict[str, Any]:
    """Give the entries of a Dataset by their symbols. Raises ValueError for a symbol that has several."""
    found: dict[str, Any] = {}
    for key, entry in data:
        if key.symbol in found:
            names = ", ".join(str(own) for own, _ in data.select(key.symbol))
            raise ValueError(f"one history is taken of each symbol, and the Dataset has of {key.symbol!r}: {names}")
        found[key.symbol] = entry
    return found


def _read(
    data: Any, fields: Sequence[str], unit: str | None, truths: Collection[str]
) -> tuple[list[Floats], Times | None, int, Table]:
    data = table_of(data)
    times: Times | None
    if isinstance(data, OHLCV):
        require_closed(data)
        columns = {name: data.numbers(name) for name in fields if name in BAR_FIELDS}
        known = data.known_times_ns()
        times = column_times(data.timestamps, unit) if known is None else known
        there, bars = list(OHLCV_FIELDS), len(data)
    elif isinstance(data, Series):
        columns = {"close": data.numbers("close")} if "close" in fields else {}
        times, there, bars = column_times(data.timestamps, unit), ["close"], len(data)
    elif isinstance(data, Table):
        data = data.narrowed(fields)
        columns = {name: column(data[name], name, name in truths) for name in fields if name in data}
        times, there = column_times(data.times, data.unit(unit)), list(data)
        bars = data.rows if not columns and times is None else 0
    else:
        raise TypeError(f"a history is {KINDS}, not {_kind(data)}")
    for name in fields:
        if name not in columns:
            of_streams = "; several streams are tables by name, and `resample` makes longer bars" if "." in name else ""
            raise MissingDataError(
                f"the rule reads {name!r}, which the data lacks; it has {', '.join(there)}{of_streams}", field=name
            )
    arrays = [columns[name] for name in fields]
    lengths = {len(array) for array in arrays} | ({len(times)} if times is not None else set())
    if len(lengths) > 1:
        raise ValueError(f"columns have different lengths: {sorted(lengths)}")
    if isinstance(data, Table):
        _require_closed_rows(data, times)
    return arrays, times, lengths.pop() if lengths else bars, _with_times(data, times)


def _with_times(data: Any, times: Times | None) -> Table:
    """Give the table that results are like: that of the data, else arrays with times as datetime64 in UTC."""
    if isinstance(data, Table) and (times is None or TIME_COLUMN in data):
        return data
    return Table(ArrayFrame({} if times is None else {TIME_COLUMN: times.view("datetime64[ns]")}))


def _kind(data: Any) -> str:
    kind = type(data)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _require_closed_rows(table: Table, times: Times | None) -> None:
    if "is_closed" not in table:
        return
    for row, said in enumerate(np.asarray(table["is_closed"]).tolist()):
        if said is not None and not parse_closed(said):
            bar = "" if times is None else f" of {np.datetime64(int(times[row]), 'ns')}Z"
            raise ValueError(_STILL_FORMS.format(bar=bar, row=row))


_STILL_FORMS = (
    "the bar{bar} (row {row}) is not closed, and a history is made of closed bars; leave it out, as [:{row}] does, and "
    "give it to a session's `preview`"
)


def require_closed(bars: OHLCV) -> None:
    """Raise ValueError where a bar of a history is still forming: its values would be taken for final ones."""
    if not all(bars.is_closed):
        row = bars.is_closed.index(False)
        raise ValueError(_STILL_FORMS.format(bar=f" of {bars.timestamps[row].isoformat()}", row=row))


StreamColumns = tuple[Times, list[Floats], Times | None]


@dataclass(frozen=True)
class Streams:
    """Histories of a session over streams as the engine takes them."""

    columns: list[StreamColumns]
    """Per stream the stamps of its bars, its fields in order, and told closes."""
    tables: list[tuple[Times, Table]]
    """The tables of those that were given."""

    @classmethod
    def of(
        cls,
        streams: Iterable[tuple[str, str | None, list[str], str | None]],
        data: Any,
        unit: str | None = None,
        truths: Collection[str] = (),
    ) -> Streams:
        """Read what a session with these streams takes: name, timeframe, fields, and what bars are made of, if any."""
        streams = list(streams)
        given = [name for name, _, _, made_of in streams if made_of is None]
        if not isinstance(data, Mapping):
            raise TypeError(
                f"histories are given by the name of their stream ({', '.join(given)}), not as {_kind(data)}"
            )
        unknown = [name for name in data if name not in given]
        if unknown:
            raise MissingDataError(f"the rule reads no stream {unknown[0]!r}; it reads {', '.join(given)}")
        columns: list[StreamColumns] = []
        tables = []
        for name, _, fields, made_of in streams:
            if made_of is not None:
                columns.append((np.empty(0, dtype=np.int64), [], None))
                continue
            if name not in data:
                raise MissingDataError(f"the rule reads the stream {name!r}, which the data lacks")
            own_truths = [field for field in fields if f"{name}.{field}" in truths]
            own, table = _stream(name, data[name], fields, unit, own_truths)
            columns.append(own)
            tables.append((own[0], table))
        return cls(columns, tables)

    def table_at(self, stamps: Times) -> Table:
        """Give the table that results at these stamps are like: the one that has them, else one of its kind."""
        frames = [(own, table) for own, table in self.tables if table.is_frame]
        for own, table in frames:
            if np.array_equal(own, stamps):
                return table
        times = stamps.view("datetime64[ns]")
        return frames[0][1].at(times) if frames else Table(ArrayFrame({TIME_COLUMN: times}))


def _stream(
    name: str, data: Any, fields: list[str], unit: str | None, truths: Collection[str]
) -> tuple[StreamColumns, Table]:
    try:
        history = History.of(data, fields, unit=unit, truths=truths)
        closes = column_times(history.table.get(CLOSE_COLUMN), history.table.unit(unit))
    except MissingDataError as error:
        raise MissingDataError(f"the stream {name!r} has no {error.field!r}", field=error.field) from None
    except (DataError, TypeError, ValueError) as error:
        raise type(error)(f"the stream {name!r}: {error}") from None
    stamps = history.times_ns
    if stamps is None:
        raise MissingDataError(f"the stream {name!r} has no {TIME_COLUMN}")
    if closes is not None and len(closes) != len(stamps):
        raise ValueError(f"the stream {name!r} has {len(stamps)} bars and {len(closes)} of {CLOSE_COLUMN}")
    return (stamps, history.fields, closes), history.table


@dataclass(frozen=True)
class Matrices:
    """Histories of many symbols as matrices of a row per bar and a column per symbol, NaN where a symbol has no bar."""

    fields: list[Floats]
    times_ns: Times | None
    bars: int
    places: list[Any]
    """Of each symbol the rows that its bars have."""

    @classmethod
    def of(
        cls,
        symbols: Sequence[str],
        data: Mapping[str, Any],
        fields: Sequence[str],
        unit: str | None = None,
        truths: Collection[str] = (),
    ) -> Matrices:
        """Lay histories by symbol beside each other, with a row for every time at which any symbol has a bar.

        Where no history has times, bars stand side by side in their order. Raises what `History.of` raises, naming the
        symbol; MissingDataError for a symbol that is lacking or unknown, OrderError for times that do not rise,
        ValueError where only some have times.
        """
        unknown = [name for name in data if name not in symbols]
        if unknown:
            raise MissingDataError(f"the universe has no symbol {unknown[0]!r}; it has {', '.join(symbols)}")
        histories = {}
        for symbol in symbols:
            if symbol not in data:
                raise MissingDataError(f"the universe has the symbol {symbol!r}, which the data lacks")
            try:
                histories[symbol] = History.of(data[symbol], fields, unit=unit, truths=truths)
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
        times: Times | None = None
        if untimed or not histories:
            bars = max(lengths, default=0)
            places: list[Any] = [slice(None)] * len(histories)
        else:
            stamps = [_rising(symbol, history.times_ns) for symbol, history in histories.items()]
            times = np.unique(np.concatenate(stamps))
            bars, places = len(times), [np.searchsorted(times, own) for own in stamps]
        matrices = [np.full((bars, len(symbols)), np.nan) for _ in fields]
        for at, history in enumerate(histories.values()):
            for matrix, values in zip(matrices, history.fields, strict=True):
                matrix[places[at], at] = values
        return cls(matrices, times, bars, places)


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
    "History",
    "Matrices",
    "StreamColumns",
    "Streams",
    "by_symbol",
    "of_symbol",
    "require_closed",
]
