"""Bars in whatever kind of table: columns by what a rule calls them, and results of the same kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series

from .arrays import ArrayFrame, RecordFrame, RowFrame, TakenFrame
from .names import BAR_NAMES, CLOSE_COLUMN, SYMBOL_COLUMN, TIME_COLUMN, find
from .native import frame_of, is_frame
from .outputs import Output
from .symbols import Groups, Rows


class Table(Mapping[str, Any]):
    """A table as a mapping of columns, asked for by what a rule calls them: `timestamp`, `symbol`, `close`, own names.

    A name is found in any case, and by other names that are known for it. Where no column is called as times are, they
    are the one column that holds times by its type.
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self._found: dict[str, str | None] = {}

    def label(self, name: str) -> str | None:
        """Give what the column of this name is called in the table; None where there is none."""
        if name not in self._found:
            found = find(name, self._frame.labels)
            self._found[name] = self._only_times() if found is None and name == TIME_COLUMN else found
        return self._found[name]

    def _only_times(self) -> str | None:
        timed = [label for label in self._frame.timed_labels if label != self.label(CLOSE_COLUMN)]
        return timed[0] if len(timed) == 1 else None

    def __getitem__(self, name: str) -> Any:
        label = self.label(name)
        if label is None:
            raise KeyError(name)
        return self._frame.column(label)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.label(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._frame.told_labels)

    def __len__(self) -> int:
        return len(self._frame.told_labels)

    @property
    def rows(self) -> int:
        """How many bars."""
        return self._frame.rows  # type: ignore[no-any-return]

    @property
    def times(self) -> Any:
        """The column of times; of a mapping of Series those that they have in common. None where there are none."""
        if TIME_COLUMN in self:
            return self[TIME_COLUMN]
        if self.is_frame:
            return None
        columns = [(name, self._frame.column(name)) for name in self._frame.labels]
        series = [(name, values) for name, values in columns if isinstance(values, Series)]
        for (name, one), (other, two) in pairwise(series):
            if one.timestamps != two.timestamps:
                raise ValueError(f"the series {name!r} and {other!r} have different times")
        return series[0][1].timestamps if series else None

    @property
    def is_frame(self) -> bool:
        """Whether it is one of a library, or rows, so that results are the like."""
        return isinstance(self._frame, RecordFrame) or not isinstance(self._frame, ArrayFrame)

    def unit(self, unit: str | None) -> str | None:
        """Give the unit of whole times: the caller's, else that of rows whose maker has one."""
        if unit is not None or not isinstance(self._frame, RowFrame) or not self._frame.rows:
            return unit
        first = self._frame.column(TIME_COLUMN)[0]
        # What a time of ccxt can be; what is seconds or nanoseconds has to be told.
        return "ms" if isinstance(first, int) and ta_py.unit_in_file(first) == "ms" else unit

    @cached_property
    def groups(self) -> Groups | None:
        """The rows of each symbol; None where the table does not say whose bars it has."""
        return Groups.of(self[SYMBOL_COLUMN]) if SYMBOL_COLUMN in self else None

    def narrowed(self, fields: Sequence[str]) -> Table:
        """Give a table that has these columns, times and symbols in memory."""
        named = (self.label(name) for name in (TIME_COLUMN, SYMBOL_COLUMN, CLOSE_COLUMN, "is_closed", *fields))
        labels = [label for label in dict.fromkeys(named) if label is not None]
        # Of a rule that reads nothing the rows are counted.
        return self._like(self._frame.narrowed(labels or self._frame.labels[:1]))

    def in_memory(self) -> Table:
        """Give a table that has all of its columns in memory."""
        return self._like(self._frame.narrowed(self._frame.labels))

    def taken(self, rows: Rows) -> Table:
        """Give some of the rows as a table of arrays, without their symbol."""
        labels = [one for one in self._frame.labels if one != self.label(SYMBOL_COLUMN)]
        return Table(TakenFrame(labels, self._frame.column, rows))

    def _like(self, frame: Any) -> Table:
        return self if frame is self._frame else Table(frame)

    def result(self, outputs: Sequence[Output]) -> Any:
        """Give outputs as a table of this kind, with the times and symbols of this one."""
        kept = [label for name in (TIME_COLUMN, SYMBOL_COLUMN) if (label := self.label(name)) is not None]
        self._refuse_taken(kept, outputs)
        return self._frame.result(kept, outputs)

    def alone(self, outputs: Sequence[Output]) -> Any:
        """Give outputs as a table of this kind, without times and symbols."""
        return self._frame.result([], outputs)

    def extended(self, outputs: Sequence[Output]) -> Any:
        """Give this table with outputs behind its columns. Raises ValueError for a name that is taken."""
        self._refuse_taken(self._frame.told_labels, outputs)
        return self._frame.extended(outputs)

    def _refuse_taken(self, labels: Sequence[str], outputs: Sequence[Output]) -> None:
        taken = [one.name for one in outputs if one.name in labels]
        if taken:
            raise ValueError(
                f"the table has a column {taken[0]!r} already; give the output another name, as in "
                'compile({"name": rule})'
            )

    def at(self, stamps: NDArray[np.datetime64]) -> Table:
        """Give a table of this kind that has these times and nothing else."""
        return Table(self._frame.blank(stamps))


def table_of(data: Any) -> Any:
    """Give what is a table of bars as one, and whatever else as it is, tables by the names of streams too."""
    if isinstance(data, (Table, OHLCV, Series, Dataset)) or data is None:
        return data
    if isinstance(data, Mapping):
        return data if is_streams(data) else Table(ArrayFrame(data))
    if isinstance(data, np.ndarray):
        return Table(ArrayFrame({name: data[name] for name in data.dtype.names})) if data.dtype.names else data
    if is_rows(data):
        return Table(RecordFrame(data) if isinstance(data[0], Mapping) else RowFrame(data))
    return Table(frame_of(data)) if is_frame(data) else data


def is_rows(data: Any) -> bool:
    """Tell whether data is a list of rows: those of ccxt, or mappings."""
    is_list = isinstance(data, (list, tuple)) and bool(data)
    return is_list and isinstance(data[0], (list, tuple, Mapping)) and bool(data[0])


def is_streams(data: Any) -> bool:
    """Tell whether data is a history of several streams: a mapping of tables, not of columns."""
    is_mapping = isinstance(data, Mapping) and not isinstance(data, Table)
    return is_mapping and bool(data) and all(_is_table(one, name) for name, one in data.items())


def _is_table(data: Any, name: Any) -> bool:
    if isinstance(data, (Mapping, OHLCV)):
        return True
    is_structured = isinstance(data, np.ndarray) and data.dtype.names is not None
    # What stands under the name of a field is a column, if a wrong one.
    return name not in BAR_NAMES and (is_structured or is_rows(data) or is_frame(data))


__all__ = ["Table", "is_rows", "is_streams", "table_of"]
