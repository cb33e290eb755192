"""Bars of any exporter's file, as arrays.

What a file is follows from rules, not from who wrote it; what it does not say is asked by an error that names the
option which answers. The rules are the engine's, for Python and for the command line.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import IO, Any, Literal, overload

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.exceptions import DataError

__all__ = ["BadRowsWarning", "Bars", "read_bars", "told"]

_NAMES = ("zone", "stamps", "symbol", "dates", "time_format", "unit", "price_divisor", "duplicates")
_OPTIONS = (*_NAMES, "delimiter", "decimal", "order")


class BadRowsWarning(UserWarning):
    """Rows of a file were left out.

    `count` says how many, `rows` how many were read in all, `errors` holds the `DataError` of each.
    """

    def __init__(self, file: str, rows: int, errors: tuple[DataError, ...]) -> None:
        super().__init__(f"{file}: {len(errors)} of {rows} rows left out; first: {errors[0]}")
        self.file = file
        self.rows = rows
        self.errors = errors

    def __reduce__(self) -> tuple[Any, ...]:
        # By default a warning is made again of its message alone.
        return type(self), (self.file, self.rows, self.errors)

    @property
    def count(self) -> int:
        """Number of rows left out."""
        return len(self.errors)


class Bars(dict[str, NDArray[Any]]):
    """Columns of a file's bars by name: `timestamp` (datetime64[ns], opens in UTC), then float64 arrays.

    `taken_for` says in a line what the file was taken for, `symbol` which symbol it names, `skipped` holds the errors
    of rows that were left out.
    """

    taken_for: str = ""
    symbol: str | None = None
    skipped: tuple[DataError, ...] = ()

    def __missing__(self, name: str) -> NDArray[Any]:
        raise KeyError(f"{name!r} is no column of numbers here; there are {', '.join(self)}; {self.taken_for}")

    def __repr__(self) -> str:
        return f"<Bars {self.taken_for}; columns {', '.join(self)}>"


@overload
def read_bars(  # type: ignore[overload-overlap]
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any],
    *,
    zone: str | tzinfo | None = None,
    stamps: str | None = None,
    symbol: Literal["*"],
    dates: str | None = None,
    time_format: str | None = None,
    unit: str | None = None,
    price_divisor: float | None = None,
    duplicates: str | None = None,
    columns: Mapping[str, str | Sequence[str]] | Sequence[str] | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    order: str | None = None,
    timeframe: str | None = None,
    skip_bad_rows: bool = False,
) -> dict[str, Bars]: ...
@overload
def read_bars(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any],
    *,
    zone: str | tzinfo | None = None,
    stamps: str | None = None,
    symbol: str | None = None,
    dates: str | None = None,
    time_format: str | None = None,
    unit: str | None = None,
    price_divisor: float | None = None,
    duplicates: str | None = None,
    columns: Mapping[str, str | Sequence[str]] | Sequence[str] | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    order: str | None = None,
    timeframe: str | None = None,
    skip_bad_rows: bool = False,
) -> Bars: ...
def read_bars(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[Any],
    *,
    zone: str | tzinfo | None = None,
    stamps: str | None = None,
    symbol: str | None = None,
    dates: str | None = None,
    time_format: str | None = None,
    unit: str | None = None,
    price_divisor: float | None = None,
    duplicates: str | None = None,
    columns: Mapping[str, str | Sequence[str]] | Sequence[str] | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    order: str | None = None,
    timeframe: str | None = None,
    skip_bad_rows: bool = False,
) -> Bars | dict[str, Bars]:
    """Read the bars of any exporter's file: text, JSON, gzip, zip, Parquet, Arrow.

    Gives arrays of one length: `timestamp` (datetime64[ns], opens in UTC), `open high low close volume` as far as they
    are there, and other columns of numbers under their names in small letters. A missing number is NaN. What the file
    was taken for is told in `.taken_for` and logged.

    Parameters
    ----------
    source
        A path, the bytes of a file, or an open file.
    zone
        The zone of times that have none, by name or as a tzinfo; UTC without it.
    stamps
        "open" or "close": which of its times a bar is stamped with. Closes become opens, earlier by `timeframe` or by
        the spacing that most bars have.
    symbol
        The symbol that is read of a file of several; "*" gives a dict of all.
    dates
        "dmy", "mdy" or "ymd", where no date of the file tells.
    time_format
        The form of times, as of strptime, or "excel" for days as Excel counts them.
    unit
        "s", "ms", "us" or "ns": what times of digits count since 1970.
    price_divisor
        What prices are divided by, such as 10000.
    duplicates
        "first" or "last": which row of one time is kept where they differ. Rows that are the same are dropped.
    columns
        The file's column of a field, such as `{"close": "Settle", "timestamp": ("Day", "Clock")}`; or, of a file
        without header, the names of all columns in order.
    delimiter, decimal
        What parts cells, and the decimal mark.
    order
        "sort" reads rows in any order; rows that fall throughout are turned round without it.
    skip_bad_rows
        Leave out rows that cannot be read, with a `BadRowsWarning`.

    Raises
    ------
    DataError
        With `file`, `line`, `column` and `value`: for what cannot be read, and for what the file does not say, with
        the option that does.
    FileNotFoundError
        If there is no such file.
    ValueError
        For an option that is none of what it accepts.
    """
    given = {
        "zone": zone,
        "stamps": stamps,
        "symbol": symbol,
        "dates": dates,
        "time_format": time_format,
        "unit": unit,
        "price_divisor": price_divisor,
        "duplicates": duplicates,
        "columns": columns,
        "delimiter": delimiter,
        "decimal": decimal,
        "order": order,
        "timeframe": timeframe,
    }
    texts, renamed, length = told(given)
    content, name = _content(source)
    tables = ta_py.read_bars(content, name, texts, renamed, skip_bad_rows, False, length)
    found = [_bars(table) for table in tables]
    for bars in found:
        # Nobody listens where nobody has imported it.
        if "logging" in sys.modules:
            sys.modules["logging"].getLogger(__name__).info("%s", bars.taken_for)
        if bars.skipped:
            rows = len(bars["timestamp"]) + len(bars.skipped)
            warnings.warn(BadRowsWarning(name, rows, bars.skipped), stacklevel=2)
    if symbol == "*":
        return {str(bars.symbol): bars for bars in found}
    return found[0]


def told(options: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[tuple[str | None, str]], int | None]:
    """Give options as the engine takes them: texts by name, fields with their columns, the length of a bar.

    Raises TypeError for an option that there is not, or that is no text, ValueError for no timeframe.
    """
    texts: list[tuple[str, str]] = []
    length = None
    for name, value in options.items():
        if name not in (*_OPTIONS, "columns", "timeframe"):
            raise TypeError(f"there is no option {name!r}; there are {', '.join(_OPTIONS)}, columns and timeframe")
        if value is None or name == "columns":
            continue
        if name == "timeframe":
            length = ta_py.timeframe_ns(value)
            if length is None:
                raise ValueError(f"{value!r} is no timeframe of a fixed length; one such as '15m' or '1h' is needed")
            continue
        if isinstance(value, tzinfo):
            value = getattr(value, "key", None) or str(value)
        if isinstance(value, bool) or not isinstance(value, (str, int, float) if name == "price_divisor" else str):
            raise TypeError(f"{name} is {value!r}; a text is needed")
        texts.append((name, str(value)))
    return texts, _renamed(options.get("columns")), length


def _renamed(columns: Any) -> list[tuple[str | None, str]]:
    if columns is None:
        return []
    if isinstance(columns, str) or not isinstance(columns, (Mapping, Sequence)):
        raise TypeError(f"columns is {columns!r}; a mapping of fields to columns, or a list of names, is needed")
    if not isinstance(columns, Mapping):
        return [(None, str(name)) for name in columns]
    of = {field: [column] if isinstance(column, str) else [*column] for field, column in columns.items()}
    return [(str(field), "+".join(map(str, names))) for field, names in of.items()]


def _content(source: Any) -> tuple[str | os.PathLike[str] | bytes, str]:
    """Give a path or bytes, and what errors call them."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), "<bytes>"
    if isinstance(source, (str, os.PathLike)):
        return source, str(os.fspath(source))
    if not isinstance(source, io.IOBase) and not hasattr(source, "read"):
        raise TypeError(f"a file is a path, bytes or something that is open for reading, not {type(source).__name__}")
    content = source.read()
    name = getattr(source, "name", None)
    return content.encode() if isinstance(content, str) else bytes(content), name if isinstance(name, str) else "<file>"


def _bars(table: dict[str, Any]) -> Bars:
    bars = Bars(timestamp=table["times_ns"].view("datetime64[ns]"))
    bars.update(table["columns"])
    if table["closes_ns"] is not None:
        bars["close_time"] = table["closes_ns"].view(np.dtype("datetime64[ns]"))
    bars.taken_for, bars.symbol, bars.skipped = table["taken_for"], table["symbol"], tuple(table["skipped"])
    return bars
