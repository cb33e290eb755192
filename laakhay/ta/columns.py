"""A history as the engine takes it: arrays by field, times in nanoseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import datetime64_ns, timestamps_ns
from laakhay.ta.exceptions import MissingDataError

Floats = NDArray[np.float64]
TIME_COLUMN = "timestamp"


def timeframe_to_ns(timeframe: str | None) -> int | None:
    """Give the length of a bar in nanoseconds; raise ValueError for a label without a fixed length."""
    if timeframe is None:
        return None
    length = ta_py.timeframe_ns(timeframe)
    if length is None:
        raise ValueError(f"{timeframe!r} is no timeframe; one such as '15m', '1h' or '1d' is needed")
    return length


@dataclass(frozen=True)
class Columns:
    """A history as the engine takes it: one float64 array per field, times in int64 nanoseconds where there are any."""

    fields: list[Floats]
    times_ns: NDArray[np.int64] | None
    timeframe_ns: int | None
    bars: int

    @classmethod
    def of(cls, data: Any, fields: Sequence[str], timeframe: str | None = None) -> Columns:
        """Take the fields of an OHLCV, a Series (its values are the close) or a mapping of arrays or Series.

        Raises MissingDataError for a field that the data lacks, ValueError for columns of different lengths.
        """
        arrays, times, bars = read_history(data, fields)
        length = timeframe_to_ns(timeframe)
        if length is None and times is not None:
            length = _commonest_step(times)
        return cls(arrays, times, length, bars)


def read_history(data: Any, fields: Sequence[str]) -> tuple[list[Floats], NDArray[np.int64] | None, int]:
    """Give the fields of a history in order, its times where it has any, and how many bars it has: see `Columns.of`."""
    if isinstance(data, OHLCV):
        columns = {name: data.column(name) for name in fields if name in _BAR_FIELDS}
        times = timestamps_ns(data.timestamps)
    elif isinstance(data, Series):
        columns = {"close": data.to_numpy()}
        times = timestamps_ns(data.timestamps)
    elif isinstance(data, Mapping):
        columns = {name: _column(data[name]) for name in fields if name in data}
        times = column_times(data.get(TIME_COLUMN))
    else:
        raise TypeError(f"a history is an OHLCV, a Series or a mapping of arrays, not {type(data).__name__}")
    for name in fields:
        if name not in columns:
            raise MissingDataError(f"the rule reads {name!r}, which the data lacks", field=name)
    arrays = [columns[name] for name in fields]
    lengths = {len(array) for array in arrays} | ({len(times)} if times is not None else set())
    if len(lengths) > 1:
        raise ValueError(f"columns have different lengths: {sorted(lengths)}")
    return arrays, times, lengths.pop() if lengths else _length(data)


_BAR_FIELDS = frozenset({"open", "high", "low", "close", "volume"})


def _column(values: Any) -> Floats:
    if isinstance(values, Series):
        return values.to_numpy()
    if isinstance(values, np.ma.MaskedArray):
        values = values.astype(np.float64).filled(np.nan)
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"a column has one dimension, not {array.ndim}")
    return np.ascontiguousarray(array)


def column_times(values: Any) -> NDArray[np.int64] | None:
    """Give times as nanoseconds since 1970 UTC; raises ValueError where one is missing or int64 cannot hold it."""
    if values is None:
        return None
    array = np.asarray(values)
    if array.dtype.kind == "M":
        return datetime64_ns(array)
    if array.dtype.kind in "iu":
        if array.size and int(array.max()) >= 2**63:
            raise ValueError(f"{array.max()} does not fit int64 nanoseconds")
        return np.ascontiguousarray(array, dtype=np.int64)
    return timestamps_ns(list(values))


def _length(data: Any) -> int:
    """Give the number of bars of data of which the rule reads no field."""
    if isinstance(data, (OHLCV, Series)):
        return len(data)
    return max((len(values) for values in data.values()), default=0)


def _commonest_step(times: NDArray[np.int64]) -> int | None:
    """Give the distance that more than half of all neighbouring times have."""
    if len(times) < 2:
        return None
    steps, counts = np.unique(np.diff(times), return_counts=True)
    most = int(counts.argmax())
    return int(steps[most]) if 2 * counts[most] > len(times) - 1 and steps[most] > 0 else None


__all__ = ["TIME_COLUMN", "Columns", "Floats", "column_times", "read_history", "timeframe_to_ns"]
