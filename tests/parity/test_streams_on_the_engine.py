"""Rules over several streams: the engine, at once and bar by bar, against the exact reference on every market."""

from __future__ import annotations

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.algebra import alignment_func
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.planner.types import PlanResult
from tests.parity.compare import assert_same_bits, compare_nodes, outputs_of
from tests.parity.rules import Case
from tests.parity.streams import ALIGNED_CASES, ALIGNMENTS, GENERATORS, PAIR, STREAM_CASES, StreamMarket, stream_market
from tests.reference import Reference


def prove(case: Case, market: StreamMarket, plan: PlanResult, ready_min: int) -> None:
    """Compare every node of the engine, as of each row, with the reference's, and its two schedules bit for bit."""
    options = market.options | {"return_all_outputs": True}
    batch, nodes = BatchBackend().evaluate(plan, market.data, **options)
    stepped, _ = IncrementalRustBackend().evaluate(plan, market.data, **options)
    exact, truths = Reference().evaluate(plan, market.data, **options)
    ready = assert_same_bits(batch, stepped, case.rule)
    assert ready >= ready_min, f"only {ready} ready points"
    compare_nodes(plan, nodes, truths)
    for one, other in zip(outputs_of(batch), outputs_of(exact), strict=True):
        assert (one.timestamps, one.availability_mask) == (other.timestamps, other.availability_mask)


@pytest.mark.parametrize("name", GENERATORS)
@pytest.mark.parametrize("case", STREAM_CASES, ids=lambda case: case.rule)
def test_the_engine_gives_what_the_reference_gives(case: Case, name: str) -> None:
    market = stream_market(name)
    bars = len(market.data.series(*PAIR, "ohlcv"))
    prove(case, market, ta.compile(case.rule)._ensure_plan(), case.ready_min(bars, market.readiness))


@pytest.mark.parametrize("name", ["whole", "holes", "late"])
@pytest.mark.parametrize(("how", "fill", "share"), ALIGNMENTS)
@pytest.mark.parametrize("case", ALIGNED_CASES, ids=lambda case: case.rule)
def test_a_chosen_alignment_means_the_same_to_both(case: Case, how: str, fill: str, share: float, name: str) -> None:
    market = stream_market(name)
    least = case.ready_min(480, 1.0 if name == "whole" else share * market.readiness)
    with alignment_func(how=how, fill=fill):
        plan = ta.compile(case.rule)._ensure_plan()
    prove(case, market, plan, least)
