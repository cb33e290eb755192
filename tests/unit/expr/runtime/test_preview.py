"""A preview evaluates over everything and leaves the warm-up out afterwards."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, Series
from laakhay.ta.exceptions import StrategyError, TypeCheckError
from laakhay.ta.expr.ir import LiteralNode
from laakhay.ta.expr.runtime import PreviewResult, preview
from laakhay.ta.expr.semantics import ohlcv
from tests.unit.expr.runtime.markets import START, iso, rising, rising_dataset

DATA = Path(__file__).parents[4] / "examples" / "data"
STREAM = {"symbol": "BTCUSDT", "timeframe": "1h"}


def test_a_mean_is_that_of_all_bars_without_the_first() -> None:
    result = preview("sma(20)", bars=rising(50), **STREAM)
    # Of closes 1, 2, ... the mean of twenty up to bar i is i - 8.5; the first twenty points are left out.
    assert result.trim == 20
    assert result.series.values == tuple(Decimal(i) - Decimal("8.5") for i in range(20, 50))
    assert result.series.availability_mask == (True,) * 30
    assert result.series.timestamps[0].isoformat() == iso(20)
    assert (result.series.symbol, result.series.timeframe) == ("BTCUSDT", "1h")
    assert [call.name for call in result.indicators] == ["sma"]
    assert result.triggers == []
    assert result.plan == ta.compile("sma(20)")._ensure_plan()
    assert result.requirements == result.plan.requirements


def test_the_fields_have_their_order() -> None:
    assert [field.name for field in fields(PreviewResult)] == [
        *("series", "triggers", "indicators", "trim"),
        *("indicator_series", "indicator_emissions", "requirements", "plan"),
    ]


def test_a_long_mean_leaves_what_is_left_of_a_hundred_bars() -> None:
    result = preview("sma(50)", bars=rising(100), **STREAM)
    assert len(result.series) == 100 - result.trim == 50


def test_triggers_are_counted_in_the_series_that_is_given() -> None:
    result = preview("close > 5", bars=rising(8), **STREAM)
    assert result.trim == 1
    assert result.series.values == (False, False, False, False, True, True, True)
    assert result.triggers == [{"timestamp": iso(bar), "value": True, "index": bar - 1} for bar in (5, 6, 7)]
    assert all(trigger["value"] is True for trigger in result.triggers)


def test_no_trigger_comes_from_the_warm_up() -> None:
    data = rising_dataset(8)
    for rule in ("close != sma(4)", "not (sma(4) > close)"):
        result = preview(rule, dataset=data)
        assert result.series.availability_mask == (False,) * 3 + (True,) * 5
        assert [trigger["index"] for trigger in result.triggers] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize("rule", ["sma(10)", "close - 1", "close.filter(close < 3)", "signum(close - 3)"])
def test_a_rule_of_numbers_has_no_triggers_even_of_ones_and_zeros(rule: str) -> None:
    assert preview(rule, dataset=rising_dataset(20)).triggers == []


def test_a_rule_that_is_never_ready_has_no_triggers() -> None:
    result = preview("close > sma(50)", dataset=rising_dataset(8))
    assert (result.triggers, any(result.series.availability_mask)) == ([], False)


@pytest.mark.parametrize(
    ("values", "mask", "rows"),
    [((True, True), (True, False), [0]), ((True, 5), None, []), ((1, 0), None, []), ((5, True), (False, True), [1])],
)
def test_triggers_are_ready_points_of_truth_values_alone(values: tuple[Any, ...], mask: Any, rows: list[int]) -> None:
    own = Series([START, START.replace(hour=1)], values, "BTCUSDT", "1h", mask)
    result = preview(LiteralNode(own, type_tag="series_bool"), dataset=rising_dataset(2))
    assert [trigger["index"] for trigger in result.triggers] == rows


def test_all_calls_are_listed_with_what_they_gave() -> None:
    result = preview("(sma(20) > sma(50)) and (rsi(14) < 30)", bars=rising(100), **STREAM)
    assert [call.name for call in result.indicators] == ["sma", "sma", "rsi"]
    assert [name.rsplit("_", 1)[0] for name in result.indicator_series] == ["sma", "sma", "rsi"]
    twenty, fifty, rsi = result.indicator_series.values()
    assert (twenty.values[0], fifty.values[0], rsi.values[0]) == (Decimal("41.5"), Decimal("26.5"), 100)
    assert all(one.timestamps == result.series.timestamps for one in (twenty, fifty, rsi))


def test_a_crossing_shows_both_of_its_means() -> None:
    result = preview("crossup(ema(10), ema(20))", bars=rising(60), **STREAM)
    names = list(result.indicator_series)
    assert sum(name.startswith("ema_") for name in names) == 2
    assert [name for name in names if name.startswith("crossup_")]
    assert len(result.indicator_emissions) == 3


def test_a_call_with_several_outputs_shows_all_of_them() -> None:
    result = preview("macd(close, 3, 5, 2).signal > 0", dataset=rising_dataset(20))
    (outputs,) = [value for name, value in result.indicator_series.items() if name.startswith("macd_")]
    assert [type(one) for one in outputs] == [Series] * 3
    with pytest.raises(ValueError, match=r"single output, such as `macd\(close, 12, 26, 9\).signal`"):
        preview("macd(close, 3, 5, 2)", dataset=rising_dataset(20))


def test_a_filter_and_an_aggregate_keep_what_lies_behind_the_warm_up() -> None:
    kept = preview("close.filter(close % 2 == 1)", bars=rising(7), **STREAM)
    assert (kept.trim, kept.series.values) == (1, (3, 5, 7))
    counted = preview("close.filter(close > sma(3)).count", bars=rising(7), **STREAM)
    assert (counted.trim, counted.series.values) == (3, (5,))


def test_constants_are_one_point() -> None:
    result = preview("1 + 2", bars=rising(3), **STREAM)
    assert (result.trim, result.series.values, result.triggers) == (0, (3,), [])


# Data


def test_a_dataset_is_not_changed_and_keeps_its_label() -> None:
    for label in ("ohlcv", "default"):
        data = Dataset()
        data.add_series("BTCUSDT", "1h", rising_dataset(30).series("BTCUSDT", "1h"), source=label)
        before = list(data)
        for _ in range(3):
            assert len(preview("sma(5)", dataset=data, **STREAM).series) == 25
        assert list(data) == before and data.version == 1


def test_without_labels_nothing_is_left_out() -> None:
    result = preview("sma(5)", dataset=rising_dataset(30))
    assert (result.trim, len(result.series)) == (5, 30)
    assert len(preview("sma(5)", dataset=rising_dataset(30), symbol="BTCUSDT").series) == 30


def test_of_several_streams_the_first_in_order_or_the_one_that_is_named_counts() -> None:
    data = rising_dataset(30, "ETHUSDT")
    data.add_series("BTCUSDT", "1h", rising_dataset(20).series("BTCUSDT", "1h"))
    data.add_series("BTCUSDT", "4h", rising_dataset(10).series("BTCUSDT", "1h"))
    first = preview("close", dataset=data)
    assert (first.series.symbol, first.series.timeframe, len(first.series)) == ("BTCUSDT", "1h", 20)
    named = preview("close", dataset=data, symbol="ETHUSDT", timeframe="1h")
    assert (named.series.symbol, len(named.series)) == ("ETHUSDT", 29)
    assert len(preview("close", dataset=data, timeframe="4h").series) == 10
    # What the nodes gave belongs to the stream that is shown.
    means = preview("sma(2) > 0", dataset=data, symbol="ETHUSDT", timeframe="1h")
    (mean,) = means.indicator_series.values()
    assert (mean.symbol, len(mean)) == ("ETHUSDT", 28)


def test_bars_may_have_naive_times_and_texts() -> None:
    bars = [
        {**bar, "timestamp": bar["timestamp"].replace(tzinfo=None), "close": str(bar["close"])} for bar in rising(4)
    ]
    result = preview("close * 2", bars=bars, **STREAM)
    assert result.series.values == (4, 6, 8)
    assert result.series.timestamps[0] == START.replace(hour=1)


def test_data_is_needed_with_its_labels_and_of_one_kind() -> None:
    with pytest.raises(ValueError, match="Must provide either 'bars' or 'dataset'"):
        preview("close")
    for labels in ({}, {"symbol": "BTCUSDT"}, {"timeframe": "1h"}):
        with pytest.raises(ValueError, match="Must provide 'symbol' and 'timeframe'"):
            preview("close", bars=rising(3), **labels)
    with pytest.raises(ValueError, match="'bars' and 'dataset' are both given"):
        preview("close", bars=rising(3), dataset=rising_dataset(3), **STREAM)
    with pytest.raises(ValueError, match="bars sequence must not be empty"):
        preview("close", bars=[], **STREAM)
    with pytest.raises(ValueError, match="no entry of symbol SOL and timeframe 1h"):
        preview("close", dataset=rising_dataset(3), symbol="SOL", timeframe="1h")
    with pytest.raises(ValueError, match="no entry of symbol \\* and timeframe \\*"):
        preview("close", dataset=Dataset())


@pytest.mark.parametrize("count", [19, 20])
def test_a_rule_that_needs_all_bars_leaves_none(count: int) -> None:
    with pytest.raises(ValueError, match=f"no bar is left: one value of the rule needs 20, and there are {count}"):
        preview("sma(20)", bars=rising(count), **STREAM)
    assert len(preview("sma(20)", bars=rising(21), **STREAM).series) == 1


def test_a_wrong_rule_is_raised() -> None:
    for text in ("unknown_function(20)", "sma("):
        with pytest.raises(StrategyError):
            preview(text, bars=rising(3), **STREAM)
    with pytest.raises(TypeCheckError):
        preview("trades.filter(100)", bars=rising(3), **STREAM)


def test_expressions_and_nodes_are_taken() -> None:
    for rule in (ohlcv("close") * 2, (ohlcv("close") * LiteralNode(2))._node):
        assert preview(rule, dataset=rising_dataset(2)).series.values == (2, 4)


@pytest.mark.parametrize("backend", [None, "rust"])
def test_the_incremental_mode_gives_the_same(monkeypatch: pytest.MonkeyPatch, backend: str | None) -> None:
    rule = "crossup(close, sma(3)) or macd(close, 3, 5, 2).signal > 0.9"
    batch = preview(rule, bars=rising(30), **STREAM)
    monkeypatch.setenv("TA_EXECUTION_MODE", "incremental")
    if backend is not None:
        monkeypatch.setenv("TA_INCREMENTAL_BACKEND", backend)
    stepped = preview(rule, bars=rising(30), **STREAM)
    assert stepped.series == batch.series
    assert stepped.triggers == batch.triggers != []
    assert list(stepped.indicator_series) == list(batch.indicator_series)


def test_real_bars_trigger_where_a_mean_by_hand_is_passed() -> None:
    table = ta.from_csv(DATA / "aapl_1d.csv", "AAPL", "1d")
    assert isinstance(table, OHLCV)
    data = Dataset()
    data.add_series("AAPL", "1d", table[:60], source="ohlcv")
    result = preview("close > sma(close, 10)", dataset=data, symbol="AAPL", timeframe="1d")
    closes = table.closes[:60]
    above = [row for row in range(10, 60) if closes[row] > sum(closes[row - 9 : row + 1]) / 10]
    assert len(above) >= 10
    assert [datetime.fromisoformat(one["timestamp"]) for one in result.triggers] == [table.timestamps[r] for r in above]
