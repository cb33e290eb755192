"""Sessions over several streams in Python: bars in any order, snapshots, tables, calendars, words of errors."""

from __future__ import annotations

import copy
import itertools
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset
from laakhay.ta.core.timestamps import timestamps_ns
from laakhay.ta.exceptions import MissingDataError, MissingInputError, OrderError, PlanningError, SnapshotError
from laakhay.ta.rules.streams import JoinedSession
from tests.reference.resampling import resample

HOUR = 3_600_000_000_000
# The hours of a test are counted from here: 2024-01-01.
START = 1_704_067_200_000_000_000
FIELDS = ("open", "high", "low", "close", "volume")
EURUSD = Path(__file__).parents[2] / "examples" / "data" / "eurusd_1h.csv"
RULE = ta.compile("close - sma(ohlcv.4h.close, 2)")
FOREX = ta.Calendar("America/New_York", "17:00", "sunday")


@pytest.fixture(scope="module")
def hours() -> OHLCV:
    return ta.from_csv(EURUSD, symbol="EURUSD", timeframe="1h")


def table(bars: OHLCV, count: int | None = None) -> dict[str, Any]:
    """Give bars as arrays, the times in nanoseconds."""
    columns = {field: bars.column(field)[:count] for field in FIELDS}
    return {"timestamp": np.array(timestamps_ns(bars.timestamps))[:count], **columns}


def opens(*numbers: float) -> dict[str, Any]:
    """Give one-field bars: the hours at which they open, and closes that are ten times as much."""
    return {
        "timestamp": np.array([START + int(n * HOUR) for n in numbers], dtype=np.int64),
        "close": np.array([10.0 * n for n in numbers]),
    }


def bar(hour: float, close: float) -> dict[str, Any]:
    return {"timestamp": START + int(hour * HOUR), "close": close}


def made(rows: list[Any]) -> list[tuple[Any, Any]]:
    return [(row.event_time - START, row.value) for row in rows]


# Bars


def test_the_order_in_which_streams_bars_arrive_changes_nothing() -> None:
    own = [("ohlcv", bar(hour, float(hour * hour))) for hour in range(9)]
    longer = [("ohlcv.4h", bar(hour, float(hour))) for hour in (0, 4)]
    found = []
    for own_first, together in itertools.product((True, False), repeat=2):
        session, rows = RULE.joined_session(timeframe="1h"), []
        pushed = own + longer if own_first else longer + own
        if together:
            pushed.sort(key=lambda one: one[1]["timestamp"])
        for stream, one in pushed:
            rows += session.push(stream, one)
        rows += session.advance(START + 9 * HOUR)
        found.append((made(rows), session.snapshot()))
        assert session.counters == {"received": 11, "applied": 11, "duplicate": 0, "late": 0, "rejected": 0}
        assert (session.position, session.waiting) == (9, 0)
    assert all(one == found[0] for one in found)
    assert found[0][0] == [(hour * HOUR, None) for hour in range(7)] + [(7 * HOUR, 47.0), (8 * HOUR, 62.0)]


def test_rows_are_stamped_in_the_kind_of_time_that_was_given() -> None:
    session = ta.compile("close > ETH.close").joined_session(timeframe="1h")
    start = datetime(2024, 1, 1, tzinfo=UTC)
    session.push("ETH", {"timestamp": start, "close": 1})
    (row,) = session.push("ohlcv", {"timestamp": start, "close": 2})
    assert (row.event_time, row.value) == (start, True)
    session.push("ETH", {"timestamp": int(start.timestamp()) * 10**9 + HOUR, "close": 3})
    (row,) = session.push("ohlcv", {"timestamp": int(start.timestamp()) * 10**9 + HOUR, "close": 2})
    assert (row.event_time, row.value) == (int(start.timestamp()) * 10**9 + HOUR, False)
    session.push("ETH", {"timestamp": np.datetime64("2024-01-01T02:00"), "close": 3})
    (row,) = session.push("ohlcv", {"timestamp": np.datetime64("2024-01-01T02:00"), "close": 4})
    assert (row.event_time, row.value) == (start + timedelta(hours=2), True)
    later = np.int64(int(start.timestamp()) * 10**9 + 3 * HOUR)
    session.push("ohlcv", {"timestamp": later, "close": 2})
    (row,) = session.advance(later + np.int64(HOUR))
    assert (row.event_time, type(row.event_time), row.value) == (later, int, False)
    assert session.advance(np.datetime64("2024-01-01T05:00")) == []


def test_a_bar_is_applied_repeated_late_or_refused_and_counted_as_that() -> None:
    session = RULE.joined_session(timeframe="1h", missing_input="fail")
    session.push("ohlcv", bar(4, 1.0))
    state = session.snapshot()
    assert session.push("ohlcv", bar(4, 1.0)) == []
    for wrong in (bar(4, 2.0), bar(4.5, 1.0), bar(3, 1.0)):
        with pytest.raises(OrderError):
            session.push("ohlcv", wrong)
    with pytest.raises(MissingInputError, match="ohlcv.close"):
        session.push("ohlcv", bar(5, float("nan")))
    with pytest.raises(PlanningError, match=r"no stream `ETH`; there are ohlcv, ohlcv\.4h"):
        session.push("ETH", bar(5, 1.0))
    with pytest.raises(ValueError, match="needs a timestamp"):
        session.push("ohlcv", {"close": 1.0})
    assert session.counters == {"received": 6, "applied": 1, "duplicate": 1, "late": 3, "rejected": 1}
    session.restore_from(state)
    assert session.counters["received"] == 1


def test_what_was_said_to_have_passed_is_late() -> None:
    session = RULE.joined_session(timeframe="1h")
    session.push("ohlcv", bar(0, 1.0))
    assert session.waiting == 1
    assert session.advance(START + HOUR - 1, "ohlcv.4h") == []
    assert made(session.advance(START + HOUR, "ohlcv.4h")) == [(0, None)]
    with pytest.raises(OrderError):
        session.push("ohlcv.4h", bar(-3, 1.0))
    assert session.push("ohlcv.4h", bar(-2, 1.0)) == []


def test_a_preview_gives_the_row_and_leaves_no_trace() -> None:
    session = RULE.joined_session(timeframe="1h")
    session.run({"ohlcv": opens(*range(9)), "ohlcv.4h": opens(0, 4)})
    state = session.snapshot()
    forming = bar(9, 77.0)
    seen = session.preview("ohlcv", forming)
    assert session.snapshot() == state
    (row,) = session.push("ohlcv", forming)
    assert seen.value == row.value == 77.0 - 20.0
    with pytest.raises(OrderError):
        session.preview("ohlcv", bar(2, 1.0))


def test_a_preview_sees_the_longer_bar_that_the_forming_one_completes() -> None:
    session = RULE.joined_session(timeframe="1h", resample=ta.Calendar())
    for hour in range(8):
        seen = session.preview("ohlcv", bar(hour, float(hour)))
        (row,) = session.push("ohlcv", bar(hour, float(hour)))
        assert seen.values == row.values, hour
    assert row.value == 7.0 - (3.0 + 7.0) / 2


# Snapshots


def test_a_session_goes_on_from_its_bytes_wherever_they_are_taken() -> None:
    session = RULE.joined_session(timeframe="1h")
    session.run({"ohlcv": opens(*range(7)), "ohlcv.4h": opens(0)})
    session.push("ohlcv", bar(7, 3.0))
    assert session.waiting == 1
    copies = [copy.copy(session), copy.deepcopy(session), pickle.loads(pickle.dumps(session))]
    copies += [RULE.restore_joined(session.snapshot()), RULE.joined_session(timeframe="1h")]
    copies[-1].restore_from(session.snapshot())
    expected = made(session.push("ohlcv.4h", bar(4, 5.0)))
    assert expected == [(7 * HOUR, 3.0 - 2.5)]
    for one in copies:
        assert isinstance(one, JoinedSession)
        assert made(one.push("ohlcv.4h", bar(4, 5.0))) == expected
        assert one.snapshot() == session.snapshot()


def test_a_rule_beyond_the_safe_limits_can_be_moved_too() -> None:
    texts = {f"mean_{n}": f"sma(ohlcv.4h.close, {n})" for n in range(2, 4_300)}
    rules = ta.compile(texts, limits=ta.Limits(nodes=20_000, plan_nodes=20_000))
    session = rules.joined_session(timeframe="1h")
    assert pickle.loads(pickle.dumps(session)).snapshot() == session.snapshot()


def test_bytes_of_anything_else_are_refused_and_change_nothing() -> None:
    session = RULE.joined_session(timeframe="1h")
    session.push("ohlcv", bar(0, 1.0))
    state = session.snapshot()
    others = [
        b"",
        state[:-1],
        state[:40] + bytes([state[40] ^ 1]) + state[41:],
        RULE.joined_session(timeframe="2h").snapshot(),
        RULE.joined_session(timeframe="1h", alignment=("outer", "none")).snapshot(),
        ta.compile("close - sma(ohlcv.4h.close, 3)").joined_session(timeframe="1h").snapshot(),
        ta.compile("close").session().snapshot(),
    ]
    for wrong in others:
        with pytest.raises(SnapshotError):
            session.restore_from(wrong)
    assert session.snapshot() == state
    with pytest.raises(SnapshotError):
        ta.compile("close").restore(state)


# Tables


def test_tables_of_every_kind_give_the_same_rows(hours: OHLCV) -> None:
    arrays = table(hours, 200)
    rule = ta.compile("close > sma(ETH.close, 3)")
    stamps = arrays["timestamp"]
    expected = rule.run({"ohlcv": arrays, "ETH": arrays}, timeframe="1h")
    assert expected["timestamp"].tolist() == stamps.view("datetime64[ns]").tolist()
    naive = [datetime(1970, 1, 1) + timedelta(microseconds=int(stamp) // 1_000) for stamp in stamps]
    times = {
        "datetime64": stamps.view("datetime64[ns]"),
        "seconds": stamps.view("datetime64[ns]").astype("datetime64[s]"),
        "naive": naive,
        "aware": [stamp.replace(tzinfo=UTC) for stamp in naive],
        "text": [stamp.isoformat() for stamp in naive],
    }
    for kind, given in times.items():
        found = rule.run({"ohlcv": {**arrays, "timestamp": given}, "ETH": arrays}, timeframe="1h")
        for name, column in expected.items():
            assert found[name].tobytes() == column.tobytes(), kind


def test_candles_are_tables(hours: OHLCV) -> None:
    rule = ta.compile("close > ETH.close + BTC.close")
    objects = rule.run({"ohlcv": hours, "ETH": hours, "BTC": hours}, timeframe="1h")
    arrays = rule.run(dict.fromkeys(("ohlcv", "ETH", "BTC"), table(hours)), timeframe="1h")
    for name, column in arrays.items():
        assert objects[name].tobytes() == column.tobytes()


def test_what_data_lack_is_said_by_stream_and_field() -> None:
    own, longer = opens(0, 1), opens(0)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"ohlcv": own}, r"reads the stream 'ohlcv\.4h', which the data lacks"),
        ({"ohlcv": own, "ohlcv.4h": {"timestamp": [START], "open": [1.0]}}, r"the stream 'ohlcv\.4h' has no 'close'"),
        ({"ohlcv": own, "ohlcv.4h": {"close": [1.0]}}, r"the stream 'ohlcv\.4h' has no timestamp"),
        ({"ohlcv": own, "ohlcv.4h": longer, "ETH": own}, r"reads no stream 'ETH'; it reads ohlcv, ohlcv\.4h"),
    ]
    for data, words in wrong:
        with pytest.raises(MissingDataError, match=words):
            RULE.run(data, timeframe="1h")
    with pytest.raises(PlanningError, match="timeframe of its own bars"):
        RULE.run({"ohlcv": own, "ohlcv.4h": longer})
    with pytest.raises(ValueError, match="different lengths"):
        RULE.run({"ohlcv": {**own, "close": [1.0]}, "ohlcv.4h": longer}, timeframe="1h")
    with pytest.raises(OrderError):
        RULE.run({"ohlcv": opens(1, 0), "ohlcv.4h": longer}, timeframe="1h")


def test_a_run_is_refused_while_pushed_bars_wait() -> None:
    session = RULE.joined_session(timeframe="1h")
    session.push("ohlcv", bar(0, 1.0))
    with pytest.raises(OrderError, match="1"):
        session.run({"ohlcv": opens(1), "ohlcv.4h": opens(0)})
    session.advance(START + HOUR)
    assert len(session.run({"ohlcv": opens(1), "ohlcv.4h": opens()})["value"]) == 1


def test_months_are_tables_too() -> None:
    days = {"timestamp": np.arange("2024-01-01", "2024-05-01", dtype="datetime64[D]"), "close": np.arange(121.0)}
    months = {"timestamp": np.array(["2024-01-01", "2024-02-01", "2024-03-01"], "datetime64[D]"), "close": [1.0, 2, 3]}
    found = ta.compile("ohlcv.1mo.close + 0 * close").run({"ohlcv": days, "ohlcv.1mo": months}, timeframe="1d")
    known = np.nan_to_num(found["value"])
    changes = [str(days["timestamp"][row]) for row in range(1, 121) if known[row] != known[row - 1]]
    assert changes == ["2024-01-31", "2024-02-29", "2024-03-31"]
    assert known[-1] == 3.0


def test_trades_are_streams_of_their_own() -> None:
    rule = ta.compile("sma(trades.volume, 2) * close")
    trades = {"timestamp": START + np.arange(4) * HOUR, "volume": np.array([1.0, 3.0, 5.0, 7.0])}
    data = {"trades": trades, "ohlcv": opens(1, 2)}
    assert rule.run(data, timeframe="1h")["value"].tolist() == [2.0 * 10.0, 4.0 * 20.0]
    at_trades = rule.joined_session(timeframe="1h", clock="trades").run(data)["value"]
    assert np.isnan(at_trades[0]) and at_trades[1:].tolist() == [20.0, 80.0, 6.0 * 20.0]


def test_several_outputs_stand_side_by_side() -> None:
    rules = ta.compile({"own": "close", "mean": "sma(ohlcv.4h.close, 2)", "above": "close > ohlcv.4h.close"})
    found = rules.run({"ohlcv": opens(*range(10)), "ohlcv.4h": opens(0, 4)}, timeframe="1h")
    assert list(found) == ["timestamp", "own", "mean", "above"]
    assert found["own"].tolist() == [10.0 * hour for hour in range(10)]
    assert found["mean"][7:].tolist() == [20.0] * 3 and np.isnan(found["mean"][:7]).all()
    assert found["above"][3:].tolist() == [1.0] * 7


def test_tables_and_a_dataset_give_the_same(hours: OHLCV) -> None:
    rule = ta.compile("close - sma(ohlcv.1d.close, 5) + ohlcv.4h.high")
    data = Dataset()
    data.add_series("EURUSD", "1h", hours, source="ohlcv")
    for calendar in (ta.Calendar(), FOREX):
        series = rule.run(data, resample=calendar)["EURUSD", "1h", "default"]
        arrays = rule.run({"ohlcv": hours}, timeframe="1h", resample=calendar)
        assert arrays["value"].tobytes() == series.to_numpy().tobytes()
        assert np.isfinite(arrays["value"]).sum() > 5_000
    given = rule.run({"ohlcv": hours, "ohlcv.1d": table(hours, 0)}, timeframe="1h", resample=FOREX)
    assert np.isnan(given["value"]).all()


def test_what_has_no_streams_cannot_be_resampled(hours: OHLCV) -> None:
    rule = ta.compile("close > ohlcv.4h.close")
    series = hours.to_series("close")
    for data in (series, {"close": series}):
        with pytest.raises(ValueError, match="streams"):
            rule.run(data, timeframe="1h", resample=FOREX) if data is not series else rule.run(data, resample=FOREX)
    own = table(hours, 5)
    expected = rule.run({"ohlcv": own}, timeframe="1h", resample=FOREX)
    for result in (rule.run(own, timeframe="1h", resample=FOREX), rule.run(own, resample=FOREX)):
        assert result["value"].tobytes() == expected["value"].tobytes()


# How streams come together


def test_every_alignment_has_its_rows() -> None:
    rule = ta.compile("close + ETH.close")
    data = {"ohlcv": opens(0, 1, 3), "ETH": opens(0, 2, 3)}
    nan = None
    expected = {
        None: {0: 0.0, 1: 10.0, 3: 60.0},
        ("left", "ffill"): {0: 0.0, 1: 10.0, 3: 60.0},
        ("inner", "none"): {0: 0.0, 3: 60.0},
        ("outer", "ffill"): {0: 0.0, 1: 10.0, 2: 30.0, 3: 60.0},
        ("outer", "none"): {0: 0.0, 1: nan, 2: nan, 3: 60.0},
        ("left", "none"): {0: 0.0, 1: nan, 3: 60.0},
        ("right", "ffill"): {0: 0.0, 2: 30.0, 3: 60.0},
    }
    for policy, rows in expected.items():
        found = rule.joined_session(timeframe="1h", alignment=policy).run(data)
        times = [(int(t) - START) // HOUR for t in found["timestamp"].view(np.int64)]
        values = [None if np.isnan(x) else x for x in found["value"].tolist()]
        assert dict(zip(times, values, strict=True)) == rows, policy
    with pytest.raises(ValueError, match="inner, outer, left, right"):
        rule.joined_session(timeframe="1h", alignment=("middle", "none"))
    with pytest.raises(ValueError, match="none, ffill"):
        rule.joined_session(timeframe="1h", alignment=("left", "bfill"))


def test_a_clock_gives_the_rows_whatever_is_shorter() -> None:
    data = {"ohlcv": opens(*range(8)), "ohlcv.4h": opens(0, 4)}
    rule = ta.compile("close + ohlcv.4h.close")
    found = rule.joined_session(timeframe="1h", clock="ohlcv.4h").run(data)
    assert ((found["timestamp"].view(np.int64) - START) // HOUR).tolist() == [0, 4]
    assert found["value"].tolist() == [30.0 + 0.0, 70.0 + 40.0]
    with pytest.raises(PlanningError, match=r"no stream `ETH`; there are ohlcv, ohlcv\.4h"):
        rule.joined_session(timeframe="1h", clock="ETH")


def test_policies_for_missing_input_hold_in_every_stream() -> None:
    rule = ta.compile("close + ETH.close")
    own = {"timestamp": START + np.arange(3) * HOUR, "close": np.array([1.0, np.nan, 3.0])}
    data = {"ohlcv": own, "ETH": opens(0, 1, 2)}
    missing = rule.run(data, timeframe="1h")["value"]
    assert np.isnan(missing).tolist() == [False, True, False]
    assert rule.run(data, timeframe="1h", missing_input="hold_previous")["value"].tolist() == [1.0, 11.0, 23.0]
    with pytest.raises(MissingInputError):
        rule.run(data, timeframe="1h", missing_input="fail")


def test_a_timeframe_that_is_none_is_a_wrong_value() -> None:
    with pytest.raises(ValueError, match="'soon' is no timeframe"):
        RULE.joined_session(timeframe="soon")


def test_waiting_is_explained_in_rows() -> None:
    rule = ta.compile("close > sma(ohlcv.1d.close, 5)")
    assert rule.explain(timeframe="1h").warmup == 5 * 24 - 1
    assert rule.explain(timeframe="4h").warmup == 5 * 6 - 1
    assert "first value after 119 bars" in str(rule.explain(timeframe="1h"))
    # Without a length of the own bars nothing is said of rows.
    assert "ohlcv.1d.close" in str(rule.explain())
    with pytest.raises(PlanningError, match="timeframe of its own bars"):
        _ = rule.explain().warmup


# Calendars

CALENDARS = (
    ta.Calendar(),
    FOREX,
    ta.Calendar("UTC", "00:30", "wednesday"),
    ta.Calendar("Europe/London", "01:30"),
    ta.Calendar("America/New_York", "02:30"),
    ta.Calendar("Asia/Kolkata", "09:15", "saturday"),
)


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda one: f"{one.timezone} {one.session_start}")
@pytest.mark.parametrize("timeframe", ["4h", "1d", "1w", "1mo", "7h", "90m", "3d", "2w", "5mo"])
def test_bars_are_made_as_the_exact_reference_makes_them(hours: OHLCV, calendar: ta.Calendar, timeframe: str) -> None:
    own = table(hours)
    closes = own["timestamp"] + HOUR
    exact = resample(closes.tolist(), {name: getattr(hours, name + "s") for name in FIELDS}, timeframe, calendar)
    # A bar is complete once no more can come into it: before the next hour could close.
    ended = sum(close < closes[-1] + HOUR for close in exact.closes)
    name = f"ohlcv.{timeframe}"
    rule = ta.compile({field: f"{name}.{field}" for field in FIELDS})
    session = rule.joined_session(timeframe="1h", clock=name, resample=calendar, delivered=["ohlcv"])
    found = session.run({"ohlcv": own})
    # Stamps are the intervals' starts, also where clocks change or the end of a day cuts one off.
    assert found["timestamp"].view(np.int64).tolist() == list(exact.opens[:ended])
    for field in FIELDS:
        np.testing.assert_allclose(found[field], [float(x) for x in exact.columns[field][:ended]], rtol=1e-12)
    assert ended >= 2


def test_a_run_goes_on_where_an_interval_ended_between_two_bars() -> None:
    session = RULE.joined_session(timeframe="1h", resample=ta.Calendar("UTC", "00:30"))
    at_once = RULE.joined_session(timeframe="1h", resample=ta.Calendar("UTC", "00:30"))
    expected = at_once.run({"ohlcv": opens(*range(20))})["value"]
    found = [session.run({"ohlcv": opens(hour)})["value"][0] for hour in range(20)]
    assert np.array(found).tobytes() == expected.tobytes()
    assert session.snapshot() == at_once.snapshot()


def test_delivered_streams_are_not_made() -> None:
    rule = ta.compile("close - ohlcv.4h.close + ohlcv.1d.close")
    session = rule.joined_session(timeframe="1h", resample=FOREX, delivered=["ohlcv", "ohlcv.4h"])
    assert {name: of for name, _, _, of in session.streams} == {"ohlcv": None, "ohlcv.4h": None, "ohlcv.1d": "ohlcv"}
    with pytest.raises(PlanningError, match="no stream"):
        session.push("ohlcv.1d", bar(0, 1.0))
    with pytest.raises(MissingDataError, match=r"no stream 'ohlcv\.1d'; it reads ohlcv, ohlcv\.4h"):
        session.run(dict.fromkeys(("ohlcv", "ohlcv.4h", "ohlcv.1d"), opens(0)))
    with pytest.raises(PlanningError, match="no stream `ohlcv`; there are ETH"):
        rule.joined_session(timeframe="1h", resample=FOREX, delivered=["ETH"])
    with pytest.raises(PlanningError, match="no stream `a b`"):
        rule.joined_session(timeframe="1h", resample=FOREX, delivered=["a b"])
