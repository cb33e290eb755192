"""An analysis says in plain values what a rule reads."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.ir import CallNode, LiteralNode
from laakhay.ta.expr.runtime import AnalysisResult, analyze

RULE = "binance.ETH.h4.price > sma(BTC.trades.volume, 20) and rsi(14) < 30 and rsi(14) > rsi(7)"


def test_a_rule_is_taken_apart() -> None:
    result = analyze(RULE)
    assert (result.expression, result.valid, result.errors, result.warnings) == (RULE, True, [], [])
    assert result.indicators == ["sma", "rsi", "rsi", "rsi"]
    assert result.required_sources == ["ohlcv", "trades"]
    assert result.required_exchanges == ["binance"]
    assert result.required_timeframes == ["4h"]
    # The first value of rsi(14) needs the fourteen changes of fifteen closes; sma(20) needs twenty values.
    needs = {(need.source, need.symbol): need.min_lookback for need in result.data_requirements}
    assert needs == {("ohlcv", None): 15, ("ohlcv", "ETH"): 1, ("trades", "BTC"): 20}
    assert result.min_lookback == 20
    assert result.plan == ta.compile(RULE)._ensure_plan()


def test_the_fields_have_their_order() -> None:
    assert [field.name for field in fields(AnalysisResult)] == [
        *("expression", "valid", "errors", "warnings", "indicators", "data_requirements"),
        *("required_sources", "required_exchanges", "required_timeframes", "min_lookback"),
        *("capability_warnings", "plan"),
    ]


def test_an_analysis_as_a_dictionary_is_plain_and_lacks_the_expression() -> None:
    result = analyze(RULE)
    plain = result.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert list(plain) == [field.name for field in fields(AnalysisResult) if field.name != "expression"]
    assert plain["plan"] == result.plan.to_dict()
    assert plain["data_requirements"] == plain["plan"]["requirements"]["data_requirements"]
    assert plain["data_requirements"][0] == {
        "source": "ohlcv",
        "field": "close",
        "symbol": None,
        "exchange": None,
        "timeframe": None,
        "min_lookback": 15,
        "aggregation_params": None,
    }


def test_a_rule_is_planned_without_a_check_of_capabilities_too() -> None:
    result = analyze("amount > sma(20)", check_capabilities=False)
    assert (result.min_lookback, result.capability_warnings, result.warnings) == (20, [], [])
    assert result.plan is not None


def test_capability_warnings_are_among_the_warnings() -> None:
    result = analyze("amount > sma(20)")
    assert result.valid
    assert len(result.capability_warnings) == 1
    assert "'amount' is not available" in result.capability_warnings[0]
    assert result.warnings == result.capability_warnings


@pytest.mark.parametrize("rule", ["1 + 2", "true"])
def test_a_rule_that_reads_nothing_needs_no_bars(rule: str) -> None:
    result = analyze(rule)
    assert (result.valid, result.min_lookback, result.data_requirements) == (True, 0, [])


def test_a_wrong_rule_has_its_errors_and_nothing_else() -> None:
    result = analyze("sma(")
    assert not result.valid and "parse" in result.errors[0]
    assert (result.indicators, result.data_requirements, result.min_lookback, result.plan) == ([], [], 0, None)
    assert result.to_dict()["plan"] is None
    assert analyze(CallNode("smaa", [LiteralNode(20)])).indicators == ["smaa"]
