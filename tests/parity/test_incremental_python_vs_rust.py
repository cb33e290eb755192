"""Tick by tick: the exact reference against the engine behind its backend, and against `Session` alone.

Values and availabilities of every output of every bar, with ticks that lack fields or hold what is no number, under
every policy; and both against themselves after a restart.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.exceptions import DataError, MissingDataError, MissingInputError
from laakhay.ta.expr.execution.backends import IncrementalRustBackend
from laakhay.ta.expr.execution.contracts import Availability, ErrorPolicy, MissingInputPolicy, StepPolicies
from laakhay.ta.expr.planner.types import PlanResult
from tests.parity.compare import NEAR_ZERO, ROUNDING, Comparison, compare_points
from tests.parity.markets import GENERATORS, generated_market, real_market
from tests.parity.rules import CASES, Case
from tests.reference import Reference

BARS = 160
HOUR_NS = 3_600_000_000_000
START_NS = 1_704_067_200_000_000_000
READY = Availability.READY
ABSENT = object()
# What is missing.
MISSING = [
    None,
    float("nan"),
    float("inf"),
    float("-inf"),
    Decimal("NaN"),
    Decimal("-Infinity"),
    Decimal("1e400"),
    "nan",
    np.nan,
]
# What a bar may have in place of a number, also where it is refused for it; ABSENT is no key at all.
NO_NUMBERS = [*MISSING, "12.5", ABSENT, "", "high", True, b"1.5"]

Stepping = Reference | IncrementalRustBackend

# Availability, value, and the class of the error that came instead or with it.
Outcome = dict[str, tuple[str, Any, type | None]]

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)


def plan_of(rule: str) -> PlanResult:
    return ta.compile(rule)._ensure_plan()


def spoiled_ticks(
    seed: int, bars: int = BARS, share: float = 0.08, by: Sequence[Any] = (*MISSING, "12.5")
) -> list[dict[str, Any]]:
    """Give a walk whose fields are missing here and there, in every way, and whose numbers are of every type."""
    rng = random.Random(seed)
    ticks = []
    for tick in generated_market("walk").head(bars).ticks():
        spoiled: dict[str, Any] = {}
        for name, value in tick.items():
            if rng.random() < share:
                value = rng.choice(by)
            elif rng.random() < 0.5:
                value = rng.choice((float, np.float64, Decimal))(value)
            if value is not ABSENT:
                spoiled[name if rng.random() < 0.8 else f"ohlcv.{name}"] = value
        ticks.append(spoiled)
    return ticks


def outcome_of(backend: Stepping, plan: PlanResult, tick: Mapping[str, Any], timeframe: str) -> Outcome:
    try:
        results = backend.step_outputs(plan, tick, timeframe)
    except (MissingDataError, MissingInputError, ValueError) as error:
        return {"raised": ("raised", None, type(error))}
    for result in results.values():
        assert result.output is None or result.availability is READY
    return {
        name: (str(result.availability), result.output, type(result.error) if result.error else None)
        for name, result in results.items()
    }


def outcomes_of(
    backend: Stepping, plan: PlanResult, ticks: Iterable[Mapping[str, Any]], timeframe: str = "1h"
) -> list[Outcome]:
    backend.initialize(plan, None, timeframe=timeframe)
    return [outcome_of(backend, plan, tick, timeframe) for tick in ticks]


def session_outcomes(rule: str, ticks: Iterable[Mapping[str, Any]], missing_input: str) -> list[Outcome]:
    """Step the engine without a backend around it: it reads the ticks itself."""
    session = ta.compile(rule).session(timeframe="1h", missing_input=missing_input)
    found = []
    for tick in ticks:
        try:
            # To a rule with durations a tick without a time is the next bar of a grid, and one that failed is none.
            result = session.step(tick | {"timestamp": START_NS + session.position * HOUR_NS})
        except (DataError, MissingDataError, MissingInputError) as error:
            found.append({"raised": ("raised", None, type(error))})
            continue
        values = result.values
        found.append({name: (state, values[name], None) for name, state in result.availabilities.items()})
    return found


def assert_equal_outcomes(engine: list[Outcome], reference: list[Outcome], inputs_size: Decimal) -> Comparison:
    """Compare two runs; numbers near zero may differ by the rounding of inputs as large as these."""
    found = Comparison()
    values = [value for outcome in reference for _, value, _ in outcome.values()]
    numbers = [abs(value) for value in values if isinstance(value, Decimal)]
    floor = max(NEAR_ZERO * max(numbers, default=Decimal(0)), ROUNDING * inputs_size)
    assert len(engine) == len(reference)
    for bar, (mine, theirs) in enumerate(zip(engine, reference, strict=True)):
        assert mine.keys() == theirs.keys(), f"bar {bar}: {mine} and {theirs}"
        for name in mine:
            assert mine[name][0] == theirs[name][0], f"bar {bar}, {name}: {mine[name]} and {theirs[name]}"
            assert mine[name][2] is theirs[name][2], f"bar {bar}, {name}: {mine[name]} and {theirs[name]}"
            if mine[name][0] == "ready":
                compare_points(mine[name][1], theirs[name][1], floor, found, f"bar {bar}, {name}")
    return found


# Prices are near 100 here; a rule may multiply them with a volume of up to a million.
INPUTS_SIZE = Decimal(100)


@pytest.mark.parametrize("policy", MissingInputPolicy)
@every_case
def test_a_tick_that_lacks_fields_does_the_same_to_the_engine_and_the_reference(
    case: Case, policy: MissingInputPolicy
) -> None:
    plan, ticks, policies = (
        plan_of(case.rule),
        spoiled_ticks(seed=11, by=NO_NUMBERS),
        StepPolicies(missing_input=policy),
    )
    reference = outcomes_of(Reference(policies), plan, ticks)
    found = assert_equal_outcomes(outcomes_of(IncrementalRustBackend(policies), plan, ticks), reference, INPUTS_SIZE)
    assert found.ready >= case.ready_min(BARS, 0.4), f"only {found.ready} ready points"
    assert_equal_outcomes(session_outcomes(case.rule, ticks, str(policy)), reference, INPUTS_SIZE)


@pytest.mark.parametrize("name", [name for name in GENERATORS if name not in ("walk", "flat_cents")])
@every_case
def test_every_availability_is_the_same_on_every_market(case: Case, name: str) -> None:
    market = generated_market(name).head(BARS)
    plan, ticks = plan_of(case.rule), list(market.ticks())
    size = max(abs(value) for column in market.columns.values() for value in column if value is not None)
    prices = max(value for value in market.columns["high"] if value is not None)
    reference = outcomes_of(Reference(), plan, ticks)
    found = assert_equal_outcomes(outcomes_of(IncrementalRustBackend(), plan, ticks), reference, min(size, prices))
    assert found.ready >= case.ready_min(BARS, 0.4 * market.readiness), f"only {found.ready} ready points"


@pytest.mark.parametrize("on_error", ErrorPolicy)
@pytest.mark.parametrize(
    "rule",
    [
        "sma(close, 3)",
        "macd(close, 3, 5, 2)",
        "atr(3) > 1",
        "hlc3",
        "close.change_2h",
        "ohlcv.filter(close > open).count",
    ],
)
def test_a_failing_tick_is_told_as_the_error_policy_says(rule: str, on_error: ErrorPolicy) -> None:
    plan, ticks = plan_of(rule), spoiled_ticks(seed=12, share=0.2)
    policies = StepPolicies(MissingInputPolicy.FAIL, on_error)
    reference = outcomes_of(Reference(policies), plan, ticks)
    engine = outcomes_of(IncrementalRustBackend(policies), plan, ticks)
    found = assert_equal_outcomes(engine, reference, INPUTS_SIZE)
    assert found.ready >= 30
    failed = [next(iter(outcome.values())) for outcome in engine if next(iter(outcome.values()))[0] != "ready"]
    states = {
        ErrorPolicy.RAISE: ("raised", MissingInputError),
        ErrorPolicy.EMIT_ERROR: ("error", MissingInputError),
        ErrorPolicy.EMIT_MISSING: ("missing_input", None),
    }
    assert sum((state, error) == states[on_error] for state, _, error in failed) >= 20


@pytest.mark.parametrize("backend", [Reference, IncrementalRustBackend])
def test_a_tick_that_fails_leaves_no_trace(backend: type[Stepping]) -> None:
    plan = plan_of("ema(close, 3) + atr(2)")
    policies = StepPolicies(MissingInputPolicy.FAIL, ErrorPolicy.EMIT_ERROR)
    good = [tick for tick in generated_market("walk").head(40).ticks()]
    bad = [tick | {"low": None} for tick in good]
    disturbed = [tick for pair in zip(bad, good, strict=True) for tick in pair]
    kept = outcomes_of(backend(policies), plan, disturbed)[1::2]
    assert kept == outcomes_of(backend(policies), plan, good)
    assert sum(outcome["value"][0] == "ready" for outcome in kept) == 39


@pytest.mark.parametrize(
    ("rule", "value"),
    [("42", 42), ("5 + 3", 8), ("2 ** 3 ** 2", 512), ("-7 % 4", -3), ("5 > 3", True), ("not (5 > 3)", False)],
)
def test_a_rule_of_constants_has_one_value_in_both(rule: str, value: Any) -> None:
    plan = plan_of(rule)
    for backend in (Reference(), IncrementalRustBackend()):
        outcome = outcome_of(backend, plan, {}, "1h")
        assert outcome["value"][:2] == ("ready", value)
        assert isinstance(outcome["value"][1], bool) is isinstance(value, bool)


@pytest.mark.parametrize("rule", ["1 / 0", "0 / 0", "5 % 0", "(0 - 8) ** 0.5", "1 / (3 - 3) > 2"])
def test_an_undefined_rule_of_constants_raises_in_both(rule: str) -> None:
    plan = plan_of(rule)
    for backend in (Reference(), IncrementalRustBackend()):
        assert outcome_of(backend, plan, {}, "1h") == {"raised": ("raised", None, ValueError)}


@pytest.mark.parametrize("rule", ["close + 1", "close > 0", "sma(close, 2)", "not (close == open)"])
def test_a_truth_value_in_a_tick_is_no_number_to_both(rule: str) -> None:
    plan = plan_of(rule)
    ticks = [{"close": close, "open": 1} for close in (True, 2, False, 3, 4)]
    reference = outcomes_of(Reference(), plan, ticks)
    refused = [outcome == {"raised": ("raised", None, DataError)} for outcome in reference]
    assert refused == [True, False, True, False, False]
    assert assert_equal_outcomes(outcomes_of(IncrementalRustBackend(), plan, ticks), reference, Decimal(1)).ready >= 2


def test_what_is_not_ready_is_said_in_the_same_objects_by_both() -> None:
    number, truth, several = plan_of("sma(close, 2)"), plan_of("sma(close, 2) > 1"), plan_of("bbands(close, 2, 1)")
    for make in (Reference, IncrementalRustBackend):
        assert make().step(number, {"close": 1}) is NOT_READY
        assert make().step(truth, {"close": 1}) is None
        outputs = make().step(several, {"close": 1})
        assert list(outputs) == ["upper", "middle", "lower"]
        assert all(value is NOT_READY for value in outputs.values())


# Replay

CUTS = (0, 1, 7, 60, BARS)


def as_the_old_suite_compares(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(Decimal(0) if value is None else Decimal(value) for value in values)


@pytest.mark.parametrize("make", [Reference, IncrementalRustBackend])
@every_case
def test_a_replay_from_a_snapshot_equals_the_uninterrupted_run(case: Case, make: type[Stepping]) -> None:
    plan, ticks = plan_of(case.rule), spoiled_ticks(seed=13)
    whole, other = make(), make()
    whole.initialize(plan, None, timeframe="1h")
    values, snapshots = [], {0: whole.snapshot(plan)}
    for bar, tick in enumerate(ticks, 1):
        values.append(whole.step(plan, tick))
        if bar in CUTS:
            snapshots[bar] = whole.snapshot(plan)
    other.initialize(plan, None, timeframe="1h")
    for cut in reversed(CUTS):  # Back and forth: nothing of what came after a snapshot is left.
        # Equal by identity where not ready, exactly equal elsewhere.
        assert tuple(map(repr, other.replay(plan, snapshots[cut], ticks[cut:]))) == tuple(map(repr, values[cut:]))
    assert len(values) == BARS
    assert any(value is not None and value is not NOT_READY for value in values)


@pytest.mark.parametrize("make", [Reference, IncrementalRustBackend])
@pytest.mark.parametrize("rule", ["sma(close, 14)", "rsi(close, 5)", "close.change_pct_2h", "close + 10", "atr(14)"])
def test_replayed_values_are_the_tail_of_a_whole_evaluation(rule: str, make: type[Stepping]) -> None:
    market = real_market("eurusd_1h", 60)
    plan, ticks = plan_of(rule), list(market.ticks())
    (whole,) = make().evaluate(plan, market.data()).values()
    for cut in (2, 30):
        backend = make()
        backend.initialize(plan, market.data())
        for tick in ticks[:cut]:
            backend.step(plan, tick)
        replayed = backend.replay(plan, backend.snapshot(plan), ticks[cut:])
        assert as_the_old_suite_compares(replayed) == whole.values[cut:]


@pytest.mark.parametrize("rule", ["ema(close, 9) > sma(close, 20)", "macd(close, 3, 5, 2)", "volume.avg()"])
def test_the_engine_restarted_at_every_bar_gives_what_the_reference_gives_without_a_stop(rule: str) -> None:
    plan, ticks = plan_of(rule), spoiled_ticks(seed=14)
    reference = outcomes_of(Reference(), plan, ticks)
    engine = IncrementalRustBackend()
    engine.initialize(plan, None, timeframe="1h")
    snapshot, outcomes = engine.snapshot(plan), []
    for tick in ticks:
        engine = IncrementalRustBackend()
        engine.initialize(plan, None, timeframe="1h")
        engine.replay(plan, snapshot, [])
        outcomes.append(outcome_of(engine, plan, tick, "1h"))
        snapshot = engine.snapshot(plan)
    assert assert_equal_outcomes(outcomes, reference, INPUTS_SIZE).ready >= 100
