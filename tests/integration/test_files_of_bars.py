"""Files of bars as exporters write them, through every door that reads files.

`data/formats` has our own numbers in the formats of exchanges, brokers, vendors and spreadsheets; `expected.json`
beside them has what an independent parse gives, `options.json` what a file cannot say of itself.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import math
import pickle
import zipfile
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import ta_py
from laakhay.ta.core import OHLCV
from laakhay.ta.data.files import BadRowsWarning
from laakhay.ta.exceptions import DataError

FORMATS = Path(__file__).parents[1] / "data" / "formats"
EXPECTED = json.loads((FORMATS / "expected.json").read_text())
OPTIONS = json.loads((FORMATS / "options.json").read_text())
HEADER = "timestamp,open,high,low,close,volume"
ROWS = [f"2024-01-0{day},{day},{day + 2},{day - 1},{day + 1},10" for day in range(1, 7)]


def same(values, expected) -> bool:
    theirs = [math.nan if x is None else x for x in expected]
    return np.array_equal(np.asarray(values, dtype=float), np.asarray(theirs, dtype=float), equal_nan=True)


def file_of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_format_is_read_as_arrays(name) -> None:
    bars = ta.read_bars(FORMATS / name, **OPTIONS.get(name, {}))
    assert bars["timestamp"].dtype == "datetime64[ns]"
    assert bars["timestamp"].view(np.int64).tolist() == EXPECTED[name]["times_ns"]
    assert same(bars["close"], EXPECTED[name]["close"])
    assert bars.taken_for.startswith(str(FORMATS / name))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_format_is_read_with_every_digit(name) -> None:
    options = {key: value for key, value in OPTIONS.get(name, {}).items() if key != "symbol"}
    data = ta.from_csv(FORMATS / name, "AAPL", "1d" if name.startswith("end_of_day") else "15m", **options)
    times = [np.datetime64(x.replace(tzinfo=None) if hasattr(x, "replace") else x, "ns") for x in data.timestamps]
    assert [int(x.astype(np.int64)) for x in times] == EXPECTED[name]["times_ns"]
    assert same(data.closes if isinstance(data, OHLCV) else data.values, EXPECTED[name]["close"])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_format_is_read_by_the_command(name, tmp_path) -> None:
    result = tmp_path / "result.csv"
    told = [f"--{key.replace('_', '-')}={value}" for key, value in OPTIONS.get(name, {}).items()]
    code = ta_py.command_line(["ta", "run", "close", str(FORMATS / name), "-o", str(result), "--quiet", *told])
    assert code == 0
    lines = [line.split(",") for line in result.read_text().splitlines()[1:]]
    assert [ta_py.time_ns(cells[0]) for cells in lines] == EXPECTED[name]["times_ns"]
    assert same([float(cells[1] or "nan") for cells in lines], EXPECTED[name]["close"])


def test_what_was_read_goes_in_at_every_door() -> None:
    bars = ta.read_bars(FORMATS / "tradingview_iso_offset.csv")
    rule = ta.compile("sma(close, 3) > close")
    values = np.asarray(rule.run(bars)["value"])
    plain = {"close": bars["close"], "timestamp": bars["timestamp"]}
    assert np.array_equal(values, np.asarray(rule.run(plain)["value"]), equal_nan=True)
    assert rule.verify(bars).ok
    assert np.array_equal(np.asarray(rule.session().run(bars)["value"]), values, equal_nan=True)
    assert {"ma", "rsi"} <= {*bars}
    again = pickle.loads(pickle.dumps(bars))
    assert [*again] == [*bars] and again.taken_for == bars.taken_for


def test_bytes_and_open_files_and_archives_are_files_too(tmp_path) -> None:
    text = file_of(HEADER, *ROWS)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bars.csv", text)
    path = tmp_path / "bars.csv.gz"
    path.write_bytes(gzip.compress(text))
    for source in (text, bytearray(text), io.BytesIO(text), io.StringIO(text.decode()), archive.getvalue(), path):
        assert ta.read_bars(source)["close"].tolist() == [2, 3, 4, 5, 6, 7]
    with pytest.raises(TypeError, match="a file is a path, bytes or something that is open for reading, not int"):
        ta.read_bars(5)
    with pytest.raises(FileNotFoundError):
        ta.read_bars(tmp_path / "nowhere.csv")
    with pytest.raises(IsADirectoryError):
        ta.read_bars(tmp_path)


@pytest.mark.parametrize(
    ("lines", "asked", "answer"),
    [
        (["date,close", "1/2/2024,1", "3/4/2024,2"], 'dates="dmy" or dates="mdy"', {"dates": "dmy"}),
        (["date,close", "01/02/24,1", "02/02/24,2"], 'dates="ymd"', {"dates": "mdy"}),
        (["date;close", '2024-01-01;"151,234"', '2024-01-02;"151,235"'], "decimal=", {"decimal": ","}),
        (["date,close", "45293,1", "45294,2"], 'time_format="excel"', {"time_format": "excel"}),
        (["time,close", "86400,1", "172800,2"], 'unit="s"', {"unit": "s"}),
        (["date,close", "2024-01-01,1", "2024-01-01,2"], "duplicates=", {"duplicates": "last"}),
        (["date,close", "2024-01-01,1", "2024-01-03,2", "2024-01-02,3"], "order=", {"order": "sort"}),
        (["date,symbol,close", "2024-01-01,A,1", "2024-01-01,B,2"], "symbol=", {"symbol": "B"}),
        (["1,2,3", "4,5,6"], "columns=", {"columns": ["close", "open", "timestamp"], "unit": "s"}),
        (["2024-01-01,5,1,9,5,3", "2024-01-02,5,1,9,5,3"], "columns=", {"columns": {"close": "column_5"}}),
        (["date,close,close", "2024-01-01,1,2"], "columns=", {"columns": {"close": "column_3"}}),
        (["time,close", "2024-01-02 09:30 CST,1"], "zone=", {"zone": "America/Chicago"}),
        (["when,close,open", "2024-01-02,1,1"], "columns=", {"columns": {"timestamp": "when"}}),
    ],
)
def test_what_a_file_does_not_say_is_asked_and_can_be_told(lines, asked, answer) -> None:
    with pytest.raises(DataError, match="(?s).*" + asked.replace("(", r"\(")):
        ta.read_bars(file_of(*lines))
    assert len(ta.read_bars(file_of(*lines), **answer)["timestamp"]) > 0


def test_a_price_behind_the_close_is_no_volume() -> None:
    rows = [f"[{1704153600 + 60 * row},42000,42100,41900,42050,42010.5,{row + 1},100]" for row in range(3)]
    text = f'{{"result":{{"PAIR":[{",".join(rows)}]}}}}'.encode()
    with pytest.raises(DataError, match="may be another price, not a volume: columns="):
        ta.read_bars(text)
    names = ["time", "open", "high", "low", "close", "vwap", "volume", "count"]
    assert ta.read_bars(text, columns=names)["volume"].tolist() == [1, 2, 3]


def test_of_several_times_of_a_bar_the_one_that_says_it_is_the_open_is() -> None:
    bars = ta.read_bars(file_of("timeOpen;timestamp;close", "2024-01-02T00:00Z;2024-01-02T23:59:59.999Z;5"))
    assert bars["timestamp"].tolist() == [np.datetime64("2024-01-02", "ns").view(np.int64)]


def test_a_series_with_a_name_of_its_own_is_read_though_it_begins_with_a_gap() -> None:
    bars = ta.read_bars(file_of("observation_date,DGS10", "2024-01-01,", "2024-01-02,3.95"))
    assert same(bars["dgs10"], [None, 3.95])


def test_rows_of_json_may_lie_under_their_times() -> None:
    day = '{"1. open":"1","2. high":"3","3. low":"1","4. close":"2","5. volume":"9"}'
    bars = ta.read_bars(f'{{"Meta":{{"a":"b"}},"Daily":{{"2024-01-03":{day},"2024-01-02":{day}}}}}'.encode())
    assert bars["volume"].tolist() == [9, 9] and np.all(np.diff(bars["timestamp"]) > np.timedelta64(0))


def test_times_are_of_the_zone_that_is_told() -> None:
    text = file_of("time,close", *(f"2024-11-03 0{hour}:00,1" for hour in (0, 1, 1, 2)))
    for zone in ("America/New_York", ZoneInfo("America/New_York")):
        hours = ta.read_bars(text, zone=zone)["timestamp"].astype("datetime64[h]").astype(str).tolist()
        assert hours == ["2024-11-03T04", "2024-11-03T05", "2024-11-03T06", "2024-11-03T07"]
    assert ta.read_bars(file_of("t,close", "2024-01-01,1"), zone=UTC)["timestamp"][0] == np.datetime64("2024-01-01")
    with pytest.raises(DataError, match="never shows 2024-03-10T02:30:00") as refused:
        ta.read_bars(file_of("time,close", "2024-03-10 01:30,1", "2024-03-10 02:30,2"), zone="America/New_York")
    assert (refused.value.line, refused.value.column) == (3, "time")


def test_an_error_names_line_column_and_value_whatever_ends_lines() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = end.join([HEADER, "", ROWS[0], " ", "2024-01-02,1,2,1,1x,1"]).encode()
        with pytest.raises(DataError, match="a number is needed") as refused:
            ta.read_bars(text)
        error = refused.value
        assert (error.line, error.column, error.value) == (5, "close", "1x")


def test_symbols_are_given_each() -> None:
    bars = ta.read_bars(FORMATS / "long_symbols.csv", symbol="*")
    assert len(bars) == 2 and all(one.symbol == name for name, one in bars.items())
    one = ta.read_bars(FORMATS / "long_symbols.csv", symbol="MSFT")
    assert np.array_equal(bars["MSFT"]["close"], one["close"])
    with pytest.raises(DataError, match="the file has AAPL, MSFT"):
        ta.read_bars(FORMATS / "long_symbols.csv", symbol="IBM")
    wide = file_of(
        "Price,Close,Close,Open,Open", "Ticker,A,B,A,B", "Date,,,,", "2024-01-01,1,2,3,4", "2024-01-02,5,6,7,8"
    )
    assert ta.read_bars(wide, symbol="B")["close"].tolist() == [2, 6]
    with pytest.raises(DataError, match="symbol="):
        ta.read_bars(wide)
    assert {name: one["open"].tolist() for name, one in ta.read_bars(wide, symbol="*").items()} == {
        "A": [3, 7],
        "B": [4, 8],
    }


def test_rows_that_cannot_be_read_are_left_out_and_their_kinds_told() -> None:
    text = file_of(HEADER, ROWS[0], "2024-01-02,1,2,1,x,1", "2024-01-03,1", "noon,1,2,1,1,1", ROWS[3])
    with pytest.warns(BadRowsWarning, match="3 of 5 rows left out") as caught:
        bars = ta.read_bars(text, skip_bad_rows=True)
    assert [error.line for error in caught[0].message.errors] == [3, 4, 5]
    assert len(bars["close"]) == 2 and len(bars.skipped) == 3
    assert "1 without a number where one is needed, first in line 3" in bars.taken_for
    # Order is not badness.
    with pytest.raises(DataError, match="order="):
        ta.read_bars(file_of(HEADER, ROWS[0], ROWS[3], ROWS[2]), skip_bad_rows=True)


def test_what_a_file_was_taken_for_is_logged_and_told(caplog, capfd, tmp_path) -> None:
    path = FORMATS / "alphavantage_daily.csv"
    with caplog.at_level(logging.INFO, "laakhay.ta"):
        bars = ta.read_bars(path)
    assert caplog.messages == [bars.taken_for] and "newest first, turned round" in bars.taken_for
    result = str(tmp_path / "out.csv")
    assert ta_py.command_line(["ta", "run", "close", str(path), "-o", result]) == 0
    assert bars.taken_for in capfd.readouterr().err
    assert ta_py.command_line(["ta", "run", "close", str(path), "-o", result, "--quiet"]) == 0
    assert capfd.readouterr().err == ""


def test_the_command_asks_in_its_own_words(capfd) -> None:
    assert ta_py.command_line(["ta", "run", "close", str(FORMATS / "long_symbols.csv")]) == 1
    assert '--symbol "AAPL" reads one' in capfd.readouterr().err
    assert ta_py.command_line(["ta", "run", "close", str(FORMATS / "ns_iso.csv"), "--dates", "dym"]) == 2
    assert '--dates: dates is "dym"; dmy, mdy or ymd is needed' in capfd.readouterr().err
    assert ta_py.command_line(["ta", "verify", "close > open", str(FORMATS / "long_symbols.csv"), "--symbol", "*"]) == 0
    assert "MSFT" in capfd.readouterr().out


def test_options_of_no_meaning_are_refused() -> None:
    text = file_of(HEADER, *ROWS)
    for option, value, said in [
        ("zone", "Mars/Olympus", "is no zone"),
        ("stamps", "middle", "open or close is needed"),
        ("unit", "days", "s, ms, us or ns is needed"),
        ("price_divisor", 0, "a number above 0 is needed"),
        ("decimal", ";", "a point or a comma is needed"),
        ("order", "falling", "sort is needed"),
        ("timeframe", "soon", "is no timeframe"),
    ]:
        with pytest.raises(ValueError, match=said):
            ta.read_bars(text, **{option: value})
    with pytest.raises(TypeError, match="dates is 5; a text is needed"):
        ta.read_bars(text, dates=5)
    with pytest.raises(TypeError, match="there is no option 'zoen'"):
        ta.from_csv(FORMATS / "ns_iso.csv", "A", "1m", zoen="UTC")
