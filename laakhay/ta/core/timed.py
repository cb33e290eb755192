"""What bars and series have in common: columns with a time per row, in time order."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, Self

from .immutable import Immutable
from .timestamps import timestamps_ns
from .types import Timestamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Timed"]


class Timed(Immutable):
    """Columns of one length, the first of which are times that do not decrease."""

    __slots__ = ()
    timestamps: tuple[Timestamp, ...]

    @property
    def length(self) -> int:
        """Number of bars."""
        return len(self.timestamps)

    @property
    def is_empty(self) -> bool:
        """Whether there is no bar."""
        return not self.timestamps

    def __len__(self) -> int:
        return len(self.timestamps)

    def slice_by_time(self, start: Timestamp, end: Timestamp) -> Self:
        """Give the bars from `start` to `end`, both included; there may be none.

        Raises `ValueError` if `start` is after `end`.
        """
        if start > end:
            raise ValueError(f"Start time must be <= end time: {start} and {end}")
        rows = slice(bisect_left(self.timestamps, start), bisect_right(self.timestamps, end))
        return self[rows]  # type: ignore[index, no-any-return]

    def timestamps_ns(self) -> NDArray[np.int64]:
        """Give the times as int64 nanoseconds since 1970 UTC: computed once, shared and read-only."""
        if "ns" not in self._cache:
            column = timestamps_ns(self.timestamps)
            column.flags.writeable = False
            self._cache["ns"] = column
        kept: NDArray[np.int64] = self._cache["ns"]
        return kept


def check_order(timestamps: tuple[Any, ...]) -> None:
    """Raise `ValueError` naming the first time that is smaller than the one before."""
    if all(map(operator.le, timestamps, timestamps[1:])):
        return
    i = next(i for i in range(1, len(timestamps)) if not timestamps[i - 1] <= timestamps[i])
    raise ValueError(f"Timestamps must be sorted: {timestamps[i]} at index {i} comes after {timestamps[i - 1]}")


def row_index(index: object, owner: str) -> int:
    """Give an index as int; raise `TypeError` naming its owner if it is none."""
    try:
        return operator.index(index)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{owner} indices must be integers or slices, not {type(index).__name__}") from None
