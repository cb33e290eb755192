"""One reading of times: datetimes to the nanosecond, integers by their unit, and nothing by guessing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import ta_py
from laakhay.ta.core import Series
from laakhay.ta.exceptions import DataError, OrderError

NOON = 1_704_196_800_000_000_000
HOUR = 3_600_000_000_000
RULE = ta.compile("sma(close, 2)")
LONG_AGO = ta.compile("close.change_1h")
OVER_STREAMS = ta.compile("close + ETH.close")
INDIA = timezone(timedelta(hours=5, minutes=30))

EXACT = {
    "nanoseconds": (NOON + 1, NOON + 1),
    "NumPy's int": (np.int64(NOON + 1), NOON + 1),
    "before 1966": (-NOON, -NOON),
    "aware": (datetime(2024, 1, 2, 17, 30, tzinfo=INDIA), NOON),
    "naive": (datetime(2024, 1, 2, 12, 0, 0, 123_457), NOON + 123_457_000),
    "date": (date(2024, 1, 2), NOON - 12 * HOUR),
    "NumPy's nanoseconds": (np.datetime64(NOON + 1, "ns"), NOON + 1),
    "NumPy's seconds": (np.datetime64("2024-01-02T12:00:00"), NOON),
    "NumPy's days": (np.datetime64("2024-01-02"), NOON - 12 * HOUR),
    "text": ("2024-01-02T12:00:00.123456789Z", NOON + 123_456_789),
    "text with an offset": ("2024-01-02T17:30:00.000000001+05:30", NOON + 1),
    "text without a time": ("2024-01-02", NOON - 12 * HOUR),
    "whole text": (str(NOON + 1), NOON + 1),
}
NO_TIMES = {
    "seconds": (1_704_196_800, 'as seconds it is 2024-01-02T12:00:00Z, then give unit="s"'),
    "milliseconds": (1_704_196_800_000, 'as milliseconds it is 2024-01-02T12:00:00Z, then give unit="ms"'),
    "microseconds": (1_704_196_800_000_000, 'as microseconds it is 2024-01-02T12:00:00Z, then give unit="us"'),
    "NumPy's seconds": (np.int64(1_704_196_800), 'then give unit="s"'),
    "a clock of one's own": (5, "give unit="),
    "zero": (0, "give unit="),
    "a date in digits": (20240102, "write 2024-01-02T00:00:00"),
    "seconds in text": ("1704196800", 'then give unit="s"'),
    "a float": (1_704_196_800.5, "does not hold nanoseconds exactly"),
    "NumPy's float": (np.float32(1.0), "float32"),
    "a truth value": (True, "bool"),
    "NumPy's truth value": (np.True_, "bool"),
    "another text": ("soon", "is no time"),
    "the name of a zone": ("2024-01-02T09:30[America/New_York]", "write the offset"),
    "no time": (np.datetime64("NaT"), "NaT"),
    "after 2262": (datetime(2500, 1, 1), "does not fit int64 nanoseconds"),
    "before 1677": (np.datetime64("1066-10-14"), "does not fit int64 nanoseconds"),
    "more than int64": (2**63, "does not fit int64 nanoseconds"),
    "an object": (object(), "object"),
    "a duration": (timedelta(hours=1), "timedelta"),
}


def closes(times: Any) -> dict[str, Any]:
    return {"close": [1.0] * len(times), "timestamp": times}


def run_streams(time: Any) -> Any:
    return OVER_STREAMS.run({"ohlcv": closes([time]), "ETH": closes([time])}, timeframe="1h")


DOORS: dict[str, Callable[[Any], Any]] = {
    "step": lambda time: RULE.session().step({"close": 1.0, "timestamp": time}),
    "preview": lambda time: RULE.session().preview({"close": 1.0, "timestamp": time}),
    "run": lambda time: RULE.run(closes([time])),
    "run of objects": lambda time: RULE.run(closes(np.array([time, None], object)[:1])),
    "run of a session": lambda time: RULE.session().run(closes([time])),
    "warm": lambda time: RULE.session().warm(closes([time])),
    "verify": lambda time: RULE.verify(closes([time])),
    "push": lambda time: OVER_STREAMS.joined_session(timeframe="1h").push("ETH", {"timestamp": time, "close": 1}),
    "advance": lambda time: OVER_STREAMS.joined_session(timeframe="1h").advance(time),
    "run of streams": run_streams,
    "run of a universe": lambda time: RULE.universe(["a"]).run(timestamp=[time], close=[[1.0]]),
}


@pytest.mark.parametrize("time", EXACT)
def test_a_time_is_exact_to_the_nanosecond(time: str) -> None:
    given, expected = EXACT[time]
    assert ta_py.time_ns(given) == expected
    assert ta_py.times_ns([given]).tolist() == [expected]
    for door in DOORS.values():
        door(given)
    session = RULE.session()
    session.step({"close": 1.0, "timestamp": given})
    with pytest.raises(OrderError):
        session.step({"close": 2.0, "timestamp": np.datetime64(expected, "ns")})
    with pytest.raises(OrderError):
        session.run(closes(np.array([expected], "M8[ns]")))
    session.step({"close": 2.0, "timestamp": np.datetime64(expected + 1, "ns")})


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("time", NO_TIMES)
def test_what_is_no_time_or_needs_a_unit_is_refused_at_every_door(time: str, door: str) -> None:
    given, said = NO_TIMES[time]
    with pytest.raises((TypeError, ValueError)) as caught:
        DOORS[door](given)
    assert said in str(caught.value)
    if door != "advance":
        assert "timestamp" in str(caught.value)
    if door.startswith("run"):
        assert "row 0" in str(caught.value)


@pytest.mark.parametrize(("unit", "per_second"), [("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)])
def test_integers_count_what_is_said_at_every_door(unit: str, per_second: int) -> None:
    times = [(NOON // 10**9 + 3_600 * hour) * per_second for hour in range(3)]
    data = {"close": [1.0, 2.0, 4.0], "timestamp": times}
    for given in (data, data | {"timestamp": np.array(times)}, data | {"timestamp": np.array(times, np.uint64)}):
        assert LONG_AGO.run(given, unit=unit)["value"].tolist()[1:] == [1, 2]
        assert LONG_AGO.verify(given, unit=unit).ok
        assert LONG_AGO.session(timeframe="1h", unit=unit).run(given)["value"].tolist()[1:] == [1, 2]
        rule_set = ta.compile({"change": "close.change_1h"})
        assert rule_set.run(given, unit=unit)["change"].tolist()[1:] == [1, 2]
    session = LONG_AGO.session(timeframe="1h", unit=unit)
    for time, close in zip(times, data["close"], strict=True):
        last = session.step({"close": close, "timestamp": time})
    assert (last.value, last.event_time) == (2, times[-1])
    for same in (session.copy(), LONG_AGO.restore(session.snapshot(), unit=unit)):
        assert same.unit == unit
        with pytest.raises(OrderError, match="2024-01-02T14:00:00Z"):
            same.step({"close": 9.0, "timestamp": times[-1]})
    universe = LONG_AGO.universe(["a"], timeframe="1h", unit=unit)
    assert universe.run(timestamp=times, close=[[1.0], [2.0], [4.0]])[1:].tolist() == [[1], [2]]
    streams = {"ohlcv": data, "ETH": data}
    opens = np.array([NOON + hour * HOUR for hour in range(3)], "M8[ns]")
    assert (OVER_STREAMS.run(streams, timeframe="1h", unit=unit)["timestamp"] == opens).all()
    joined = OVER_STREAMS.joined_session(timeframe="1h", unit=unit)
    joined.push("ETH", {"timestamp": times[0], "close": 1})
    (row,) = joined.push("ohlcv", {"timestamp": times[0], "close": 1})
    assert row.event_time == times[0]
    assert joined.copy().unit == unit


def test_a_unit_that_is_none_is_refused_with_those_there_are() -> None:
    for make in (RULE.session, lambda **options: RULE.universe(["a"], **options), OVER_STREAMS.joined_session):
        with pytest.raises(ValueError, match="`h` is no unit of times; one of s, ms, us, ns"):
            make(unit="h")


def test_times_that_a_unit_makes_too_great_are_refused_by_row() -> None:
    with pytest.raises(ValueError, match="timestamp, row 1: .* does not fit int64"):
        RULE.run({"close": [1, 2], "timestamp": [1, 2**40]}, unit="s")


def test_the_fast_door_says_nanoseconds_and_takes_any() -> None:
    session = RULE.session()
    session.step_values(5, 1, 1, 1, 1, 1)
    assert session.step_values(6, 1, 1, 1, 3, 1) == 2.0


@pytest.mark.parametrize("times", [np.array([1.0, 2.0]), np.array([True, False]), np.array([1j, 2j])], ids=str)
def test_arrays_of_no_times_are_refused(times: np.ndarray) -> None:
    with pytest.raises(TypeError, match="timestamp, row 0"):
        RULE.run({"close": [1, 2], "timestamp": times})


def test_masked_and_missing_times_are_refused_by_row() -> None:
    for times in (
        np.ma.MaskedArray(np.array([NOON, NOON + HOUR]), [False, True]),
        np.array([NOON, "NaT"], "M8[ns]"),
        [np.datetime64(NOON, "ns"), np.datetime64("NaT")],
    ):
        with pytest.raises(ValueError, match="timestamp, row 1"):
            RULE.run({"close": [1, 2], "timestamp": times})


@pytest.mark.parametrize("row", range(4))
def test_a_missing_time_is_told_by_its_row_at_every_door(row: int) -> None:
    times = NOON + HOUR * np.arange(4)
    times[row] = np.iinfo(np.int64).min
    bars = closes(times.view("M8[ns]"))
    whole = closes((NOON + HOUR * np.arange(4)).view("M8[ns]"))
    matrices = {"timestamp": bars["timestamp"], "close": np.ones((4, 2))}
    session = RULE.session()
    for door in (
        lambda: RULE.run(bars),
        lambda: LONG_AGO.run(bars, timeframe="1h"),
        lambda: LONG_AGO.run(bars),
        lambda: session.run(bars),
        lambda: RULE.verify(bars),
        lambda: RULE.universe(["A", "B"]).run(**matrices),
        lambda: OVER_STREAMS.run({"ohlcv": whole, "ETH": bars}, timeframe="1h"),
        lambda: OVER_STREAMS.verify({"ohlcv": whole, "ETH": bars}, timeframe="1h"),
    ):
        with pytest.raises(ValueError, match=f"timestamp, row {row} has no time"):
            door()
    assert session.position == 0


def test_disorder_is_told_in_iso_times_and_rows() -> None:
    times = np.array([NOON, NOON + HOUR, NOON + 1], "M8[ns]")
    with pytest.raises(OrderError, match=r"2024-01-02T12:00:00\.000000001Z in row 2 .* 2024-01-02T13:00:00Z"):
        RULE.run({"close": [1, 2, 3], "timestamp": times})
    session = RULE.session()
    session.step({"close": 1.0, "timestamp": NOON})
    with pytest.raises(OrderError, match="2024-01-02T11:00:00Z .* 2024-01-02T12:00:00Z"):
        session.step({"close": 1.0, "timestamp": NOON - HOUR})
    with pytest.raises(OrderError, match="2024-01-02T12:00:00Z .* the time of the last bar and other fields, close"):
        session.step({"close": 2.0, "timestamp": NOON})
    with pytest.raises(OrderError, match="2024-01-02T12:30:00Z in row 1 is closer .* 2024-01-02T12:00:00Z.* long: 1h"):
        LONG_AGO.run(closes(np.array([NOON, NOON + HOUR // 2], "M8[ns]")), timeframe="1h")


# Times of other libraries


def test_times_of_pandas_keep_their_nanoseconds() -> None:
    pandas = pytest.importorskip("pandas")
    text = "2024-01-02 07:00:00.123456789-05:00"
    stamp, expected = pandas.Timestamp(text), NOON + 123_456_789
    for given in (stamp, stamp.tz_convert("Asia/Kolkata"), stamp.tz_convert(None), stamp.to_datetime64()):
        assert ta_py.time_ns(given) == expected
    assert ta_py.time_ns(pandas.Timestamp("2024-01-02 12:00")) == NOON
    session = RULE.session()
    assert session.step({"close": 1.0, "timestamp": stamp}).event_time is stamp
    session.step({"close": 1.0, "timestamp": stamp + pandas.Timedelta(1, "ns")})
    index = pandas.DatetimeIndex([stamp, stamp + pandas.Timedelta(1, "ns")])
    for times in (
        index,
        index.tz_convert("America/New_York"),
        index.tz_convert(None),
        pandas.Series(index),
        pandas.Series(index.tz_convert(None)),
        list(index),
        index.astype(object),
    ):
        with pytest.raises(OrderError):
            session.run(closes(times[:1]))
        RULE.run(closes(times))
        fresh = RULE.session()
        fresh.run(closes(times))
        with pytest.raises(OrderError, match=r"12:00:00\.12345679Z"):
            fresh.step({"close": 2.0, "timestamp": expected + 1})
    coarse = pandas.Series(pandas.date_range("2024-01-02T12:00Z", periods=3, freq="h", unit="s"))
    assert LONG_AGO.run(closes(coarse))["value"].tolist()[1:] == [0, 0]
    with pytest.raises(ValueError, match="row 1"):
        RULE.run(closes(pandas.Series([stamp, pandas.NaT])))
    for missing in (pandas.NaT, pandas.NA):
        with pytest.raises(ValueError, match="is no time"):
            RULE.session().step({"close": 1.0, "timestamp": missing})
    with pytest.raises(ValueError, match="does not fit int64 nanoseconds"):
        RULE.session().step({"close": 1.0, "timestamp": pandas.Timestamp("2500-01-01")})
    exact = Series((stamp, stamp + pandas.Timedelta(1, "ns")), (1.0, 3.0), "BTC", "1h")
    assert RULE.run_columns(exact)["value"][1] == 2.0


def test_times_of_polars_are_read_as_they_are() -> None:
    polars = pytest.importorskip("polars")
    for unit in ("ms", "us", "ns"):
        times = (
            polars.Series([NOON, NOON + HOUR, NOON + 2 * HOUR]).cast(polars.Datetime("ns")).cast(polars.Datetime(unit))
        )
        for given in (times, times.dt.replace_time_zone("UTC").dt.convert_time_zone("Asia/Tokyo")):
            session = LONG_AGO.session(timeframe="1h")
            assert session.run(closes(given))["value"].tolist()[1:] == [0, 0]
            with pytest.raises(OrderError, match="2024-01-02T14:00:00Z"):
                session.step({"close": 2.0, "timestamp": NOON + 2 * HOUR})


# Files


@pytest.mark.parametrize("cell", ["93000", "45293", "0", "9:30", "2024-01-02T09:30[Mars/Olympus]", "2024-13-02"])
def test_a_file_is_refused_where_its_times_may_be_something_else(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "bars.csv"
    path.write_text(f"timestamp,value\n{cell},1\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        ta.from_csv(path, "BTC", "1d")
    assert (caught.value.line, caught.value.column, caught.value.value) == (2, "timestamp", cell)


@pytest.mark.parametrize(
    "cell",
    [
        *(str(NOON // 10**digits) for digits in (9, 6, 3, 0)),
        "202401021200",
        "20240102 120000",
        "2024-01-02T07:00[America/New_York]",
        "01/02/2024 12:00 PM",
    ],
)
def test_a_file_says_its_times_in_many_forms(cell: str) -> None:
    bars = ta.read_bars(f"timestamp,value\n{cell},1\n".encode(), dates="mdy")
    assert bars["timestamp"].view(np.int64).tolist() == [NOON]


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint64, object])
@pytest.mark.parametrize("masked", [False, True], ids=["plain", "masked"])
def test_integers_of_an_array_need_a_unit_as_those_of_a_list_do(kind: type, masked: bool) -> None:
    rule = ta.compile("sma(close, 2)")
    times = np.array([1_704_187_800, 1_704_187_860], dtype=kind)
    table = {"timestamp": np.ma.array(times) if masked else times, "close": [1.0, 2.0]}
    matrix = {"timestamp": table["timestamp"], "close": np.ones((2, 2))}
    doors = [
        lambda **unit: rule.run(table, **unit),
        lambda **unit: rule.session(**unit).run(table),
        lambda **unit: rule.verify(table, **unit),
        lambda **unit: rule.universe(["A", "B"], **unit).run(**matrix),
        lambda **unit: ta.compile("close > ETH.close").run({"ohlcv": table, "ETH": table}, timeframe="1m", **unit),
    ]
    for door in doors:
        with pytest.raises(ValueError, match='as seconds it is 2024-01-02T09:30:00Z, then give unit="s"'):
            door()
        door(unit="s")
