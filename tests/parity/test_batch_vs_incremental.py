"""Whole histories against single bars: the engine in batch, the engine stepped, and the exact reference.

`BatchBackend` (the engine over columns) and `IncrementalRustBackend` (the engine bar by bar) must not differ in a
bit. `BatchBackend` and `IncrementalBackend` (exact Decimals) must agree in every node of every rule, by the rule of
`compare`.
"""

from __future__ import annotations

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalBackend, IncrementalRustBackend
from tests.parity.compare import assert_same_bits, compare_nodes, evaluate, outputs_of
from tests.parity.markets import GENERATORS, REAL_FILES, Market, generated_market, real_market
from tests.parity.rules import CASES, Case

# The reference is slow: it takes the beginning of a real file, the engine against itself all of it.
REFERENCE_BARS = 600

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)


def batch_equals_steps(case: Case, market: Market) -> None:
    plan = ta.compile(case.rule)._ensure_plan()
    data = market.data()
    batch = evaluate(BatchBackend(), plan, data)
    stepped = evaluate(IncrementalRustBackend(), plan, data)
    ready = assert_same_bits(batch, stepped, f"{case.rule} on {market.name}")
    assert ready >= case.ready_min(len(market), market.readiness), f"only {ready} ready points"


def batch_equals_reference(case: Case, market: Market) -> None:
    plan = ta.compile(case.rule)._ensure_plan()
    data = market.data()
    root, mine = evaluate(BatchBackend(), plan, data, return_all_outputs=True)
    reference_root, theirs = evaluate(IncrementalBackend(), plan, data, return_all_outputs=True)
    compare_nodes(plan, mine, theirs)
    assert len(outputs_of(root)) == len(outputs_of(reference_root))
    for one, other in zip(outputs_of(root), outputs_of(reference_root), strict=True):
        # The values are those of the root's node; which rows are left of them is said twice, too.
        assert one.timestamps == other.timestamps
        assert one.availability_mask == other.availability_mask
    # Compiled without the other nodes, the root has the same bits.
    alone = evaluate(BatchBackend(), plan, data)
    ready = assert_same_bits(alone, root, f"{case.rule} alone and with its nodes on {market.name}")
    assert ready >= case.ready_min(len(market), market.readiness), f"only {ready} ready points"


@pytest.mark.parametrize("name", REAL_FILES)
@every_case
def test_steps_have_the_bits_of_a_batch_over_a_whole_real_file(case: Case, name: str) -> None:
    batch_equals_steps(case, real_market(name))


@pytest.mark.parametrize("name", GENERATORS)
@every_case
def test_steps_have_the_bits_of_a_batch_over_a_generated_market(case: Case, name: str) -> None:
    batch_equals_steps(case, generated_market(name))


@pytest.mark.parametrize("name", REAL_FILES)
@every_case
def test_a_batch_gives_what_exact_decimals_give_over_a_real_file(case: Case, name: str) -> None:
    batch_equals_reference(case, real_market(name, REFERENCE_BARS))


@pytest.mark.parametrize(
    ("case", "name"),
    [(case, name) for case in CASES for name in GENERATORS if name != "flat_cents" or not case.ties_when_flat],
    ids=lambda value: getattr(value, "rule", value),
)
def test_a_batch_gives_what_exact_decimals_give_over_a_generated_market(case: Case, name: str) -> None:
    batch_equals_reference(case, generated_market(name))
