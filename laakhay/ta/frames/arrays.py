"""Tables that are no frame of a library: mappings of arrays, and lists of rows, mappings or as ccxt gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .names import BAR_NAMES
from .outputs import Output


class ArrayFrame:
    """A mapping of arrays, or a structured array; results are a dict of arrays."""

    def __init__(self, columns: Mapping[Any, Any]) -> None:
        self._columns = columns
        self.labels = [label for label in columns if isinstance(label, str)]
        self.told_labels = [str(label) for label in columns]

    @property
    def rows(self) -> int:
        return max((len(values) for values in self._columns.values()), default=0)

    @property
    def timed_labels(self) -> list[str]:
        """What holds times by its type."""
        return [one for one in self.labels if getattr(getattr(self.column(one), "dtype", None), "kind", "") == "M"]

    def column(self, label: str) -> Any:
        return self._columns[label]

    def narrowed(self, labels: Sequence[str]) -> Self:
        return self

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> Any:
        return {label: self._columns[label] for label in kept} | {one.name: one.plain for one in outputs}

    def extended(self, outputs: Sequence[Output]) -> Any:
        return self.result(list(self._columns), outputs)

    def blank(self, stamps: NDArray[np.datetime64]) -> ArrayFrame:
        return ArrayFrame({"timestamp": stamps})


class RecordFrame(ArrayFrame):
    """A list of mappings, one per bar, as JSON has them; results are a list of such."""

    def __init__(self, records: Sequence[Mapping[Any, Any]]) -> None:
        for at, record in enumerate(records):
            if not isinstance(record, Mapping) or record.keys() != records[0].keys():
                raise ValueError(f"row {at} is {record!r}; it needs {', '.join(map(str, records[0]))}, as row 0 has")
        super().__init__({label: [record[label] for record in records] for label in records[0]})

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> Any:
        columns = {label: self._columns[label] for label in kept} | {one.name: one.items() for one in outputs}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def blank(self, stamps: NDArray[np.datetime64]) -> RecordFrame:
        return RecordFrame([{"timestamp": one} for one in stamps])


class RowFrame:
    """A list of ccxt's rows, `[milliseconds, open, high, low, close, volume]`; results are rows of time and outputs."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        for at, row in enumerate(rows):
            if len(row) != len(BAR_NAMES):
                raise ValueError(f"row {at} has {len(row)} values; a row of bars is [{', '.join(BAR_NAMES)}]")
        self._rows = rows
        self.labels = self.told_labels = list(BAR_NAMES)
        self.timed_labels: list[str] = []

    @property
    def rows(self) -> int:
        return len(self._rows)

    def column(self, label: str) -> list[Any]:
        place = self.labels.index(label)
        return [row[place] for row in self._rows]

    def narrowed(self, labels: Sequence[str]) -> Self:
        return self

    def result(self, kept: Sequence[str], outputs: Sequence[Output]) -> list[list[Any]]:
        columns = [*map(self.column, kept), *(one.items() for one in outputs)]
        return [list(row) for row in zip(*columns, strict=True)]

    def extended(self, outputs: Sequence[Output]) -> list[list[Any]]:
        return self.result(self.labels, outputs)

    def blank(self, stamps: NDArray[np.datetime64]) -> RowFrame:
        return RowFrame([[int(one), *[None] * 5] for one in stamps.astype("datetime64[ms]").astype(np.int64)])


class TakenFrame(ArrayFrame):
    """Some rows of another table, as arrays that are taken when they are asked for."""

    def __init__(self, labels: Sequence[str], column: Callable[[str], Any], rows: NDArray[np.int64]) -> None:
        super().__init__(dict.fromkeys(labels))
        self._column, self._taken = column, rows

    @property
    def rows(self) -> int:
        return len(self._taken)

    def column(self, label: str) -> Any:
        values = self._column(label)
        return values[self._taken] if isinstance(values, np.ndarray) else np.asarray(values)[self._taken]


__all__ = ["ArrayFrame", "RecordFrame", "RowFrame", "TakenFrame"]
