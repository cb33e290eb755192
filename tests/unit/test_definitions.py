"""Functions of the rule language from Python: `define`, `compile(definitions=...)`, limits, and errors as lists."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import PlanningError, StrategyError, TypeCheckError
from laakhay.ta.rules import definitions as registry

SPREAD = "let spread(a, b, period = 20) = (a - b) / sma(b, period);"


@pytest.fixture(autouse=True)
def nothing_registered() -> Iterator[None]:
    registry._registered.clear()
    yield
    registry._registered.clear()


def fingerprint(rule: ta.Rule) -> str:
    return rule.engine_rule.fingerprint


def test_a_call_is_its_body_written_in():
    same = ta.compile("(close - open) / sma(open, 5) > 1")
    assert fingerprint(ta.compile(f"{SPREAD} spread(close, ohlcv.open, 5) > 1")) == fingerprint(same)
    for definitions in (SPREAD, [SPREAD], {"spreads": SPREAD}, ["let one = 1;", SPREAD]):
        rule = ta.compile("spread(close, open, period={p}) > 1", definitions=definitions, p=5)
        assert fingerprint(rule) == fingerprint(same)
    several = ta.compile({"a": "spread(close, open, 5) > 1", "b": "close"}, definitions=SPREAD)
    assert several.outputs == ["a", "b"]
    assert ta.compile("let b(x) = {up: x + 1, down: x - 1}; b(close).up").run({"close": [1.0]})["value"] == [2.0]
    with pytest.raises(TypeError, match="belong to texts"):
        ta.compile(same, definitions=SPREAD)


def test_what_is_defined_serves_later_compilations():
    assert ta.define("let half(x) = x / 2; let quarter(x) = half(half(x));") == ["half", "quarter"]
    assert ta.define("let eighth(x) = half(quarter(x));") == ["eighth"]
    assert ta.compile("eighth(close)").run({"close": [8.0]})["value"] == [1.0]
    # The same body again, written differently, changes nothing.
    assert ta.define("let half( x ) = x/2;  # once more") == ["half"]
    with pytest.raises(ValueError, match="'half' is defined already"):
        ta.define("let half(x) = x * 0.25;")
    assert ta.compile("half(close)").run({"close": [8.0]})["value"] == [4.0]
    assert ta.define("let half(x) = x * 0.25;", replace=True) == ["half"]
    assert ta.compile("quarter(close)").run({"close": [16.0]})["value"] == [1.0]


def test_a_definition_that_does_not_read_is_not_kept():
    for text in ("let f(x) = foo;", "let f(x) = f(x);", "let f(x) = x; let g(x) =", "close > 1", "let sma(x) = x;"):
        with pytest.raises(StrategyError):
            ta.define(text)
    assert registry._registered == {}
    ta.define("let f(x) = x;")
    with pytest.raises(StrategyError, match="needs itself") as raised:
        ta.define("let g(x) = f(x); let f(x) = g(x);", replace=True)
    assert "f -> g -> f" in str(raised.value) or "g -> f -> g" in str(raised.value)
    assert ta.compile("f(close)").run({"close": [8.0]})["value"] == [8.0]
    with pytest.raises(StrategyError, match="bound twice") as raised:
        ta.compile("f(close)", definitions="let f(x) = 2 * x;")
    assert "definition of f:1:5" in str(raised.value)


def test_errors_say_the_definition_and_the_call():
    texts = {"mine.ta": "let f(x, n) = sma(x, n);\nlet g(x) = f(x, 0);"}
    with pytest.raises(TypeCheckError) as raised:
        ta.compile("close > 1 and\ng(open) > 2", definitions=texts)
    (problem,) = raised.value.diagnostics
    assert problem.code == "type" and "must be positive: it is 0" in problem.message
    assert (problem.place.text, problem.place.line, problem.place.column) == ("mine.ta", 1, 22)
    assert [(name, at.text, at.line, at.column) for name, at in problem.calls] == [
        ("f", "mine.ta", 2, 12),
        ("g", "rule", 2, 1),
    ]
    assert "in this call of 'g'" in str(raised.value)


def test_all_errors_are_in_the_message_and_in_the_list():
    text = "# é\ncolse > 1 and sma(close, 0) > opne"
    with pytest.raises(StrategyError) as raised:
        ta.compile(text)
    problems = raised.value.diagnostics
    assert [(p.code, text[p.place.start : p.place.end]) for p in problems] == [
        ("name", "colse"),
        ("type", "0"),
        ("name", "opne"),
    ]
    assert all(problem.message in str(raised.value) for problem in problems)
    assert problems[0].help == "did you mean 'close'?" and problems[0].label == "not a field, source or indicator"
    assert [p.place.line for p in problems] == [2, 2, 2]
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.diagnostics == problems and str(again) == str(raised.value)
    with pytest.raises(TypeCheckError) as raised:
        ta.compile("sma(0) + rsi(close, 0)")
    assert len(raised.value.diagnostics) == 2


@pytest.mark.parametrize(
    ("text", "name", "least", "words"),
    [
        ("close + open", "text_bytes", 12, "12 bytes of text; 11 are accepted"),
        ("((close))", "depth", 3, "nested more than 2 deep"),
        ("-(-(close))", "depth", 5, "nested more than 4 deep"),
        ("close + open", "nodes", 5, "more than 4 nodes"),
        ("let f(x) = x + x; f(ohlcv)", "nodes", 3, "more than 2 nodes"),
    ],
)
def test_a_limit_is_accepted_and_one_less_is_told_alone(text: str, name: str, least: int, words: str):
    assert isinstance(ta.compile(text, limits=ta.Limits(**{name: least})), ta.Expression)
    with pytest.raises(StrategyError, match=words) as raised:
        ta.compile(text, limits=ta.Limits(**{name: least - 1}))
    assert [problem.code for problem in raised.value.diagnostics] == ["limit"]


def test_limits_of_the_plan():
    for text, name, least in (("close + open * high", "plan_nodes", 2), ("sma(close, 1_000)", "window_bytes", 8_005)):
        assert ta.compile(text, limits=ta.Limits(**{name: least})).explain().inputs
        with pytest.raises(PlanningError, match=f"at most {least - 1} are allowed"):
            ta.compile(text, limits=ta.Limits(**{name: least - 1}))


def test_what_was_compiled_with_wide_limits_works_everywhere():
    text = " + ".join(f"close * {k}" for k in range(230))
    wide = " and ".join(f"({text}) > {k}" for k in range(7))
    with pytest.raises(StrategyError, match="more than 4096 nodes"):
        ta.compile(wide)
    rule = ta.compile(wide, limits=ta.Limits(nodes=20_000))
    session = rule.session()
    assert session.step({"close": 1.0}).value is True
    for other in (copy.copy(session), pickle.loads(pickle.dumps(session))):
        assert other.snapshot() == session.snapshot()
    for bad in ({"depth": -1}, {"nodes": 1.5}, {"nodes": True}):
        with pytest.raises(ValueError, match="a whole number from 0"):
            ta.Limits(**bad)
    with pytest.raises(ValueError, match="at most 128"):
        ta.compile("close", limits=ta.Limits(depth=129))


def test_long_flat_conditions_are_accepted():
    text = " or ".join(f"close > {k}" for k in range(800))
    assert ta.compile(text).run({"close": [1.0, -1.0]})["value"].tolist() == [1.0, 0.0]
