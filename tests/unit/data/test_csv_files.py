"""CSV in and out, and what is said about a bad row."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from laakhay.ta.core import NOT_READY, OHLCV, Bar, Series
from laakhay.ta.data import from_csv, to_csv
from laakhay.ta.data.csv import BadRowsWarning
from laakhay.ta.exceptions import DataError

EXAMPLES = Path(__file__).parents[3] / "examples" / "data"
T0 = datetime(2024, 1, 1, tzinfo=UTC)
HEADER = "timestamp,open,high,low,close,volume"
GOOD = "2024-01-01T00:00:00Z,100,110,90,105,1000"
NEXT = "2024-01-01T01:00:00Z,101,111,91,106,1001"


@pytest.fixture
def write(tmp_path):
    def write_lines(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "data.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return write_lines


def bars() -> OHLCV:
    rows = [Bar.from_raw(T0 + timedelta(hours=i), "100.10", "110", "90", "105.123456789012345678", i) for i in range(3)]
    return OHLCV.from_bars(rows, "BTC", "1h")


@pytest.mark.parametrize(("name", "rows", "last"), [("aapl_1d", 3270, "430.47"), ("eurusd_1h", 6225, None)])
def test_the_example_files_load_quickly_and_whole(name, rows, last) -> None:
    start = time.perf_counter()
    data = from_csv(EXAMPLES / f"{name}.csv", name, "1d")
    assert time.perf_counter() - start < 1.0
    assert isinstance(data, OHLCV) and len(data) == rows
    assert len(list(data)) == rows and all(data.is_closed)
    assert last is None or data.closes[-1] == Decimal(last)


def test_bars_come_back_with_every_digit(tmp_path) -> None:
    path = tmp_path / "new" / "dir" / "bars.csv"
    to_csv(bars(), path)
    lines = path.read_text().splitlines()
    assert lines[0] == "timestamp,open,high,low,close,volume,is_closed"
    assert lines[1] == "2024-01-01T00:00:00+00:00,100.10,110,90,105.123456789012345678,0,True"
    assert from_csv(path, "BTC", "1h") == bars()


def test_columns_may_have_other_names(tmp_path) -> None:
    path = tmp_path / "bars.csv"
    to_csv(bars(), path, timestamp_col="t", open_col="o", is_closed_col="done")
    assert path.read_text().startswith("t,o,high,low,close,volume,done\n")
    assert from_csv(path, "BTC", "1h", timestamp_col="t", open_col="o", is_closed_col="done") == bars()


def test_a_series_comes_back_with_its_availability(tmp_path) -> None:
    path = tmp_path / "series.csv"
    stamps = [T0 + timedelta(hours=i) for i in range(3)]
    to_csv(Series(stamps, (Decimal(7), Decimal("1.50"), Decimal(2)), "A", "1h", (False, True, True)), path)
    assert path.read_text().splitlines()[:2] == ["timestamp,value", "2024-01-01T00:00:00+00:00,NaN"]
    back = from_csv(path, "A", "1h")
    assert back.availability_mask == (False, True, True)
    assert back.values[0] is NOT_READY and str(back.values[1]) == "1.50"


def test_empty_data_writes_the_header_only(tmp_path) -> None:
    to_csv(bars()[:0], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "timestamp,open,high,low,close,volume,is_closed\n"
    to_csv(Series((), (), "A", "1h"), tmp_path / "b.csv", value_col="x")
    assert (tmp_path / "b.csv").read_text() == "timestamp,x\n"


def test_writing_something_else_leaves_the_old_file(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(AttributeError):
        to_csv({"not": "a series"}, path)
    assert path.read_text() == "old"


def test_a_failed_write_leaves_the_old_file_and_no_scraps(tmp_path) -> None:
    class Unwritable:
        def __str__(self) -> str:
            raise RuntimeError("no text")

    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        to_csv(Series((T0,), (Unwritable(),), "A", "1h"), path)
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["a.csv"]


def test_replacing_keeps_mode_and_link(tmp_path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    to_csv(bars(), link)
    assert link.is_symlink() and real.read_text().startswith("timestamp,")
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("flag", "closed"), [("true", True), ("1", True), ("YES", True), ("Closed", True), ("open", False), ("", False)]
)
def test_closed_flags_in_a_file(write, flag, closed) -> None:
    assert from_csv(write(HEADER + ",is_closed", f"{GOOD},{flag}"), "A", "1h").is_closed == (closed,)


def test_a_byte_order_mark_and_blank_lines_do_not_matter(write) -> None:
    data = from_csv(write(HEADER, GOOD, "", NEXT, "", encoding="utf-8-sig"), "A", "1h")
    assert len(data) == 2


def test_files_without_content_are_refused(write, tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="CSV file not found"):
        from_csv(tmp_path / "nowhere.csv", "A", "1h")
    with pytest.raises(ValueError, match="CSV file is empty or has no headers"):
        from_csv(write(), "A", "1h")
    with pytest.raises(ValueError, match="No valid data rows found in CSV"):
        from_csv(write(HEADER), "A", "1h")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("when,open,high,low,close,volume", GOOD), "Timestamp column 'timestamp' not found in CSV"),
        (("timestamp,open", "2024-01-01,1"), r"Value column 'value' not found in CSV.*missing: high, low"),
        (("timestamp,value,value", "2024-01-01,1,2"), "two columns may be value, and differ: columns="),
    ],
)
def test_columns_that_are_missing_or_ambiguous_are_named(write, lines, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        from_csv(write(*lines), "A", "1h")


@pytest.mark.parametrize(
    ("row", "problem", "column", "value"),
    [
        ("2024-01-01T01:00:00Z,101,abc,91,106,1001", "Invalid numeric data", "high", "abc"),
        ("2024-01-01T01:00:00Z,101,111,91,,1001", "Invalid numeric data", "close", ""),
        ("noon,101,111,91,106,1001", "Invalid timestamp string", "timestamp", "noon"),
        ("2024-01-01T01:00:00Z,101,80,91,106,1001", "High must be >= low", None, None),
        ("2024-01-01T01:00:00Z,101,NaN,91,106,1001", "finite", "high", ""),
        ("2024-01-01T01:00:00Z,101", "2 cells, the header 6", None, None),
        ("2024-01-01T01:00:00Z,101,111,91,106,1001,9", "7 cells, the header 6", None, None),
    ],
)
def test_a_bad_row_says_file_line_column_and_value(write, row, problem, column, value) -> None:
    path = write(HEADER, GOOD, row)
    with pytest.raises(ValueError, match=f"Error parsing row 3: .*{problem}") as caught:
        from_csv(path, "A", "1h")
    error = caught.value
    assert isinstance(error, DataError)
    assert (error.file, error.line, error.column, error.value) == (str(path), 3, column, value)
    assert f"file={path}" in str(error)


def test_a_short_row_before_the_closed_flag_is_a_value_error(write) -> None:
    with pytest.raises(ValueError, match="Error parsing row 2: the row has 6 cells, the header 7"):
        from_csv(write(HEADER + ",is_closed", GOOD), "A", "1h")


def test_a_bad_value_in_a_series_file_is_named(write) -> None:
    for text in ("abc", "inf"):
        with pytest.raises(ValueError, match=r"row 2: Invalid numeric data.*column=value"):
            from_csv(write("timestamp,value", f"2024-01-01,{text}"), "A", "1h")


def test_a_file_in_another_encoding_is_read_by_its_letters(write) -> None:
    path = write("timestamp,open,high,low,close,volume,caf\u00e9", f"{GOOD},5", encoding="latin-1")
    assert len(from_csv(path, "A", "1h")) == 1


def test_rows_that_fall_are_turned_round_and_rows_out_of_order_are_an_error(write) -> None:
    assert from_csv(write(HEADER, NEXT, GOOD), "A", "1h").opens == (Decimal(100), Decimal(101))
    last = "2024-01-01T00:30:00Z,101,111,91,106,1001"
    with pytest.raises(DataError, match='row 4: .*neither rise nor fall throughout: order="sort"') as refused:
        from_csv(write(HEADER, GOOD, NEXT, last), "A", "1h")
    assert (refused.value.line, refused.value.column) == (4, "timestamp")
    assert len(from_csv(write(HEADER, GOOD, NEXT, last), "A", "1h", order="sort")) == 3
    with pytest.raises(DataError, match="duplicates="):
        from_csv(write(HEADER, GOOD, GOOD.replace("105", "106")), "A", "1h")
    assert len(from_csv(write(HEADER, GOOD, GOOD, NEXT), "A", "1h")) == 2


def test_a_bar_without_any_price_is_missing(write) -> None:
    data = from_csv(write(HEADER, GOOD, "2024-01-01T01:00:00Z,,,,,", "2024-01-01T02:00:00Z,1,1,1,1,"), "A", "1h")
    assert data.closes[1] is NOT_READY and data.closes[2] == 1 and data.volumes[2] is NOT_READY


def test_unknown_keywords_are_refused(write, tmp_path) -> None:
    with pytest.raises(TypeError):
        from_csv(write(HEADER, GOOD), "A", "1h", opne_col="o")
    with pytest.raises(TypeError):
        to_csv(bars(), tmp_path / "a.csv", opne_col="o")


def test_skipped_rows_are_counted_in_one_warning(write) -> None:
    path = write(HEADER, GOOD, "bad", NEXT, "soon,1,1,1,1,1")
    with pytest.warns(BadRowsWarning, match="2 of 4 rows left out; first: Error parsing row 3") as caught:
        data = from_csv(path, "A", "1h", skip_bad_rows=True)
    assert len(data) == 2
    warning = caught[0].message
    assert len(caught) == 1 and warning.count == 2 and [e.line for e in warning.errors] == [3, 5]
    assert Path(caught[0].filename).name == "test_csv_files.py"


def test_a_file_of_bad_rows_only_is_refused(write) -> None:
    with pytest.raises(ValueError, match="No valid data rows.*left out 1 row: 1 with more or fewer cells"):
        from_csv(write(HEADER, "bad"), "A", "1h", skip_bad_rows=True)


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize(
    ("tail", "line", "said"),
    [
        ("7" * 2**21, 3, "the row is longer than 1048576 bytes"),
        ("2024-01-01T01:00:00Z," + '"\n",' * 2**19, 3, "the row is longer than 1048576 bytes"),
        ("\n" + "x" * 2**21, 4, "the row is longer than 1048576 bytes"),
        # A quote that nobody closes, over many lines.
        ('"' + "7\n" * 2**20, 3, "the row is longer than 1048576 bytes"),
    ],
)
def test_a_row_without_end_is_an_error_that_names_its_line(write, tail, line, said, skip) -> None:
    path = write(HEADER, GOOD, tail)
    with pytest.raises(DataError, match=f"Error parsing row {line}: {said}") as raised:
        from_csv(path, "BTC", "1h", skip_bad_rows=skip)
    assert raised.value.line == line


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without end")
def test_a_file_without_end_is_an_error() -> None:
    with pytest.raises(DataError, match="these bytes are no text"):
        from_csv("/dev/zero", "BTC", "1h")


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (["951868800", "951868860000"], "counts milliseconds, where those before count seconds"),
        (["951868800000", "951868860"], "counts seconds, where those before count milliseconds"),
        (["951868800000000", "951868860000"], "counts milliseconds, where those before count microseconds"),
        (["951868800", "951868860000000000"], "counts nanoseconds, where those before count seconds"),
        (["951868800", "+951868860000"], "counts milliseconds, where those before count seconds"),
        (["951868800", "951868860.5e3"], "an exponent, which has lost digits"),
        (["2000-03-01", "951868860"], 'in another form than "2000-03-01" in line 2'),
    ],
)
def test_all_numbers_of_a_time_column_count_the_same(write, times, said) -> None:
    path = write("timestamp,value", *(f"{stamp},1" for stamp in times))
    with pytest.raises(DataError, match=said) as refused:
        from_csv(path, "A", "1m")
    value = times[-1].removeprefix("+")
    assert (refused.value.line, refused.value.column, refused.value.value) == (len(times) + 1, "timestamp", value)


def test_a_file_may_go_from_milliseconds_to_microseconds_as_times_do(write) -> None:
    rows = ["timestamp,value", "1735689540000,1", "1735689600000000,2", "1735689660000000,3"]
    for lines in (rows, [rows[0], *rows[:0:-1]]):
        assert [stamp.minute for stamp in from_csv(write(*lines), "A", "1m").timestamps] == [59, 0, 1]


@pytest.mark.parametrize(
    "cell",
    ["45293", "45293.5", "0", "-5", "+93000", "9.3e4", "1e9999999", "-951868800000000000000000", ".5", "20241399"],
)
def test_a_number_that_may_be_something_else_is_never_a_time_of_1970(write, cell) -> None:
    with pytest.raises(DataError, match="nobody can tell|a time is needed|does not fit") as refused:
        from_csv(write("timestamp,value", f"{cell},1"), "A", "1m")
    assert refused.value.line == 2 and refused.value.value is not None


def test_a_row_that_is_left_out_does_not_say_what_times_count(write) -> None:
    bad, good = "951868800000,x", ["951868860,1", "951868920,2"]
    with pytest.warns(BadRowsWarning):
        series = from_csv(write("timestamp,value", bad, *good), "A", "1m", skip_bad_rows=True)
    assert [stamp.year for stamp in series.timestamps] == [2000, 2000]
