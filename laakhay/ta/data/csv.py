"""Read and write bars and series as files of text, with every digit of their numbers.

Files are read by the reader that `read_bars` and the command line have; whatever cannot be read is named by file,
line, column and value.
"""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.bar import bar_fault
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import format_timestamp, timestamps_of_ns
from laakhay.ta.core.types import NOT_READY, Price, Symbol
from laakhay.ta.exceptions import DataError

from .files import BadRowsWarning, told

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BadRowsWarning", "from_csv", "to_csv"]

_PRICES = ("open", "high", "low", "close")
# What is said of a file that no rule of the reader is about.
_EMPTY = "CSV file is empty or has no headers"
_NO_ROWS = "No valid data rows found in CSV"


def from_csv(
    path: str | os.PathLike[str],
    symbol: Symbol,
    timeframe: str,
    source: str = "csv",
    timestamp_col: str = "timestamp",
    *,
    open_col: str = "open",
    high_col: str = "high",
    low_col: str = "low",
    close_col: str = "close",
    volume_col: str = "volume",
    is_closed_col: str = "is_closed",
    value_col: str = "value",
    skip_bad_rows: bool = False,
    **options: Any,
) -> OHLCV | Series[Price]:
    """Read bars, or a single series, from a file with every digit of its numbers.

    Any file that `read_bars` reads, by the same rules and with the same `options` (`zone`, `dates`, `unit`,
    `duplicates`, ...). Open, high, low and close give `OHLCV`; else a column of values, or a close alone, gives
    `Series`. The columns' names need to be told only where they are none that `read_bars` knows. Of a file with
    several symbols the one called `symbol` is read. Numbers become exact `Decimal`; a bar without any price is kept
    and is missing, one that lacks some of them is an error. `is_closed` is true for true, 1, yes and closed; without
    that column every bar is closed. `source` has no effect.

    With `skip_bad_rows`, rows that cannot be read are left out, and if there were any one `BadRowsWarning` is given,
    which holds their count and errors. Order is not badness.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    DataError
        A `ValueError` with `file`, `line`, `column` and `value`: for a file without header or rows, a missing
        column, a row with a number, time or count of cells that is wrong, an inconsistent bar, rows in no order of
        time, and whatever the file does not say and an option has to.
    TypeError
        For an option that there is not.
    """
    file = os.fspath(path)
    if not os.path.exists(path):
        raise FileNotFoundError(f"CSV file not found: {file}")
    own = {
        "timestamp": timestamp_col,
        "open": open_col,
        "high": high_col,
        "low": low_col,
        "close": close_col,
        "volume": volume_col,
        "is_closed": is_closed_col,
        "value": value_col,
    }
    texts, renamed, length = told({"timeframe": timeframe if options.get("stamps") == "close" else None, **options})
    renamed += [(field, column) for field, column in own.items() if field != column]
    if not any(name == "symbol" for name, _ in texts):
        texts.append(("symbol", "*"))
    try:
        tables = ta_py.read_bars(path, file, texts, renamed, skip_bad_rows, True, length)
    except DataError as error:
        raise _in_words_of_rows(error, own) from None
    table = _of_symbol(tables, symbol, file)
    errors = list(table["skipped"])
    data = _bars_or_series(table, symbol, timeframe, options.get("price_divisor"), skip_bad_rows, errors, file)
    if errors:
        errors = [_in_words_of_rows(error, own) for error in errors]
        warnings.warn(BadRowsWarning(file, len(data) + len(errors), tuple(errors)), stacklevel=2)
    if not len(data):
        raise DataError(_NO_ROWS, file=file)
    return data


def _of_symbol(tables: list[dict[str, Any]], symbol: str, file: str) -> dict[str, Any]:
    if len(tables) == 1:
        return tables[0]
    named = [table for table in tables if table["symbol"] == symbol]
    if not named:
        there = ", ".join(str(table["symbol"]) for table in tables)
        raise DataError(f"the file has several symbols, {there}, and none is {symbol!r}", file=file)
    return named[0]


def _in_words_of_rows(error: DataError, own: dict[str, str]) -> DataError:
    """Give the reader's error as errors of rows have always been worded."""
    kind, problem = getattr(error, "kind", ""), error.message
    if kind == "empty":
        return DataError(_EMPTY, file=error.file)
    if kind == "norows":
        return DataError(f"{_NO_ROWS}: {problem}", file=error.file)
    if kind == "notime":
        problem = f"Timestamp column '{own['timestamp']}' not found in CSV: {problem}"
    elif kind == "number":
        problem = f"Invalid numeric data: {problem}"
    elif kind == "time":
        problem = f"Invalid timestamp string: {problem}"
    if error.line is None:
        return DataError(problem, error.file, None, error.column, error.value)
    return DataError(f"Error parsing row {error.line}: {problem}", error.file, error.line, error.column, error.value)


def _bars_or_series(
    table: dict[str, Any],
    symbol: str,
    timeframe: str,
    divisor: float | str | None,
    skip_bad_rows: bool,
    errors: list[DataError],
    file: str,
) -> OHLCV | Series[Price]:
    names = [name for name, _ in table["columns"]]
    numbers = dict(table["columns"])
    texts = dict(zip(names, table["texts"], strict=True))
    times_ns = table["times_ns"]
    absent = [name for name in (*_PRICES, "volume") if name not in numbers]
    if not {*_PRICES} <= {*numbers}:
        column = "value" if "value" in numbers else "close"
        if column not in numbers:
            raise DataError(
                f"Error parsing row {table['lines'][0] if len(times_ns) else 1}: Value column 'value' not found in CSV"
                f"; for bars these are missing: {', '.join(absent)}; columns: {', '.join(names) or 'none'}",
                file=file,
            )
        values = _decimals(texts[column], divisor if column == "close" else None, None)
        mask = None if NOT_READY not in values else tuple(value is not NOT_READY for value in values)
        return Series(timestamps_of_ns(times_ns), values, symbol, timeframe, mask)
    bad = dict(_faults(table["lines"], numbers, texts, divisor, file))
    if bad and not skip_bad_rows:
        raise bad[min(bad)]
    errors.extend(bad.values())
    kept = None
    if bad:
        kept = np.setdiff1d(np.arange(len(times_ns)), [*bad])
        times_ns = times_ns[kept]
    bars, closed = len(times_ns), table["closed"]
    columns = {f"{name}s": partial(_decimals, texts[name], divisor, kept) for name in _PRICES}
    columns["volumes"] = partial(_decimals, texts["volume"], None, kept) if "volume" in texts else partial(_none, bars)
    columns["is_closed"] = partial(_closed, closed, kept, bars)
    # Divided numbers are exact as Decimals alone.
    exact = {name: numbers[name] for name in (*_PRICES, "volume") if name in numbers and divisor is None}
    floats = {name: column if kept is None else column[kept] for name, column in exact.items()}
    return OHLCV._made_later(times_ns, floats, columns, symbol, timeframe)


def _decimals(texts: ta_py.NumberTexts, divisor: float | str | None, kept: Any) -> tuple[Any, ...]:
    all_texts = texts.all() if kept is None else [texts.of(row) for row in kept.tolist()]
    if divisor is None:
        return tuple([Decimal(text) if text else NOT_READY for text in all_texts])
    exact = Decimal(str(divisor))
    return tuple([Decimal(text) / exact if text else NOT_READY for text in all_texts])


def _none(bars: int) -> tuple[Any, ...]:
    return (NOT_READY,) * bars


def _closed(closed: list[bool] | None, kept: Any, bars: int) -> tuple[bool, ...]:
    if closed is None:
        return (True,) * bars
    return tuple(closed) if kept is None else tuple(closed[row] for row in kept.tolist())


# So many letters of a number hold no more digits than a float tells apart.
_SURE_LETTERS = 16


def _faults(
    lines: Any, numbers: dict[str, Any], texts: dict[str, Any], divisor: float | str | None, file: str
) -> Iterable[tuple[int, DataError]]:
    """Give the rows that are no bars, each with its error."""
    opens, highs, lows, closes = (numbers[name] for name in _PRICES)
    volumes = numbers.get("volume")
    # As floats most rows are bars beyond doubt; the others are looked at with every digit.
    if divisor is None and max(texts[name].longest for name in _PRICES) <= _SURE_LETTERS:
        sure = (highs >= np.maximum(opens, closes)) & (lows <= np.minimum(opens, closes))
    else:
        sure = (highs > np.maximum(opens, closes)) & (lows < np.minimum(opens, closes))
    if volumes is not None:
        sure &= (volumes >= 0) & ~np.signbit(volumes)
    for row in np.flatnonzero(~sure).tolist():
        line, one = int(lines[row]), np.array([row])
        prices = tuple(_decimals(texts[name], divisor, one)[0] for name in _PRICES)
        volume = NOT_READY if volumes is None else _decimals(texts["volume"], None, one)[0]
        missing = [name for name, price in zip(_PRICES, prices, strict=True) if price is NOT_READY]
        if len(missing) == len(_PRICES):
            continue
        where = f"Error parsing row {line}"
        if missing:
            problem = f"{where}: Invalid numeric data: bar values must be finite, and {missing[0]} is missing"
            yield row, DataError(problem, file, line, missing[0], "")
            continue
        opened, high, low, close = prices
        fault = bar_fault(opened, high, low, close, Decimal(0) if volume is NOT_READY else volume)
        if fault is not None:
            yield row, DataError(f"{where}: {fault}", file, line)


def to_csv(
    data: OHLCV | Series[Any],
    path: str | os.PathLike[str],
    timestamp_col: str = "timestamp",
    *,
    open_col: str = "open",
    high_col: str = "high",
    low_col: str = "low",
    close_col: str = "close",
    volume_col: str = "volume",
    is_closed_col: str = "is_closed",
    value_col: str = "value",
) -> None:
    """Write bars or a series as CSV with a header row, creating parent directories.

    Times are ISO 8601, numbers their exact text; a bar without a value is written as NaN, and `from_csv` reads
    it back as such. The file is replaced as a whole once everything is written: a failure leaves the old one.
    Raises `AttributeError` for an object that is neither `OHLCV` nor `Series`.
    """
    if isinstance(data, OHLCV):
        header = [timestamp_col, open_col, high_col, low_col, close_col, volume_col, is_closed_col]
        stamps = map(format_timestamp, data.timestamps)
        columns = (data.opens, data.highs, data.lows, data.closes, data.volumes, map(bool, data.is_closed))
        rows: Iterable[tuple[Any, ...]] = zip(stamps, *columns, strict=True)
    elif isinstance(data, Series):
        header = [timestamp_col, value_col]
        flags = data.availability_mask or (True,) * len(data)
        shown = (value if ready else NOT_READY for value, ready in zip(data.values, flags, strict=True))
        rows = zip(map(format_timestamp, data.timestamps), shown, strict=True)
    else:
        raise AttributeError(f"A {type(data).__name__} has no bars or values to write; OHLCV or Series is needed")
    from pathlib import Path  # With `csv` below: most programs write no file.

    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():  # A pipe or device cannot be replaced.
        _write(target, header, rows)
        return
    scratch = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        _write(scratch, header, rows)
        if target.exists():
            os.chmod(scratch, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(scratch, target)
    finally:
        scratch.unlink(missing_ok=True)


def _write(path: Path, header: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    import csv

    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        stream.flush()
        if path.is_file():
            os.fsync(stream.fileno())
