"""What a session does with what a feed sends: forming bars, corrections, late bars, trades, gaps."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import DataError, MissingDataError, OrderError, SnapshotError

START = datetime(2024, 1, 1, tzinfo=UTC)


def bar(hour: float, close: float | None, **more: Any) -> dict[str, Any]:
    return {"timestamp": START + timedelta(hours=hour), "close": close, **more}


def said(rows: Any) -> list[tuple[float, Any, int, bool]]:
    """Give of each row its hour, its value, its revision and whether it is final."""
    rows = [] if rows is None else rows if isinstance(rows, list) else [rows]
    return [((out.event_time - START) / timedelta(hours=1), out.value, out.revision, out.is_final) for out in rows]


def test_a_revised_bar_gives_what_it_changes_and_equals_the_corrected_history() -> None:
    rule = ta.compile("ema(close, 3)")
    session = rule.session(timeframe="1h", revisions=10)
    closes = [10.0, 11.0, 12.0, 13.0]
    for hour, close in enumerate(closes):
        assert session.step(bar(hour, close)).revision == 0
    rows = session.revise(bar(1, 20.0))
    assert [out.revision for out in rows] == [1, 1, 1]
    closes[1] = 20.0
    times = [START + timedelta(hours=hour) for hour in range(4)]
    fresh = rule.session(timeframe="1h", revisions=10)
    expected = fresh.run(
        {"timestamp": np.array([t.replace(tzinfo=None) for t in times], "datetime64[ns]"), "close": closes}
    )
    assert [out.value for out in rows] == list(expected["value"][1:])
    assert session.step(bar(4, 1.0)).value == fresh.step(bar(4, 1.0)).value
    assert session.revise(bar(1, 20.0)) == []
    assert session.records[-1][1:3] == ("revise", "duplicate")


def test_a_bar_behind_what_is_kept_is_refused_and_the_whole_history_rebuilds() -> None:
    session = ta.compile("sma(close, 2)").session(revisions=2)
    for hour in range(6):
        session.step(bar(hour, float(hour)))
    with pytest.raises(OrderError, match="2 bars can be revised, from 2024-01-01T04:00:00Z on; give the whole history"):
        session.revise(bar(1, 9.0))
    with pytest.raises(OrderError, match="there is no bar of 2024-01-02T00:00:00Z"):
        session.revise(bar(24, 9.0))
    stamps = np.array([f"2024-01-01T0{hour}" for hour in range(6)], "datetime64[ns]")
    rows = session.rebuild({"timestamp": stamps, "close": [0.0, 1.0, 2.0, 3.0, 4.0, 50.0]})
    assert said(rows) == [(5.0, 27.0, 1, True)]


def test_late_and_corrected_bars_do_what_the_session_was_told() -> None:
    rule = ta.compile("close - close[1]")
    late = rule.session(late="rebuild", corrected="revise", revisions=5)
    for hour in (0, 2, 3):
        late.step(bar(hour, float(hour)))
    assert said(late.step(bar(1, 10.0))) == [(1.0, 10.0, 0, True)]
    assert said(late.step(bar(3, 5.0))) == [(3.0, 3.0, 1, True)]
    aside = rule.session(late="side_output")
    aside.step(bar(1, 1.0))
    assert aside.step(bar(0, 1.0)) is None
    assert aside.records[-1][2:] == ("late", "behind 2024-01-01T01:00:00Z")
    assert aside.counters == {"received": 2, "applied": 1, "duplicate": 0, "late": 1, "rejected": 0}
    for options in ({"late": "rebuild"}, {"corrected": "revise"}):
        with pytest.raises(ValueError, match="needs bars to go back to: say how many with `revisions`"):
            rule.session(**options)
    with pytest.raises(ValueError, match="late: `later` is not one of error, side_output, rebuild"):
        rule.session(late="later")


def test_a_feed_without_flags_is_followed_and_a_changed_row_is_not_seen() -> None:
    session = ta.compile("close").session(closed="next_open", stamps="open", timeframe="1h", unit="ms")
    row = [1704067200000, 1.0, 1.0, 1.0, 10.0, 5.0]
    row[4] = 11.0
    session.follow(row)
    row[4] = 99.0
    (final, forming) = session.follow([1704070800000, 1.0, 1.0, 1.0, 12.0, 5.0])
    assert (final.value, final.is_final) == (11.0, True)
    assert (forming.value, forming.is_final) == (12.0, False)
    assert session.heartbeat(1704070800000) == []
    (last,) = session.heartbeat(1704074400000)
    assert (last.value, last.is_final) == (12.0, True)


def test_a_feed_with_flags_has_to_have_them() -> None:
    session = ta.compile("close").session(closed="flag")
    assert said(session.follow(bar(0, 1.0, is_closed=False))) == [(0.0, 1.0, 0, False)]
    assert said(session.follow(bar(0, 2.0, is_closed=True))) == [(0.0, 2.0, 0, True)]
    with pytest.raises(DataError, match="does not say whether its bar has closed"):
        session.follow(bar(1, 3.0))
    assert said(session.follow(bar(1, 3.0), closed="each")) == [(1.0, 3.0, 0, True)]
    with pytest.raises(ValueError, match="is not closed"):
        session.follow(bar(2, 3.0, is_closed=False), closed="each")
    with pytest.raises(ValueError, match="needs a timestamp"):
        session.follow({"close": 1.0})


def test_trades_make_bars() -> None:
    session = ta.compile("open + high + low + close + volume").session(timeframe="1m")
    start = 1704067200_000_000_000
    first = session.trade(start, 10.0, 2.0)
    assert (first.value, first.is_final) == (42.0, False)
    assert session.trade(start + 59_999_999_999, 12.0, 0.0).value == 10 + 12 + 10 + 12 + 2
    closed = session.trade(start + 60_000_000_000, 5.0, 1.0)
    assert (closed.value, closed.is_final) == (46.0, True)
    assert closed.event_time == START + timedelta(minutes=1)
    with pytest.raises(OrderError):
        session.trade(start + 1, 1.0, 1.0)
    with pytest.raises(DataError, match="a trade of -1"):
        session.trade(start + 61_000_000_000, 1.0, -1.0)
    with pytest.raises(ValueError, match="trades are made into bars of the session's timeframe"):
        ta.compile("close").session().trade(start, 1.0, 1.0)


def test_gaps_mark_results_until_somebody_knows_of_them() -> None:
    session = ta.compile("close").session(timeframe="1h", revisions=3)
    session.step(bar(0, 1.0))
    out = session.step(bar(3, 1.0))
    assert out.is_degraded and session.is_degraded and out.to_dict()["is_degraded"] is True
    assert "is_degraded=True" in repr(out)
    ((after, until, missing),) = session.gaps
    assert (after, until, missing) == (START, START + timedelta(hours=3), 2)
    assert session.acknowledge(START) == []
    assert not session.step(bar(4, 1.0)).is_degraded
    assert session.follow(bar(5, 1.0), sequence=(0, 7))[0].is_degraded is False
    assert session.follow(bar(6, 1.0), sequence=(0, 9))[0].is_degraded is True
    assert session.follow(bar(6, 1.0), sequence=(0, 9)) == []
    assert [record[2] for record in session.records] == ["gap", "skipped", "duplicate"]


def test_only_what_is_asked_for_is_given() -> None:
    session = ta.compile("close > 5").session(emit="true")
    assert [session.step(bar(hour, close)) is None for hour, close in enumerate([1.0, 6.0, 7.0, 2.0])] == [
        True,
        False,
        False,
        True,
    ]
    changes = ta.compile("close > 5").session(emit="changes")
    given = [changes.step(bar(hour, close)) for hour, close in enumerate([1.0, 6.0, 7.0, 2.0])]
    assert [None if out is None else out.value for out in given] == [False, True, None, False]
    with pytest.raises(ValueError, match="no output of the rule is true or false: value"):
        ta.compile("close").session(emit="true")


def test_events_wait_for_older_ones() -> None:
    session = ta.compile("close").session(reorder="2h")
    assert session.step(bar(1, 1.0)) is None
    assert session.step(bar(0, 0.0)) is None
    assert session.counters["buffered"] == 2
    assert said(session.follow(bar(3, 3.0))) == [(0.0, 0.0, 0, True), (1.0, 1.0, 0, True)]
    assert said(session.flush()) == [(3.0, 3.0, 0, True)]
    counters = session.counters
    assert counters.pop("received") == sum(counters.values()) == 3
    with pytest.raises(ValueError, match="reorder"):
        ta.compile("close").session(reorder=timedelta(seconds=-1))


def test_a_split_divides_prices_and_multiplies_volumes() -> None:
    session = ta.compile("sma(close * volume, 2) + sma(close, 2)").session(revisions=5)
    session.step(bar(0, 40.0, volume=1.0))
    session.step(bar(1, 80.0, volume=2.0))
    assert session.reset(START + timedelta(hours=1), 4.0) == []
    assert session.step(bar(2, 20.0, volume=1.0)).value == (20.0 * 8 + 20.0) / 2 + 20.0
    with pytest.raises(ValueError, match="a reset by 0 is refused: it is no finite number above zero"):
        session.reset(START, 0.0)


def test_bars_that_cannot_be_are_refused_where_that_is_asked_for() -> None:
    session = ta.compile("high - low").session(bars="reject")
    with pytest.raises(DataError, match="its high 1 is below its low 2"):
        session.step({"timestamp": START, "high": 1.0, "low": 2.0})
    assert session.counters["rejected"] == 1
    assert ta.compile("high - low").session().step({"timestamp": START, "high": 1.0, "low": 2.0}).value == -1.0


@pytest.mark.parametrize("again", [copy.copy, lambda session: pickle.loads(pickle.dumps(session))])
def test_a_live_session_copies_and_pickles_with_all_that_it_keeps(again: Any) -> None:
    rule = ta.compile("ema(close, 3)")
    session = rule.session(timeframe="1h", revisions=4, closed="next_open", late="rebuild")
    for hour in range(5):
        session.follow(bar(hour, float(hour)))
    second = again(session)
    assert second.snapshot() == session.snapshot()
    assert second.counters == session.counters
    for one in (session, second):
        one.revise(bar(2, 9.0))
    assert said(second.heartbeat(START + timedelta(hours=4))) == said(session.heartbeat(START + timedelta(hours=4)))
    assert second.snapshot() == session.snapshot()
    with pytest.raises(SnapshotError):
        ta.compile("ema(close, 4)").restore(session.snapshot())


def test_many_bars_at_once_can_be_revised_and_need_times() -> None:
    rule = ta.compile("sma(close, 3)")
    session = rule.session(revisions=3)
    with pytest.raises(OrderError, match="need times"):
        session.run({"close": [1.0, 2.0]})
    stamps = np.array([f"2024-01-01T{hour:02}" for hour in range(20)], "datetime64[ns]")
    session.warm({"timestamp": stamps, "close": np.arange(20.0)})
    assert said(session.revise(bar(18, 0.0))) == [(18.0, 11.0, 1, True), (19.0, 12.0, 1, True)]


def test_why_a_rule_did_not_fire_is_told_live_and_afterwards() -> None:
    rule = ta.compile("close > sma(close, 2) and close > 5")
    session = rule.session()
    assert session.why() is None
    stamps = np.array(["2024-01-01T00", "2024-01-01T01"], "datetime64[ns]")
    for hour, close in enumerate([1.0, 4.0]):
        session.step(bar(hour, close))
    told = session.why()
    assert told is not None
    assert told.short == {"value": ("close > 5 (4 against 5)",)}
    assert told.time == START + timedelta(hours=1)
    assert [part.text for part in told.outputs["value"]][1:3] == ["(close > sma(close, 2))", "close"]
    data = {"timestamp": stamps, "close": [1.0, 4.0]}
    assert rule.why(data) == rule.why(data, at=1) == rule.why(data, at="2024-01-01T01:00Z") == told
    first = rule.why(data, at=0)
    assert first.outputs["value"].availability == "warming_up" and first.outputs["value"].value is None
    for at in (2, "2024-01-01T02:00Z"):
        with pytest.raises(MissingDataError, match="there is no bar"):
            rule.why(data, at=at)
    with pytest.raises(ValueError, match="of one stream"):
        ta.compile("close > ohlcv.1d.close").why({"ohlcv": data, "ohlcv.1d": data}, timeframe="1h")


def test_a_changed_rule_takes_over_what_it_still_has() -> None:
    session = ta.compile("sma(close, 2) > ema(close, 5)").session()
    for hour in range(4):
        session.step(bar(hour, float(hour)))
    changed = ta.compile("sma(close, 2) > ema(close, 6) + open")
    with pytest.raises(SnapshotError, match=r"would be dropped: ema\(5\); say so with allow_dropped"):
        changed.adopt(session.snapshot())
    adopted = changed.adopt(session.snapshot(), allow_dropped=True)
    assert adopted.adoption is not None
    assert adopted.adoption.kept == ["sma(close, 2)"] and adopted.adoption.added_fields == ["open"]
    assert (adopted.position, adopted.counters) == (4, session.counters)
    assert session.adoption is None


def test_a_preview_of_a_universe_changes_nothing() -> None:
    universe = ta.compile("ema(close, 3)").universe(["A", "B"])
    universe.step(close=[1.0, 2.0])
    before = universe.snapshot()
    seen = universe.preview(close=[5.0, 6.0])
    assert universe.snapshot() == before and universe.position == 1
    assert list(universe.step(close=[5.0, 6.0])) == list(seen)
