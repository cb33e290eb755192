"""A stream gives, bar by bar, what an evaluation of all bars gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Bar, Dataset, Series
from laakhay.ta.exceptions import MissingDataError, OrderError
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.ir import LiteralNode
from laakhay.ta.expr.planner import PlanResult
from laakhay.ta.expr.runtime import AvailabilityTransition, Stream, StreamUpdate
from tests.parity.markets import generated_market, real_market
from tests.unit.expr.by_hand import ready, series
from tests.unit.expr.runtime.markets import START, rising, rising_dataset

KEY = ("BTCUSDT", "1h", "default")
HOUR = 3600


def bar(hour: int, close: Any, **others: Any) -> dict[str, Any]:
    return {"timestamp": hour * HOUR, "open": close, "high": close, "low": close, "close": close, "volume": 1, **others}


def push(stream: Stream, *closes: Any, start: int = 0) -> StreamUpdate:
    for hour, close in enumerate(closes, start):
        update = stream.update_ohlcv("BTCUSDT", "1h", bar(hour, close))
    return update


@pytest.fixture
def evaluations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the hash of every plan that is evaluated over all data."""
    asked: list[str] = []
    for backend in (BatchBackend, IncrementalRustBackend):
        evaluate: Callable[..., Any] = backend.evaluate

        def counted(self: Any, plan: PlanResult, *args: Any, _run: Any = evaluate, **options: Any) -> Any:
            asked.append(plan.graph_hash)
            return _run(self, plan, *args, **options)

        monkeypatch.setattr(backend, "evaluate", counted)
    yield asked


# Transitions


def test_a_mean_becomes_available_once() -> None:
    heard: list[AvailabilityTransition] = []
    stream = Stream()
    stream.register("mean", ta.compile("sma(2)"), on_transition=heard.append)
    assert push(stream, 100).transitions == []
    update = push(stream, 110, start=1)
    (transition,) = update.transitions
    assert (transition.expression, transition.key, transition.value) == ("mean", KEY, Decimal("105"))
    assert transition.timestamp == update.outputs["mean"][KEY].timestamps[-1]
    assert heard == [transition]
    assert push(stream, 120, start=2).transitions == []
    assert heard == [transition]


def test_it_is_availability_that_is_told_and_not_truth() -> None:
    stream = Stream()
    stream.register("above", "close > sma(2)")
    assert push(stream, 100).transitions == []
    (transition,) = push(stream, 90, start=1).transitions
    assert transition.value is False


def test_what_was_lost_and_comes_back_is_told_again() -> None:
    stream = Stream()
    stream.register("share", "close / (close - 5)")
    told = [len(push(stream, close, start=hour).transitions) for hour, close in enumerate((4, 6, 5, 5, 8, 9))]
    assert told == [1, 0, 0, 0, 1, 0]


def test_every_callback_hears_after_all_rules_are_evaluated() -> None:
    stream = Stream()
    heard: list[str] = []
    for name in ("one", "two"):
        stream.register(name, "close", on_transition=lambda one: heard.append(one.expression))
    stream.on_transition("one", lambda one: heard.append("again"))
    update = push(stream, 1)
    assert heard == ["one", "again", "two"]
    assert [one.expression for one in update.transitions] == ["one", "two"]
    with pytest.raises(KeyError, match="no rule is registered as 'three'; registered: one, two"):
        stream.on_transition("three", heard.append)


def test_each_stream_has_its_own_transitions() -> None:
    stream = Stream()
    stream.register("mean", "sma(close, 2)")
    push(stream, 1)
    stream.update_ohlcv("ETHUSDT", "1h", bar(0, 5))
    (transition,) = stream.update_ohlcv("ETHUSDT", "1h", bar(1, 7)).transitions
    assert (transition.key, transition.value) == (("ETHUSDT", "1h", "default"), 6)
    (transition,) = push(stream, 3, start=1).transitions
    assert (transition.key, transition.value) == (KEY, 2)


def test_several_outputs_are_told_one_by_one() -> None:
    stream = Stream()
    stream.register("bands", "bbands(close, 2)")
    push(stream, 10)
    update = push(stream, 20, start=1)
    # Two closes of 10 and 20: their mean is 15 and their population deviation 5.
    assert [(one.key, one.value) for one in update.transitions] == [
        ((*KEY, "upper"), 25),
        ((*KEY, "middle"), 15),
        ((*KEY, "lower"), 5),
    ]
    assert isinstance(update.outputs["bands"][KEY], tuple)


def test_constants_and_empty_results_make_no_trouble() -> None:
    stream = Stream()
    stream.register("three", "1 + 2")
    stream.register("never", "close.filter(close > 1000)")
    update = push(stream, 1)
    assert update.outputs["three"][KEY].values == (3,)
    assert len(update.outputs["never"][KEY]) == 0
    assert [one.expression for one in update.transitions] == ["three"]


# The dataset


def test_a_given_dataset_is_used_even_when_it_is_empty() -> None:
    data = Dataset()
    stream = Stream(data)
    assert stream.dataset is data
    push(stream, 1)
    assert len(data.series("BTCUSDT", "1h", "ohlcv")) == 1
    assert Stream().dataset is not Stream().dataset


def test_without_rules_or_data_nothing_is_given() -> None:
    assert Stream().evaluate() == StreamUpdate({}, [])
    stream = Stream()
    stream.register("close", "close")
    assert stream.evaluate() == StreamUpdate({"close": {}}, [])


def test_a_forming_bar_is_replaced_until_the_next_one_comes() -> None:
    stream = Stream()
    stream.register("mean", "sma(close, 2)")
    push(stream, 100)
    values = []
    for close in (110, 120, 90):
        update = stream.update_ohlcv("BTCUSDT", "1h", bar(1, close, is_closed=False))
        values.append(ready(update.outputs["mean"][KEY]))
    assert values == [[None, 105], [None, 110], [None, 95]]
    assert ready(push(stream, 70, start=2).outputs["mean"][KEY]) == [None, 95, 80]
    table = stream.dataset.series("BTCUSDT", "1h", "ohlcv")
    assert (table.closes, table.is_closed) == ((100, 90, 70), (True, False, True))


def test_an_older_bar_corrects_or_completes_history() -> None:
    stream = Stream()
    stream.register("mean", "sma(close, 2)")
    push(stream, 1, 3, 5)
    corrected = stream.update_ohlcv("BTCUSDT", "1h", bar(1, 7))
    assert ready(corrected.outputs["mean"][KEY]) == [None, 4, 6]
    push(stream, 9, start=4)
    completed = stream.update_ohlcv("BTCUSDT", "1h", bar(3, 11))
    assert ready(completed.outputs["mean"][KEY]) == [None, 4, 6, 8, 10]
    earlier = stream.update_ohlcv("BTCUSDT", "1h", bar(-1, 0))
    assert ready(earlier.outputs["mean"][KEY]) == [None, Decimal("0.5"), 4, 6, 8, 10]
    assert completed.transitions == earlier.transitions == []


def test_bars_are_taken_as_objects_and_as_mappings_and_bad_ones_change_nothing() -> None:
    stream = Stream()
    stream.register("close", "close")
    update = stream.update_ohlcv("BTCUSDT", "1h", Bar.from_raw(0, 2, 4, 1, 3, 100))
    assert update.outputs["close"][KEY].values == (3,)
    version = stream.dataset.version
    for wrong in ({"timestamp": HOUR, "close": 1}, bar(1, 5, high=1), bar(1, "nan")):
        with pytest.raises(ValueError):
            stream.update_ohlcv("BTCUSDT", "1h", wrong)
    assert stream.dataset.version == version
    assert len(stream.evaluate().outputs["close"][KEY]) == 1


def test_a_series_where_bars_belong_is_refused() -> None:
    stream = Stream()
    stream.update_series("BTCUSDT", "1h", "ohlcv", series("1 2"))
    with pytest.raises(TypeError, match="BTCUSDT 1h has a Series under 'ohlcv', not bars"):
        push(stream, 1)


def test_history_under_the_default_label_goes_on() -> None:
    stream = Stream(rising_dataset(3))
    stream.register("mean", "sma(close, 3)")
    after = int(START.timestamp()) // HOUR + 3
    update = stream.update_ohlcv("BTCUSDT", "1h", bar(after, 4))
    assert ready(update.outputs["mean"][KEY]) == [None, None, 2, 3]
    assert [key.source for key, _ in stream.dataset] == ["default"]


def test_a_series_of_another_source_is_replaced() -> None:
    stream = Stream(rising_dataset(3))
    stream.register("twice", "trades.volume * 2")
    for text, values in {"2 4 6": (4, 8, 12), "1 4 9": (2, 8, 18)}.items():
        update = stream.update_series("BTCUSDT", "1h", "trades", series(text))
        assert update.outputs["twice"][KEY].values == values
    assert len(stream.dataset) == 2


def test_rules_are_evaluated_in_the_order_they_came_and_replaced_by_name() -> None:
    stream = Stream(rising_dataset(2))
    stream.register("b", ta.compile("close"))
    stream.register("a", {"type": "source_ref", "symbol": None, "field": "close"})
    assert list(stream.evaluate().outputs) == ["b", "a"]
    stream.register("b", "close * 2")
    update = stream.evaluate()
    assert update.outputs["b"][KEY].values == (2, 4)
    assert [one.expression for one in update.transitions] == ["b"]


def test_what_is_lacking_is_raised_and_the_bar_stays() -> None:
    stream = Stream()
    stream.register("mean", "sma(close, 2)")
    stream.register("trades", "trades.volume")
    for hour, close in enumerate((1, 3)):
        with pytest.raises(MissingDataError, match="'volume' of source 'trades'"):
            stream.update_ohlcv("BTCUSDT", "1h", bar(hour, close))
    hours = [START.replace(year=1970, hour=hour) for hour in range(2)]
    trades = Series(hours, [Decimal(5), Decimal(6)], "BTCUSDT", "1h")
    update = stream.update_series("BTCUSDT", "1h", "trades", trades)
    assert ready(update.outputs["mean"][KEY]) == [None, 2]
    assert [one.expression for one in update.transitions] == ["mean", "trades"]


# A step per bar, and the same as all over again

STEPPED = [
    "sma(close, 5) > ema(close, 9) and rsi(close, 7) < 60",
    "macd(close, 3, 8, 4)",
    "bbands(close, 5).upper - close",
    "stochastic(5, 3)",
    "crossup(ema(close, 3), sma(hlc3, 8))",
    "close.filter(close > sma(close, 5))",
    "ohlcv.filter(close > open).count",
    "ohlcv.filter(close > open).avg(close) > 0",
    "close.change_pct_3h",
    "atr(5) / close[4]",
    "nz(close / (close - close[1]), 0 - 1)",
    "volume > mean(volume, lookback=10) * 1.1",
    "EURUSD.price - EURUSD.open",
    "if_else(close > open, high, low)",
    "barssince(close < open)",
    "valuewhen(close > high[1], low, 2)",
]


def data_of(market: Any, symbol: str, bars: int) -> tuple[Dataset, list[Bar]]:
    """Give a dataset with the first bars of a market, and all of them."""
    table = market.ohlcv()
    head = table[:bars]
    data = Dataset()
    if bars:
        columns = (head.timestamps, head.opens, head.highs, head.lows, head.closes, head.volumes, head.is_closed)
        data.add_series(symbol, "1h", OHLCV(*columns, symbol, "1h"), source="ohlcv")
    return data, list(table)


@cache
def whole_evaluation(rule: str) -> Callable[[Dataset], dict[Any, Any]]:
    """Give what evaluates a rule over all data; by rule, since a backend keeps the last plan compiled."""
    backend, plan = BatchBackend(), ta.compile(rule)._ensure_plan()
    return lambda data: backend.evaluate(plan, data)


def assert_same(stream: Stream, update: StreamUpdate, rules: list[str], context: str) -> int:
    """Compare with an evaluation of everything; gives the number of ready points that were compared."""
    compared = 0
    for rule in rules:
        expected = whole_evaluation(rule)(stream.dataset)
        assert list(update.outputs[rule]) == list(expected)
        for key, whole in expected.items():
            found = update.outputs[rule][key]
            assert found == whole, f"{rule} of {key} {context}"
            for one in whole if isinstance(whole, tuple) else (whole,):
                assert one.availability_mask is not None
                compared += sum(one.availability_mask)
    return compared


@pytest.mark.parametrize("market", ["eurusd", "gaps", "flat"])
@pytest.mark.parametrize("history", [0, 1, 30])
def test_every_update_equals_an_evaluation_of_all_bars(market: str, history: int) -> None:
    rng = random.Random(f"{market} {history}")
    chosen = real_market("eurusd_1h", 70) if market == "eurusd" else generated_market(market).head(70)
    data, bars = data_of(chosen, "EURUSD", history)
    stream = Stream(data)
    for rule in STEPPED:
        stream.register(rule, rule)
    compared = 0
    for number, closed in enumerate(bars[history:], history):
        for _ in range(rng.choice((0, 0, 1, 2))):  # It forms before it closes.
            close = closed.low + (closed.high - closed.low) * Decimal(rng.randint(0, 4)) / 4
            forming = Bar(closed.ts, closed.open, closed.high, closed.low, close, closed.volume / 2, False)
            compared += assert_same(stream, stream.update_ohlcv("EURUSD", "1h", forming), STEPPED, f"forming {number}")
        compared += assert_same(stream, stream.update_ohlcv("EURUSD", "1h", closed), STEPPED, f"bar {number}")
        if rng.random() < 0.05:
            old = bars[rng.randrange(number + 1)]
            corrected = Bar(old.ts, old.open, old.high, old.low, old.low, old.volume + 1)
            update = stream.update_ohlcv("EURUSD", "1h", corrected)
            compared += assert_same(stream, update, STEPPED, f"correction after {number}")
    assert compared > 15_000


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        ("SPY.close > close", ("SPY", "1h", "ohlcv")),
        ("close > EURUSD.2h.close", ("EURUSD", "2h", "ohlcv")),
        ("trades.volume - volume", ("EURUSD", "1h", "trades")),
        ("EURUSD.close - close.change_2h", ("EURUSD", "1h", "trades")),
        ("sma(trades.volume, 5) > trades.volume", ("EURUSD", "1h", "trades")),
        ("1 + 2", ("EURUSD", "1h", "trades")),
    ],
)
def test_a_rule_that_reads_more_than_its_own_bars_is_evaluated_in_full(
    rule: str, other: tuple[str, str, str], evaluations: list[str]
) -> None:
    data, bars = data_of(real_market("eurusd_1h", 40), "EURUSD", 20)
    symbol, timeframe, source = other
    table: Any = OHLCV.from_bars(bars[:: 2 if timeframe == "2h" else 1], symbol, timeframe)
    data.add_series(symbol, timeframe, table if source == "ohlcv" else table.to_series("volume"), source)
    stream = Stream(data)
    for one in (rule, *STEPPED[:3]):
        stream.register(one, one)
    for one in bars[20:]:
        before = len(evaluations)
        update = stream.update_ohlcv("EURUSD", "1h", one)
        assert one is bars[20] or 0 < len(evaluations) - before <= len(list(stream.dataset.symbols)) * 2
        assert_same(stream, update, [rule, *STEPPED[:3]], str(one))


def test_a_bar_costs_a_step_and_not_an_evaluation(evaluations: list[str]) -> None:
    data, bars = data_of(real_market("eurusd_1h", 60), "EURUSD", 20)
    stream = Stream(data)
    rules = [rule for rule in STEPPED if "EURUSD" not in rule]
    for rule in rules:
        stream.register(rule, rule)
    for one in bars[20:40]:
        stream.update_ohlcv("EURUSD", "1h", one)
    # The first bar evaluates each once, and makes its session.
    assert len(evaluations) == len(rules)
    stream.update_ohlcv("ETHUSD", "1h", bars[40])
    # A new stream may change what a name stands for, so both begin anew.
    assert len(evaluations) == 3 * len(rules)
    for one in bars[41:60]:
        stream.update_ohlcv("ETHUSD", "1h", one)
        stream.update_ohlcv("EURUSD", "1h", one)
    assert len(evaluations) == 3 * len(rules)
    first, again = stream.evaluate(), stream.evaluate()
    # Nothing is made again of bars that are the same.
    assert all(first.outputs[rule][key] is again.outputs[rule][key] for rule in rules for key in first.outputs[rule])
    stream.update_ohlcv("EURUSD", "1h", bars[3])
    assert len(evaluations) == 4 * len(rules)
    assert_same(stream, stream.evaluate(), rules, "two streams")


def test_a_series_that_stands_in_a_rule_is_not_stepped(evaluations: list[str]) -> None:
    stream = Stream(rising_dataset(3))
    own = Series([START], [Decimal(10)], "BTCUSDT", "1h")
    stream.register("sum", ta.as_expression(LiteralNode(own)) + ta.compile("close"))
    assert [stream.evaluate().outputs["sum"][KEY].values for _ in range(2)] == [(11,), (11,)]
    assert len(evaluations) == 2


def test_bars_of_equal_times_are_refused() -> None:
    rows = rising(3)
    rows[1]["timestamp"] = rows[0]["timestamp"]
    stream = Stream(ta.dataset_from_bars(rows, symbol="BTCUSDT", timeframe="1h"))
    stream.register("mean", "sma(close, 2)")
    for _ in range(2):
        with pytest.raises(OrderError, match="is not after the last"):
            stream.evaluate()


def test_stamps_that_are_no_points_in_time_are_not_stepped(evaluations: list[str]) -> None:
    price = [Decimal(1), Decimal(3)]
    table = OHLCV([1, 2], price, price, price, price, price, [True] * 2, "BTCUSDT", "1h")  # type: ignore[list-item]
    stream = Stream(ta.dataset(table))
    stream.register("mean", "sma(close, 2)")
    for _ in range(2):
        assert ready(stream.evaluate().outputs["mean"][KEY]) == [None, 2]
    assert len(evaluations) == 2


def test_what_others_do_to_the_dataset_is_noticed() -> None:
    data, bars = data_of(real_market("eurusd_1h", 30), "EURUSD", 20)
    stream = Stream(data)
    rule = "sma(close, 3) + 0"
    stream.register(rule, rule)
    for one in bars[20:23]:
        stream.update_ohlcv("EURUSD", "1h", one)
    table = data.series("EURUSD", "1h", "ohlcv")
    turned = OHLCV.from_bars([Bar(one.ts, one.open, one.high, one.low, one.low, one.volume) for one in table])
    data.add_series("EURUSD", "1h", turned, "ohlcv")
    assert_same(stream, stream.evaluate(), [rule], "replaced from outside")
    data.add_series("EURUSD", "1h", table, "ohlcv")
    assert_same(stream, stream.update_ohlcv("EURUSD", "1h", bars[23]), [rule], "replaced before an update")
    stream.update_series("EURUSD", "1h", "ohlcv", turned)
    assert_same(stream, stream.evaluate(), [rule], "replaced by the stream")


def test_a_second_source_of_bars_is_taken_over_from_the_first() -> None:
    stream = Stream(rising_dataset(4))
    stream.register("mean", "sma(close, 2)")
    stream.evaluate()
    table = stream.dataset.series("BTCUSDT", "1h")
    doubled = OHLCV.from_bars([Bar(b.ts, b.open, b.high * 2, b.low, b.close * 2, b.volume) for b in table])
    update = stream.update_series("BTCUSDT", "1h", "ohlcv", doubled)
    assert ready(update.outputs["mean"][KEY]) == [None, 3, 5, 7]


def test_the_incremental_mode_steps_the_engine(monkeypatch: pytest.MonkeyPatch, evaluations: list[str]) -> None:
    monkeypatch.setenv("TA_EXECUTION_MODE", "incremental")
    stream = Stream()
    monkeypatch.delenv("TA_EXECUTION_MODE")  # The choice was made when the stream was.
    stream.register("third", "close / 3")
    push(stream, 1)
    before = len(evaluations)
    update = push(stream, 10, start=1)
    assert len(evaluations) == before
    assert update.outputs["third"][KEY].values[-1] == Decimal(repr(10 / 3))
