"""`on(STREAM, EXPR)`, `fresh(STREAM)` and what may be left away, as a caller in Python meets them."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import MissingDataError, PlanningError, StrategyError
from laakhay.ta.expr.runtime import preview, validate

HOUR = 3_600_000_000_000
START = 473_352 * HOUR  # A midnight of 2024.


def bars(hours: int, seed: int = 3) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    close = 100 + np.cumsum(random.normal(0, 1, hours))
    spread = random.uniform(0.1, 1.0, hours)
    return {
        "timestamp": START + HOUR * np.arange(hours),
        "open": close - 0.1,
        "high": close + spread,
        "low": close - spread,
        "close": close,
        "volume": random.uniform(1, 9, hours),
    }


def of_four_hours(hours: dict[str, Any]) -> dict[str, Any]:
    """The same bars, four in one, put together by hand."""
    rows = {name: values.reshape(-1, 4) for name, values in hours.items()}
    return {
        "timestamp": rows["timestamp"][:, 0],
        "open": rows["open"][:, 0],
        "high": rows["high"].max(axis=1),
        "low": rows["low"].min(axis=1),
        "close": rows["close"][:, -1],
        "volume": rows["volume"].sum(axis=1),
    }


def run(text: str, data: Any, **options: Any) -> np.ndarray:
    return ta.compile(text).run(data, timeframe="1h", **options)["value"]


def test_a_rule_on_longer_bars_is_that_rule_on_those_bars_seen_from_their_close() -> None:
    hours = bars(400)
    long = ta.compile("atr(5)").run(of_four_hours(hours))["value"]
    seen = np.repeat(np.concatenate([[np.nan], long]), 4)[1 : len(hours["close"]) + 1]
    given = run("on(4h, atr(5)) + 0 * close", {"ohlcv": hours, "ohlcv.4h": of_four_hours(hours)})
    made = run("on(4h, atr(5)) + 0 * close", {"ohlcv": hours}, resample=ta.Calendar())
    np.testing.assert_array_equal(given, seen)
    np.testing.assert_array_equal(made, seen)
    times = run("on(4x, atr(5)) + 0 * close", {"ohlcv": hours}, resample=ta.Calendar())
    np.testing.assert_array_equal(times, seen)


def test_live_it_is_what_it_was_in_batch() -> None:
    hours, rule = bars(60), ta.compile("{a: on(4h, close > open) and close > open, b: fresh(4h)}")
    options = {"timeframe": "1h", "resample": ta.Calendar()}
    batch = rule.run({"ohlcv": hours}, **options)
    session = rule.joined_session(**options, delivered=["ohlcv"])
    rows = []
    for row in range(60):
        rows += session.push("ohlcv", {name: values[row] for name, values in hours.items()})
    for name in ("a", "b"):
        live = [np.nan if row[name] is None else float(row[name]) for row in rows]
        np.testing.assert_array_equal(live, batch[name][: len(live)])
    assert np.flatnonzero(batch["b"] == 1).tolist() == list(range(3, 60, 4))


def test_an_event_of_longer_bars_fires_once_where_it_is_fresh() -> None:
    hours = bars(400, seed=8)
    crossing = "on(4h, crossup(close, sma(close, 5)))"
    often = run(f"{crossing} and close > 0", {"ohlcv": hours}, resample=ta.Calendar())
    once = run(f"fresh(4h) and {crossing} and close > 0", {"ohlcv": hours}, resample=ta.Calendar())
    assert np.nansum(often) == pytest.approx(4 * np.nansum(once), abs=3) and np.nansum(once) > 5


def test_verification_takes_it_in_every_schedule() -> None:
    hours = bars(200)
    for text in ("on(4h, atr(5)) > atr(5)", "fresh(4h) and close > on(1d, close)", "on(4x, rsi(5)) - rsi(5)"):
        report = ta.compile(text).verify({"ohlcv": hours}, timeframe="1h", resample=ta.Calendar())
        assert report.ok, report
    for text in ("fresh(1x)", "on(1x, atr(3)) > 1", "1 + 1", "{a: 1 + 1, b: close}", "{a: true}"):
        report = ta.compile(text).verify(hours, timeframe="1h")
        assert report.ok, (text, report)


def test_the_own_timeframe_is_the_rule_itself_in_one_table_too() -> None:
    hours = bars(50)
    same = ta.compile("on(1h, sma(close, 3)) - sma(close, 3)")
    assert np.nanmax(np.abs(same.run(hours, timeframe="1h")["value"])) == 0
    assert same.verify(hours, timeframe="1h").ok


def test_shorter_streams_are_refused_with_the_reason() -> None:
    rule = ta.compile("on(15m, close) > close")
    for one in (rule, pickle.loads(pickle.dumps(rule)), rule & rule):
        with pytest.raises(PlanningError, match="no shorter than the rule's own, which are of 1h"):
            one.joined_session(timeframe="1h")


def test_a_rule_in_python_goes_on_a_stream_as_its_text_does() -> None:
    text = "atr(5) > sma(close, 3) and crossup(close, open)"
    rule = ta.compile(text)
    for stream in ("4h", "BTC", "ETH.BTC.1h", "4x", "trades"):
        try:
            written = ta.compile(f"on({stream}, {text})")
        except StrategyError:
            continue
        assert rule.on(stream).fingerprint == written.fingerprint, stream
    both = ta.compile("{a: close, b: on(4h, close)}").on("BTC")
    assert both.fingerprint == ta.compile("{a: BTC.close, b: BTC.4h.close}").fingerprint
    assert rule.on("BTC").on("4h").fingerprint == ta.compile(f"on(4h, on(BTC, {text}))").fingerprint
    with pytest.raises(StrategyError, match="a stream is a timeframe"):
        rule.on("close")


@pytest.mark.parametrize(
    "text",
    [
        "on(4h, supertrend(10, 3)).direction > 0",
        "on(BTC, fresh(4h))",
        "on(4h, amount)",
        "on(4x, rsi(14)) < 30",
        "fresh(trades)",
    ],
)
def test_what_a_rule_shows_compiles_to_it_and_it_is_a_value(text: str) -> None:
    rule = ta.compile(text)
    assert ta.compile(str(rule)).fingerprint == rule.fingerprint
    for other in (pickle.loads(pickle.dumps(rule)), copy.deepcopy(rule)):
        assert other.fingerprint == rule.fingerprint and str(other) == str(rule)


def test_parameters_say_streams_words_and_fields() -> None:
    assert (
        ta.compile("on({tf}, max({src}, 20)) > ohlcv.{tf}.close", tf="4h", src="high").fingerprint
        == ta.compile("max(ohlcv.4h.high, 20) > ohlcv.4h.close").fingerprint
    )
    with pytest.raises(StrategyError) as refused:
        ta.compile("sma(close, {period})", perid=3)
    assert len(refused.value.diagnostics) == 1


def test_columns_of_ones_own_are_read_as_a_stream_and_in_one_table() -> None:
    sources = {"signal": ["score", "on: bool"]}
    rule = ta.compile("signal.on and signal.score > 1 and close > 0", sources=sources)
    hours = bars(6)
    score, on = np.array([0.0, 2, 3, 0, 2, 3]), np.array([1.0, 1, 0, 1, 1, 1])
    table = hours | {"signal.score": score, "signal.on": on}
    assert rule.run(table)["value"].tolist() == [0, 1, 0, 0, 1, 1]
    streams = {"ohlcv": hours, "signal": {"timestamp": hours["timestamp"], "score": score, "on": on}}
    assert rule.run(streams, timeframe="1h")["value"].tolist() == [0, 1, 0, 0, 1, 1]
    assert rule.verify(table).ok and rule.verify(streams, timeframe="1h").ok
    session = rule.session()
    assert session.step({"close": 1.0, "signal.score": 2.0, "signal.on": 1.0}).value is True
    assert pickle.loads(pickle.dumps(rule)).fingerprint == rule.fingerprint
    assert (~rule).run(table)["value"].tolist() == [1, 0, 1, 1, 0, 0]
    with pytest.raises(MissingDataError, match="signal.on"):
        rule.run(hours)
    with pytest.raises(StrategyError, match="has no column 'scor'"):
        ta.compile("signal.scor > 1", sources=sources)
    with pytest.raises(StrategyError, match="cannot be called 'close'"):
        ta.compile("close > 1", sources={"close": ["x"]})


def test_the_functions_that_every_text_has_can_be_left_away() -> None:
    rule = ta.compile("rising(close, 2) or within(close > 3, 2)")
    assert rule.run({"close": [1.0, 2.0, 3.0, 4.0, 1.0]})["value"][2:].tolist() == [1, 1, 1]
    with pytest.raises(StrategyError, match="'rising' not found"):
        ta.compile("rising(close, 2)", prelude=False)


def test_what_looks_around_a_rule_knows_the_words() -> None:
    hours = bars(40)
    rows = [{name: values[row] for name, values in hours.items()} for row in range(40)]
    for text in ("fresh(1x) and close > open", "crossup(if_else(fresh(1x), close, open), open)"):
        assert validate(text).valid
        assert preview(
            text,
            symbol="A",
            timeframe="1h",
            bars=[row | {"timestamp": str(np.datetime64(int(row["timestamp"]), "ns")) + "Z"} for row in rows],
        )
