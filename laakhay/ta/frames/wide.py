"""Frames of one field with a column per symbol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from laakhay.ta.exceptions import MissingDataError

from .columns import Floats, Times, column, column_times
from .history import of_symbol
from .native import frame_of
from .outputs import Output
from .table import Table


class SymbolFrame:
    """A field of many symbols, found by the names of the columns; results are frames of the same kind."""

    def __init__(self, data: Any, field: str, symbols: Sequence[str], unit: str | None) -> None:
        """Raises MissingDataError for a symbol that has no column, and for a column that is no symbol."""
        self.field = field
        self._frame, self._symbols = frame_of(data), symbols
        table = Table(self._frame)
        labels = self._frame.labels
        self._time = next((one for one in (table.label("timestamp"),) if one not in symbols), None)
        lacking = [one for one in symbols if one not in labels]
        if lacking:
            there = ", ".join(map(str, labels[:20]))
            raise MissingDataError(f"{field!r} has no column of the symbol {lacking[0]!r}; it has {there}", field=field)
        strange = [one for one in labels if one not in symbols and one != self._time]
        if strange:
            raise MissingDataError(
                f"{field!r} has a column {strange[0]!r}, and the universe no such symbol", field=field
            )
        frame = self._frame = self._frame.narrowed(labels)
        rows = frame.rows
        self.matrix: Floats = np.empty((rows, len(symbols)))
        for at, symbol in enumerate(symbols):
            with of_symbol(symbol):
                self.matrix[:, at] = column(frame.column(symbol), field)
        self._times = None if self._time is None else column_times(frame.column(self._time), unit)

    def times_with(self, times: Times | None) -> Times | None:
        """Give the times of the rows. Raises ValueError where they differ from others of the same rows."""
        if times is None or self._times is None:
            return self._times if times is None else times
        if not np.array_equal(times, self._times):
            raise ValueError(f"the rows of {self.field!r} have other times than those of the other fields")
        return times

    def result(self, output: Output) -> Any:
        """Give an output of many symbols as a frame with a column for each."""
        columns = [
            Output(symbol, np.ascontiguousarray(output.numbers[:, at]), output.is_condition, output.is_plain)
            for at, symbol in enumerate(self._symbols)
        ]
        return self._frame.result([] if self._time is None else [self._time], columns)


__all__ = ["SymbolFrame"]
