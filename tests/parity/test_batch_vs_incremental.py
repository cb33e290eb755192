"""Whole histories against single bars: the engine in batch, the engine stepped, and the exact reference.

`BatchBackend` (the engine over columns) and `IncrementalRustBackend` (the engine bar by bar) must not differ in a
bit. `BatchBackend` and `Reference` (exact Decimals) must agree in every node of every rule, by the rule of
`compare`; rules of one indicator are held against them by `test_witnesses`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

import laakhay.ta as ta
from laakhay.ta.core import Series
from laakhay.ta.expr.execution import ErrorPolicy, MissingInputPolicy, StepPolicies
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.ir import LiteralNode
from tests.parity.compare import assert_same_bits, evaluate
from tests.parity.markets import GENERATORS, REAL_FILES, Market, generated_market, real_market
from tests.parity.rules import BESIDE_INDICATORS, CASES, Case
from tests.parity.witness import REAL_BARS, compare_with_reference

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)


def batch_equals_steps(case: Case, market: Market) -> None:
    plan = ta.compile(case.rule)._ensure_plan()
    data = market.data()
    batch = evaluate(BatchBackend(), plan, data)
    stepped = evaluate(IncrementalRustBackend(), plan, data)
    ready = assert_same_bits(batch, stepped, f"{case.rule} on {market.name}")
    assert ready >= case.ready_min(len(market), market.readiness), f"only {ready} ready points"


@pytest.mark.parametrize("name", REAL_FILES)
@every_case
def test_steps_have_the_bits_of_a_batch_over_a_whole_real_file(case: Case, name: str) -> None:
    batch_equals_steps(case, real_market(name))


@pytest.mark.parametrize("name", GENERATORS)
@every_case
def test_steps_have_the_bits_of_a_batch_over_a_generated_market(case: Case, name: str) -> None:
    batch_equals_steps(case, generated_market(name))


# The reference is slow: it takes the beginning of a real file, the engine against itself all of it.
@pytest.mark.parametrize("name", REAL_FILES)
@pytest.mark.parametrize("case", BESIDE_INDICATORS, ids=lambda case: case.rule)
def test_a_batch_gives_what_exact_decimals_give_over_a_real_file(case: Case, name: str) -> None:
    compare_with_reference(case.rule, real_market(name, REAL_BARS), case.ready_share)


@pytest.mark.parametrize(
    ("case", "name"),
    [
        (case, name)
        for case in BESIDE_INDICATORS
        for name in GENERATORS
        if name != "flat_cents" or not case.ties_when_flat
    ],
    ids=lambda value: getattr(value, "rule", value),
)
def test_a_batch_gives_what_exact_decimals_give_over_a_generated_market(case: Case, name: str) -> None:
    compare_with_reference(case.rule, generated_market(name), case.ready_share)


@pytest.mark.parametrize(
    "rule", ["close + 1", "close > 2 and close < 9", "close.filter(close > 2)", "ohlcv.sum(close)"]
)
@pytest.mark.parametrize("on_error", [ErrorPolicy.EMIT_MISSING, ErrorPolicy.EMIT_ERROR])
def test_a_bar_that_fails_is_the_same_row_in_every_node(rule: str, on_error: ErrorPolicy) -> None:
    plan = ta.compile(rule)._ensure_plan()
    stamps = [datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in range(4)]
    closes = Series(stamps, [Decimal(1), Decimal(0), Decimal(3), Decimal(4)], "S", "1h", [True, False, True, True])
    options = {"policies": StepPolicies(MissingInputPolicy.FAIL, on_error), "return_all_outputs": True}
    batch = BatchBackend().evaluate(plan, closes, **options)
    stepped = IncrementalRustBackend().evaluate(plan, closes, **options)
    assert stepped == batch
    computed = [i for i, entry in plan.graph.nodes.items() if not isinstance(entry.node, LiteralNode)]
    assert computed and not any(batch[1][i].availability_mask[1] for i in computed)
