"""What rules, sessions and results say of themselves: printed, in notebooks, as JSON; how far from ready they are."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import laakhay.ta as ta

TIME = datetime(2024, 1, 1, 12, 30, tzinfo=UTC)


def bars(count: int) -> list[dict[str, float]]:
    return [{"close": 100.0 + at % 7, "open": 99.0, "high": 110.0, "low": 90.0, "volume": 5.0} for at in range(count)]


class Reader(HTMLParser):
    """Reads markup; every element has to be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.cells.append(data)


def shown(thing: Any) -> list[str]:
    reader = Reader()
    reader.feed(thing._repr_html_())
    reader.close()
    assert reader.open == []
    return reader.cells


# Results


def test_a_result_gives_each_value_by_its_name() -> None:
    session = ta.compile({"mean": "sma(close, 2)", "up": "close > open"}).session()
    first, second = (session.step(bar) for bar in bars(2))
    assert (first["mean"], first["up"]) == (None, True)
    assert (second["mean"], second["up"]) == (100.5, True)
    with pytest.raises(KeyError) as caught:
        second["down"]
    assert caught.value.args == ('there is no output "down"; there are: mean, up',)
    with pytest.raises(TypeError):
        second[0]  # type: ignore[index]
    assert ta.compile("close").session().step({"close": 3})["value"] == 3.0


TIMES = {
    "datetime": TIME,
    "text": "2024-01-01T12:30:00Z",
    "numpy": np.datetime64("2024-01-01T12:30"),
    "pandas": pd.Timestamp("2024-01-01T12:30", tz="UTC"),
    "elsewhere": pd.Timestamp("2024-01-01T13:30", tz="Europe/Berlin"),
    "seconds": 1_704_112_200,
}


@pytest.mark.parametrize("kind", TIMES)
def test_a_result_as_a_dictionary_is_json_with_its_time_in_iso_form(kind: str) -> None:
    session = ta.compile({"mean": "sma(close, 2)", "up": "close > open"}).session(unit="s")
    said = session.step({"timestamp": TIMES[kind], "close": 1.0, "open": None}).to_dict()
    assert json.loads(json.dumps(said, allow_nan=False)) == {
        "event_time": "2024-01-01T12:30:00Z",
        "values": {"mean": None, "up": None},
        "availability": "missing_input",
        "availabilities": {"mean": "warming_up", "up": "missing_input"},
        "reason": "open is missing",
        "revision": 0,
        "is_final": True,
    }


def test_a_result_without_a_time_says_none_and_a_forming_one_says_so() -> None:
    session = ta.compile("close > 1").session()
    assert session.step({"close": 2.0}).to_dict()["event_time"] is None
    forming = session.preview({"close": 0.5})
    assert forming.to_dict()["is_final"] is False and forming.to_dict()["values"] == {"value": False}
    assert repr(forming) == "StepOutput(values={'value': False}, availability='ready', is_final=False)"


def test_a_row_over_streams_has_the_time_of_its_stamp() -> None:
    session = ta.compile("close > ohlcv.4h.close").joined_session(timeframe="1h")
    session.push("ohlcv.4h", {"timestamp": "2024-01-02T00:00Z", "close": 10.0})
    (row,) = session.push("ohlcv", {"timestamp": "2024-01-02T03:00Z", "close": 11.0})
    assert row.to_dict()["event_time"] == "2024-01-02T03:00:00Z"
    assert "event_time=2024-01-02T03:00:00Z" in repr(row)
    tried = session.preview("ohlcv", {"timestamp": "2024-01-02T04:00Z", "close": 9.0})
    assert tried.to_dict()["event_time"] == "2024-01-02T04:00:00Z" and tried.to_dict()["is_final"] is False


def test_a_result_prints_its_reason_and_time() -> None:
    session = ta.compile("close / open").session()
    assert repr(session.step({"timestamp": TIME, "close": 1.0, "open": 0.0})) == (
        "StepOutput(values={'value': None}, availability='missing_input', "
        'reason="undefined: (close / open)", event_time=2024-01-01T12:30:00Z)'
    )


# Notebooks


def test_a_result_is_shown_as_a_table_of_its_outputs() -> None:
    session = ta.compile({"mean": "sma(close, 2)", "up": "close > open"}).session()
    cells = shown(session.step({"timestamp": TIME, "close": 1.0, "open": 0.5}))
    assert cells[0] == "2024-01-01T12:30:00Z"
    assert cells[1:] == ["output", "value", "availability", "mean", "warming_up", "up", "True", "ready"]


def test_what_people_hold_is_shown_and_what_it_holds_is_escaped() -> None:
    rule = ta.compile("close > 1 and sma(close, 2) < 5")
    assert "sma(close, 2) < 5" in "".join(shown(rule)) and "sma(period=2)" in "".join(shown(rule.explain()))
    session = rule.session().warm({"close": [1.0, 2.0, 3.0]})
    assert {"Session", "3", "True", "close", "value"} <= {*shown(session)}
    universe = rule.universe([f"<b>{at}" for at in range(12)])
    assert "12: <b>0, <b>1," in "".join(shown(universe)) and "<b>11" not in "".join(shown(universe))
    joined = ta.compile("close > ohlcv.4h.close").joined_session(timeframe="1h")
    assert {"ohlcv", "ohlcv.4h", "1h", "4h"} <= {*shown(joined)}
    assert "every schedule gives the same bits" in "".join(shown(rule.verify({"close": np.arange(9.0)})))


# Printed


def test_sessions_and_universes_say_what_they_are_and_how_far_they_have_come() -> None:
    session = ta.compile("sma(close, 2) > open").session()
    session.step({"close": 1.0, "open": 1.0})
    assert repr(session) == "<Session after 1 bars, not ready: value>"
    session.step({"close": 1.0, "open": 1.0})
    assert repr(session) == "<Session after 2 bars, ready: value>"
    joined = ta.compile("close > ohlcv.4h.close").joined_session(timeframe="1h")
    joined.push("ohlcv", {"timestamp": "2024-01-02T03:00Z", "close": 11.0})
    assert repr(joined) == "<JoinedSession of ohlcv, ohlcv.4h after 0 rows, not ready, 1 bars waiting: value>"


def test_a_report_says_in_one_line_whether_all_is_well() -> None:
    report = ta.compile("sma(close, 2)").verify({"close": np.arange(9.0)})
    assert repr(report).startswith("<ParityReport ok: 9 bars, ") and repr(report).endswith("ready values: 8 of value>")
    assert repr(ta.compile("sma(close, 20)").verify({"close": np.arange(9.0)})).startswith(
        "<ParityReport not ok: 9 bars"
    )


@pytest.mark.parametrize(
    "text",
    [
        "(sma(close, 20) > 5)",
        "{entry: (close > open), stop: (close - 2 * atr(14))}",
        "bbands(close, 20)",
        "(ohlcv.4h.close > ETH.close)",
    ],
)
def test_a_rule_as_text_compiles_to_the_same_rule(text: str) -> None:
    rule = ta.compile(text)
    assert ta.compile(repr(rule)) == rule
    assert str(rule) == repr(rule)


# How far from ready


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("close", 1),
        ("sma(close, 20)", 20),
        ("sma(close, 20) > ema(close, 50) and rsi(close, 14) < 30", 20),
        ("stochastic(5, 3)", 7),
        ("sma(close, 5)[3]", 8),
        ("{a: sma(close, 3), b: atr(4)}", 4),
        ("close.filter(close > 1000)", 1),
    ],
)
def test_bars_that_are_needed_are_those_until_the_first_value(text: str, needed: int) -> None:
    rule = ta.compile(text)
    assert rule.explain().bars_needed == rule.explain().warmup + 1 == needed
    session = rule.session()
    for left, bar in zip(range(needed, 0, -1), bars(needed), strict=True):
        assert (session.ready, session.bars_to_ready) == (False, left)
        session.step(bar)
    assert (session.ready, session.bars_to_ready) == (True, 0)


def test_a_bar_without_its_input_brings_nothing_nearer_and_a_run_counts_as_its_bars() -> None:
    session = ta.compile("sma(close, 4)").session()
    session.run({"close": [1.0, float("nan"), 2.0]})
    assert (session.ready, session.bars_to_ready) == (False, 2)
    back = ta.compile("sma(close, 4)").restore(session.snapshot())
    assert (back.ready, back.bars_to_ready) == (False, 2)
    before = session.snapshot()
    session.run({"close": [3.0, 4.0]})
    assert session.ready
    session.step({"close": None})
    assert (session.ready, session.bars_to_ready) == (False, 1)
    session.restore_from(before)
    assert session.bars_to_ready == 2 and session.snapshot() == before


def test_where_the_data_decides_there_is_no_number_of_bars() -> None:
    session = ta.compile("barssince(close > 1000)").session()
    assert (session.ready, session.bars_to_ready) == (False, None)
    session.step({"close": 2000.0})
    assert (session.ready, session.bars_to_ready) == (True, 0)


def test_a_rule_with_durations_counts_bars_of_its_timeframe() -> None:
    session = ta.compile("close.3h_ago").session(timeframe="30m")
    assert ta.compile("close.3h_ago").explain("30m").bars_needed == session.bars_to_ready == 7
    session.step({"timestamp": TIME, "close": 1.0})
    assert session.bars_to_ready == 6 and session.last_time_ns == 1_704_112_200_000_000_000


CORPUS = Path(__file__).parents[2] / "rust" / "crates" / "ta-engine" / "tests" / "corpus" / "accepted.snap"


def accepted_texts() -> list[str]:
    """Give the texts of the engine's corpus that are rules; their lines begin with `> `, or with blanks after one."""
    return re.findall(r"^> (.*(?:\n    .*)*)", CORPUS.read_text(encoding="utf8"), flags=re.MULTILINE)


def test_every_rule_that_the_engine_is_known_to_accept_is_written_so_that_it_compiles_to_itself() -> None:
    compared = 0
    for text in accepted_texts():
        try:
            rule = ta.compile(text)
        except (ta.exceptions.StrategyError, ta.exceptions.PlanningError):
            continue  # Needs parameters, or more memory than a plan may.
        assert ta.compile(str(rule)) == rule, text
        compared += 1
    assert compared > 400


@pytest.mark.parametrize(
    "text",
    [
        "(-close) ** 2",
        "-(close ** 2)",
        "(not (close > 1)) == (open > 2)",
        "(-close).filter(close > 1)",
        "(-close)[1]",
        "(-close).change_1",
        "close - -5",
        "(-5) ** close",
        "ohlcv.filter(close > 12).sum(volume)",
        "trades.filter(amount > 5).sum(amount)",
    ],
)
def test_prefixes_and_fields_of_aggregates_stay_where_they_were(text: str) -> None:
    rule = ta.compile(text)
    assert ta.compile(str(rule)) == rule


def test_a_session_over_streams_is_ready_where_its_last_row_was() -> None:
    session = ta.compile("sma(close, 2) > ohlcv.4h.close").joined_session(timeframe="1h")
    assert not session.ready
    session.push("ohlcv.4h", {"timestamp": "2024-01-02T00:00Z", "close": 10.0})
    session.push("ohlcv", {"timestamp": "2024-01-02T03:00Z", "close": 11.0})
    assert session.position == 1 and not session.ready
    session.push("ohlcv", {"timestamp": "2024-01-02T04:00Z", "close": 11.0})
    assert session.ready and session.copy().ready
    session.push("ohlcv", {"timestamp": "2024-01-02T05:00Z", "close": None})
    assert session.position == 3 and not session.ready
    times = np.arange("2024-01-03T00", "2024-01-03T08", dtype="datetime64[h]")
    closes = {"timestamp": times[:1], "close": np.array([3.0])}
    session.run({"ohlcv": {"timestamp": times, "close": np.arange(8.0)}, "ohlcv.4h": closes})
    assert session.ready


def test_a_session_over_streams_says_how_many_rows_it_still_needs() -> None:
    session = ta.compile("close > sma(ohlcv.4h.close, 2)").joined_session(timeframe="1h")
    assert (session.ready, session.bars_to_ready) == (False, 8)
    for hour in range(8):
        time = f"2024-01-01T{hour:02}:00Z"
        session.push("ohlcv", {"timestamp": time, "close": 1.0})
        if hour % 4 == 0:
            session.push("ohlcv.4h", {"timestamp": time, "close": 2.0})
        before = session.snapshot()
        assert session.bars_to_ready == 8 - session.position and session.snapshot() == before
    assert (session.ready, session.bars_to_ready, session.position) == (True, 0, 8)
    daily = ta.compile("sma(ohlcv.1d.close, 3)")
    made = daily.joined_session(timeframe="1h", clock="ohlcv", resample=ta.Calendar())
    assert made.bars_to_ready == 72
    assert ta.compile("barssince(close > ETH.close)").joined_session(timeframe="1h").bars_to_ready is None
