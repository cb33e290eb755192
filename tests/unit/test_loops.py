"""Values that see their own past, from Python: made, printed, pickled, evaluated at every door."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import StrategyError, TypeCheckError
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.ir import IndexNode, LiteralNode, LoopNode, LoopValue, OwnNode, ir_from_dict, ir_to_dict
from laakhay.ta.expr.planner.planner import plan_expression
from tests.reference import Reference
from tests.unit.expr.by_hand import bars

CLOSES = [10.0, 12.0, 11.0, 13.0, 15.0, 14.0, 16.0, 18.0, 17.0, 20.0]

TOTAL = "let total = total[1] + close from 0; total"
PAIR = """
let entry = if(inside[1], entry[1], close) from close;
let inside = if(inside[1], close >= 0.95 * entry, close > high[1] - 1) from false;
{entry: entry, inside: inside}
"""
RULES = [
    TOTAL,
    "let top = greatest(top[1], close) from close restart when close < 0.95 * top[1]; top",
    "let on = if(close > 14, true, if(close < 11.5, false, on[1])) from false; on",
    "let x = (x[1] + close)[2] / 2 from close; x",
    "let x = if(crossup(x[1], close), close - 1, x[1] + 0.5) from close; x",
    "let x = nz(x[1] / (close - 13), 1) + abs(x[2]) from 1; x",
    "sma((let a = greatest(a[1], low) from low; a), 3) > close - 4",
]


def table() -> dict[str, np.ndarray]:
    closes = np.array(CLOSES)
    return {"open": closes - 1, "high": closes + 2, "low": closes - 2, "close": closes, "volume": closes * 0 + 100}


def test_a_loop_made_in_python_is_the_one_of_the_text() -> None:
    close, low = ta.compile("close"), ta.compile("low")
    assert ta.loop(0.0, lambda total: total.previous + close) == ta.compile(TOTAL)
    assert ta.loop(low, lambda x: x.ago(3) + close, restart_when="close > open") == ta.compile(
        "let x = x[3] + close from low restart when close > open; x"
    )
    assert ta.loop(close, lambda top: top.previous * 2, restart_when=lambda top: close < top.previous) == ta.compile(
        "let top = top[1] * 2 from close restart when close < top[1]; top"
    )
    pair = ta.loop(
        {"a": 0.0, "b": close},
        lambda a, b: {"a": a.previous + b, "b": b.ago(2) * 0.5 + a.previous},
        restart_when={"b": close > low},
    )
    text = "let a = a[1] + b from 0; let b = b[2] * 0.5 + a[1] from close restart when close > low; {a: a, b: b}"
    assert pair == ta.compile(text)


def test_loops_in_loops_do_not_take_each_others_names() -> None:
    close = ta.compile("close")
    nested = ta.loop(1.0, lambda x: x.previous + ta.loop(close, lambda y: y.previous + x.previous))
    same = ta.loop(1.0, lambda x: x.previous + _inner(close, x))
    assert nested == same == ta.compile("let x = x[1] + (let y = y[1] + x[1] from close; y) from 1; x")
    data = table()
    np.testing.assert_array_equal(nested.run(data)["value"], ta.compile(str(nested)).run(data)["value"])


def _inner(close: ta.Rule, outer: ta.Rule) -> ta.Rule:
    return ta.loop(close, lambda x: x.previous + outer.previous)


def test_a_name_that_means_something_is_given_another() -> None:
    rule = ta.loop(0.0, lambda close: close.previous + 1)
    assert "let close_value = " in str(rule) and ta.compile(str(rule)) == rule


def test_what_does_not_agree_is_refused() -> None:
    with pytest.raises(TypeError, match="gives a mapping with the names a, b"):
        ta.loop({"a": 0.0, "b": 1.0}, lambda a, b: {"a": b})
    with pytest.raises(ValueError, match="there is no value 'c'; there are: a"):
        ta.loop({"a": 0.0}, lambda a: {"a": a.previous}, restart_when={"c": True})
    with pytest.raises(ValueError, match="one value at least"):
        ta.loop({}, dict)
    with pytest.raises(ValueError, match="a later bar would look ahead"):
        ta.compile("close").ago(-1)
    with pytest.raises(
        (StrategyError, TypeCheckError), match=r"needs its own value of this bar: write `x\[1\]` \(x -> x\)"
    ):
        ta.loop(0.0, lambda x: x + 1).engine_rule  # noqa: B018


@pytest.mark.parametrize("text", [*RULES, PAIR])
def test_a_rule_with_a_loop_is_a_value(text: str) -> None:
    rule = ta.compile(text)
    again = ta.compile(str(rule))
    assert again == rule and again.fingerprint == rule.fingerprint and hash(again) == hash(rule)
    assert pickle.loads(pickle.dumps(rule)).fingerprint == rule.fingerprint
    assert ta.Rule(dict(rule._roots)).fingerprint == rule.fingerprint
    for node in rule._roots.values():
        assert ir_from_dict(ir_to_dict(node)) == node
    assert "loop" in str(rule.explain())
    report = rule.verify(table())
    assert report.ok, report


def test_nodes_of_loops_print_and_have_children() -> None:
    loop = LoopNode((LoopValue("x", IndexNode(OwnNode("x"), LiteralNode(1)), LiteralNode(0.0)),), "x")
    assert str(ta.Rule(loop)) == "(let x = x[1] from 0.0; x)"
    assert loop.meant().name == "x"
    with pytest.raises(ValueError, match="has no value 'y'; there are: x"):
        LoopNode(loop.values, "y").meant()


@pytest.mark.parametrize("text", RULES)
def test_evaluations_give_what_the_engine_gives(text: str) -> None:
    """Batch and incremental backends, and the exact reference, with every node that means something alone."""
    rule = ta.compile(text)
    wanted = rule.run(table())["value"]
    data = bars({name: " ".join(map(str, column)) for name, column in table().items()})
    plan = plan_expression(rule._node)
    for backend in (BatchBackend(), IncrementalRustBackend(), Reference()):
        out = backend.evaluate(plan, data)
        one = next(iter(out.values())) if isinstance(out, dict) else out
        flags = one.availability_mask or (True,) * len(one.values)
        got = [float(value) if is_there else np.nan for value, is_there in zip(one.values, flags, strict=True)]
        np.testing.assert_allclose(got, wanted, rtol=1e-12, err_msg=type(backend).__name__)


def test_a_loop_over_several_streams_ticks_with_the_shortest_bars_it_reads() -> None:
    rule = ta.compile("let top = greatest(top[1], close) from close restart when close > ohlcv.4h.close; top")
    times = np.arange(48) * 3_600_000_000_000 + 1_704_067_200_000_000_000
    rng = np.random.default_rng(5)
    closes = 100 + np.cumsum(rng.normal(size=48))
    bars_of_hours = {"timestamp": times, "close": closes}
    report = rule.verify({"ohlcv": bars_of_hours}, timeframe="1h", resample=ta.Calendar())
    assert report.ok, report
    out = rule.run({"ohlcv": bars_of_hours}, timeframe="1h", resample=ta.Calendar())["value"]
    last, top, expected = np.nan, np.nan, []
    for hour, close in enumerate(closes):
        if hour % 4 == 3:
            last = close
        if np.isnan(last):
            expected.append(np.nan)
            continue
        top = close if np.isnan(top) or close > last else max(top, close)
        expected.append(top)
    np.testing.assert_array_equal(out, expected)


def test_a_state_machine_of_ten_states_over_a_million_bars() -> None:
    close = np.round(100 + np.cumsum(np.random.default_rng(3).normal(size=1_000_000)), 1)
    steps = "state[1]"
    for state in range(10):
        moves = f"if(close > open, {(state + 1) % 10}, if(close < open - {state / 10}, {(state + 3) % 10}, {state}))"
        steps = f"if(state[1] == {state}, {moves}, {steps})"
    opened = np.concatenate([[100.0], close[:-1]])
    out = ta.compile(f"let state = {steps} from 0; state").run({"open": opened, "close": close})["value"]
    state, expected = 0, []
    for before, now in zip(opened.tolist(), close.tolist(), strict=True):
        state = (state + 1) % 10 if now > before else (state + 3) % 10 if now < before - state / 10 else state
        expected.append(state)
    assert (out == expected).all()
