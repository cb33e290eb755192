"""When bars close, at the doors of Python and of a shell: by calendars, by told closes, by stamps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import ta_py
from laakhay.ta.core.bar import Bar
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.exceptions import OrderError, TAError
from laakhay.ta.expr.execution import evaluate_plan
from laakhay.ta.expr.execution.backends import IncrementalRustBackend
from tests.reference import Reference

HOUR = 3_600_000_000_000
RULE = ta.compile("ohlcv.1d.close + ohlcv.1mo.close * 1000 + close * 0")
# Zone, session start, first day: clocks change, or a month ends, soon after.
PLACES = [
    ("Asia/Tokyo", "00:00", date(2023, 2, 20)),
    ("America/New_York", "00:00", date(2024, 10, 25)),
    ("America/New_York", "17:00", date(2024, 2, 25)),
    ("Europe/London", "00:00", date(2024, 3, 20)),
    ("Asia/Kolkata", "09:15", date(2024, 1, 20)),
    ("Australia/Sydney", "10:00", date(2024, 3, 25)),
]


def starts(zone: str, start: str, first: date, days: int, begins: Callable[[date], bool]) -> list[int]:
    moments = [first + timedelta(days=day) for day in range(days)]
    clock = time.fromisoformat(start)
    opened = [datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC) for day in moments if begins(day)]
    return [int(moment.timestamp()) * 1_000_000_000 for moment in opened]


def market(zone: str, start: str, first: date) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Give tables stamped with opens, and when each bar closes."""
    days = starts(zone, start, first, 80, lambda day: True)
    months = starts(zone, start, first, 80, lambda day: day.day == 1)
    hours = list(range(days[0], days[-1] + 1, HOUR))
    tables: dict[str, Any] = {}
    closes = {}
    for name, edges in (("ohlcv", hours), ("ohlcv.1d", days), ("ohlcv.1mo", months)):
        opens, closes[name] = edges[:-1], edges[1:]
        tables[name] = {"timestamp": np.array(opens, "datetime64[ns]"), "close": np.arange(1.0, len(opens) + 1)}
    return tables, closes


def expected(closes: dict[str, list[int]]) -> list[float]:
    """Count the days and months that had closed when each hour did."""
    known = {name: np.array(times) for name, times in closes.items()}
    days, months = (np.searchsorted(known[name], known["ohlcv"], "right") for name in ("ohlcv.1d", "ohlcv.1mo"))
    return [float(d + m * 1000) if d and m else np.nan for d, m in zip(days, months, strict=True)]


@pytest.mark.parametrize(("zone", "start", "first"), PLACES)
def test_bars_are_seen_when_their_place_closes_them(zone: str, start: str, first: date) -> None:
    tables, closes = market(zone, start, first)
    calendar = ta.Calendar(zone, session_start=start)
    found = RULE.run(tables, timeframe="1h", calendar=calendar)
    np.testing.assert_array_equal(found["value"], expected(closes))
    np.testing.assert_array_equal(found["timestamp"], tables["ohlcv"]["timestamp"])
    assert np.isfinite(found["value"]).sum() > 300
    # The same, told, and stamped with the closes.
    told = {name: table | {"close_time": np.array(closes[name], "datetime64[ns]")} for name, table in tables.items()}
    np.testing.assert_array_equal(RULE.run(told, timeframe="1h")["value"], found["value"])
    late = {name: table | {"timestamp": np.array(closes[name], "datetime64[ns]")} for name, table in tables.items()}
    stamped = RULE.run(late, timeframe="1h", stamps="close", calendar=calendar)
    np.testing.assert_array_equal(stamped["value"], found["value"])
    np.testing.assert_array_equal(stamped["timestamp"], late["ohlcv"]["timestamp"])
    with pytest.raises(ValueError, match=r"close_time.*stamps=\"close\"") as refused:
        RULE.run(tables, timeframe="1h")
    assert "time zone and session start" in str(refused.value)


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize(("zone", "start", "first"), PLACES)
def test_live_bars_are_seen_as_in_a_history_and_none_is_lost(zone: str, start: str, first: date, told: bool) -> None:
    tables, closes = market(zone, start, first)
    session = RULE.joined_session(timeframe="1h", calendar=ta.Calendar(zone, session_start=start))
    bars = sorted((close, name, row) for name, times in closes.items() for row, close in enumerate(times))
    rows = []
    for at, (close, name, row) in enumerate(bars):
        bar = {"timestamp": int(tables[name]["timestamp"][row].astype(np.int64)), "close": float(row + 1)}
        rows += session.push(name, bar | ({"close_time": close} if told else {}))
        if at + 1 == len(bars) or bars[at + 1][0] > close:
            rows += session.advance(close)
        if at % 400 == 0:
            session = RULE.restore_joined(session.snapshot())
    assert session.counters["late"] == session.counters["rejected"] == 0
    values = [np.nan if row.value is None else row.value for row in rows]
    np.testing.assert_array_equal(values, expected(closes))
    assert [row.event_time for row in rows] == tables["ohlcv"]["timestamp"].astype(np.int64).tolist()


@pytest.mark.parametrize(("zone", "start", "first"), PLACES)
def test_a_dataset_and_the_exact_reference_see_the_same(zone: str, start: str, first: date) -> None:
    tables, closes = market(zone, start, first)
    data = ta.dataset()
    for name, timeframe in (("ohlcv", "1h"), ("ohlcv.1d", "1d"), ("ohlcv.1mo", "1mo")):
        opens = tables[name]["timestamp"].astype(np.int64).tolist()
        bars = [
            Bar(datetime.fromtimestamp(opened // 10**9, UTC), *[Decimal(row + 1)] * 4, Decimal(1), True)
            for row, opened in enumerate(opens)
        ]
        data.add_series("X", timeframe, OHLCV.from_bars(bars, "X", timeframe))
    wanted = expected(closes)
    calendar = ta.Calendar(zone, session_start=start)
    found = {"run": RULE.run(data, calendar=calendar)["X", "1h", "default"]}
    for backend in (Reference(), IncrementalRustBackend()):
        options: dict[str, Any] = {"backend": backend, "calendar": calendar, "symbol": "X", "timeframe": "1h"}
        found[type(backend).__name__] = evaluate_plan(RULE._ensure_plan(), data, **options)
    for who, series in found.items():
        ready = [flag for flag in series.availability_mask] if series.availability_mask else [True] * len(series)
        values = [float(v) if r else np.nan for v, r in zip(series.values, ready, strict=True)]
        np.testing.assert_allclose(values, wanted, rtol=1e-12, err_msg=who)


def test_verify_takes_the_calendar_and_the_stamps() -> None:
    zone, start, first = PLACES[0]
    tables, closes = market(zone, start, first)
    calendar = ta.Calendar(zone, session_start=start)
    short = {name: {key: column[:1200] for key, column in table.items()} for name, table in tables.items()}
    assert RULE.verify(short, timeframe="1h", calendar=calendar).ok
    with pytest.raises(ValueError, match="where no 1d of the calendar UTC begins"):
        RULE.verify(short, timeframe="1h")


def test_calendar_and_resample_are_one() -> None:
    tokyo, london = ta.Calendar("Asia/Tokyo"), ta.Calendar("Europe/London")
    with pytest.raises(ValueError, match="one calendar"):
        RULE.joined_session(timeframe="1h", calendar=tokyo, resample=london)
    with pytest.raises(ValueError, match="is not one of open, close"):
        RULE.joined_session(timeframe="1h", stamps="end")


def test_bars_closer_than_they_are_long_are_refused_in_a_history_as_live() -> None:
    rule = ta.compile("close > ETH.close")
    half = np.array([0, HOUR // 2, HOUR], "datetime64[ns]") + np.timedelta64(54 * 365, "D")
    table = {"timestamp": half, "close": np.ones(3)}
    with pytest.raises(OrderError, match="in row 1 closes .* than a bar is long"):
        rule.run({"ohlcv": table, "ETH": table}, timeframe="1h")
    session = rule.joined_session(timeframe="1h")
    session.push("ETH", {"timestamp": half[0], "close": 1.0})
    with pytest.raises(OrderError, match="than a bar is long"):
        session.push("ETH", {"timestamp": half[1], "close": 1.0})


def test_days_declared_as_four_hours_are_refused() -> None:
    days = np.array(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], "datetime64[ns]")
    hours = days[0] + np.arange(96) * np.timedelta64(1, "h")
    data = {name: {"timestamp": at, "close": np.ones(len(at))} for name, at in (("ohlcv", hours), ("ohlcv.4h", days))}
    with pytest.raises(ValueError, match=r"`ohlcv\.4h` are declared as 4h and never so close, most often 6 times"):
        ta.compile("close > ohlcv.4h.close").run(data, timeframe="1h")


def test_a_table_alone_may_have_any_stamps() -> None:
    at = np.array(["2024-01-01T05:00", "2024-01-02T05:00", "2024-01-03T04:59:59.999"], "datetime64[ns]")
    table = {"timestamp": at, "close": np.array([1.0, 2.0, 3.0])}
    rule = ta.compile("sma(close, 2)")
    for found in (rule.run(table, timeframe="1d"), rule.run({"ohlcv": table}, timeframe="1d")):
        np.testing.assert_array_equal(found["value"], [np.nan, 1.5, 2.5])
        np.testing.assert_array_equal(found["timestamp"], at)


def table_of(*hours: float) -> dict[str, Any]:
    at = np.datetime64("2024-01-01", "ns") + (np.array(hours) * HOUR).astype("timedelta64[ns]")
    return {"timestamp": at, "close": np.arange(1.0, len(hours) + 1)}


def stepped(session: Any, table: dict[str, Any]) -> None:
    for at, close in zip(*table.values(), strict=True):
        session.step({"timestamp": at, "close": close})


def stepped_quickly(session: Any, table: dict[str, Any]) -> None:
    for at, close in zip(table["timestamp"].astype(np.int64).tolist(), table["close"], strict=True):
        session.step_values(at, close, close, close, close, 1.0)


def stepped_together(universe: Any, table: dict[str, Any]) -> None:
    for at, close in zip(*table.values(), strict=True):
        universe.step(timestamp=at, close=np.full(2, close))


def matrices(table: dict[str, Any]) -> dict[str, Any]:
    return {"timestamp": table["timestamp"], "close": np.repeat(table["close"][:, None], 2, axis=1)}


# Every way in for the bars of one table that are said to be so long.
ONE_TABLE: dict[str, Any] = {
    "run": lambda rule, table, length: rule.run(table, timeframe=length),
    "run of a rule with two outputs": lambda rule, table, length: ta.compile({"a": rule, "b": "close"}).run(
        table, timeframe=length
    ),
    "session.run": lambda rule, table, length: rule.session(timeframe=length).run(table),
    "warm": lambda rule, table, length: rule.session(timeframe=length).warm(table),
    "restored.run": lambda rule, table, length: rule.restore(rule.session(timeframe=length).snapshot()).run(table),
    "copy": lambda rule, table, length: rule.session(timeframe=length).copy().run(table),
    "verify": lambda rule, table, length: rule.verify(table, timeframe=length),
    "universe.run": lambda rule, table, length: rule.universe(["A", "B"], timeframe=length).run(**matrices(table)),
    "restored universe": lambda rule, table, length: rule.restore_universe(
        rule.universe(["A", "B"], timeframe=length).snapshot()
    ).run(**matrices(table)),
}
LIVE: dict[str, Any] = {
    "step": lambda rule, table, length: stepped(rule.session(timeframe=length), table),
    "restored": lambda rule, table, length: stepped(rule.restore(rule.session(timeframe=length).snapshot()), table),
    "step_values": lambda rule, table, length: stepped_quickly(rule.session(timeframe=length), table),
    "universe.step": lambda rule, table, length: stepped_together(rule.universe(["A", "B"], timeframe=length), table),
    "initialize": lambda rule, table, length: stepped(ta_py.incremental_initialize(rule, length), table),
}


@pytest.mark.parametrize("text", ["sma(close, 2)", "close - close.24h_ago"])
@pytest.mark.parametrize("door", [*ONE_TABLE, *LIVE])
def test_one_table_is_held_to_the_timeframe_that_is_given_at_every_door(door: str, text: str) -> None:
    rule, way = ta.compile(text), (ONE_TABLE | LIVE)[door]
    with pytest.raises(OrderError, match="than a bar is long: 1h"):
        way(rule, table_of(0, 1, 1.5, 3), "1h")
    with pytest.raises(OrderError, match="2024-01-01T02:59:00Z.* closer to the last bar, of 2024-01-01T02:00:00Z"):
        way(rule, table_of(0, 2, 2 + 59 / 60), "1h")
    way(rule, table_of(0, 1, 2, 7, 8), "1h")


@pytest.mark.parametrize("text", ["sma(close, 2)", "close - close.24h_ago"])
@pytest.mark.parametrize("door", ONE_TABLE)
def test_one_table_of_bars_that_look_longer_than_is_said_is_refused_at_every_door(door: str, text: str) -> None:
    rule, way = ta.compile(text), ONE_TABLE[door]
    with pytest.raises(ValueError, match="declared as 4h and never so close, most often 6 times as far apart"):
        way(rule, table_of(0, 24, 48, 72, 96), "4h")
    way(rule, table_of(0, 8, 20, 32, 68), "4h")
    way(rule, table_of(0, 24, 48, 72, 96), "1d")


@pytest.mark.parametrize("door", [*ONE_TABLE, *LIVE])
def test_days_of_one_table_may_have_any_stamps_at_every_door(door: str) -> None:
    rule, way = ta.compile("sma(close, 2)"), (ONE_TABLE | LIVE)[door]
    for hours in [(17, 41, 65), (21, 42, 69, 93), (0, 23, 47), (16, 39, 53, 88)]:
        way(rule, table_of(*hours), "1d")
    with pytest.raises(OrderError, match="than a bar is long: 1d"):
        way(rule, table_of(0, 1, 2), "1d")


def test_a_label_of_data_is_no_promise_where_closes_decide_nothing() -> None:
    at = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minute) for minute in (0, 1, 5, 6)]
    series = ta.Series(at, [1, 2, 3, 4], "A", "1h")
    assert [float(x) for x in ta.compile("sma(close, 2)").run(series).values[1:]] == [1.5, 2.5, 3.5]


@pytest.mark.parametrize(
    "text", ["close > ohlcv.1d.close", "sma(ohlcv.4h.high, 3)", "trades.1h.volume", "BTC.1h.close", "close.1d_ago"]
)
def test_the_text_of_a_rule_compiles_to_it_again(text: str) -> None:
    rule = ta.compile(text)
    again = ta.compile(repr(rule))
    assert repr(again) == repr(rule)
    assert again.engine_rule.fingerprint == rule.engine_rule.fingerprint


def test_a_duration_alone_and_a_month_or_minute_are_not_guessed() -> None:
    with pytest.raises(Exception, match="1d") as refused:
        ta.compile("sma(close.1d, 5)")
    assert "`close.1d_ago`" in str(refused.value) and "`on(1d, close)`" in str(refused.value)
    for call in (
        lambda: ta.compile("ohlcv.1M.close"),
        lambda: RULE.joined_session(timeframe="1M"),
        lambda: ta.compile("close.1h_ago").session(timeframe="1M"),
    ):
        with pytest.raises((TAError, ValueError, Exception), match="`1mo` is months and `1m` minutes"):
            call()


def test_the_command_line_takes_calendar_stamps_and_told_closes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tables, closes = market(*PLACES[0])
    text = {}
    for name, table in tables.items():
        lines = [f"{o}Z,{x},{np.datetime64(c, 'ns')}Z" for o, x, c in zip(*table.values(), closes[name], strict=True)]
        text[name] = tmp_path / f"{name}.csv"
        text[name].write_text("\n".join(["timestamp,close,close_time", *lines]) + "\n", encoding="utf-8")
        bare = tmp_path / f"bare_{name}.csv"
        bare.write_text("\n".join(line.rpartition(",")[0] for line in ["timestamp,close,", *lines]) + "\n")
    rule = "ohlcv.1d.close + ohlcv.1mo.close * 1000 + close * 0"

    def run(prefix: str, *more: str) -> tuple[int, list[str]]:
        files = [str(tmp_path / f"{prefix}ohlcv.csv")]
        for name in ("ohlcv.1d", "ohlcv.1mo"):
            files += ["--stream", f"{name}={tmp_path}/{prefix}{name}.csv"]
        code = ta_py.command_line(["ta", "run", rule, *files, "--timeframe", "1h", "--format", "csv", *more])
        out, err = capfd.readouterr()
        return code, [line.partition(",")[2] for line in out.splitlines()[1:]] if code == 0 else [err]

    wanted = ["" if np.isnan(x) else f"{x:g}" for x in expected(closes)]
    assert run("") == (0, wanted)
    assert run("bare_", "--time-zone", "Asia/Tokyo") == (0, wanted)
    code, (said,) = run("bare_")
    assert code == 1 and "where no 1d of the calendar UTC begins" in said
