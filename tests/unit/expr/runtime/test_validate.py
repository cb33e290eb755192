"""A wrong rule is told, not raised; a right one comes with its plan."""

from __future__ import annotations

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.ir import BinaryOpNode, CallNode, LiteralNode, ir_to_dict
from laakhay.ta.expr.runtime import ExprValidationError, ValidationResult, validate

BOUND = CallNode("sma", [LiteralNode(20)])


def test_a_right_rule_is_valid_and_comes_with_its_plan() -> None:
    result = validate("sma(20) > sma(50)")
    assert (result.valid, result.errors, result.warnings, result.indicators) == (True, [], [], ["sma"])
    assert result.plan == ta.compile("sma(20) > sma(50)")._ensure_plan()
    assert result.requirements == result.plan.requirements
    (need,) = result.requirements.data_requirements
    assert (need.source, need.field, need.min_lookback) == ("ohlcv", "close", 50)


def test_names_and_fields_are_listed_once_in_their_order() -> None:
    result = validate("rsi(14) < 30 and h > sma(mean(volume, 5), 3) and volume > select('c') and high > rsi(7)")
    assert result.indicators == ["rsi", "select", "sma", "rolling_mean"]
    assert result.select_fields == ["high", "volume", "close"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sma(20", ["parse", "invalid expression"]),
        ("", ["parse"]),
        ("1 +", ["parse", "ends too early"]),
        ("unknown_indicator(20)", ["parse", "unknown_indicator"]),
        ("smaa(20)", ["smaa", "did you mean 'sma'?"]),
        ("sma(20, unknown_param=5)", ["unknown_param", "accepted: period"]),
        ("select('invalid_field')", ["invalid_field", "accepted: close, high"]),
        ("trades.filter(100)", ["condition must be boolean"]),
        ("trades.sum('invalid')", ["'invalid' is not valid for source 'trades'"]),
        ("sma(close, 0)", ["period"]),
        ("mean(close, lookback='invalid')", ["expects int, got str"]),
        ("crossup(close)", ["missing required parameter: b"]),
    ],
)
def test_a_wrong_text_has_one_error_that_says_what_is_wrong(text: str, said: list[str]) -> None:
    result = validate(text)
    assert not result.valid
    (error,) = result.errors
    assert all(part in error.lower() for part in said)
    assert (result.plan, result.requirements) == (None, None)


@pytest.mark.parametrize("text", ["sma()", "sma(period=20)", "sma(20, unknown_param=5)"])
def test_validation_does_not_raise(text: str) -> None:
    assert isinstance(validate(text), ValidationResult)


@pytest.mark.parametrize("field", ["close", "high", "low", "open", "volume", "hlc3", "ohlc4"])
def test_every_field_of_the_bars_may_be_selected(field: str) -> None:
    result = validate(f"select('{field}') > 1")
    assert (result.valid, result.select_fields) == (True, [field])


def test_nodes_dictionaries_and_expressions_are_taken() -> None:
    for rule in (BOUND, ir_to_dict(BOUND), ta.compile("sma(20)")):
        result = validate(rule)
        assert (result.valid, result.indicators) == (True, ["sma"])


def test_nodes_are_checked_as_texts_are_and_their_names_are_known_all_the_same() -> None:
    wrong = BinaryOpNode("gt", CallNode("smaa", [LiteralNode(20)]), BOUND)
    result = validate(wrong)
    assert not result.valid
    assert "Unknown indicator: smaa" in result.errors[0]
    assert result.indicators == ["smaa", "sma"]
    assert "Unknown keyword argument 'bad'" in validate(CallNode("sma", [], {"bad": LiteralNode(2)})).errors[0]
    assert "Missing required parameter: b" in validate(CallNode("crossup", [])).errors[0]
    assert "'nope' is not valid" in validate(CallNode("select", [], {"field": LiteralNode("nope")})).errors[0]


@pytest.mark.parametrize("rule", [{"type": "call"}, {"type": "nope"}, {}, 5, None], ids=repr)
def test_what_is_no_rule_at_all_is_told_too(rule: object) -> None:
    result = validate(rule)  # type: ignore[arg-type]
    assert not result.valid and len(result.errors) == 1


def test_positional_arguments_count_as_given() -> None:
    assert validate("crossup(close, 15)").valid
    assert validate(CallNode("crossup", [CallNode("sma"), LiteralNode(15)])).valid


def test_a_source_of_an_exchange_may_be_asked_for() -> None:
    result = validate("sma(BTC.trades.volume, period=20)", exchange="binance")
    assert (result.valid, result.warnings) == (True, [])
    assert validate("trades.filter(amount > 100).sum(price) > 1").valid


def test_warnings_come_from_capabilities_and_only_when_they_are_asked_for() -> None:
    # A column of that name may be there all the same, so it is no error.
    result = validate("amount > 100")
    assert result.valid
    assert result.warnings[0].startswith("Field 'amount' is not available for source 'ohlcv'; available: close, ")
    silent = validate("amount > 100", check_capabilities=False)
    assert (silent.valid, silent.warnings) == (True, [])
    assert silent.plan == result.plan


def test_an_error_of_validation_carries_what_was_wrong() -> None:
    error = ExprValidationError("wrong", errors=["a"], warnings=["b"])
    assert isinstance(error, ValueError)
    assert (str(error), error.errors, error.warnings) == ("wrong", ["a"], ["b"])
    assert (ExprValidationError("wrong").errors, ExprValidationError("wrong").warnings) == ([], [])
