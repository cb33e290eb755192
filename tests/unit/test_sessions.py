"""Sessions and universes: bars in, values out, saved, moved and restored."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import Bar, Session, StepOutput, ta_py
from laakhay.ta.exceptions import MissingDataError, MissingInputError, OrderError, SnapshotError
from tests.parity.markets import FIELDS, generated_market

MEAN = ta.compile("sma(close, 2)")
RULES = [
    "sma(close, 20) > ema(close, 50)",
    "macd(close, 3, 5, 2)",
    "atr(14)",
    "close - rolling_std(close, 10)",
    "ohlcv.filter(close > open).count",
    "close.change_pct_2h",
]
HOUR = 3_600_000_000_000
START = 1_704_067_200_000_000_000


def columns(name: str = "walk") -> dict[str, np.ndarray]:
    fields = {field: series.to_numpy() for field, series in generated_market(name).context().items()}
    return fields | {"timestamp": START + np.arange(400) * HOUR}


def ticks(name: str = "walk") -> list[dict[str, Any]]:
    return [tick | {"timestamp": START + bar * HOUR} for bar, tick in enumerate(generated_market(name).ticks())]


def whole_run(rule: str, name: str = "walk") -> dict[str, np.ndarray]:
    result = ta.compile(rule).run(columns(name), timeframe="1h")
    del result["timestamp"]
    return result


def bits(values: Any) -> bytes:
    return np.ascontiguousarray(values, dtype=np.float64).tobytes()


def as_floats(output: StepOutput) -> list[float]:
    return [float("nan") if value is None else float(value) for value in output.values.values()]


def session_at(bar: int, rule: str = "sma(close, 2)", **options: Any) -> Session:
    session = ta.compile(rule).session(timeframe="1h", **options)
    for tick in ticks()[:bar]:
        session.step(tick)
    return session


# Steps


def test_a_step_says_value_availability_reason_and_time() -> None:
    session = MEAN.session(unit="ns")
    first = session.step({"close": 1, "timestamp": 5})
    assert isinstance(first, StepOutput)
    assert (first.value, first.availability, first.reason, first.event_time) == (None, "warming_up", None, 5)
    second = session.step({"close": 2, "timestamp": 6})
    assert (second.value, second.availability, second.is_final, second.revision) == (1.5, "ready", True, 0)
    assert type(second.value) is float
    missing = session.step({"close": None, "timestamp": 7})
    assert (missing.value, missing.availability, missing.reason) == (None, "missing_input", "close is missing")
    assert "missing_input" in repr(missing)


def test_an_undefined_value_says_which_part_is_undefined() -> None:
    output = ta.compile("close / open").session().step({"close": 1, "open": 0})
    assert (output.value, output.availability) == (None, "missing_input")
    assert output.reason == "undefined: (close / open)"


def test_a_truth_value_is_true_false_or_none() -> None:
    session = ta.compile("close > close.1_ago").session()
    assert [session.step({"close": close}).value for close in (1, 2, 1)] == [None, True, False]


def test_several_outputs_are_asked_for_by_name() -> None:
    output = ta.compile({"price": "close", "mean": "sma(close, 2)"}).session().step({"close": 3})
    assert output.values == {"price": 3.0, "mean": None}
    assert output.availabilities == {"price": "ready", "mean": "warming_up"}
    assert output.availability == "warming_up"
    with pytest.raises(AttributeError, match="several outputs: price, mean"):
        _ = output.value


def test_a_filter_leaves_bars_out() -> None:
    session = ta.compile("close.filter(close > 2)").session()
    outputs = [session.step({"close": close}) for close in (1, 3)]
    assert [(output.value, output.availability) for output in outputs] == [(None, "excluded"), (3.0, "ready")]


@pytest.mark.parametrize(
    "tick",
    [
        {"close": 3.0},
        {"close": Decimal(3)},
        {"close": np.float64(3)},
        {"close": np.float32(3)},
        {"close": np.int64(3)},
        {"close": 3, "open": "not read"},
        {"ohlcv.close": 3},
        {"ohlcv.close": 3, "close": 99},
        MappingProxyType({"close": 3}),
        Bar.from_raw(0, 2, 4, 1, 3, 100),
    ],
    ids=repr,
)
def test_a_bar_may_be_any_mapping_of_numbers_or_a_bar(tick: Any) -> None:
    assert ta.compile("close * 2").session().step(tick).value == 6.0


@pytest.mark.parametrize(
    "value",
    [None, "nan", float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity"), 10**400, np.ma.masked, np.nan],
)
def test_what_is_no_finite_number_is_missing_and_leaves_the_state_alone(value: Any) -> None:
    session = session_at(0)
    session.step({"close": 1})
    assert session.step({"close": value}).availability == "missing_input"
    assert session.step({"close": 3}).value == 2.0


@pytest.mark.parametrize("bar", [5, 1.5, None, "close", [1.0], object()], ids=type)
@pytest.mark.parametrize("door", ["step", "preview"])
def test_what_is_no_bar_is_refused_and_the_state_stays(door: str, bar: Any) -> None:
    session = session_at(1)
    before = session.snapshot()
    with pytest.raises(TypeError, match=f"a bar is a Bar or a mapping of fields, not <class '{type(bar).__name__}'>"):
        getattr(session, door)(bar)
    assert session.snapshot() == before


def test_the_policies_of_a_session_are_those_of_a_run() -> None:
    held = MEAN.session(missing_input="hold_previous")
    assert [held.step(tick).value for tick in ({"close": 1}, {"close": None}, {"close": 3})] == [None, 1.0, 2.0]
    refusing = MEAN.session(missing_input="fail")
    refusing.step({"close": 1})
    with pytest.raises(MissingInputError, match="`close` has no value"):
        refusing.step({"close": None})
    assert refusing.position == 1
    assert refusing.step({"close": 3}).value == 2.0
    for policy, state in {"emit_error": "error", "emit_missing": "missing_input"}.items():
        telling = MEAN.session(missing_input="fail", on_error=policy)
        assert telling.step({"close": None}).availability == state
        assert telling.position == 0


@pytest.mark.parametrize("option", ["missing_input", "on_error", "timeframe"])
def test_an_unknown_option_says_what_is_accepted(option: str) -> None:
    with pytest.raises(ValueError, match="is not one of|is no timeframe"):
        MEAN.session(**{option: "guess"})


@pytest.mark.parametrize("rule", RULES)
def test_steps_and_the_fast_door_have_the_bits_of_a_run(rule: str) -> None:
    whole = whole_run(rule)
    stepped = session_at(0, rule)
    rows = [as_floats(stepped.step(tick)) for tick in ticks()]
    for number, column in enumerate(whole.values()):
        assert bits([row[number] for row in rows]) == bits(column)
    assert np.count_nonzero(~np.isnan(next(iter(whole.values())))) >= 350
    if len(whole) > 1:
        return
    fast = session_at(0, rule)
    bars = enumerate(zip(*(columns()[field] for field in FIELDS), strict=True))
    assert bits([fast.step_values(START + number * HOUR, *map(float, bar)) for number, bar in bars]) == bits(
        next(iter(whole.values()))
    )
    assert fast.snapshot() == stepped.snapshot()


def test_the_fast_door_of_a_rule_with_several_outputs_is_closed() -> None:
    for rule in (ta.compile("macd(close, 3, 5, 2)"), ta.compile({"a": "close", "b": "open"})):
        session = rule.session()
        before = session.snapshot()
        with pytest.raises(ValueError, match=f"several outputs: {', '.join(rule.explain().outputs)}; use step"):
            session.step_values(None, 1.0, 1.0, 1.0, 1.0, 1.0)
        assert session.snapshot() == before


def test_the_fast_door_gives_nan_where_nothing_is_ready_and_one_for_true() -> None:
    session = ta.compile("close > sma(close, 2)").session()
    values = [session.step_values(None, 1.0, 1.0, 1.0, close, 1.0) for close in (1.0, 2.0, 1.0)]
    assert bits(values) == bits([float("nan"), 1.0, 0.0])


@pytest.mark.parametrize("rule", RULES)
def test_a_preview_gives_what_a_step_would_and_changes_nothing(rule: str) -> None:
    session = session_at(60, rule)
    before, bar = (
        session.snapshot(),
        {"timestamp": START + 60 * HOUR, "open": 1.0, "high": 9.0, "low": 0.5, "close": 8.0, "volume": 3.0},
    )
    forming = session.preview(bar)
    assert forming.is_final is False
    assert session.snapshot() == before
    closed = session.step(bar)
    assert closed.is_final is True and bits(as_floats(closed)) == bits(as_floats(forming))
    assert session.snapshot() != before


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("market", ["walk", "missing"])
def test_a_run_goes_on_from_the_present_state(rule: str, market: str) -> None:
    data = columns(market)
    whole = ta.compile(rule).session(timeframe="1h").run(data)
    parts = ta.compile(rule).session(timeframe="1h")
    cuts = ((0, 1), (1, 150), (150, 400))
    pieces = [parts.run({name: column[a:b] for name, column in data.items()}) for a, b in cuts]
    for name, column in whole.items():
        assert bits(np.concatenate([piece[name] for piece in pieces])) == bits(column)
    assert parts.position == 400


def test_a_step_goes_on_after_a_run_and_a_run_after_steps() -> None:
    data = columns()
    del data["timestamp"]
    expected = MEAN.run(data)["value"]
    session = MEAN.session()
    assert session.warm({"close": data["close"][:100]}) is session
    assert session.step({"close": data["close"][100]}).value == expected[100]
    assert bits(session.run({"close": data["close"][101:]})["value"]) == bits(expected[101:])


def test_results_are_written_to_arrays_of_the_caller() -> None:
    out = {"value": np.full(3, -1.0)}
    result = MEAN.session().run({"close": [1, 2, 4]}, out=out)
    assert result["value"] is out["value"]
    assert bits(out["value"]) == bits([float("nan"), 1.5, 3.0])


READ_ONLY = np.zeros(3)
READ_ONLY.flags.writeable = False


@pytest.mark.parametrize(
    ("out", "error"),
    [
        ({"values": np.zeros(3)}, ValueError),
        ({}, ValueError),
        ({"value": np.zeros(2)}, ValueError),
        ({"value": np.zeros(3, np.float32)}, TypeError),
        ({"value": np.zeros(6)[::2]}, ValueError),
        ({"value": np.zeros((3, 1))}, TypeError),
        ({"value": READ_ONLY}, ValueError),
        ({"value": [0.0, 0.0, 0.0]}, TypeError),
    ],
)
def test_an_array_that_cannot_take_the_result_is_refused_and_nothing_changes(
    out: dict[str, Any], error: type[Exception]
) -> None:
    session = session_at(5)
    before = session.snapshot()
    with pytest.raises(error, match="out"):
        session.run({"close": [1, 2, 4]}, out=out)
    assert session.snapshot() == before


def test_a_result_is_never_written_over_its_own_input() -> None:
    closes = np.array([1.0, 2.0, 4.0])
    with pytest.raises(ValueError, match="in use"):
        MEAN.session().run({"close": closes}, out={"value": closes})
    assert closes.tolist() == [1, 2, 4]


# Order


def test_an_older_event_is_refused_and_counted_and_the_state_stays() -> None:
    session = MEAN.session(unit="ns")
    session.step({"close": 1, "timestamp": 10})
    for late in ({"close": 2, "timestamp": 9}, {"close": 2, "timestamp": 10}, {"close": 2}):
        with pytest.raises(OrderError):
            session.step(late)
        assert session.position == 1
    assert session.counters == {"received": 4, "applied": 1, "duplicate": 0, "late": 2, "rejected": 1}
    assert session.step({"close": 3, "timestamp": 11}).value == 2.0


@pytest.mark.parametrize("rule", RULES)
def test_refused_events_leave_no_trace_but_in_the_counters(rule: str) -> None:
    undisturbed, disturbed = session_at(0, rule), session_at(0, rule)
    for bar, tick in enumerate(ticks()):
        assert bits(as_floats(disturbed.step(tick))) == bits(as_floats(undisturbed.step(tick)))
        if bar % 3 == 0:
            with pytest.raises(OrderError):
                disturbed.step(tick | {"close": 1, "timestamp": START + bar * HOUR - 1})
        elif bar % 3 == 1:
            disturbed.step(tick)
    assert undisturbed.counters == {"received": 400, "applied": 400, "duplicate": 0, "late": 0, "rejected": 0}
    assert disturbed.counters == {"received": 667, "applied": 400, "duplicate": 133, "late": 134, "rejected": 0}
    assert undisturbed.position == disturbed.position
    differing = [x != y for x, y in zip(undisturbed.snapshot(), disturbed.snapshot(), strict=True)]
    # Five counters and a checksum, of at most 8 bytes each.
    assert 0 < sum(differing) <= 48


def test_a_duplicate_is_dropped_and_counted() -> None:
    session = MEAN.session(unit="ns")
    outputs = [session.step({"close": 1, "timestamp": 10}) for _ in range(3)]
    assert {output.availability for output in outputs} == {"warming_up"}
    assert session.counters == {"received": 3, "applied": 1, "duplicate": 2, "late": 0, "rejected": 0}
    assert session.step({"close": 3, "timestamp": 11}).value == 2.0


def test_every_event_is_counted_once() -> None:
    session = MEAN.session(missing_input="fail", on_error="emit_missing", unit="ns")
    for close, time in ((1, 1), (None, 2), (2, 3), (2, 3), (5, 1)):
        try:
            session.step({"close": close, "timestamp": time})
        except OrderError:
            assert time == 1
    counters = session.counters
    assert counters.pop("received") == sum(counters.values()) == 5
    assert counters == {"applied": 2, "duplicate": 1, "late": 1, "rejected": 1}


@pytest.mark.parametrize("times", [[5, 4, 6], [5, 5, 6], [1, 5, 6]])
def test_a_run_with_times_out_of_order_changes_nothing(times: list[int]) -> None:
    session = MEAN.session(unit="ns")
    session.step({"close": 1, "timestamp": 1})
    with pytest.raises(OrderError):
        session.run({"close": [2, 3, 4], "timestamp": times})
    assert session.position == 1
    assert session.step({"close": 3, "timestamp": 2}).value == 2.0


@pytest.mark.parametrize(
    "time",
    [
        datetime(2024, 1, 1, tzinfo=UTC),
        "2024-01-01T00:00:00Z",
        1_704_067_200_000_000_000,
        datetime(2024, 1, 1),
        np.int64(1_704_067_200_000_000_000),
        np.datetime64("2024-01-01"),
        np.datetime64(1_704_067_200_000_000_000, "ns"),
    ],
)
def test_a_time_is_a_datetime_a_text_or_nanoseconds(time: Any) -> None:
    session = MEAN.session()
    assert session.step({"close": 1, "timestamp": time}).event_time is time
    with pytest.raises(OrderError, match="a corrected bar is refused"):
        session.step({"close": 2, "timestamp": 1_704_067_200_000_000_000})
    session.step({"close": 2, "timestamp": 1_704_067_200_000_000_001})


@pytest.mark.parametrize(
    ("time", "error"),
    [
        (True, TypeError),
        (np.True_, TypeError),
        ("soon", ValueError),
        (1.5, TypeError),
        (np.float64(1), TypeError),
        (2**63, ValueError),
        (np.datetime64("NaT"), ValueError),
        (np.datetime64("2500-01-01"), ValueError),
    ],
)
def test_what_is_no_time_is_refused_and_nothing_changes(time: Any, error: type[Exception]) -> None:
    session = session_at(3)
    before = session.snapshot()
    with pytest.raises(error):
        session.step({"close": 2, "timestamp": time})
    assert session.snapshot() == before


@pytest.mark.parametrize("kind", [int, np.int64, np.int32, np.uint16])
def test_an_integer_of_nanoseconds_may_be_small_where_they_are_told(kind: Any) -> None:
    session = MEAN.session(unit="ns")
    session.step({"close": 1, "timestamp": kind(7)})
    with pytest.raises(OrderError):
        session.step({"close": 2, "timestamp": 7})
    session.step({"close": 2, "timestamp": 8})


# Snapshots


COPIES: dict[str, Callable[[Session], Session]] = {
    "pickle": lambda session: pickle.loads(pickle.dumps(session)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "method": lambda session: session.copy(),
}


@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("rule", RULES)
def test_a_copy_goes_on_as_its_original_and_apart_from_it(rule: str, how: str) -> None:
    bars = ticks()
    for cut in (0, 1, 49, 120):
        original = session_at(cut, rule)
        before = original.snapshot()
        twin = COPIES[how](original)
        assert isinstance(twin, Session) and twin is not original
        assert twin.snapshot() == before and twin.position == cut
        values = [as_floats(twin.step(tick)) for tick in bars[cut : cut + 60]]
        assert original.snapshot() == before
        assert bits(values) == bits([as_floats(original.step(tick)) for tick in bars[cut : cut + 60]])
        assert twin.snapshot() == original.snapshot()


@pytest.mark.parametrize("rule", RULES)
def test_a_restored_session_goes_on_bit_for_bit_with_its_counters(rule: str) -> None:
    original = session_at(75, rule)
    restored = ta.compile(rule).restore(original.snapshot())
    assert (restored.position, restored.counters) == (original.position, original.counters)
    for tick in ticks()[75:]:
        assert bits(as_floats(restored.step(tick))) == bits(as_floats(original.step(tick)))
    assert restored.snapshot() == original.snapshot()


def test_a_snapshot_keeps_policies_timeframe_and_time() -> None:
    session = ta.compile("close + close.change_1h").session(timeframe="1h", missing_input="hold_previous")
    session.step({"close": 1, "timestamp": START + 10 * HOUR})
    session.step({"close": 2, "timestamp": START + 11 * HOUR})
    restored = ta.compile("close + close.change_1h").restore(session.snapshot())
    with pytest.raises(OrderError, match="not after the last"):
        restored.step({"close": 3, "timestamp": START + 10 * HOUR})
    with pytest.raises(OrderError, match="closer to the last bar"):
        restored.step({"close": 3, "timestamp": START + 11 * HOUR + 1})
    assert restored.step({"close": None, "timestamp": START + 12 * HOUR}).value == 2.0


def test_bytes_of_state_do_not_grow_with_bars() -> None:
    sizes = {bar: len(session_at(bar, "rsi(close, 14) + sma(close, 20)").snapshot()) for bar in (100, 400)}
    assert sizes[100] == sizes[400]
    assert session_at(100).state_bytes == session_at(400).state_bytes > 0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_snapshot_is_refused(share: float) -> None:
    session = session_at(30)
    blob = session.snapshot()
    short = blob[: int(share * len(blob))]
    with pytest.raises(SnapshotError, match="ends after|damaged|checksum"):
        MEAN.restore(short)
    with pytest.raises(SnapshotError):
        session.restore_from(short)
    assert session.snapshot() == blob


def test_a_flipped_bit_anywhere_is_refused() -> None:
    session = session_at(30)
    blob = session.snapshot()
    for place in range(len(blob)):
        flipped = bytearray(blob)
        flipped[place] ^= 1 << (place % 8)
        with pytest.raises(SnapshotError):
            MEAN.restore(bytes(flipped))
    with pytest.raises(SnapshotError):
        MEAN.restore(blob + b"\0")
    assert MEAN.restore(blob).snapshot() == blob


@pytest.mark.parametrize("rule", ["sma(close, 3)", "ema(close, 2)", "sma(open, 2)", "sma(close, 2) > 1"])
def test_a_snapshot_of_another_rule_is_refused(rule: str) -> None:
    with pytest.raises(SnapshotError, match="another plan"):
        ta.compile(rule).restore(session_at(5).snapshot())


def test_the_same_rule_in_other_words_takes_the_snapshot() -> None:
    blob = session_at(5).snapshot()
    assert ta.compile("sma(close, period=1 + 1)").restore(blob).snapshot() == blob


# The functions of the plan's own surface


def test_a_session_can_be_made_stepped_saved_and_replayed_by_functions() -> None:
    bars = list(generated_market("walk").ticks())[:40]
    for source in (MEAN, MEAN._ensure_plan()):
        session = ta_py.incremental_initialize(source)
        values = [ta_py.incremental_step(session, tick).value for tick in bars[:10]]
        blob = ta_py.incremental_snapshot(session)
        values += [ta_py.incremental_step(session, tick).value for tick in bars[10:]]
        replayed = [output.value for output in ta_py.incremental_replay(session, blob, bars[10:])]
        assert replayed == values[10:] and len(replayed) == 30
        assert values[0] is None and values[1] == float(bars[0]["close"] + bars[1]["close"]) / 2


def test_arguments_in_a_wrong_order_are_a_type_error() -> None:
    session = ta_py.incremental_initialize(MEAN)
    blob = ta_py.incremental_snapshot(session)
    wrong = [
        lambda: ta_py.incremental_step({"close": 1}, session),
        lambda: ta_py.incremental_snapshot(MEAN),
        lambda: ta_py.incremental_replay(blob, session, []),
        lambda: ta_py.incremental_replay(session, [], blob),
        lambda: ta_py.incremental_replay(session, "text", []),
        lambda: ta_py.incremental_initialize("sma(close, 2)"),
        lambda: ta_py.incremental_initialize(session),
    ]
    for call in wrong:
        with pytest.raises(TypeError):
            call()
    assert ta_py.incremental_snapshot(session) == blob


def test_a_replay_from_a_snapshot_that_does_not_fit_changes_nothing() -> None:
    session = session_at(20)
    before = session.snapshot()
    for blob in (b"", before[:-1], session_at(5, "ema(close, 2)").snapshot()):
        with pytest.raises(SnapshotError):
            ta_py.incremental_replay(session, blob, [{"close": 1}])
        assert session.snapshot() == before


# Universes


SYMBOLS = ["walk", "gaps", "splits", "zero_volume", "missing", "ties", "flat", "tiny", "huge"]


def matrices() -> dict[str, np.ndarray]:
    tables = [columns(name) for name in SYMBOLS]
    return {field: np.ascontiguousarray(np.column_stack([table[field] for table in tables])) for field in FIELDS}


def rows_of(rule: str, table: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {field: table[field] for field in ta.compile(rule).engine_rule.fields}


def as_list(result: Any) -> list[np.ndarray]:
    return list(result.values()) if isinstance(result, dict) else [result]


@pytest.mark.parametrize("rule", RULES)
def test_a_universe_has_the_bits_of_one_session_per_symbol(rule: str) -> None:
    compiled, table = ta.compile(rule), matrices()
    fields = rows_of(rule, table)
    stepped, whole = (compiled.universe(SYMBOLS, timeframe="1h") for _ in range(2))
    rows = [
        as_list(stepped.step(START + bar * HOUR, **{name: m[bar] for name, m in fields.items()})) for bar in range(400)
    ]
    ran = as_list(whole.run(columns()["timestamp"], **fields))
    for number, symbol in enumerate(SYMBOLS):
        alone = whole_run(rule, symbol)
        for output, column in enumerate(alone.values()):
            assert bits([row[output][number] for row in rows]) == bits(column), symbol
            assert bits(ran[output][:, number]) == bits(column), symbol
    assert stepped.snapshot() == whole.snapshot()
    assert stepped.position == whole.position == 400


@pytest.mark.parametrize("rule", RULES)
def test_a_restored_universe_goes_on_bit_for_bit(rule: str) -> None:
    compiled, fields = ta.compile(rule), rows_of(rule, matrices())
    universe = compiled.universe(SYMBOLS, timeframe="1h")
    times = columns()["timestamp"]
    universe.run(times[:90], **{name: m[:90] for name, m in fields.items()})
    restored = compiled.restore_universe(universe.snapshot(), SYMBOLS)
    assert restored.symbols == tuple(SYMBOLS) and restored.position == 90
    rest = {name: m[90:] for name, m in fields.items()}
    for one, other in zip(
        as_list(restored.run(times[90:], **rest)), as_list(universe.run(times[90:], **rest)), strict=True
    ):
        assert bits(one) == bits(other)
    assert restored.snapshot() == universe.snapshot()


def test_a_row_is_written_to_an_array_of_the_caller() -> None:
    universe, out = MEAN.universe(["a", "b"]), np.zeros(2)
    universe.step(close=[1, 2])
    assert universe.step(close=[3, float("nan")], out=out) is out
    assert bits(out) == bits([2.0, float("nan")])
    several = ta.compile({"x": "close", "y": "close * 2"}).universe(["a", "b"]).step(close=np.array([1.0, 2.0]))
    assert {name: row.tolist() for name, row in several.items()} == {"x": [1, 2], "y": [2, 4]}


def test_a_universe_refuses_rows_and_times_that_do_not_fit() -> None:
    universe = MEAN.universe(["a", "b"], unit="ns")
    universe.step(10, close=[1, 2])
    before = universe.snapshot()
    refused: list[tuple[type[Exception], Callable[[], Any]]] = [
        (ValueError, lambda: universe.step(11, close=[1])),
        (ValueError, lambda: universe.step(11, close=[1, 2, 3])),
        (MissingDataError, lambda: universe.step(11, open=[1, 2])),
        (OrderError, lambda: universe.step(9, close=[1, 2])),
        (OrderError, lambda: universe.step(close=[1, 2])),
        (ValueError, lambda: universe.run(close=np.ones((2, 3)))),
        (MissingDataError, lambda: universe.run(open=np.ones((2, 2)))),
        (OrderError, lambda: universe.run(timestamp=[12, 11], close=np.ones((2, 2)))),
    ]
    for error, call in refused:
        with pytest.raises(error):
            call()
        assert universe.position == 1
    assert universe.step(11, close=[3, 4]).tolist() == [2, 3]
    assert MEAN.restore_universe(before, ["a", "b"], unit="ns").step(11, close=[3, 4]).tolist() == [2, 3]


def test_snapshots_of_sessions_and_universes_are_not_mistaken_for_each_other() -> None:
    universe, session = MEAN.universe(["a", "b"]), MEAN.session()
    with pytest.raises(SnapshotError, match="of a universe"):
        MEAN.restore(universe.snapshot())
    with pytest.raises(SnapshotError, match="of a session"):
        MEAN.restore_universe(session.snapshot(), ["a", "b"])
    with pytest.raises(ValueError, match="snapshot is of 2 symbols; 1 was given"):
        MEAN.restore_universe(universe.snapshot(), ["a"])
    with pytest.raises(SnapshotError):
        MEAN.restore_universe(universe.snapshot()[:-2], ["a", "b"])
