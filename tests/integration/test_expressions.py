"""Rules from their text to their values: reading, writing, planning, executing, over one source and over several."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, Series
from laakhay.ta.expr.algebra import Expression, alignment_func, as_expression
from laakhay.ta.expr.dsl import compile_expression, expression_from_dict, expression_to_dict, parse_expression_text
from laakhay.ta.expr.execution import Engine, evaluate_plan
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.ir import CallNode
from laakhay.ta.expr.planner import Evaluator
from laakhay.ta.expr.runtime import Stream, analyze, preview, validate
from tests.reference import Reference
from tests.unit.expr.by_hand import ready, series

DATA = Path(__file__).parents[2] / "examples" / "data"
START = datetime(2024, 1, 1, tzinfo=UTC)
KEY = ("BTCUSDT", "1h", "default")

WRITTEN = [
    "sma(close, 5 + 5)",
    "rsi(price, 14)",
    "not (close > open)",
    "close > open and volume > 1000",
    "close > open or close > high",
    "-close + 2 * open",
    "2 ** 3 ** 2 > close % 7",
    "1 < close < 100",
    "trades.sum(amount)",
    "trades.count > 5",
    "trades.filter(amount > 1000).sum(price)",
    "trades.avg(price) > ohlcv.close",
    "ohlcv.filter(volume > 1000).count()",
    "BTC.USDT.perp.h1.price > BTC.USDT.spot.h1.price",
    "binance.BTC.price > bybit.BTC.price",
    "BTC/USDT.1h.price > sma(BTC.USDT.price, period=20)",
    "BTC.orderbook.imbalance > 0.5",
    "BTC.liquidation.count > 10",
    "bbands(close, 20).upper > close",
    "macd(close, 12, 26, 9).signal > 0",
    "stochastic(14, 3).k < 20",
    "typical_price > sma(typical_price, 20)",
    "hlc3 > sma(hlc3, 10)",
    "abs(close - open) / atr(14)",
    "close.change_1h > 0",
    "close.change_pct_24h > 5",
    "price.24h_ago < price",
    "close.roc_10 > 0",
    "close[3] < close",
    "crossup(ema(close, 12), ema(close, 26)) and rsi(14) < 70",
    "mean(volume, lookback=10) * 5 < volume",
    "sma(3, 'volume') > sma(period=3, source='volume')",
    "true and close > 1",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_text_becomes_a_tree_that_is_written_and_read_without_loss(text: str) -> None:
    tree = parse_expression_text(text)
    written = json.loads(json.dumps(expression_to_dict(tree)))
    assert expression_from_dict(written) == tree
    assert compile_expression(written)._node == tree == compile_expression(text)._node
    assert validate(text).valid and analyze(text).plan is not None
    assert compile_expression(text).requirements() == compile_expression(written).requirements()


def test_arguments_of_a_call_equal_a_list() -> None:
    tree = parse_expression_text("sma(close, 5 + 5)")
    assert isinstance(tree, CallNode)
    assert tree.args == list(tree.args) and tree.args[1].value == 10  # type: ignore[index]


# Python operators


def points(values: str, hours: list[int]) -> Expression:
    stamps = [START + timedelta(hours=hour) for hour in hours]
    return as_expression(Series(stamps, [Decimal(value) for value in values.split()], "BTCUSDT", "1h"))


def test_series_are_aligned_to_the_times_they_share() -> None:
    result = (points("100 50", [0, 1]) + points("1 7", [0, 2])).evaluate({})
    assert (result.values, result.timestamps) == ((101,), (START,))


def test_the_policy_counts_that_holds_when_a_rule_is_run() -> None:
    total = points("100 50", [0, 1]) + points("1 7", [0, 2])
    assert total.evaluate({}).values == (101,)
    with alignment_func(how="outer", fill="ffill"):
        assert total.evaluate({}).values == (101, 51, 57)
    assert total.evaluate({}).values == (101,)


def test_series_of_different_streams_are_refused() -> None:
    other = as_expression(series("1 2", symbol="ETHUSDT"))
    with pytest.raises(ValueError, match="mismatched metadata"):
        (as_expression(series("1 2")) + other).evaluate({})
    with pytest.raises(ValueError, match="mismatched metadata"):
        (as_expression(series("1 2")) > as_expression(series("1 2", timeframe="4h"))).evaluate({})


def test_numbers_are_spread_over_series_on_either_side() -> None:
    own = as_expression(series("10 20"))
    assert (own - 15).evaluate({}).values == (-5, 5)
    assert (15 - own).evaluate({}).values == (5, -5)
    assert (own > 15).evaluate({}).values == (False, True)
    assert (15 > own).evaluate({}).values == (True, False)
    assert (2**own / Decimal("1024")).evaluate({}).values == (1, 1024)
    assert (~(own > 15) | (own == 20)).evaluate({}).values == (True, True)


@pytest.mark.parametrize("context", [{}, None])
def test_constants_need_no_data(context: Any) -> None:
    assert as_expression(42).evaluate(context).values == (42,)
    nested = (as_expression(100) + 50) * 2 - 2
    assert nested.evaluate(context).values == (298,)
    assert (as_expression(5) > 3).evaluate(context).values == (True,)


def test_readiness_is_that_of_both_sides() -> None:
    closes = " ".join(str(100 + hour % 7) for hour in range(60))
    rule = (ta.compile("sma(5)") > ta.compile("sma(8)")) & (ta.compile("rsi(6)") < 70)
    result = rule.evaluate({"close": series(closes)})
    assert len(result) == 60 and sum(result.availability_mask) == 53
    assert all(type(value) is bool for value in result.values)


def test_a_rule_says_what_it_is() -> None:
    text = (as_expression(10) + 20).describe()
    assert "10 + 20" in text and "alignment:" in text
    lines = ta.compile("BTC.trades.volume > sma(period=20)").describe().splitlines()
    assert lines == [
        "expr: BTC.trades.volume > sma(period=20)",
        "data_requirements:",
        "  - ohlcv.close symbol=* exchange=* timeframe=- lookback=20",
        "  - trades.volume symbol=BTC exchange=* timeframe=- lookback=1",
        "alignment: how=inner fill=none left_fill=None right_fill=None",
    ]
    assert ta.compile("volume > sma(20) + high").dependencies() == ["close", "high", "volume"]


# One dataset through every door


def bars(closes: list[float], volumes: list[float] | None = None, symbol: str = "BTCUSDT") -> OHLCV:
    volumes = [1000.0] * len(closes) if volumes is None else volumes
    stamps = [START + timedelta(hours=hour) for hour in range(len(closes))]
    prices = [Decimal(str(close)) for close in closes]
    highs, lows = [price + 1 for price in prices], [price - 1 for price in prices]
    quantities = [Decimal(str(volume)) for volume in volumes]
    return OHLCV(stamps, prices, highs, lows, prices, quantities, [True] * len(closes), symbol, "1h")


def dataset(table: OHLCV, source: str = "ohlcv") -> Dataset:
    data = Dataset()
    data.add_series(table.symbol, table.timeframe, table, source)
    return data


def test_a_mean_of_two_on_four_bars() -> None:
    result = ta.compile("sma(2)").run(dataset(bars([102, 106, 110, 114])))[KEY]
    assert ready(result) == [None, 104, 108, 112]
    assert result.availability_mask[0] is False
    above = ta.compile("sma(2) > 105").run(dataset(bars([102, 106, 110])))[KEY]
    assert above.values == (0, 0, 1)


def test_a_mean_of_volume_on_fifty_bars() -> None:
    table = bars([100.0] * 50, [1000 + 100 * hour for hour in range(50)], "BTC/USDT")
    (result,) = ta.compile("mean(volume, lookback=10)").run(dataset(table)).values()
    assert (len(result), sum(result.availability_mask)) == (50, 41)
    assert float(result.values[-1]) == 5450.0


@pytest.mark.parametrize("rule", ["close + 10", "sma(close, 14)", "rsi(close, 14)", "close > sma(close, 14)"])
def test_every_door_gives_the_same(rule: str) -> None:
    table = ta.from_csv(DATA / "eurusd_1h.csv", "EURUSD", "1h")
    assert isinstance(table, OHLCV)
    data, expression = dataset(table[:120]), ta.compile(rule)
    (result,) = expression.run(data).values()
    assert sum(result.availability_mask) >= 106
    stream = Stream(data)
    stream.register("rule", expression)
    key = ("EURUSD", "1h", "default")
    plan = expression._ensure_plan()
    others = [
        evaluate_plan(plan, data)[key],
        BatchBackend().evaluate(plan, data)[key],
        IncrementalRustBackend().evaluate(plan, data)[key],
        Evaluator().evaluate(expression, data)[key],
        Engine().evaluate(expression, data),
        expression.evaluate(data),
        stream.evaluate().outputs["rule"][key],
        preview(expression, dataset=data).series,
    ]
    assert [other == result for other in others] == [True] * len(others)
    exact = Reference().evaluate(plan, data)[key]
    assert exact.availability_mask == result.availability_mask
    pairs = [(x, y) for x, y, ok in zip(exact.values, result.values, result.availability_mask, strict=True) if ok]
    assert all(abs(Decimal(x) - Decimal(y)) < Decimal("1e-9") for x, y in pairs)


def test_a_mean_of_real_bars_is_the_mean_of_their_closes() -> None:
    table = ta.from_csv(DATA / "aapl_1d.csv", "AAPL", "1d")
    assert isinstance(table, OHLCV)
    (result,) = ta.compile("sma(close, 7)").run(dataset(table)).values()
    for row in (6, 7, 100, len(table) - 1):
        assert abs(result.values[row] - sum(table.closes[row - 6 : row + 1]) / 7) < Decimal("1e-9")


@pytest.mark.parametrize("text", ["in_price_of_nothing(3)", "SOL.price > 1"])
def test_what_cannot_be_is_an_error_and_no_value(text: str) -> None:
    with pytest.raises(Exception, match="not found|not in the data"):
        ta.compile(text).run(dataset(bars([1, 2])))


# Several sources


@pytest.fixture
def sources() -> Dataset:
    hours = range(30)
    data = dataset(bars([100 + hour for hour in hours]))

    def add(label: str, start: int) -> None:
        stamps = [START + timedelta(hours=hour) for hour in hours]
        values = [Decimal(start + hour) for hour in hours]
        data.add_series("BTCUSDT", "1h", Series(stamps, values, "BTCUSDT", "1h"), source=label)

    for label, start in {"trades": 1000, "orderbook_imbalance": 1, "orderbook_spread": 5, "liquidation": 50}.items():
        add(label, start)
    return data


def last(rule: str, data: Dataset) -> Decimal:
    results = ta.compile(rule).run(data)
    assert list(results) == [KEY]
    assert len(results[KEY]) == 30 and results[KEY].availability_mask[-1]
    return results[KEY].values[-1]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        # The mean of the last five of n, n + 1, ... n + 29 is n + 27.
        ("sma(BTC.trades.volume, period=5)", 1027),
        ("sma(BTC.orderbook.imbalance, period=5)", 28),
        ("BTC.orderbook.spread", 34),
        ("sma(BTC.liquidation.volume, period=5)", 77),
        ("BTC.price + BTC.trades.volume / 1000", Decimal("130.029")),
        ("sma(BTC.price, 20) > sma(BTC.trades.volume, 20) / 100", True),
        ("sma(BTC.high + BTC.low, period=5)", 254),
        ("volume", 1000),
        ("BTC.liquidation.count + 0", 30),
        ("trades.filter(volume > 1020).count > 8", True),
    ],
)
def test_every_source_is_read_and_never_another(rule: str, value: Any, sources: Dataset) -> None:
    assert last(rule, sources) == value


def test_an_exchange_has_series_of_its_own(sources: Dataset) -> None:
    trades = sources.series("BTCUSDT", "1h", "trades")
    assert isinstance(trades, Series)
    doubled = Series(trades.timestamps, [value * 2 for value in trades.values], "BTCUSDT", "1h")
    sources.add_series("BTCUSDT", "1h", doubled, source="trades_binance")
    assert last("binance.BTC.trades.volume", sources) == 2058
    assert last("BTC.trades.volume", sources) == 1029
    assert last("binance.BTC.trades.volume / BTC.trades.volume", sources) == 2
