"""What `verify` says is true: a check that was not made is no proof, and long work can be given up."""

from __future__ import annotations

import os
import signal
import threading
import time

import numpy as np
import pandas as pd
import polars as pl
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import MissingDataError, StrategyError

WALK = 100.0 + np.random.default_rng(5).normal(0, 1, 400).cumsum()
HOUR = 3_600_000_000_000


def test_no_ready_value_proves_nothing():
    report = ta.compile("sma(close, 500)").verify({"close": WALK})
    assert not report.ok and report.ready == {"value": 0}
    assert "nothing is proven: value had no ready value in 400 bars" in str(report)
    both = ta.compile({"slow": "sma(close, 500)", "own": "close"}).verify({"close": WALK})
    assert not both.ok and "slow had no ready value" in str(both)
    assert not ta.compile("close").verify({"close": WALK[:0]}).ok


def test_one_bar_that_agrees_is_well():
    report = ta.compile("close > 1").verify({"close": WALK[:1]})
    assert report.ok and report.bars == 1
    assert "restored and run to the end" in report.not_made


def test_a_rule_that_reads_nothing_is_verified_at_every_door():
    rule = ta.compile({"two": "1 + 1", "yes": "2 > 1"})
    for data in (
        {"close": WALK},
        {"timestamp": np.arange(len(WALK)) * HOUR, "close": WALK},
        pd.DataFrame({"close": WALK}),
        pl.DataFrame({"close": WALK}),
        pl.LazyFrame({"close": WALK}),
        [{"close": close} for close in WALK],
    ):
        report = rule.verify(data, **({"unit": "ns"} if isinstance(data, dict) and "timestamp" in data else {}))
        assert report.ok and report.bars == len(WALK) and report.ready == {"two": 400, "yes": 400}
    symbols = pl.DataFrame({"symbol": ["A", "B"] * 200, "close": WALK})
    assert rule.verify(symbols).ok
    assert not rule.verify({"close": WALK[:0]}).ok


def test_a_check_that_a_backlog_prevented_is_listed_as_not_made():
    bars = 70_000
    short = {"timestamp": np.arange(bars) * HOUR, "close": np.arange(bars, dtype=float)}
    long = {"timestamp": np.arange(bars // 4) * 4 * HOUR, "close": np.arange(bars // 4, dtype=float)}
    rule = ta.compile("close > ohlcv.4h.close")
    report = rule.verify({"ohlcv": short, "ohlcv.4h": long}, timeframe="1h", unit="ns")
    assert report.ok
    (reason,) = [why for name, why in report.not_made.items() if name == "pushed one stream after the other"]
    assert "wait for `ohlcv.4h`" in reason
    assert "pushed one stream after the other" not in [name for name, _, _ in report.checks]
    assert "not made" in str(report)


def test_a_large_state_costs_no_more_than_the_data_is_worth():
    begun = time.perf_counter()
    report = ta.compile("sma(close, 999999)").verify({"close": WALK[:200]})
    assert time.perf_counter() - begun < 5.0  # Restored at every bar it took 24 s.
    assert any("bars (large state)" in name for name, _, _ in report.checks)


def test_windows_forget_what_was_before_them_and_recursive_values_are_told():
    late = {}
    for text in ("sma(close, 20)", "rolling_std(close, 10)", "bbands(close, 20)", "close.sum()", "ema(close, 5)"):
        report = ta.compile(text).verify({"close": WALK})
        assert report.ok, str(report)
        late[text] = report.late_starts[0]
    assert (late["sma(close, 20)"].look_back, late["sma(close, 20)"].bars) == (20, 20)
    assert late["sma(close, 20)"].met == late["sma(close, 20)"].starts == 20
    assert late["close.sum()"].look_back is None and late["ema(close, 5)"].look_back is None
    assert late["close.sum()"].met == 0


@pytest.mark.parametrize("missing_input", ["emit_missing", "hold_previous", "fail"])
def test_every_policy_is_verified(missing_input: str):
    data = WALK.copy()
    if missing_input != "fail":
        data[50:60] = np.nan
    assert ta.compile("rsi(close, 5) + sma(close, 3)").verify({"close": data}, missing_input=missing_input).ok


def test_resampled_bars_are_verified():
    from laakhay.ta.data.calendar import Calendar

    bars = {"timestamp": np.arange(400) * HOUR, "close": WALK}
    rule = ta.compile("close > sma(ohlcv.4h.close, 3)")
    assert rule.verify({"ohlcv": bars}, timeframe="1h", resample=Calendar(), unit="ns").ok
    assert rule.verify(bars, timeframe="1h", resample=Calendar(), unit="ns").ok
    with pytest.raises(MissingDataError, match="the data has no timestamp"):
        rule.verify({"close": WALK}, resample=Calendar())
    with pytest.raises(TypeError, match=r"resample is a Calendar, such as .* not 'UTC'"):
        rule.verify(bars, resample="UTC", unit="ns")


def interrupted(work, after_s: float = 0.2) -> float:
    """Give the seconds between Ctrl-C and the end of the work."""
    sent = []

    def press() -> None:
        time.sleep(after_s)
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=press)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        for _ in range(1_000):
            work()
    ended = time.perf_counter()
    thread.join()
    return ended - sent[0]


def test_ctrl_c_ends_a_run_and_a_session_has_taken_all_bars_or_none():
    many = np.random.default_rng(6).normal(100, 1, 20_000_000)
    rule = ta.compile("rsi(close, 14) + ema(close, 5) + sma(close, 200)")
    session = rule.session()
    session.run({"close": WALK})
    before, taken = session.snapshot(), session.position
    assert interrupted(lambda: session.run({"close": many})) < 1.0
    rounds, rest = divmod(session.position - taken, len(many))
    assert rest == 0
    if rounds == 0:
        assert session.snapshot() == before
    session.run({"close": WALK})
    assert interrupted(lambda: rule.verify({"close": many[:1_000_000]})) < 1.0
    universe = rule.universe(["A", "B"])
    matrix = many.reshape(-1, 2)
    assert interrupted(lambda: universe.run(close=matrix)) < 1.0
    assert universe.position % len(matrix) == 0


def test_what_never_settles_says_so():
    for text in ("close.sum()", "close.count", "sma(close.max(), 3)", "close.sum() + barssince(close > 1)"):
        assert ta.compile(text).explain().settle() is None
        assert "never settled" in str(ta.compile(text).explain())
    for text in ("valuewhen(close > 1, close)", "ema(barssince(close > 1), 5)"):
        assert ta.compile(text).explain().settle() is None
        assert "when it is settled depends on the data" in str(ta.compile(text).explain())
    assert ta.compile("sma(close, 5)").explain().settle() == 4


def test_a_duration_that_no_time_reaches_is_refused():
    for text in ("close.4000000000mo_ago", "close.4294967295d_ago", "close.roc_9999999w"):
        with pytest.raises(StrategyError, match="292 years"):
            ta.compile(text)
