"""Rules as people use them: compiled, explained, and run over every kind of history."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core import Series
from laakhay.ta.exceptions import (
    DataError,
    MissingDataError,
    MissingInputError,
    OrderError,
    PlanningError,
    StrategyError,
    TypeCheckError,
)
from tests.parity.markets import FIELDS, generated_market, missing_fields

MEAN = ta.compile("sma(close, 2)")
NAN = float("nan")


def same(column: Any, expected: list[float]) -> bool:
    """Whether an array is float64 and has exactly these numbers, NaN where NaN stands."""
    assert column.dtype == np.float64
    return np.array_equal(column, np.array(expected), equal_nan=True)


def mean_of(values: Any, **options: Any) -> Any:
    return MEAN.run({"close": values}, **options)["value"]


# Compiling


def test_a_text_becomes_an_expression_and_a_mapping_a_set_of_rules() -> None:
    rule = ta.compile("sma(close, 20) > ema(close, 50) and rsi(14) < 30")
    assert isinstance(rule, ta.Expression)
    rules = ta.compile({"fast": "sma(close, 2)", "is_up": "close > sma(close, 2)"})
    assert isinstance(rules, ta.Rule)
    assert rules.explain().outputs == ["fast", "is_up"]
    result = rules.run({"close": [1, 3, 2]})
    assert same(result["fast"], [NAN, 2, 2.5])
    assert same(result["is_up"], [NAN, 1, 0])


def test_rules_compiled_together_share_their_common_parts() -> None:
    alone = ta.compile("rsi(close, 14) < 30").explain().state_bytes
    twice = ta.compile({"low": "rsi(close, 14) < 30", "high": "rsi(close, 14) > 70"}).explain().state_bytes
    assert twice < 1.5 * alone


@pytest.mark.parametrize(
    ("text", "error", "said", "line", "caret"),
    [
        ("sma(close, perod=3)", StrategyError, "Unknown parameter 'perod'", "rule:1:12", "^^^^^"),
        ("close >", StrategyError, "Invalid expression", "rule:1:8", "^"),
        ("close + foo(3)", StrategyError, "'foo' not found", "rule:1:9", "^^^"),
        ("sma(close, 0)", TypeCheckError, "'period' must be positive", "rule:1:12", "^"),
        ("sma(close, 'x')", TypeCheckError, "expects int, got str", "rule:1:12", "^^^"),
        ("macd(close, 3, 5, 2) > 1", TypeCheckError, "macd, signal, histogram", "rule:1:1", "^^^^"),
        ("BTC.USDT", StrategyError, "Missing field", "rule:1:1", "^"),
    ],
)
def test_a_text_that_is_no_rule_is_shown_with_a_caret_below_its_fault(
    text: str, error: type[Exception], said: str, line: str, caret: str
) -> None:
    with pytest.raises(error) as caught:
        ta.compile(text)
    message = str(caught.value)
    assert said in message and f" --> {line}" in message
    lines = message.splitlines()
    shown = next(number for number, one in enumerate(lines) if one.endswith(f"| {text}"))
    column = int(line.rpartition(":")[2])
    below = lines[shown + 1]
    start = lines[shown].index(text) + column - 1
    assert below[start:].startswith(caret) and below[:start].strip(" |") == ""


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_blank_text_is_refused(text: str) -> None:
    with pytest.raises(StrategyError):
        ta.compile(text)


def test_no_rules_are_refused_and_one_wrong_rule_of_several_too() -> None:
    with pytest.raises(ValueError, match="at least one rule"):
        ta.compile({})
    with pytest.raises(StrategyError, match="'foo' not found"):
        ta.compile({"good": "close", "bad": "foo(1)"})


def test_a_duration_needs_a_timeframe_from_the_caller_or_the_times() -> None:
    change, closes = ta.compile("close.change_2h"), [1.0, 2.0, 4.0, 8.0]
    for attempt in (change.session, lambda: change.run({"close": closes})):
        with pytest.raises(PlanningError, match="a timeframe is needed"):
            attempt()
    expected = [NAN, NAN, 3, 6]
    start = 1_704_067_200_000_000_000
    hours = start + np.arange(4) * 3_600_000_000_000
    assert same(change.run({"close": closes, "timestamp": hours})["value"], expected)
    half_hours = {"close": closes, "timestamp": start + np.array([0, 3, 4, 5]) * 1_800_000_000_000}
    assert same(change.run(half_hours, timeframe="30m")["value"], [NAN, NAN, 3, 7])
    with pytest.raises(OrderError, match="every bar needs a time"):
        change.run({"close": closes}, timeframe="1h")
    with pytest.raises(OrderError, match="closer to the last bar"):
        change.run({"close": closes, "timestamp": hours}, timeframe="2h")
    with pytest.raises(PlanningError):
        change.run({"close": closes}, timeframe="3h")
    with pytest.raises(ValueError, match="'soon' is no timeframe"):
        change.run({"close": closes}, timeframe="soon")


# Explaining


def test_an_explanation_says_inputs_outputs_warm_up_and_state() -> None:
    explanation = ta.compile("sma(close, 20) > ema(open, 50)").explain()
    assert sorted(explanation.inputs) == ["close", "open"]
    assert explanation.outputs == ["value"]
    assert explanation.warmup == 19
    assert explanation.settle(1e-6) > explanation.settle(1e-3) > 50
    assert explanation.state_bytes > 20 * 8
    assert explanation.is_causal is True
    text = str(explanation)
    assert "sma(period=20)" in text and "ema(period=50)" in text and "first value after 19 bars" in text
    assert repr(explanation) == text


def test_a_plan_is_drawn_as_a_digraph_with_an_edge_per_operand() -> None:
    dot = ta.compile("sma(close, 20) > 5").explain().to_dot()
    assert dot.startswith("digraph") and dot.rstrip().endswith("}")
    operands_and_output = 3 + 1
    assert dot.count("->") == operands_and_output
    assert dot.count("\n") > operands_and_output


@pytest.mark.parametrize("tolerance", [0, 1, -1, NAN])
def test_a_tolerance_is_a_share(tolerance: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        MEAN.explain().settle(tolerance)


def test_the_first_ready_value_comes_right_after_the_warm_up() -> None:
    market = {name: series.to_numpy() for name, series in generated_market("walk").context().items()}
    for text in ("sma(close, 20)", "rsi(close, 14)", "atr(7)", "stochastic(14, 3).d", "sma(sma(close, 5), 10)"):
        rule = ta.compile(text)
        ready = ~np.isnan(rule.run(market)["value"])
        assert int(ready.argmax()) == rule.explain().warmup > 0


# Running over arrays


@pytest.mark.parametrize(
    "values",
    [
        np.array([1.0, 2.0, 4.0]),
        np.array([1.0, 9.0, 2.0, 9.0, 4.0])[::2],
        np.array([4.0, 2.0, 1.0])[::-1],
        np.array([[1.0, 9.0], [2.0, 9.0], [4.0, 9.0]])[:, 0],
        np.array([1, 2, 4], dtype=np.float32),
        np.array([1, 2, 4], dtype=np.int64),
        np.array([1, 2, 4], dtype=np.uint8),
        np.array([1, 2, 4], dtype=">f8"),
        np.array([1, 2, 4], dtype=">i4"),
        np.array([Decimal(1), Decimal(2), Decimal(4)]),
        [1, 2, 4],
        (1.0, Decimal(2), 4),
    ],
    ids=lambda values: getattr(getattr(values, "dtype", None), "str", type(values).__name__),
)
def test_a_column_may_be_any_row_of_numbers(values: Any) -> None:
    assert same(mean_of(values), [NAN, 1.5, 3])


def test_a_read_only_column_is_read_and_not_changed() -> None:
    column = np.array([1.0, 2.0, 4.0])
    column.flags.writeable = False
    assert same(mean_of(column), [NAN, 1.5, 3])
    assert column.tolist() == [1, 2, 4]


def test_what_is_masked_none_or_not_finite_is_missing_and_not_zero() -> None:
    masked = np.ma.MaskedArray([1.0, 100.0, 3.0, 5.0], mask=[False, True, False, False])
    assert same(mean_of(masked), [NAN, NAN, 2, 4])
    whole = np.ma.MaskedArray(np.array([1, 100, 3, 5]), mask=[False, True, False, False])
    assert same(mean_of(whole), [NAN, NAN, 2, 4])
    assert same(mean_of([1, None, 3, 5]), [NAN, NAN, 2, 4])
    for missing in (NAN, float("inf"), -float("inf")):
        assert same(mean_of([1, missing, 3, 5]), [NAN, NAN, 2, 4])
    assert same(mean_of([1, 0, 3, 5]), [NAN, 0.5, 1.5, 4])


def test_missing_inputs_follow_the_policy() -> None:
    closes = [1, NAN, 3]
    assert same(mean_of(closes, missing_input="hold_previous"), [NAN, 1, 2])
    with pytest.raises(MissingInputError, match="`close` has no value in row 1"):
        mean_of(closes, missing_input="fail")
    with pytest.raises(ValueError, match="is not one of"):
        mean_of(closes, missing_input="guess")


def test_a_truth_value_is_one_or_zero_and_nan_where_it_is_not_ready() -> None:
    assert same(ta.compile("close > sma(close, 2)").run({"close": [1, 2, 1]})["value"], [NAN, 1, 0])


def test_several_outputs_have_their_names() -> None:
    result = ta.compile("bbands(close, 2, 1)").run({"close": [1, 3]})
    assert list(result) == ["upper", "middle", "lower"]
    assert [column[1] for column in result.values()] == [3, 2, 1]


def test_no_bars_give_no_values() -> None:
    assert same(mean_of([]), [])


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        ({"open": [1]}, MissingDataError, "reads 'close', which the data lacks"),
        ({"close": [1, 2], "timestamp": [10**18]}, ValueError, "different lengths"),
        ({"close": np.ones((2, 2))}, ValueError, "one dimension, not 2"),
        ({"close": 5}, ValueError, "one dimension, not 0"),
        ({"close": ["high"]}, DataError, "`close` in row 0 is 'high', a str; a number, .* is needed"),
        ({"close": [1, 2], "timestamp": [10**18 + 1, 10**18]}, OrderError, "not after the last committed bar"),
        ({"close": [1, 2], "timestamp": [10**18, 10**18]}, OrderError, "not after the last committed bar"),
        ({"close": [1], "timestamp": ["noon"]}, ValueError, "timestamp, row 0: `noon` is no time"),
        ({"close": [1, 2], "timestamp": np.array(["2024-01-01", "NaT"], "M8[s]")}, ValueError, "row 1 has no time"),
        ({"close": [1, 2], "timestamp": np.array(["2024-01-01", "2500-01-01"], "M8[s]")}, ValueError, "does not fit"),
        ({"close": [1, 2], "timestamp": np.array([10**18, 2**63], np.uint64)}, ValueError, "does not fit int64"),
        ([1, 2], TypeError, "not list"),
        (None, TypeError, "not NoneType"),
    ],
)
def test_data_that_does_not_fit_is_refused_with_the_reason(data: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        MEAN.run(data)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"different lengths: \[2, 3\]"):
        ta.compile("close - open").run({"close": [1, 2, 3], "open": [1, 2]})


def test_only_the_fields_that_a_rule_reads_are_looked_at() -> None:
    assert same(MEAN.run({"close": [1, 2], "open": [1, 2, 3], "note": "text"})["value"], [NAN, 1.5])


@pytest.mark.parametrize(
    "times",
    [
        np.array(["2024-01-01T00", "2024-01-01T01", "2024-01-01T02"], "M8[h]"),
        np.array(["2024-01-01T00", "2024-01-01T01", "2024-01-01T02"], "M8[ns]"),
        1_704_067_200_000_000_000 + np.array([0, 1, 2]) * 3_600_000_000_000,
        ["2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z", "2024-01-01T02:00:00Z"],
        [datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in range(3)],
        [datetime(2024, 1, 1, hour) for hour in range(3)],
    ],
    ids=["hours", "nanoseconds", "integers", "texts", "aware", "naive"],
)
def test_times_come_back_as_they_were_given_and_tell_the_timeframe(times: Any) -> None:
    result = ta.compile("close.change_1h").run({"timestamp": times, "close": [1, 2, 4]})
    assert list(result) == ["timestamp", "value"]
    assert result["timestamp"] is times
    assert same(result["value"], [NAN, 1, 2])


# Running over the package's own containers


def test_every_container_gives_the_same_numbers() -> None:
    market = generated_market("walk")
    rule = ta.compile("stochastic(5, 3).k - hlc3")
    columns = {name: series.to_numpy() for name, series in market.context().items()}
    expected = rule.run(columns)["value"]
    assert np.count_nonzero(~np.isnan(expected)) == 396
    for result in (rule.run(market.context()), rule.run(market.data())[market.name, "1h", "default"]):
        assert isinstance(result, Series)
        assert same(result.to_numpy(), expected.tolist())
    for columnar in (market.ohlcv(), columns, market.context()):
        assert same(rule.run_columns(columnar)["value"], expected.tolist())
        assert same(rule.session().run(columnar)["value"], expected.tolist())


def test_a_series_is_taken_as_the_close() -> None:
    close = missing_fields().context()["close"]
    result = MEAN.run(close)
    assert result.timestamps == close.timestamps
    assert same(MEAN.run_columns(close)["value"], result.to_numpy().tolist())
    assert 200 < sum(result.availability_mask) < 400


def test_a_dataset_gives_one_result_per_stream() -> None:
    data = generated_market("walk").data()
    other = generated_market("gaps")
    data.add_series("OTHER", "1h", other.ohlcv(), source="ohlcv")
    results = MEAN.run(data)
    assert list(results) == [("walk", "1h", "default"), ("OTHER", "1h", "default")]
    assert results["OTHER", "1h", "default"].timestamps == other.stamps


def test_all_nodes_can_be_asked_for() -> None:
    rule = ta.compile("close > sma(close, 2)")
    result, nodes = rule.run(generated_market("walk").context(), return_all_outputs=True)
    assert set(nodes) == set(rule._ensure_plan().node_order)
    assert nodes[rule._ensure_plan().graph.root_id] == result


# Proof on one's own data


def test_a_verification_says_what_it_compared() -> None:
    report = ta.compile("sma(close, 3) > ema(close, 4)").verify(generated_market("walk").ohlcv())
    assert isinstance(report, ta.ParityReport)
    assert report.ok and report.bars == 400 and report.ready == {"value": 398}
    assert len(report.checks) >= 5
    assert all(compared >= 400 and differing == 0 for _, compared, differing in report.checks)
    assert all(name in str(report) for name, _, _ in report.checks)
    assert "every schedule gives the same bits" in str(report)


def test_a_verification_takes_missing_fields_and_several_outputs() -> None:
    series = missing_fields().context()
    for policy in ("emit_missing", "hold_previous"):
        report = ta.compile("macd(close, 3, 5, 2)").verify(series, missing_input=policy)
        assert report.ok and list(report.ready) == ["macd", "signal", "histogram"]
        assert min(report.ready.values()) > 300
    with pytest.raises(MissingInputError):
        MEAN.verify(series, missing_input="fail")
    with pytest.raises(MissingDataError):
        MEAN.verify({"open": [1]})


def test_the_catalogue_describes_every_indicator() -> None:
    specs = {spec["name"]: spec for spec in ta.catalog()}
    assert len(specs) == len(ta.catalog()) >= 20
    assert specs["rsi"]["params"][0]["kind"]["default"] == 14
    for spec in specs.values():
        assert spec["description"].strip() and spec["source"].strip() and spec["outputs"] and spec["inputs"]
    assert set(FIELDS) >= {entry["role"].get("field", "close") for spec in specs.values() for entry in spec["inputs"]}
