"""What sessions and universes take and refuse at their doors: snapshots, symbols, forming bars, second callers."""

from __future__ import annotations

import copy
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import Bar, Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.exceptions import OrderError, PlanningError, SessionBusyError, SnapshotError, StrategyError
from laakhay.ta.expr.execution import evaluate_plan
from laakhay.ta.expr.planner.evaluator import Evaluator

HOUR = 3_600_000_000_000
MEAN = ta.compile("sma(close, 2)")
JOINED = ta.compile("close > ohlcv.4h.close")
NO_SNAPSHOTS = [None, "abc", 5, [1, 2], object(), np.zeros(3)]


def forming(**changes: Any) -> Bar:
    stamp = datetime(2024, 1, 5, tzinfo=UTC)
    return Bar.from_raw(stamp, 1, 1, 1, 1, 1, **({"is_closed": False} | changes))


def with_an_open_end() -> OHLCV:
    bars = [Bar.from_raw(datetime(2024, 1, day, tzinfo=UTC), 1, day, 1, day, 1, day < 5) for day in range(1, 6)]
    return OHLCV.from_bars(bars, "AAPL", "1d")


# Snapshots


@pytest.mark.parametrize("given", NO_SNAPSHOTS, ids=lambda given: type(given).__name__)
def test_what_is_no_bytes_is_no_snapshot_and_makes_no_new_session(given: Any) -> None:
    joined = JOINED.joined_session(timeframe="1h", unit="ns")
    session = MEAN.session()
    doors: list[Callable[[], Any]] = [
        lambda: MEAN.restore(given),
        lambda: MEAN.restore_universe(given),
        lambda: MEAN.restore_universe(given, ["a"]),
        lambda: JOINED.restore_joined(given),
        lambda: session.restore_from(given),
        lambda: joined.restore_from(given),
        lambda: ta.ta_py.incremental_replay(session, given, []),
    ]
    for door in doors:
        with pytest.raises(TypeError, match="a snapshot is bytes, .* not "):
            door()


def test_any_kind_of_bytes_is_a_snapshot() -> None:
    session, universe = MEAN.session(), MEAN.universe(["a", "b"])
    session.step({"close": 1.0})
    universe.step(close=[1.0, 2.0])
    for kind in (bytes, bytearray, memoryview):
        assert MEAN.restore(kind(session.snapshot())).step({"close": 2.0}).value == 1.5
        assert MEAN.restore_universe(kind(universe.snapshot())).step(close=[2.0, 4.0]).tolist() == [1.5, 3.0]


@pytest.mark.parametrize("other", ["close.2h_ago", "close > ohlcv.4h.close", "sma(close, 3)", "close.sum()"])
def test_the_snapshot_of_another_rule_is_told_before_a_timeframe_is_asked_for(other: str) -> None:
    snapshot, universe = MEAN.session().snapshot(), MEAN.universe(["a"]).snapshot()
    rule = ta.compile(other)
    for door in (lambda: rule.restore(snapshot), lambda: rule.restore_universe(universe)):
        with pytest.raises(SnapshotError, match="made by another plan"):
            door()
    with pytest.raises(SnapshotError, match="of a session, not of a"):
        rule.restore_joined(snapshot)
    shifted = ta.compile("close.2h_ago").session(timeframe="1h").snapshot()
    with pytest.raises(SnapshotError, match="made by another plan"):
        ta.compile("close.90m_ago").restore(shifted)


# Symbols


def test_a_universe_is_restored_with_the_symbols_it_was_saved_with_and_no_others() -> None:
    universe = MEAN.universe(["AAPL", "MSFT", "Ω"])
    universe.step(close=[1.0, 2.0, 3.0])
    saved = universe.snapshot()
    for symbols in (None, ["AAPL", "MSFT", "Ω"], ("AAPL", "MSFT", "Ω")):
        restored = MEAN.restore_universe(saved, symbols)
        assert restored.symbols == ("AAPL", "MSFT", "Ω")
        assert restored.snapshot() == saved
        assert restored.step(close=[2.0, 4.0, 6.0]).tolist() == [1.5, 3.0, 4.5]
    with pytest.raises(SnapshotError, match="`AAPL` as symbol 0; `MSFT` was given"):
        MEAN.restore_universe(saved, ["MSFT", "AAPL", "Ω"])
    with pytest.raises(SnapshotError, match="`Ω` as symbol 2; `TSLA` was given"):
        MEAN.restore_universe(saved, ["AAPL", "MSFT", "TSLA"])
    with pytest.raises(SnapshotError, match="3 symbols; 2 was given"):
        MEAN.restore_universe(saved, ["AAPL", "MSFT"])
    assert MEAN.universe(["b", "a"]).snapshot() != MEAN.universe(["a", "b"]).snapshot()


@pytest.mark.parametrize(
    ("symbols", "error", "words"),
    [
        ("AAPL", TypeError, "not one text"),
        (b"AAPL", TypeError, "not one text"),
        ({"A", "B"}, TypeError, "not a set"),
        (frozenset({"A"}), TypeError, "not a frozenset"),
        ({"A": 1}, TypeError, "not a dict"),
        (3, TypeError, "not a int"),
        (None, TypeError, "not a NoneType"),
        (range(10**12), TypeError, "symbol 0 is 0, a int"),
        (["A", None], TypeError, "symbol 1 is None"),
        (["A", b"B"], TypeError, "symbol 1 is b'B'"),
        (["A", "A"], ValueError, "'A' is the name of symbols 0 and 1"),
        (["A", "B", "A"], ValueError, "'A' is the name of symbols 0 and 2"),
        (["A", ""], ValueError, "the name of symbol 1 is empty"),
        (["A", " "], ValueError, "the name of symbol 1 is empty"),
    ],
    ids=str,
)
def test_symbols_are_distinct_names_in_an_order(symbols: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        MEAN.universe(symbols)
    if symbols is not None:
        with pytest.raises(error, match=words):
            MEAN.restore_universe(MEAN.universe(["A", "B"]).snapshot(), symbols)


def test_the_engine_itself_refuses_names_that_tell_nobody_apart() -> None:
    for names, words in ((["A", "A"], "each needs its own"), (["A", " "], "symbol 1 is empty")):
        with pytest.raises(PlanningError, match=words):
            ta.ta_py.Universe(MEAN.engine_rule, names)


@pytest.mark.parametrize("symbols", [["A", "B"], ("A", "B"), np.array(["A", "B"]), {"A": 1, "B": 2}.keys(), iter("AB")])
def test_names_may_come_in_any_container_that_has_an_order(symbols: Any) -> None:
    universe = MEAN.universe(symbols)
    assert universe.symbols == ("A", "B")
    assert [type(name) for name in universe.symbols] == [str, str]


def test_universes_are_pickled_copied_and_say_what_they_are() -> None:
    universe = MEAN.universe(["A", "B"])
    universe.step(close=[1.0, 2.0])
    for twin in (pickle.loads(pickle.dumps(universe)), copy.copy(universe), copy.deepcopy(universe), universe.copy()):
        assert twin.symbols == ("A", "B")
        assert twin.snapshot() == universe.snapshot()
        assert twin.step(close=[3.0, 4.0]).tolist() == [2.0, 3.0]
    assert universe.position == 1
    assert repr(universe) == "<Universe of 2 symbols after 1 bars: value>"


# Rows of a universe


def test_a_universe_takes_times_as_a_session_does() -> None:
    rule = ta.compile("close.2h_ago")
    times = [datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in (1, 2, 3)]
    stamps = [np.datetime64(time.replace(tzinfo=None)) for time in times]
    for given in (times, stamps, [time.isoformat() for time in times]):
        universe, session = rule.universe(["A"], timeframe="1h"), rule.session(timeframe="1h")
        rows = [universe.step(timestamp=time, close=[float(row)]) for row, time in enumerate(given)]
        steps = [session.step({"timestamp": time, "close": float(row)}).value for row, time in enumerate(given)]
        assert [row[0] if row[0] == row[0] else None for row in rows] == steps == [None, None, 0.0]
    with pytest.raises(OrderError):
        universe.step(timestamp=times[0], close=[1.0])


def test_a_row_that_nobody_reads_is_refused_and_fields_of_bars_are_not() -> None:
    universe = MEAN.universe(["A"])
    before = universe.snapshot()
    for name in ("clsoe", "Close", "time_ns", "symbol"):
        with pytest.raises(
            TypeError, match=f"'{name}' is no field that is read; accepted: timestamp, close, high, low"
        ):
            universe.step(close=[1.0], **{name: [1.0]})
        with pytest.raises(TypeError, match=f"'{name}' is no field that is read"):
            universe.run(close=np.ones((1, 1)), **{name: np.ones((1, 1))})
    assert universe.snapshot() == before
    universe.step(open=[1.0], close=[1.0], volume=[2.0])
    trades = ta.compile("trades.volume").universe(["A"])
    assert trades.step(**{"trades.volume": [5.0]}).tolist() == [5.0]


# Outputs


@pytest.mark.parametrize(
    "compiled",
    [lambda: ta.compile({"timestamp": "close", "x": "open"}), lambda: ta.compile({"timestamp": ta.compile("close")})],
)
def test_no_output_is_called_as_the_column_of_times(compiled: Callable[[], Any]) -> None:
    with pytest.raises(PlanningError, match="an output cannot be called `timestamp`"):
        compiled()


def test_the_place_of_an_output_called_timestamp_is_told() -> None:
    with pytest.raises(StrategyError, match="An output cannot be called 'timestamp'") as caught:
        ta.compile("{x: open, timestamp: close}")
    assert caught.value.diagnostics[0].place.start == 10
    assert ta.compile("{timestamps: close, Timestamp: open}").explain().outputs == ["timestamps", "Timestamp"]


def test_a_result_has_no_truth_value() -> None:
    session = ta.compile("close > 1").session()
    for close in (0.5, 2.0, None):
        output = session.step({"close": close})
        with pytest.raises(TypeError, match=r"`\.value is True`"):
            bool(output)
        with pytest.raises(TypeError):
            assert output or True
    (row,) = pushed(2.0)
    with pytest.raises(TypeError, match="no truth value"):
        bool(row)


def pushed(close: float) -> list[Any]:
    joined = JOINED.joined_session(timeframe="1h", unit="ns")
    joined.push("ohlcv.4h", {"timestamp": 0, "close": 1.0})
    return joined.push("ohlcv", {"timestamp": 3 * HOUR, "close": close})


# Forming bars


@pytest.mark.parametrize(
    "bar",
    [
        forming(),
        {"timestamp": datetime(2024, 1, 5, tzinfo=UTC), "close": 1.0, "is_closed": False},
        {"timestamp": datetime(2024, 1, 5, tzinfo=UTC), "close": 1.0, "is_closed": "false"},
        {"timestamp": datetime(2024, 1, 5, tzinfo=UTC), "close": 1.0, "is_closed": np.False_},
    ],
    ids=["bar", "mapping", "text", "numpy"],
)
def test_a_forming_bar_is_for_preview_alone(bar: Any) -> None:
    session, joined = MEAN.session(unit="ns"), JOINED.joined_session(timeframe="1h", unit="ns")
    before, waiting = session.snapshot(), joined.snapshot()
    words = "the bar of 2024-01-05 .* is not closed .*`preview`"
    with pytest.raises(ValueError, match=words):
        session.step(bar)
    with pytest.raises(ValueError, match=words):
        ta.ta_py.incremental_step(session, bar)
    with pytest.raises(ValueError, match=words):
        joined.push("ohlcv", bar)
    assert session.snapshot() == before
    assert joined.snapshot() == waiting
    assert session.preview(bar).is_final is False
    assert joined.preview("ohlcv", bar).is_final is False


def test_a_bar_that_says_it_is_closed_is_taken() -> None:
    session = MEAN.session()
    for said in (True, "true", 1, None):
        session.step({"close": 1.0, "is_closed": said})
    session.step(SimpleNamespace(ts=None, close=1.0))
    assert session.position == 5


def test_a_history_that_ends_in_a_forming_bar_is_refused_at_every_door() -> None:
    table = with_an_open_end()
    data = Dataset()
    data.add_series("AAPL", "1d", table, source="ohlcv")
    plan = MEAN._ensure_plan()
    joined = JOINED.joined_session(timeframe="1h", unit="ns")
    session = MEAN.session()
    doors: list[Callable[[], Any]] = [
        lambda: MEAN.run_columns(table),
        lambda: ta.compile({"a": "close", "b": "open"}).run(table),
        lambda: session.run(table),
        lambda: session.warm(table),
        lambda: MEAN.verify(table),
        lambda: joined.run({"ohlcv": table, "ohlcv.4h": table}),
        lambda: JOINED.verify({"ohlcv": table, "ohlcv.4h": table}, timeframe="1h"),
        lambda: MEAN.run(data),
        lambda: evaluate_plan(plan, data),
        lambda: evaluate_plan(plan, data, mode="incremental"),
        lambda: Evaluator().evaluate(MEAN, data),
    ]
    for door in doors:
        with pytest.raises(ValueError, match=r"the bar of 2024-01-05T00:00:00\+00:00 \(row 4\) is not closed"):
            door()
    assert session.position == 0
    assert session.run(table[:4])["value"][-1] == 3.5
    assert session.preview(table[4]).value == 4.5


# One call at a time


class Meddling:
    """A number that is read by calling back."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.caught: list[BaseException] = []

    def __float__(self) -> float:
        try:
            self.call()
        except BaseException as error:
            self.caught.append(error)
        return 1.0


class MeddlingTick(dict[str, Any]):
    """A bar whose fields are read by calling back."""

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__(close=1.0, timestamp=HOUR)
        self.call = call
        self.caught: list[BaseException] = []

    def __contains__(self, key: object) -> bool:
        try:
            self.call()
        except BaseException as error:
            self.caught.append(error)
        return super().__contains__(key)


def test_a_callback_cannot_touch_the_session_that_calls_it() -> None:
    session, joined = MEAN.session(unit="ns"), JOINED.joined_session(timeframe="1h", unit="ns")
    blob = session.snapshot()
    doors: list[Callable[[], Any]] = [
        lambda: session.step({"close": 1.0}),
        lambda: session.preview({"close": 1.0}),
        lambda: session.step_values(None, 1.0, 1.0, 1.0, 1.0, 1.0),
        lambda: session.run({"close": [1.0]}),
        session.snapshot,
        lambda: session.restore_from(blob),
        lambda: session.position,
        lambda: session.counters,
        lambda: session.state_bytes,
        lambda: ta.ta_py.incremental_step(session, {"close": 1.0}),
        lambda: ta.ta_py.incremental_replay(session, blob, []),
        lambda: pickle.dumps(session),
        session.copy,
    ]
    for door in doors:
        tick = MeddlingTick(door)
        before = session.position
        session.preview(tick)
        assert tick.caught and {type(error) for error in tick.caught} == {SessionBusyError}
        assert session.position == before
    others: list[Callable[[], Any]] = [
        lambda: joined.push("ohlcv", {"timestamp": 0, "close": 1.0}),
        lambda: joined.advance(HOUR),
        lambda: joined.run({}),
        joined.snapshot,
        lambda: joined.waiting,
        lambda: joined.streams,
    ]
    for door in others:
        tick = MeddlingTick(door)
        joined.preview("ohlcv", tick)
        assert tick.caught and {type(error) for error in tick.caught} == {SessionBusyError}


def test_a_second_thread_is_told_that_the_session_is_busy() -> None:
    rows = 60_000
    rule = ta.compile(" + ".join(f"rolling_std(close, {period})" for period in range(20, 40)))
    session = rule.session()
    universe = rule.universe([f"s{n}" for n in range(64)])
    closes = np.random.default_rng(1).normal(size=rows)
    matrix = np.random.default_rng(2).normal(size=(rows // 40, 64))
    works: list[tuple[Any, Callable[[], Any], Callable[[], Any]]] = [
        (session, lambda: session.run({"close": closes}), lambda: session.step({"close": 1.0})),
        (universe, lambda: universe.run(close=matrix), universe.snapshot),
    ]
    for one, work, meddle in works:
        thread = threading.Thread(target=work)
        thread.start()
        caught: list[BaseException] = []
        while thread.is_alive():
            try:
                meddle()
            except BaseException as error:
                caught.append(error)
        thread.join()
        assert caught and {type(error) for error in caught} == {SessionBusyError}
        assert "takes one call at a time" in str(caught[0])
        assert one.position >= rows // 40  # What was at work has taken all of it.


@contextmanager
def interrupted(handler: Callable[[], Any], times: int = 1_000) -> Iterator[None]:
    """Call back from a signal handler while the work lasts, so many times at most; Ctrl-C does it once."""
    before = signal.signal(signal.SIGINT, lambda number, frame: handler())
    is_over = threading.Event()

    def interrupt() -> None:
        for _ in range(times):
            if is_over.wait(0.02):
                return
            os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
        signal.signal(signal.SIGINT, before)


def long_works() -> list[tuple[Any, Callable[[], Any], list[Callable[[], Any]]]]:
    """Give sessions of every kind with work that takes a while, and ways in that are closed meanwhile."""
    rule = ta.compile(" + ".join(f"rolling_std(close, {period})" for period in range(20, 50)))
    closes = np.random.default_rng(1).normal(size=400_000)
    matrix = np.random.default_rng(2).normal(size=(4_000, 64))
    session, universe = rule.session(), rule.universe([f"s{n}" for n in range(64)])
    deviations = " + ".join(f"rolling_std(close, {period})" for period in range(20, 50))
    joined = ta.compile(f"ohlcv.4h.close + {deviations}").joined_session(timeframe="1h")
    times = np.datetime64("1980-01-01", "ns") + np.arange(200_000) * np.timedelta64(1, "h")
    streams = {
        "ohlcv": {"timestamp": times, "close": closes[:200_000]},
        "ohlcv.4h": {"timestamp": times[::4], "close": closes[:50_000]},
    }
    return [
        (
            session,
            lambda: session.run({"close": closes}),
            [session.snapshot, lambda: session.step({"close": 1.0}), lambda: session.run({"close": [1.0]})],
        ),
        (universe, lambda: universe.run(close=matrix), [universe.snapshot, lambda: universe.step(close=[1.0] * 64)]),
        (joined, lambda: joined.run(streams), [joined.snapshot, lambda: joined.run(streams)]),
    ]


def trying(doors: list[Callable[[], Any]], caught: list[BaseException]) -> Callable[[], None]:
    def meddle() -> None:
        for door in doors:
            try:
                door()
            except BaseException as error:
                caught.append(error)

    return meddle


def test_a_signal_handler_is_told_that_the_session_is_busy() -> None:
    for one, work, doors in long_works():
        caught: list[BaseException] = []
        with interrupted(trying(doors, caught)):
            work()
        busy = [error for error in caught if isinstance(error, SessionBusyError)]
        assert len(busy) >= len(doors), f"{one!r}"
        assert "takes one call at a time" in str(busy[0])


def test_what_a_signal_handler_raises_ends_the_work_and_nothing_is_taken() -> None:
    for one, work, (door, *_) in long_works():
        before = one.snapshot()
        with interrupted(door, times=1), pytest.raises(SessionBusyError, match="takes one call at a time"):
            work()
        assert one.snapshot() == before, f"{one!r}"


def test_busy_is_an_error_of_the_package_and_of_running() -> None:
    assert issubclass(SessionBusyError, RuntimeError)
    assert "SessionBusyError" in ta.exceptions.__all__
