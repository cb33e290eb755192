"""The plan's own surface: times of ticks, snapshots and replays, on the reference and on the engine alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta import ta_py
from laakhay.ta.exceptions import OrderError, SnapshotError, TypeCheckError
from laakhay.ta.expr.execution.backends import IncrementalRustBackend
from tests.reference import Reference

BACKENDS = pytest.mark.parametrize("make", [Reference, IncrementalRustBackend])


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests beside these."""


def plan_of(rule: str) -> Any:
    return ta.compile(rule)._ensure_plan()


def tick(hour: int, close: float) -> dict[str, Any]:
    return {"timestamp": datetime(2024, 1, 1, hour, tzinfo=UTC), "close": close}


@BACKENDS
def test_a_duration_looks_back_in_the_time_of_the_ticks_over_holes(make: Any) -> None:
    backend, plan = make(), plan_of("close.2h_ago")
    backend.initialize(plan, timeframe="1h")
    bars = [(1, 1.0), (2, 2.0), (3, 3.0), (5, 4.0)]
    values = [backend.step_result(plan, tick(*bar)).output for bar in bars]
    assert values[:2] == [None, None]
    assert [float(value) for value in values[2:]] == [1.0, 3.0]


@BACKENDS
@pytest.mark.parametrize("rule", ["close.sum()", "close.1h_ago"])
def test_the_last_bar_again_changes_nothing_and_the_past_is_refused(make: Any, rule: str) -> None:
    backend, plan = make(), plan_of(rule)
    backend.initialize(plan, timeframe="1h")
    backend.step(plan, tick(1, 5.0))
    once = backend.step(plan, tick(2, 7.0))
    assert backend.step(plan, tick(2, 7.0)) == once
    for late in (tick(1, 5.0), tick(2, 8.0)):
        with pytest.raises(OrderError):
            backend.step(plan, late)
    with pytest.raises(OrderError):
        backend.step(plan, {"close": 1.0})
    third = backend.step(plan, tick(3, 1.0))
    assert float(third) == (13.0 if rule == "close.sum()" else 7.0)


@BACKENDS
def test_a_replay_takes_all_events_or_none(make: Any) -> None:
    backend, plan = make(), plan_of("close.sum()")
    backend.initialize(plan, timeframe="1h")
    backend.step(plan, tick(1, 1.0))
    saved = backend.snapshot(plan)
    backend.step(plan, tick(2, 2.0))
    with pytest.raises(OrderError):
        backend.replay(plan, saved, [tick(3, 10.0), tick(2, 10.0)])
    assert float(backend.step(plan, tick(3, 3.0))) == 6.0
    replayed = backend.replay(plan, saved, (tick(hour, 10.0) for hour in (2, 3)))
    assert [float(value) for value in replayed] == [11.0, 21.0]


@BACKENDS
def test_a_replay_refuses_what_is_no_snapshot_of_the_rule_and_leaves_all_as_it_was(make: Any) -> None:
    backend, plan, other = make(), plan_of("close.sum()"), plan_of("high.sum()")
    backend.initialize(plan)
    backend.step(plan, {"close": 1.0})
    theirs = make()
    theirs.initialize(other)
    theirs.step(other, {"high": 5.0})
    with pytest.raises(SnapshotError, match="another plan"):
        backend.replay(plan, theirs.snapshot(other), [])
    with pytest.raises(SnapshotError, match="another plan"):
        backend.replay(other, backend.snapshot(plan), [])
    for given in (None, 5):
        with pytest.raises(TypeError, match="a snapshot is"):
            backend.replay(plan, given, [])
    assert float(backend.step(plan, {"close": 2.0})) == 3.0


@BACKENDS
def test_a_rule_of_constants_has_snapshots_too(make: Any) -> None:
    for rule, value in (("5", 5), ("1 + 2", 3), ("true", True)):
        backend, plan = make(), plan_of(rule)
        assert backend.step(plan, {}) == value
        saved = backend.snapshot(plan)
        assert backend.replay(plan, saved, [{}, {}]) == [value, value]


def test_a_session_of_a_plan_has_the_timeframe_that_is_told() -> None:
    plan = plan_of("close.1d_ago")
    session = ta_py.incremental_initialize(plan, timeframe="1d")
    days = [{"timestamp": datetime(2024, 1, day, tzinfo=UTC), "close": float(day)} for day in (1, 2)]
    assert [ta_py.incremental_step(session, bar).value for bar in days] == [None, 1.0]
    with pytest.raises(ValueError, match="no timeframe"):
        ta_py.incremental_initialize(plan, "soon")


def test_the_session_of_a_plan_is_replayed_whole_or_not_at_all() -> None:
    session = ta_py.incremental_initialize(plan_of("close.sum()"))
    ta_py.incremental_step(session, tick(1, 1.0))
    saved = ta_py.incremental_snapshot(session)
    ta_py.incremental_step(session, tick(2, 2.0))
    before = session.snapshot()
    with pytest.raises(OrderError):
        ta_py.incremental_replay(session, saved, iter([tick(5, 1.0), tick(4, 1.0)]))
    assert session.snapshot() == before
    replayed = ta_py.incremental_replay(session, memoryview(saved), (tick(hour, 10.0) for hour in (2, 3)))
    assert [step.value for step in replayed] == [11.0, 21.0]


@pytest.mark.parametrize("rule", ["ohlcv.sum(amount)", "ohlcv.filter(close > 1).max(side)"])
def test_an_aggregate_of_what_its_source_has_not_is_a_type_error_with_its_place(rule: str) -> None:
    with pytest.raises(TypeCheckError, match="is not valid for source 'ohlcv'") as caught:
        ta.compile(rule)
    assert caught.value.diagnostics[0].place is not None


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ("close and true", "close != 0"),
        ("false or close", "close != 0"),
        ("rolling_sum(close and {flag}, 2)", None),
    ],
)
def test_truth_is_the_same_in_batch_live_and_in_the_reference(rule: str, same: str | None, flag: bool) -> None:
    compiled = ta.compile(rule, flag=flag) if "{" in rule else ta.compile(rule)
    closes = [2.0, 0.0, -3.0, 4.0]
    values = list(compiled.run({"close": closes})["value"])
    steps = [compiled.session().step({"close": close}).value for close in closes] if same else None
    if same:
        assert values == list(ta.compile(same).run({"close": closes})["value"]) == [1.0, 0.0, 1.0, 1.0]
        assert steps == [True, False, True, True]
        assert compiled.engine_rule.outputs[0][1] is True
        backend, plan = Reference(), compiled._ensure_plan()
        assert [backend.step(plan, {"close": close}) for close in closes] == steps
    else:
        assert values[1:] == ([1.0, 1.0, 2.0] if flag else [0.0, 0.0, 0.0])


def test_rules_made_by_operators_give_truth_too() -> None:
    close = ta.compile("close")
    for rule in (close & True, False | close, ~(~close)):
        assert list(rule.run({"close": [2.0, 0.0]})["value"]) == [1.0, 0.0]
