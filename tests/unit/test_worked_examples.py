"""The worked examples as data: on the engine in batch, on the engine stepped, and in exact decimals.

Closes 10 12 11 13 15 14 16 18 17 20 19 22, one hour apart; open = close - 1, high = close + 2, low = close - 2,
volume = 100 to 111.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, Series
from laakhay.ta.expr.execution.backends import (
    BatchBackend,
    ExecutionBackend,
    IncrementalRustBackend,
)
from laakhay.ta.expr.ir import LiteralNode, SourceRefNode
from tests.reference import Reference

CLOSES = [10, 12, 11, 13, 15, 14, 16, 18, 17, 20, 19, 22]
START = datetime(2024, 1, 1, tzinfo=UTC)
STAMPS = [START + timedelta(hours=hour) for hour in range(len(CLOSES))]
BACKENDS = [BatchBackend, IncrementalRustBackend, Reference]

MEANS = "- - 11 12 13 14 15 16 17 55/3 56/3 61/3"
ABOVE = "- - F T T F T T F T T T"
PERCENT = "- - 10 100/12 400/11 100/13 100/15 400/14 100/16 200/18 200/17 10"
VOLUMES = "- - 101 102 103 104 105 106 107 108 109 110"

FULL_LENGTH = {
    "sma(3)": MEANS,
    "sma(close, 3)": MEANS,
    "sma(period=3)": MEANS,
    "sma(c, 2 + 1)": MEANS,
    "mean(close, lookback=3)": MEANS,
    "close > sma(3)": ABOVE,
    "close != sma(3)": ABOVE,
    "10 + sma(3)": "- - 21 22 23 24 25 26 27 85/3 86/3 91/3",
    "sma(3) + 10": "- - 21 22 23 24 25 26 27 85/3 86/3 91/3",
    "sma(sma(2), 3)": "- - - 11.5 12.5 13.5 14.5 15.5 16.5 53/3 18.5 19.5",
    "close.change_2h": "- - 1 1 4 1 1 4 1 2 2 2",
    "close.change_pct_2h": PERCENT,
    "close.roc_2": PERCENT,
    "close.2h_ago": "- - 10 12 11 13 15 14 16 18 17 20",
    "rsi(close, 3)": ("- - - 80 87.5 2800/41 11000/136 38200/434 76400/1111 371500/4409 743000/11005 3454300/41693"),
    "crossup(ema(2), ema(4))": "- T F F F F F F F F F F",
    "crossup(close, 15)": "- F F F F F T F F F F F",
    "sma(volume, 3)": VOLUMES,
    "sma(3, 'volume')": VOLUMES,
    "sma(period=3, source='volume')": VOLUMES,
    "sma(hlc3, 3)": MEANS,
    "close / (close - close)": "- - - - - - - - - - - -",
    "ohlcv.filter(close > 12).count > 3": "F F F F F F T T T T T T",
}
# What is left of the rows, with their times.
SHORTENED = {
    "ohlcv.filter(close > 12)": ([3, 4, 5, 6, 7, 8, 9, 10, 11], "13 15 14 16 18 17 20 19 22"),
    "ohlcv.filter(close > 12).count": ([11], "9"),
    "ohlcv.filter(close > 12).sum(close)": ([11], "154"),
    "ohlcv.filter(close > 12).avg(close)": ([11], "154/9"),
}


def bars() -> Dataset:
    def column(shift: int) -> list[Decimal]:
        return [Decimal(close + shift) for close in CLOSES]

    dataset = Dataset()
    volumes = [Decimal(100 + bar) for bar in range(12)]
    table = OHLCV(STAMPS, column(-1), column(2), column(-2), column(0), volumes, [True] * 12, "BTCUSDT", "1h")
    dataset.add_series("BTCUSDT", "1h", table, source="ohlcv")
    return dataset


def expected_points(text: str) -> list[Decimal | bool | None]:
    def point(word: str) -> Decimal | bool | None:
        if word in "-TF":
            return {"-": None, "T": True, "F": False}[word]
        above, _, below = word.partition("/")
        return Decimal(above) / Decimal(below or 1)

    return [point(word) for word in text.split()]


def evaluate(rule: str, backend: ExecutionBackend) -> Series[Decimal]:
    results = backend.evaluate(ta.compile(rule)._ensure_plan(), bars())
    assert list(results) == [("BTCUSDT", "1h", "default")]
    return results["BTCUSDT", "1h", "default"]


def assert_points(result: Series[Decimal], text: str) -> None:
    expected = expected_points(text)
    ready = result.availability_mask
    assert list(ready[: len(expected)]) == [point is not None for point in expected]
    for value, point in zip(result.values, expected, strict=False):
        if isinstance(point, bool):
            assert value is point
        elif point is not None:
            assert type(value) is Decimal and abs(value - point) < Decimal("1e-9")


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("rule", FULL_LENGTH)
def test_an_example_has_a_point_for_every_bar(rule: str, backend: type[ExecutionBackend]) -> None:
    result = evaluate(rule, backend())
    assert list(result.timestamps) == STAMPS
    assert_points(result, FULL_LENGTH[rule])


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("rule", SHORTENED)
def test_a_filter_or_an_aggregate_at_the_root_shortens_the_result(rule: str, backend: type[ExecutionBackend]) -> None:
    rows, text = SHORTENED[rule]
    result = evaluate(rule, backend())
    assert list(result.timestamps) == [STAMPS[row] for row in rows]
    assert len(expected_points(text)) == len(rows)
    assert_points(result, text)


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_undefined_constant_raises_when_it_is_evaluated(backend: type[ExecutionBackend]) -> None:
    plan = ta.compile("1 / 0")._ensure_plan()
    with pytest.raises(ValueError, match="undefined"):
        backend().evaluate(plan, bars())


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_signal_is_the_second_output_of_macd(backend: type[ExecutionBackend]) -> None:
    every = backend().evaluate(ta.compile("macd(close, 3, 5, 2)")._ensure_plan(), bars())["BTCUSDT", "1h", "default"]
    assert len(every) == 3
    signal = evaluate("macd(close, 3, 5, 2).signal", backend())
    assert signal.values == every[1].values != every[0].values
    # From the definition: means weighted 2 / (period + 1), each seeded by its first input.
    fast = slow = Decimal(10)
    mean = Decimal(0)
    for close, value in zip(CLOSES, signal.values, strict=True):
        fast += (close - fast) / 2
        slow += (close - slow) / 3
        mean += (fast - slow - mean) * 2 / 3
        assert abs(value - mean) < Decimal("1e-9")


def test_the_plan_of_a_mean_above_a_number_lists_children_first() -> None:
    plan = ta.compile("sma(close, 10) > 5")._ensure_plan()
    nodes = plan.graph.nodes
    assert plan.node_order == (0, 1, 2, 3, 4)
    assert isinstance(nodes[0].node, SourceRefNode)
    assert isinstance(nodes[1].node, LiteralNode) and type(nodes[1].node.value) is int and nodes[1].node.value == 10
    assert isinstance(nodes[3].node, LiteralNode) and type(nodes[3].node.value) is float and nodes[3].node.value == 5.0
    assert (nodes[2].children, nodes[4].children) == ((0, 1), (2, 3))
    needs = [(need.source, need.field, need.min_lookback) for need in plan.requirements.data_requirements]
    assert needs == [("ohlcv", "close", 10)]
