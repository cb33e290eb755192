"""Frames of other libraries: pandas and its like, polars, Arrow and what gives Arrow; each knows the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .columns import column
from .names import OTHER_NAMES, TIME_COLUMN, folded
from .outputs import Output

# What a frame has of these.
_MARKS = ("__dataframe__", "__arrow_c_stream__", "collect_schema", "__narwhals_dataframe__", "__narwhals_lazyframe__")

# How Arrow and DuckDB write the types of times.
_TIMES = ("timestamp", "date")


def is_frame(data: Any) -> bool:
    """Tell whether data is a frame of a library of frames, by what it says of itself."""
    kind = type(data)
    # Columns of the same libraries have a type of their own.
    is_column = hasattr(data, "dtype") or (hasattr(data, "type") and not hasattr(data, "columns"))
    return any(hasattr(kind, mark) for mark in _MARKS) and not is_column


def frame_of(data: Any) -> PandasFrame | PolarsFrame | ArrowFrame:
    """Give what `is_frame` knows as a frame of its kind. Raises TypeError for a library that is not known."""
    import narwhals as nw

    _check_names(data)
    known = nw.from_native(data, pass_through=True)
    if not isinstance(known, (nw.DataFrame, nw.LazyFrame)):
        return _of_stream(data, nw)
    if known is data:  # One of narwhals itself.
        return _wrapping(frame_of(nw.to_native(data)), nw.from_native)  # type: ignore[no-any-return]
    kind = known.implementation
    if kind.is_pandas_like():
        return _pandas(data, kind.to_native_namespace())
    if kind.is_polars():
        return PolarsFrame(data, kind.to_native_namespace())
    if kind.is_pyarrow():
        return ArrowFrame(data)
    if kind.is_duckdb():
        duckdb = kind.to_native_namespace()
        return ArrowFrame(data, lambda labels: _of_relation(data, labels), duckdb.from_arrow, list(data.columns))
    raise TypeError(
        f"a history is no {type(data).__module__}.{type(data).__qualname__}; collect it into a frame in memory"
    )


def _check_names(data: Any) -> None:
    """Raise ValueError for a name that several columns have, where a library leaves that open."""
    labels = getattr(data, "column_names", None)
    if labels is None and hasattr(type(data), "iterrows"):
        labels = data.columns
    names = list(map(str, [] if labels is None else labels))
    if len(set(names)) < len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise ValueError(f"{twice!r} is the name of several columns")


def _of_stream(data: Any, nw: Any) -> PolarsFrame | ArrowFrame:
    """Give what has Arrow's stream: by pyarrow, else by polars."""
    if not hasattr(type(data), "__arrow_c_stream__"):
        raise TypeError(f"a history is no {type(data).__module__}.{type(data).__qualname__}")
    try:
        table = import_module("pyarrow").table(data)
    except ImportError:
        return PolarsFrame(nw.from_arrow(data, backend="polars").to_native(), import_module("polars"))
    return ArrowFrame(table, back=type(table).to_reader if hasattr(data, "read_next_batch") else None)


def _of_relation(relation: Any, labels: Sequence[str] | None) -> Any:
    named = (
        relation if labels is None else relation.select(*(f'"{one.replace(chr(34), chr(34) * 2)}"' for one in labels))
    )
    return named.to_arrow_table()


def _wrapping(frame: Any, wrap: Callable[[Any], Any]) -> Any:
    result, extended = frame.result, frame.extended
    frame.result = lambda kept, outputs: wrap(result(kept, outputs))
    frame.extended = lambda outputs: wrap(extended(outputs))
    return frame


class PandasFrame:
    """A frame of pandas or one like it; the index stays, and may hold times and symbols."""

    def __init__(self, frame: Any, library: Any) -> None:
        self._frame, self._library = frame, library
        self._levels = _levels(frame.index)
        self.labels = [one for one in frame.columns if isinstance(one, str)]
        self.told_labels = [str(one) for one in frame.columns]
        self.labels += [one for one in self._levels if one not in self.labels]
        self.told_labels += [one for one in self._levels if one not in self.told_labels]

    @property
    def rows(self) -> int:
        return len(self._frame)

    @property
    def timed_labels(self) -> list[str]:
        return [one for one, dtype in self._frame.dtypes.items() if getattr(dtype, "kind", "") == "M"]

    def column(self, label: str) -> Any:
        if label in self._frame.columns:
            return self._frame[label]
        return self._levels[label]()

    def narrowed(self, labels: Sequence[str]) -> Self:
        return self

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> Any:
        columns = {one: self._frame[one] for one in kept if one in self._frame.columns}
        columns |= {one.name: self._made(one) for one in outputs}
        return self._library.DataFrame(columns, index=self._frame.index, copy=False)

    def extended(self, outputs: Sequence[Output]) -> Any:
        return self._frame.assign(**{one.name: self._made(one) for one in outputs})

    def blank(self, stamps: NDArray[np.datetime64]) -> PandasFrame:
        zone = getattr(self._frame.index, "tz", None)
        index = self._library.DatetimeIndex(stamps, tz="UTC" if zone is not None else None)
        index = index.tz_convert(zone) if zone is not None else index
        return PandasFrame(self._library.DataFrame(index=index.rename(self._frame.index.name)), self._library)

    def _made(self, output: Output) -> Any:
        if not output.is_condition or output.is_plain:
            return output.plain
        return self._library.arrays.BooleanArray(output.truths, output.missing)


def _pandas(frame: Any, library: Any) -> PandasFrame:
    return WideFrame(frame, library) if frame.columns.nlevels > 1 else PandasFrame(frame, library)


def _levels(index: Any) -> dict[str, Callable[[], Any]]:
    """Give the levels of an index that have names which are known, or times, by name."""
    found: dict[str, Callable[[], Any]] = {}
    known = {TIME_COLUMN, "symbol", *OTHER_NAMES[TIME_COLUMN], *OTHER_NAMES["symbol"]}
    for at, name in enumerate(index.names):
        level = index.levels[at] if index.nlevels > 1 else index
        is_time = getattr(level.dtype, "kind", "") == "M" or hasattr(level, "to_timestamp")
        label = name if isinstance(name, str) else TIME_COLUMN
        if is_time or (isinstance(name, str) and folded(name) in known):
            # Of an index of times the name does not matter.
            found[label if folded(label) in known else TIME_COLUMN] = lambda at=at: _level(index, at)  # type: ignore[misc]
    return found


def _level(index: Any, at: int) -> Any:
    values = index.get_level_values(at) if index.nlevels > 1 else index
    return values.to_timestamp() if hasattr(values, "to_timestamp") else values


class WideFrame(PandasFrame):
    """Columns of two levels, field and symbol, as yfinance gives them: symbol stands below symbol."""

    def __init__(self, frame: Any, library: Any) -> None:
        if frame.columns.nlevels != 2:
            raise ValueError(f"columns have {frame.columns.nlevels} levels; two are needed, of fields and symbols")
        fields = {folded(name) for name in ("open", "high", "low", "close", "volume")}
        counts = [sum(folded(str(one)) in fields for one in level) for level in frame.columns.levels]
        self._fields_at = int(counts[1] > counts[0])
        symbols = frame.columns.get_level_values(1 - self._fields_at)
        self.symbols = list(dict.fromkeys(map(str, symbols)))
        self._by_text = {str(one): one for one in symbols}
        super().__init__(library.DataFrame(index=frame.index), library)
        self._wide = frame
        names = list(dict.fromkeys(map(str, frame.columns.get_level_values(self._fields_at))))
        self.labels = [*names, *self._levels, "symbol"]
        self.told_labels = [*names, *self._levels]

    @property
    def rows(self) -> int:
        return len(self._wide) * len(self.symbols)

    def column(self, label: str) -> Any:
        if label == "symbol":
            return np.repeat(np.array(self.symbols, dtype=object), len(self._wide))
        if label in self._levels:
            index = self._levels[label]()
            return index if len(self.symbols) == 1 else index.append([index] * (len(self.symbols) - 1))
        return np.concatenate([column(self._of(label, symbol), label) for symbol in self.symbols])

    def _of(self, label: str, symbol: str) -> Any:
        own = self._by_text[symbol]
        key = (label, own) if self._fields_at == 0 else (own, label)
        return self._wide[key] if key in self._wide.columns else np.full(len(self._wide), np.nan)

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> Any:
        return self._library.DataFrame(self._columns(outputs), index=self._wide.index, copy=False)

    def extended(self, outputs: Sequence[Output]) -> Any:
        return self._library.concat([self._wide, self.result([], outputs)], axis=1)

    def _columns(self, outputs: Sequence[Output]) -> dict[tuple[Any, Any], Any]:
        bars, columns = len(self._wide), {}
        for output in outputs:
            for at, symbol in enumerate(self.symbols):
                numbers = output.numbers[at * bars : (at + 1) * bars]
                own = Output(output.name, numbers, output.is_condition, output.is_plain)
                key = (output.name, self._by_text[symbol])
                columns[key if self._fields_at == 0 else key[::-1]] = self._made(own)
        return columns


class PolarsFrame:
    """A frame of polars; of a lazy one what is needed is collected."""

    def __init__(self, frame: Any, library: Any) -> None:
        self._frame, self._library = frame, library
        self._is_lazy = isinstance(frame, library.LazyFrame)
        schema = frame.collect_schema()
        self.labels = self.told_labels = schema.names()
        self.timed_labels = [one for one, kind in schema.items() if kind in (library.Datetime, library.Date)]

    @property
    def rows(self) -> int:
        return self._eager.height  # type: ignore[no-any-return]

    @property
    def _eager(self) -> Any:
        return self._frame.collect() if self._is_lazy else self._frame

    def column(self, label: str) -> Any:
        return self._eager[label]

    def narrowed(self, labels: Sequence[str]) -> PolarsFrame:
        if not self._is_lazy:
            return self
        narrow = PolarsFrame(self._frame.select(labels).collect(), self._library)
        return _wrapping(narrow, lambda frame: frame.lazy())  # type: ignore[no-any-return]

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> Any:
        frame = self._eager
        return self._back(self._library.DataFrame([*(frame[one] for one in kept), *map(self._made, outputs)]))

    def extended(self, outputs: Sequence[Output]) -> Any:
        return self._back(self._eager.with_columns(*map(self._made, outputs)))

    def blank(self, stamps: NDArray[np.datetime64]) -> PolarsFrame:
        return PolarsFrame(self._library.DataFrame({TIME_COLUMN: stamps}), self._library)

    def _back(self, frame: Any) -> Any:
        return frame.lazy() if self._is_lazy else frame

    def _made(self, output: Output) -> Any:
        return polars_column(output, self._library)


def polars_column(output: Output, polars: Any) -> Any:
    """Give an output as a series of polars."""
    if output.is_condition and output.is_plain:
        return polars.Series(output.name, output.truths, dtype=polars.Boolean)
    numbers = polars.Series(output.name, output.numbers, dtype=polars.Float64, nan_to_null=True)
    return numbers.cast(polars.Boolean) if output.is_condition else numbers


class ArrowFrame:
    """A table of Arrow, or what gives one when it is asked for so many columns."""

    def __init__(
        self,
        table: Any,
        read: Callable[[Sequence[str] | None], Any] | None = None,
        back: Callable[[Any], Any] | None = None,
        labels: list[str] | None = None,
    ) -> None:
        if read is None and hasattr(type(table), "schema") and not hasattr(type(table), "combine_chunks"):
            table = import_module("pyarrow").Table.from_batches([table])
        self._table, self._read, self._back = table, read, back
        self.labels = self.told_labels = list(table.column_names) if labels is None else labels

    @property
    def timed_labels(self) -> list[str]:
        # Of a table of Arrow in its schema, of a relation of DuckDB beside its names.
        kinds = self._table.schema.types if self._read is None else self._table.types
        return [one for one, kind in zip(self.labels, kinds, strict=True) if str(kind).lower().startswith(_TIMES)]

    @property
    def _whole(self) -> Any:
        return self._table if self._read is None else self._read(None)

    @property
    def rows(self) -> int:
        return self._whole.num_rows  # type: ignore[no-any-return]

    def column(self, label: str) -> Any:
        return self._whole.column(label)

    def narrowed(self, labels: Sequence[str]) -> ArrowFrame:
        return self if self._read is None else ArrowFrame(self._read(labels), back=self._back)

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> Any:
        arrow, whole = import_module("pyarrow"), self._whole
        columns = {one: whole.column(one) for one in kept}
        return self._given(arrow.table(columns | {one.name: self._made(one) for one in outputs}))

    def extended(self, outputs: Sequence[Output]) -> Any:
        whole = self._whole
        for one in outputs:
            whole = whole.append_column(one.name, self._made(one))
        return self._given(whole)

    def blank(self, stamps: NDArray[np.datetime64]) -> ArrowFrame:
        return ArrowFrame(import_module("pyarrow").table({TIME_COLUMN: stamps}), back=self._back)

    def _given(self, table: Any) -> Any:
        return table if self._back is None else self._back(table)

    @staticmethod
    def _made(output: Output) -> Any:
        arrow = import_module("pyarrow")
        is_ready = None if output.is_condition and output.is_plain else ~output.missing
        # The numbers stay where they are; what is ready is a bit each.
        valid = None if is_ready is None or is_ready.all() else arrow.py_buffer(_bits(is_ready))
        kind, values = (
            (arrow.bool_(), _bits(output.truths)) if output.is_condition else (arrow.float64(), output.numbers)
        )
        return arrow.Array.from_buffers(kind, len(output.numbers), [valid, arrow.py_buffer(values)])


def _bits(truths: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.packbits(truths, bitorder="little")


__all__ = ["ArrowFrame", "PandasFrame", "PolarsFrame", "WideFrame", "frame_of", "is_frame", "polars_column"]
