"""Read and write bars and series as CSV.

A file is UTF-8 with one header row. Numbers keep every digit; whatever cannot be read is named by file, line,
column and value.
"""

from __future__ import annotations

import csv
import os
import re
import secrets
import shutil
import warnings
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from laakhay.ta import ta_py
from laakhay.ta.core.bar import bar_fault
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import coerce_timestamp, format_timestamp
from laakhay.ta.core.types import NOT_READY, Price, Symbol
from laakhay.ta.exceptions import DataError

__all__ = ["BadRowsWarning", "from_csv", "to_csv"]

# The numbers of days, dates without dashes and times of day that a file may have are none.
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*\Z")
_UNIT_WORDS = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
# Most characters of a row: what is longer is no row of numbers, and may have no end.
_LONGEST_ROW = 1 << 20
_CLOSED_WORDS = frozenset(("true", "1", "yes", "closed"))


class BadRowsWarning(UserWarning):
    """Rows of a CSV file were left out.

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
) -> OHLCV | Series[Price]:
    """Read bars, or a single series, from a CSV file.

    A file with all five bar columns gives `OHLCV`; any other needs the value column and gives `Series`. Times are
    read by `coerce_timestamp` and must not decrease; numbers have to be epochs of 1973 to 2286, and all of the unit
    that makes the first one that. Numbers become exact `Decimal`. `is_closed` is true for true, 1, yes and closed;
    without that column every bar is closed. The text NaN in a value column is a bar
    without a value, in a bar column an error. Column names are compared without surrounding blanks; other columns
    are ignored. `source` has no effect.

    With `skip_bad_rows`, rows that cannot be read or are out of order are left out, and if there were any one
    `BadRowsWarning` is given, which holds their count and errors.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    DataError
        A `ValueError` with `file`, `line` (the header is line 1), `column` and `value`: for a file without header
        or rows, a missing column, or a row with a number, time or count of cells that is wrong, an inconsistent
        bar, or a time before the row above.
    """
    if not os.path.exists(path):
        raise FileNotFoundError(f"CSV file not found: {os.fspath(path)}")
    file = os.fspath(path)
    bar_columns = (open_col, high_col, low_col, close_col, volume_col)
    with open(path, encoding="utf-8-sig", newline="") as stream:
        rows = _read_rows(stream, file)
        header = _read_header(rows, file)
        first = next(rows, None)
        if first is None:
            raise DataError("No valid data rows found in CSV", file=file)
        reader = _RowReader(file, header, skip_bad_rows)
        reader.find("Timestamp", timestamp_col, first[0])
        if all(column in header for column in bar_columns):
            closed = header.index(is_closed_col) if is_closed_col in header else None
            parse = reader.bar_parser(timestamp_col, bar_columns, closed)
        else:
            absent = [column for column in bar_columns if column not in header]
            reader.find("Value", value_col, first[0], f"; for bars these are missing: {', '.join(absent)}")
            parse = reader.value_parser(timestamp_col, value_col)
        records = reader.parse_all(first, rows, parse, header.index(timestamp_col))
    if len(records[0]) == 7:
        times, opens, highs, lows, closes, volumes, closed_flags = zip(*records, strict=True)
        return OHLCV(times, opens, highs, lows, closes, volumes, closed_flags, symbol, timeframe)
    stamps, values = zip(*records, strict=True)
    mask = None if NOT_READY not in values else tuple(value is not NOT_READY for value in values)
    return Series(stamps, values, symbol, timeframe, mask)


Row = tuple[int, list[str]]
Parser = Callable[[int, list[str]], tuple[Any, ...]]


def _read_rows(stream: IO[str], file: str) -> Iterator[Row]:
    """Give line number and cells of each row that is not blank."""
    lines = _BoundedRows(stream, file)
    reader = csv.reader(lines)
    while True:
        lines.begin_row()
        try:
            cells = next(reader, None)
        except UnicodeDecodeError as error:
            raise DataError(f"CSV file is not UTF-8 text: {error}", file=file, line=reader.line_num + 1) from None
        except csv.Error as error:
            raise DataError(f"Error parsing row {reader.line_num}: {error}", file=file, line=reader.line_num) from None
        if cells is None:
            return
        if cells:
            yield reader.line_num, cells


class _BoundedRows:
    """Lines of a file, of one row no more than it may have: a line, or a quote, may have no end."""

    def __init__(self, stream: IO[str], file: str) -> None:
        self.stream = stream
        self.file = file
        self.line = 0
        self.first = 1
        self.left = _LONGEST_ROW

    def begin_row(self) -> None:
        self.first = self.line + 1
        self.left = _LONGEST_ROW

    def __iter__(self) -> _BoundedRows:
        return self

    def __next__(self) -> str:
        text = self.stream.readline(self.left + 1)
        if not text:
            raise StopIteration
        if len(text) > self.left:
            problem = f"Error parsing row {self.first}: the row is longer than {_LONGEST_ROW} characters"
            raise DataError(problem, file=self.file, line=self.first)
        self.left -= len(text)
        self.line += 1
        return text


def _read_header(rows: Iterator[Row], file: str) -> list[str]:
    first = next(rows, None)
    header = [] if first is None else [cell.strip() for cell in first[1]]
    if not any(header):
        raise DataError("CSV file is empty or has no headers", file=file)
    for column in header:
        if column and header.count(column) > 1:
            raise DataError(f"Column '{column}' stands twice in the header", file=file, line=1, column=column)
    return header


class _RowReader:
    """Turns the rows of one file into tuples, and collects or raises what is wrong with them."""

    def __init__(self, file: str, header: list[str], skip_bad_rows: bool) -> None:
        self.file = file
        self.header = header
        self.skip_bad_rows = skip_bad_rows
        # What the numbers of the time column count, once a row with one has been read.
        self.unit: str | None = None

    def error(self, line: int, problem: str, column: str | None = None, value: str | None = None) -> DataError:
        return DataError(f"Error parsing row {line}: {problem}", self.file, line, column, value)

    def find(self, what: str, column: str, line: int, hint: str = "") -> int:
        if column not in self.header:
            found = ", ".join(self.header)
            problem = f"{what} column '{column}' not found in CSV{hint}; columns: {found}"
            raise self.error(line, problem, column)
        return self.header.index(column)

    def number_error(self, line: int, cells: list[str], places: Iterable[int]) -> DataError:
        """Name the first of the cells that is no number."""
        for place in places:
            try:
                Decimal(cells[place])
            except InvalidOperation:
                break
        return self.error(line, "Invalid numeric data", self.header[place], cells[place])

    def stamp(self, line: int, text: str, column: str) -> Any:
        unit = None
        if _NUMBER.match(text):
            number = Decimal(text)
            # An exponent may stand for more digits than memory holds.
            whole = int(number) if number.adjusted() < 20 else 2**63
            unit = ta_py.unit_in_file(whole) if abs(whole) < 2**63 else None
            problem = "the digits are no count since 1970 UTC of the years 1973 to 2286; ISO 8601 is needed for a date"
            if unit is None:
                raise self.error(line, problem, column, text)
            if self.unit not in (None, unit):
                there, before = _UNIT_WORDS[unit], _UNIT_WORDS[self.unit]
                problem = f"by its size the time counts {there}, where those before count {before}"
                raise self.error(line, problem, column, text)
        try:
            stamp = coerce_timestamp(text)
        except ValueError as error:
            raise self.error(line, str(error), column, text) from None
        self.unit = self.unit or unit
        return stamp

    def bar_parser(self, timestamp_col: str, bar_columns: Iterable[str], closed: int | None) -> Parser:
        time_place = self.header.index(timestamp_col)
        places = tuple(map(self.header.index, bar_columns))
        o, h, l, c, v = places  # noqa: E741

        def parse(line: int, cells: list[str]) -> tuple[Any, ...]:
            try:
                numbers = Decimal(cells[o]), Decimal(cells[h]), Decimal(cells[l]), Decimal(cells[c]), Decimal(cells[v])
            except InvalidOperation:
                raise self.number_error(line, cells, places) from None
            fault = bar_fault(*numbers)
            if fault is not None:
                raise self.error(line, fault)
            stamp = self.stamp(line, cells[time_place], timestamp_col)
            return stamp, *numbers, closed is None or cells[closed].strip().lower() in _CLOSED_WORDS

        return parse

    def value_parser(self, timestamp_col: str, value_col: str) -> Parser:
        time_place, place = self.header.index(timestamp_col), self.header.index(value_col)

        def parse(line: int, cells: list[str]) -> tuple[Any, ...]:
            try:
                value = Decimal(cells[place])
            except InvalidOperation:
                raise self.number_error(line, cells, (place,)) from None
            if value.is_infinite():
                raise self.error(line, "Invalid numeric data: not finite", value_col, cells[place])
            stamp = self.stamp(line, cells[time_place], timestamp_col)
            return stamp, NOT_READY if value.is_nan() else value

        return parse

    def parse_all(self, first: Row, rows: Iterator[Row], parse: Parser, time_place: int) -> list[tuple[Any, ...]]:
        """Parse every row; raise the first error, or leave the bad rows out and warn once."""
        records: list[tuple[Any, ...]] = []
        errors: list[DataError] = []
        width = len(self.header)
        row: Row | None = first
        while row is not None:
            line, cells = row
            try:
                if len(cells) != width:
                    raise self.error(line, f"the row has {len(cells)} cells, the header {width}")
                record = parse(line, cells)
                if records and record[0] < records[-1][0]:
                    problem = f"{record[0]} comes after {records[-1][0]}; rows must be in time order"
                    raise self.error(line, problem, self.header[time_place], cells[time_place])
                records.append(record)
            except DataError as error:
                if not self.skip_bad_rows:
                    raise
                errors.append(error)
            row = next(rows, None)
        if errors:
            warnings.warn(BadRowsWarning(self.file, len(records) + len(errors), tuple(errors)), stacklevel=3)
        if not records:
            raise DataError("No valid data rows found in CSV", file=self.file)
        return records


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
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():  # A pipe or device cannot be replaced.
        _write(target, header, rows)
        return
    scratch = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        _write(scratch, header, rows)
        if target.exists():
            shutil.copymode(target, scratch)
        os.replace(scratch, target)
    finally:
        scratch.unlink(missing_ok=True)


def _write(path: Path, header: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        stream.flush()
        if path.is_file():
            os.fsync(stream.fileno())
