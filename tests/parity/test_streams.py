"""Rules over several streams: what holds of the exact reference on every market.

As many points are ready as a proof of the engine against it needs, and no bar changes what was computed before it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.algebra import alignment_func
from tests.parity.compare import outputs_of
from tests.parity.rules import Case
from tests.parity.streams import (
    ALIGNED_CASES,
    ALIGNMENTS,
    GENERATORS,
    PAIR,
    START,
    STREAM_CASES,
    StreamMarket,
    stream_market,
)
from tests.reference import Reference

every_market = pytest.mark.parametrize("name", GENERATORS)


def evaluate(case: Case, market: StreamMarket, data: Any = None) -> tuple[Any, ...]:
    plan = ta.compile(case.rule)._ensure_plan()
    given = market.data if data is None else data
    return outputs_of(Reference().evaluate(plan, given, **market.options))


def rows_of(series: Any) -> list[tuple[Any, Any, bool]]:
    return list(zip(series.timestamps, series.values, series.availability_mask, strict=True))


@every_market
@pytest.mark.parametrize("case", STREAM_CASES, ids=lambda case: case.rule)
def test_enough_points_are_ready_and_none_depends_on_later_bars(case: Case, name: str) -> None:
    market = stream_market(name)
    whole = evaluate(case, market)
    bars = len(market.data.series(*PAIR, "ohlcv"))
    ready = sum(sum(series.availability_mask) for series in whole)
    assert ready >= case.ready_min(bars, market.readiness), f"only {ready} ready points"
    if ".filter" not in case.rule:
        assert all(len(series) == bars for series in whole)
    end = START + timedelta(hours=301)
    for head, series in zip(evaluate(case, market, market.until(end)), whole, strict=True):
        rows = [row for row in rows_of(series) if row[0] + timedelta(hours=1) <= end]
        assert rows_of(head) == rows and len(rows) >= 30


@pytest.mark.parametrize("name", ["whole", "holes", "late"])
@pytest.mark.parametrize(("how", "fill", "share"), ALIGNMENTS)
@pytest.mark.parametrize("case", ALIGNED_CASES, ids=lambda case: case.rule)
def test_a_chosen_alignment_leaves_enough_points(case: Case, how: str, fill: str, share: float, name: str) -> None:
    market = stream_market(name)
    with alignment_func(how=how, fill=fill):
        whole = evaluate(case, market)
        head = evaluate(case, market, market.until(START + timedelta(hours=301)))
    ready = sum(sum(series.availability_mask) for series in whole)
    least = case.ready_min(480, 1.0 if name == "whole" else share * market.readiness)
    assert ready >= least, f"only {ready} ready points"
    assert rows_of(head[0]) == rows_of(whole[0])[: len(head[0])]


def test_bars_that_are_built_are_those_of_the_finest_timeframe() -> None:
    # By hand on the market built in UTC: the last quarter of an hour that closed with a bar of four hours.
    market = stream_market("built")
    (series,) = evaluate(Case("ohlcv.4h.close"), market)
    quarters = market.data.series("BTCUSDT", "15m", "ohlcv")
    closing = {
        stamp + timedelta(minutes=15): close for stamp, close in zip(quarters.timestamps, quarters.closes, strict=True)
    }
    for stamp, value, is_ready in rows_of(series):
        end = START + (stamp + timedelta(hours=1) - START) // timedelta(hours=4) * timedelta(hours=4)
        before = [time for time in closing if end - timedelta(hours=4) < time <= end]
        assert (not before and not is_ready) or value == closing[max(before)]
    assert sum(series.availability_mask) > 300
