"""What `compile` takes and gives: bindings, maps of outputs, parameters, rows ago."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import StrategyError, TypeCheckError
from laakhay.ta.expr.dsl import compile_expression, parse_expression_text
from laakhay.ta.expr.ir import CallNode, IndexNode, LiteralNode

CLOSE = np.array([1.0, 4.0, 2.0, 8.0, 5.0, 7.0])


def test_a_rule_has_one_class_whatever_its_outputs_and_gives_each_as_a_rule() -> None:
    assert ta.Rule is ta.Expression is ta.RuleSet
    rules = ta.compile({"entry": "close > open", "stop": "close - 1"})
    assert rules.expressions == {"entry": ta.compile("close > open"), "stop": ta.compile("close - 1")}
    assert rules["stop"] == rules.expressions["stop"] and rules["stop"] != rules["entry"]
    assert (rules["entry"] & (rules["stop"] > 3)) == ta.compile("close > open and close - 1 > 3")
    assert ta.compile("macd(close, 3, 5, 2)")["signal"] == ta.compile("macd(close, 3, 5, 2).signal")
    with pytest.raises(KeyError, match="no output 'exit'; there are: entry, stop"):
        rules["exit"]
    with pytest.raises(TypeError, match="an output is asked for by its name"):
        rules[1]  # type: ignore[index]
    with pytest.raises(TypeError, match=r"several outputs \(entry, stop\), and one is needed"):
        _ = rules > 5
    with pytest.raises(TypeError, match="compile, for texts"):
        ta.Rule("close")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not iterable"):
        list(rules)  # type: ignore[call-overload]


def same(a: ta.Rule, b: ta.Rule) -> bool:
    return a.engine_rule.fingerprint == b.engine_rule.fingerprint


def test_rows_ago_are_an_index_node_and_a_shift_to_the_engine():
    node = parse_expression_text("rsi(14)[3]")
    assert isinstance(node, IndexNode) and isinstance(node.expr, CallNode)
    assert node.index.value == 3 and isinstance(node.index, LiteralNode)
    assert same(ta.compile("close[3]"), ta.compile("close.3_ago"))
    assert same(ta.compile("close[0]"), ta.compile("close"))
    np.testing.assert_array_equal(ta.compile("close[2]").run({"close": CLOSE})["value"][2:], CLOSE[:-2])
    assert ta.compile("sma(close, 3)[2]").requirements().data_requirements[0].min_lookback == 5
    with pytest.raises(StrategyError, match="look ahead"):
        ta.compile("close[-1]")


def test_bindings_are_written_out_in_the_tree_and_shared_in_the_plan():
    rule = ta.compile("let x = close * 2;\nlet y = x + x;  # twice\ny - x")
    assert isinstance(rule, ta.Expression)
    assert same(rule, ta.compile("(close * 2 + close * 2) - close * 2"))
    assert rule.engine_rule.node_count == 3
    np.testing.assert_array_equal(rule.run({"close": CLOSE})["value"], CLOSE * 2)
    assert same(compile_expression("let x = close; x"), compile_expression("close"))
    with pytest.raises(StrategyError, match="bound twice"):
        ta.compile("let x = 1; let x = 2; x")
    with pytest.raises(StrategyError, match="more than 4096 nodes"):
        ta.compile("let b0 = close;" + "".join(f"let b{i + 1} = b{i} + b{i};" for i in range(60)) + "b60")


def test_a_map_gives_the_rule_set_that_a_mapping_gives():
    text = "let slow = sma(close, 2); {signal: close > slow, stop: slow - 1}"
    rules = ta.compile(text)
    assert isinstance(rules, ta.Rule)
    assert rules.outputs == ["signal", "stop"]
    assert same(rules, ta.compile({"signal": "close > sma(close, 2)", "stop": "sma(close, 2) - 1"}))
    values = rules.run({"close": CLOSE})
    assert values["signal"][1:].tolist() == [1, 0, 1, 0, 1]
    assert values["stop"][1:].tolist() == [1.5, 2, 4, 5.5, 5]
    session = rules.session()
    session.step({"close": 1.0})
    assert session.step({"close": 4.0}).values == {"signal": True, "stop": 1.5}
    assert list(ta.compile("{only: close}").run({"close": CLOSE})) == ["only"]
    with pytest.raises(StrategyError, match="given twice"):
        ta.compile("{a: 1, a: 2}")
    with pytest.raises(StrategyError, match="one value is needed"):
        compile_expression("{a: 1, b: 2}")
    with pytest.raises(StrategyError, match="one value is needed"):
        ta.compile({"a": "{b: 1}"})


def test_a_bound_rule_is_the_rule_with_the_values_written_in():
    text = "rsi(close, {period}) < {level}"
    assert same(ta.compile(text, period=14, level=30), ta.compile("rsi(close, 14) < 30"))
    assert same(ta.compile(text, period=14, level=Decimal("30.5")), ta.compile("rsi(close, 14) < 30.5"))
    assert same(ta.compile(text, period=np.int64(14), level=np.float64(30)), ta.compile("rsi(close, 14) < 30"))
    period = compile_expression(ta.compile("rsi(close, {period})", period=14))._node.args[1]
    assert period.value == 14 and type(period.value) is int
    assert same(ta.compile("{on} and close > 1", on=True), ta.compile("close > 1"))
    assert same(ta.compile("sma(3, {of})", of="open"), ta.compile("sma(3, 'open')"))
    # No name is taken: not even that of the argument.
    assert same(ta.compile("close > {rule}", rule=1), ta.compile("close > 1"))
    both = ta.compile({"a": "sma(close, {n})", "b": "close > {level}"}, n=3, level=5)
    assert same(both, ta.compile({"a": "sma(close, 3)", "b": "close > 5"}))
    assert same(ta.compile("{a: close[{n}], b: {n}}", n=2), ta.compile("{a: close[2], b: 2}"))


def test_parameters_that_do_not_fit_are_refused():
    text = "rsi(close, {period}) < {level}"
    with pytest.raises(StrategyError, match="'level' has no value(.|\n)*needed: period, level; given: period"):
        ta.compile(text, period=14)
    with pytest.raises(StrategyError, match="Unknown parameter 'perod'(.|\n)*did you mean 'period'"):
        ta.compile(text, perod=14, level=30)
    with pytest.raises(StrategyError, match="Unknown parameter 'x'"):
        ta.compile({"a": "close"}, x=1)
    with pytest.raises(StrategyError, match="no finite number"):
        ta.compile(text, period=14, level=float("nan"))
    with pytest.raises(TypeCheckError, match="must be positive"):
        ta.compile(text, period=0, level=30)
    with pytest.raises(TypeError, match="a number, a truth value or a text, not list"):
        ta.compile(text, period=[14], level=30)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="compiled already"):
        ta.compile({"a": ta.compile("close")}, x=1)


def test_rules_that_are_compiled_already_are_taken_as_before():
    rule = ta.compile("close > 1")
    assert same(ta.compile(rule), rule)  # type: ignore[arg-type]
    assert same(ta.compile({"a": rule, "b": "close"}), ta.compile({"a": "close > 1", "b": "close"}))


def test_a_choice_of_truth_values_is_true_or_false_everywhere():
    rule = ta.compile("if(close > 3, close > 6, True)")
    session = rule.session()
    assert [session.step({"close": x}).value for x in CLOSE] == [True, False, True, True, False, True]
    assert rule.engine_rule.outputs == [("value", True, "all")]
    with pytest.raises(TypeCheckError, match="'a' is true or false and 'b' is a number"):
        ta.compile("if(close > 3, close > 6, 1)")


def test_the_catalogue_says_how_functions_are_called():
    specs = {spec["name"]: spec for spec in ta.catalog()}
    assert specs["if_else"]["aliases"] == ["if"]
    assert specs["if_else"]["inputs"][0] == {"name": "condition", "role": {"role": "condition"}}
    assert specs["nz"]["inputs"][1] == {"name": "y", "role": {"role": "number_operand", "default": 0.0}}
    assert specs["greatest"]["folds"] and not specs["nz"]["folds"]
    assert {"abs", "signum", "sqrt", "log", "exp", "floor", "ceil", "round", "least"} <= set(specs)
    assert specs["valuewhen"]["outputs"] == [{"name": "value", "kind": "like", "plot_offset": None}]
