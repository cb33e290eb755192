"""Columns as the engine takes them: float64 by field, times in int64 nanoseconds.

What is a number and what is a time is decided by the engine's module, for whole arrays as for one bar; here arrays of
whatever library are told apart, and those that hold numbers or times already are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import datetime64_ns
from laakhay.ta.exceptions import DataError

from .names import TIME_COLUMN

Floats = NDArray[np.float64]
Times = NDArray[np.int64]
_NANOSECONDS = np.dtype("datetime64[ns]")
_TIMEFRAMES = "one such as '15m', '1h' or '1d' is needed"


def timeframe_to_ns(timeframe: str | None) -> int | None:
    """Give the length of a bar in nanoseconds; raise ValueError for a label without a fixed length."""
    if timeframe is None:
        return None
    length = ta_py.timeframe_ns(timeframe)
    if length is None:
        count = timeframe.removesuffix("M")
        is_month_or_minute = count != timeframe and count.isdecimal()
        accepted = f"`{count}mo` is months and `{count}m` minutes" if is_month_or_minute else _TIMEFRAMES
        raise ValueError(f"{timeframe!r} is no timeframe; {accepted}")
    return length


def timeframe_of(length_ns: int | None) -> str | None:
    """Give the timeframe of bars so far apart; None where that is no day, no week and no whole number of seconds
    within a day.

    Days and weeks close by the calendar, and are as long as it has them.
    """
    if length_ns is None or length_ns <= 0 or length_ns % 10**9:
        return None
    seconds = length_ns // 10**9
    days = {86_400: "1d", 604_800: "1w"}
    return days.get(seconds, f"{seconds}s" if seconds < 86_400 else None)


def check_unit(unit: str | None) -> None:
    """Raise ValueError for a unit of times that is none of `s`, `ms`, `us` and `ns`."""
    ta_py.times_ns([], unit)


BAR_FIELDS = frozenset({"open", "high", "low", "close", "volume"})


def column(values: Any, field: str, truths: bool = False) -> Floats:
    """Give the values of a field as a float64 array, NaN where they are missing.

    Of a field of `truths`, True is 1 and False 0. Raises DataError, naming field, row and value, for what is no number.
    """
    if isinstance(values, Series):
        return values.numbers(field)
    array = _array(values, field, truths)
    if array.ndim != 1:
        raise ValueError(f"a column has one dimension, not {array.ndim}: {field!r}")
    return _floats(array, field, truths)


def matrix(values: Any, field: str, symbols: int) -> Floats:
    """Give a field's matrix, a row per bar and a column per symbol, as `column` gives a column."""
    if not hasattr(values, "__array__"):
        rows = [column(row, field) for row in _items(values, field)]
        shape = (len(rows), symbols)
        if any(len(row) != symbols for row in rows):
            raise ValueError(f"{field!r}: every row needs {symbols} numbers, one per symbol")
        return np.concatenate(rows).reshape(shape) if rows else np.empty(shape)
    if hasattr(values, "iter_columns"):  # A frame whose columns have types of their own.
        return np.ascontiguousarray(np.stack([column(one, field) for one in values.iter_columns()], axis=1))
    array = _array(values, field)
    if array.ndim != 2:
        raise ValueError(f"a matrix has two dimensions, not {array.ndim}: {field!r}")
    return _floats(array, field)


def _array(values: Any, field: str, truths: bool = False) -> NDArray[Any]:
    """Give values as an array that has kept what they are."""
    if isinstance(values, np.ndarray):
        return values
    kind = getattr(getattr(values, "dtype", None), "kind", None)
    if (
        kind in ("f", "i", "u", "b" if truths else "f")
        and hasattr(values, "to_numpy")
        and not isinstance(values.dtype, np.dtype)
    ):
        # What pandas has for a missing one is not NaN.
        return values.to_numpy(dtype=np.float64, na_value=np.nan)  # type: ignore[no-any-return]
    if hasattr(values, "__array__"):
        return np.asarray(_decoded(values))
    if isinstance(values, (memoryview, bytearray)) or type(values).__name__ == "array":
        return np.asarray(values)
    # NumPy would make numbers of truth values and text of numbers that stand side by side in a list.
    return ta_py.numbers(_items(values, field), field, None, truths)


def _decoded(values: Any) -> Any:
    """Give a column of Arrow without its dictionary, if it has one; anything else as it is."""
    kind: Any = getattr(values, "type", None)
    return values.cast(kind.value_type) if hasattr(kind, "index_type") and hasattr(kind, "value_type") else values


def _items(values: Any, field: str) -> Iterable[Any]:
    if not isinstance(values, Iterable):
        raise ValueError(f"a column has one dimension, not 0: {field!r} is {values!r}")
    if isinstance(values, (str, bytes, Mapping, Set)):
        raise TypeError(f"{field!r} has to be an array or a list, not {type(values).__name__}")
    return values


def _floats(array: NDArray[Any], field: str, truths: bool = False) -> Floats:
    """Give an array's numbers; rows and columns of a matrix stand side by side in memory."""
    if array.dtype.kind in ("fiub" if truths else "fiu"):
        if isinstance(array, np.ma.MaskedArray):
            array = np.ma.filled(array.astype(np.float64), np.nan)
        with np.errstate(over="ignore"):
            return np.ascontiguousarray(array, dtype=np.float64)
    width = array.shape[1] if array.ndim == 2 else None
    if array.dtype.kind in "OU":
        masked = np.ma.getmaskarray(array).reshape(-1).tolist()
        given = np.asarray(array).reshape(-1).tolist()
        items = [None if missing else item for item, missing in zip(given, masked, strict=True)]
        return ta_py.numbers(items, field, width, truths).reshape(array.shape)
    _refuse(array, field)


def _refuse(array: NDArray[Any], field: str) -> NoReturn:
    if not array.size:
        raise DataError(f"`{field}` is a column of {array.dtype}; numbers are needed")
    place = "row 0" if array.ndim == 1 else "row 0, column 0"
    raise DataError(
        f"`{field}` in {place} is {array.reshape(-1)[0]!r}, and the column of {array.dtype}; numbers are needed"
    )


def column_times(values: Any, unit: str | None = None) -> Times | None:
    """Give times as nanoseconds since 1970 UTC.

    Integers are of `unit` (`s`, `ms`, `us`, `ns`); without one they have to be nanoseconds from 1e17 in magnitude.
    Raises ValueError for one that needs a unit, is missing or does not fit int64, TypeError for what is no time; both
    say the row.
    """
    if values is None:
        return None
    try:
        return _times(values, unit)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{TIME_COLUMN}, {error}") from None


def _times(values: Any, unit: str | None) -> Times:
    dtype = getattr(values, "dtype", None)
    if dtype is None and hasattr(values, "__array__") and hasattr(values, "to_numpy"):
        # Of Arrow: item by item they are objects of their own.
        values = _decoded(values).to_numpy()
        dtype = values.dtype
    if dtype is None or not hasattr(values, "__array__"):
        return ta_py.times_ns(_items(values, TIME_COLUMN), unit)
    if getattr(dtype, "tz", None) is not None:
        # Otherwise pandas makes an object of every time.
        array = values.to_numpy(dtype=f"datetime64[{dtype.unit}]")
    elif hasattr(dtype, "pyarrow_dtype"):
        array = values.array.__arrow_array__().to_numpy()
    else:
        array = np.asanyarray(values)
    if array.ndim != 1:
        raise ValueError(f"row 0: times have one dimension, not {array.ndim}")
    if isinstance(array, np.ma.MaskedArray) and (masked := np.ma.getmaskarray(array)).any():
        raise ValueError(f"row {int(masked.argmax())} has no time")
    array = np.asarray(array)
    if array.dtype == _NANOSECONDS and not (array.size and np.isnat(array[0])):
        # Of a time that is missing further down the engine tells, without another look at a column in which none is.
        return np.ascontiguousarray(array.view(np.int64))
    if array.dtype.kind == "M":
        unit = np.datetime_data(array.dtype)[0]
        if unit in ("s", "ms", "us") and not np.isnat(array).any():
            return ta_py.times_ns(np.ascontiguousarray(array).view(np.int64), unit)
        return datetime64_ns(array)
    if array.dtype.kind == "i" or (array.dtype.kind == "u" and int(array.max(initial=0)) < 2**63):
        return ta_py.times_ns(np.ascontiguousarray(array, dtype=np.int64), unit)
    return ta_py.times_ns(list(array) if array.dtype.kind in "Oufbc" else array.tolist(), unit)


__all__ = [
    "BAR_FIELDS",
    "TIME_COLUMN",
    "Floats",
    "Times",
    "check_unit",
    "column",
    "column_times",
    "matrix",
    "timeframe_of",
    "timeframe_to_ns",
]
