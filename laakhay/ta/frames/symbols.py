"""Tables of several symbols: which rows are whose, found in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laakhay.ta.exceptions import DataError

Rows = NDArray[np.int64]
# Few enough names are sorted by their digits.
_FEW = 2**16
# So many rows are looked through for one after which the names begin again.
_HEAD = 2**14


@dataclass(frozen=True)
class Groups:
    """The rows of each symbol, in their order in the table."""

    symbols: list[str]
    bounds: Rows
    """Where each symbol's rows begin in `order`, and behind the last one their number."""
    order: Rows | None
    """Rows by symbol; without it the table is in that order."""

    @classmethod
    def of(cls, column: Any) -> Groups:
        """Find the symbols of a column. Raises DataError for one that is missing or no name."""
        names = _Names(column)
        count = len(names)
        if not count:
            return cls([], np.zeros(1, dtype=np.int64), None)
        period = names.period()
        if period is not None:
            # Row by row the same symbols: nothing has to be told apart.
            order = np.arange(count).reshape(-1, period).T.reshape(-1)
            bounds = np.arange(0, count + 1, count // period)
        else:
            starts = names.starts()
            if len(starts) <= _HEAD and len(set(firsts := [names.name(row) for row in starts.tolist()])) == len(starts):
                return cls(firsts, np.append(starts, count), None)
            codes = names.codes()
            order = np.argsort(codes, kind="stable")
            counts = np.bincount(codes)
            bounds = np.concatenate(([0], np.cumsum(counts[counts > 0])))
        return cls([names.name(row) for row in order[bounds[:-1]].tolist()], bounds, order)

    def __len__(self) -> int:
        return len(self.symbols)

    def __iter__(self) -> Iterator[tuple[str, Rows]]:
        """Give each symbol and its rows."""
        for symbol, begin, end in zip(self.symbols, self.bounds[:-1], self.bounds[1:], strict=True):
            yield symbol, np.arange(begin, end) if self.order is None else self.order[begin:end]

    def in_table_order(self, grouped: NDArray[Any]) -> NDArray[Any]:
        """Give values that stand by symbol in the order of the table."""
        if self.order is None:
            return grouped
        values = np.empty_like(grouped)
        values[self.order] = grouped
        return values


class _Names:
    """A column of names of whatever library."""

    def __init__(self, column: Any) -> None:
        library = type(column).__module__.partition(".")[0]
        self._is_polars, self._is_arrow = library == "polars", library == "pyarrow"
        if self._is_arrow and hasattr(column, "combine_chunks"):
            column = column.combine_chunks()
        if hasattr(column, "factorize"):  # Of pandas the array, which has no index to go by.
            column = getattr(column, "array", column)
        elif library not in ("polars", "pyarrow"):
            column = np.asarray(column, dtype=object)
        self._column = column
        # What is compared: numbers, where the column has any for its names; -1 is missing.
        self._keys = self._coded() if self._has_codes else column

    @property
    def _has_codes(self) -> bool:
        if self._is_polars:
            return type(self._column.dtype).__name__ in ("Categorical", "Enum")
        return hasattr(self._column, "dictionary" if self._is_arrow else "codes")

    def _coded(self) -> Rows:
        """Give the places of names among those of a dictionary."""
        column = self._column
        if self._is_polars:
            coded = column.cast(import_module("polars").Categorical) if not self._has_codes else column
            codes = coded.to_physical().cast(import_module("polars").Int64).fill_null(-1).to_numpy()
        elif self._is_arrow:
            coded = column if self._has_codes else column.dictionary_encode()
            codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        elif hasattr(column, "factorize"):
            codes = column.codes if self._has_codes else column.factorize()[0]
        else:
            places: dict[Any, int] = {}
            items = (places.setdefault(item, len(places)) for item in column.tolist())
            codes = np.fromiter(items, dtype=np.int64, count=len(column))
        return codes  # type: ignore[no-any-return]

    def __len__(self) -> int:
        return len(self._column)

    def name(self, row: int) -> str:
        [name] = self._items(row, row + 1)
        if not isinstance(name, str) or not name.strip():
            raise DataError(f"`symbol` in row {row} is {name!r}; a name is needed")
        return name

    def _items(self, begin: int, end: int) -> list[Any]:
        part = self._column[begin:end]
        to_list = next(getattr(part, name) for name in ("to_pylist", "to_list", "tolist") if hasattr(part, name))
        return to_list()  # type: ignore[no-any-return]

    def starts(self) -> Rows:
        """Give the rows whose name is not that of the row before."""
        one, other = self._keys[1:], self._keys[:-1]
        if hasattr(one, "ne_missing"):
            changed = one.ne_missing(other).to_numpy()
        elif self._is_arrow and not self._has_codes:
            changed = import_module("pyarrow.compute").not_equal(one, other).fill_null(True).to_numpy(False)
        else:
            changed = one != other
            changed = changed if isinstance(changed, np.ndarray) else changed.to_numpy(dtype=bool, na_value=True)
        return np.concatenate(([0], np.flatnonzero(changed) + 1))

    def period(self) -> int | None:
        """After how many rows the names repeat, in the same order to the end; None where they do not."""
        count = len(self)
        head = self._items(0, _HEAD)
        if head[0] not in head[1:]:
            return None
        period = head.index(head[0], 1)
        if period == 1 or count % period or len({*head[:period]}) < period or None in head[:period]:
            return None
        one, other = self._keys[period:], self._keys[: count - period]
        is_same = one.equals(other) if hasattr(one, "equals") else np.array_equal(one, other)
        return period if is_same else None

    def codes(self) -> Rows:
        """Give each row a small number, the same for the same name. Raises DataError for a missing name."""
        codes = self._keys if self._has_codes else self._coded()
        if (codes < 0).any():
            raise DataError(f"`symbol` in row {int((codes < 0).argmax())} is missing; a name is needed")
        if int(codes.max()) >= 2 * len(codes) + _FEW:  # Of a dictionary that others share.
            codes = np.unique(codes, return_inverse=True)[1]
        return codes.astype(np.uint16 if int(codes.max()) < _FEW else np.int64)


__all__ = ["Groups", "Rows"]
