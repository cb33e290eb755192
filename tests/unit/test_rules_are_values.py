"""Rules, sessions, results, explanations and reports copy, pickle and compare by what they say."""

from __future__ import annotations

import copy
import inspect
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core import Series
from laakhay.ta.data.csv import BadRowsWarning
from laakhay.ta.exceptions import SnapshotError, TypeCheckError
from laakhay.ta.expr.ir import BinaryOpNode, CallNode, LiteralNode, SourceRefNode

CLOSE = {"close": np.array([1.0, 2.0, 4.0, 3.0, 5.0, 2.0, 7.0, 8.0])}
TEXTS = [
    "sma(close, 3)",
    "sma(close, 4)",
    "ema(close, 3)",
    "sma(open, 3)",
    "sma(close, 3) > 2",
    "sma(close, 3) < 2",
    "sma(close, 3)[1]",
    "bbands(close, 3)",
    "bbands(close, 3).upper",
    "{upper: bbands(close, 3).upper, middle: bbands(close, 3).middle, lower: bbands(close, 3).lower}",
    "{a: sma(close, 3)}",
    "{b: sma(close, 3)}",
    "{a: sma(close, 3), b: ema(close, 3)}",
    "{a: ema(close, 3), b: sma(close, 3)}",
    "ETH.close > close",
    "ohlcv.4h.close > close",
    "trades.volume > 3",
    "close.filter(close > 2)",
    "close.change_2h",
]


def again(thing: Any, protocol: int = pickle.HIGHEST_PROTOCOL) -> Any:
    return pickle.loads(pickle.dumps(thing, protocol))


def series(*values: float) -> Series[Any]:
    stamps = [datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in range(len(values))]
    return Series(stamps, [Decimal(str(value)) for value in values], "S", "1h")


# Rules


def test_rules_that_compute_something_else_differ_in_everything_that_a_cache_may_look_at() -> None:
    rules = [ta.compile(text) for text in TEXTS]
    count = len(TEXTS)
    assert len({rule.fingerprint for rule in rules}) == count
    assert len({hash(rule) for rule in rules}) == count
    assert len({*rules}) == count
    assert len({pickle.dumps(rule) for rule in rules}) == count
    assert len({str(rule) for rule in rules}) == count
    for at, one in enumerate(rules):
        assert [bool(one == other) for other in rules] == [other == at for other in range(count)]
        assert [bool(one != other) for other in rules] == [other != at for other in range(count)]


@pytest.mark.parametrize("text", TEXTS)
def test_one_rule_made_twice_is_the_same_in_everything_that_a_cache_may_look_at(text: str) -> None:
    one, other = ta.compile(text), ta.compile(text)
    assert one is not other
    assert one.fingerprint == other.fingerprint and hash(one) == hash(other)
    assert (one == other) and not (one != other)
    assert {one: "known"}[other] == "known"
    assert pickle.dumps(one) == pickle.dumps(other)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_rule_that_was_pickled_is_the_same_rule(text: str, protocol: int) -> None:
    rule = ta.compile(text)
    back = again(rule, protocol)
    assert type(back) is ta.Rule
    assert back == rule and hash(back) == hash(rule) and repr(back) == repr(rule) and back.outputs == rule.outputs
    assert pickle.dumps(back, protocol) == pickle.dumps(rule, protocol)
    assert copy.copy(rule) == rule and copy.deepcopy(rule) == rule
    if back.engine_rule.fields == ["close"] and not back.engine_rule.needs_timeframe and "4h" not in text:
        for name, values in rule.run(CLOSE).items():
            np.testing.assert_array_equal(back.run(CLOSE)[name], values)


def test_a_rule_keeps_its_name_whatever_way_it_was_written() -> None:
    rule = ta.compile("sma(close, {period}) > open", period=3)
    assert rule == ta.compile("sma(close, 3) > open")
    assert rule == ta.compile("let slow = sma(close, 1 + 2); slow > open")
    assert rule == ta.compile("mean3(close) > open", definitions="let mean3(x) = sma(x, 3);")
    assert rule == (ta.compile("sma(close, 3)") > ta.compile("open"))
    assert ta.compile("{b: open, a: close}") == ta.compile({"a": "close", "b": "open"})


def test_a_function_that_was_defined_anew_makes_another_rule() -> None:
    texts = [f"let trend(x) = sma(x, {period});" for period in (3, 4)]
    one, other = (ta.compile("trend(close)", definitions=text) for text in texts)
    assert hash(one) != hash(other) and one != other and pickle.dumps(one) != pickle.dumps(other)


def test_a_cache_gives_each_rule_its_own_result() -> None:
    calls = []

    @lru_cache
    def last(rule: ta.Rule) -> float:
        calls.append(rule)
        return float(rule.run(CLOSE)["value"][-1])

    mean, greatest = ta.compile("sma(close, 2)"), ta.compile("max(close, 5)")
    assert [last(mean), last(greatest), last(ta.compile("sma(close, 2)"))] == [7.5, 8.0, 7.5]
    assert len(calls) == 2


def test_rules_that_hold_series_and_decimals_are_told_apart_by_them() -> None:
    close = ta.compile("close")
    rules = [close > series(1, 2), close > series(1, 3), close > Decimal("0.1"), close > 0.25]
    assert len({hash(rule) for rule in rules}) == len({*rules}) == len({rule.fingerprint for rule in rules}) == 4
    assert len({pickle.dumps(rule) for rule in rules}) == 4
    for rule in rules:
        assert again(rule) == rule and repr(again(rule)) == repr(rule)
    assert (close > series(1, 2)) == rules[0]


def test_two_series_in_two_outputs_stay_two() -> None:
    rule = ta.Rule({"a": (ta.compile("close") + series(1, 2))._node, "b": (ta.compile("close") + series(5, 9))._node})
    results = rule.run(series(10, 20))
    assert [float(value) for value in results["a"].values] == [11.0, 22.0]
    assert [float(value) for value in results["b"].values] == [15.0, 29.0]
    assert rule.engine_rule.fields == ["close", "literal.series_0", "literal.series_1"]


def test_nodes_that_do_not_fit_together_still_have_a_hash_and_no_fingerprint() -> None:
    wrong = ta.compile("close > 1") + ta.compile("sma(close, 3)").run  # A method is no operand.
    again_wrong = ta.as_expression("text") + 1
    assert hash(again_wrong) == hash(ta.as_expression("text") + 1)
    assert again_wrong == ta.as_expression("text") + 1 and wrong != again_wrong
    with pytest.raises(TypeCheckError):
        again_wrong.fingerprint  # noqa: B018
    assert again(again_wrong) == again_wrong


@pytest.mark.parametrize(
    "node",
    [
        BinaryOpNode("zzz", LiteralNode(1), LiteralNode(2)),  # type: ignore[arg-type]
        CallNode("nosuch", [LiteralNode(3)]),
        LiteralNode(float("inf")),
        SourceRefNode(None, "nothing"),
    ],
)
def test_nodes_that_are_no_rule_are_values_without_a_fingerprint(node: Any) -> None:
    rule, other = ta.Rule(node), ta.compile("close")
    assert hash(rule) == hash(ta.Rule(node)) and hash(again(rule)) == hash(rule)
    assert rule != other and not (rule == other)
    with pytest.raises(ValueError):
        rule.fingerprint  # noqa: B018


def test_limits_go_with_a_rule() -> None:
    limits = ta.Limits(universe_bytes=50)
    made = ta.compile("sma(close, 3)", limits=limits)
    several = ta.compile({"a": "sma(close, 3)", "b": "close"}, limits=limits)
    of_nodes = ta.compile(made + 1, limits=limits)
    for back in (made, again(made), several["a"], again(several["a"]), again(of_nodes)):
        with pytest.raises(ta.exceptions.PlanningError):
            back.universe([f"S{at}" for at in range(100)])


@pytest.mark.parametrize("start", ["spawn"])
def test_other_processes_take_rules_sessions_and_give_results(start: str) -> None:
    rule = ta.compile({"mean": "sma(close, 3)", "up": "close > close[1]"})
    session = rule.session().warm({"close": CLOSE["close"][:4]})
    joined = ta.compile("close > ETH.close").joined_session(timeframe="1h")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(start)) as pool:
        there = pool.submit(rule.run, CLOSE).result()
        step = pool.submit(session.step, {"close": 5.0}).result()
        rows = pool.submit(joined.run, two_streams()).result()
        explained = pool.submit(rule.explain).result()
        report = pool.submit(rule.verify, CLOSE).result()
        hashes = pool.submit(hash, rule).result(), pool.submit(hash, rule.engine_rule).result()
    for name, values in rule.run(CLOSE).items():
        np.testing.assert_array_equal(there[name], values)
    assert hashes == (hash(rule), hash(rule.engine_rule))
    assert session.position == 4
    assert step == session.step({"close": 5.0}) and step["mean"] == 4.0
    np.testing.assert_array_equal(rows["value"], joined.run(two_streams())["value"])
    assert str(explained) == str(rule.explain())
    assert report == rule.verify(CLOSE)


def two_streams() -> dict[str, Any]:
    times = np.arange("2024-01-01T00", "2024-01-01T04", dtype="datetime64[h]")
    own = {"timestamp": times, "close": np.array([1.0, 5.0, 3.0, 9.0])}
    return {"ohlcv": own, "ETH": own | {"close": np.array([2.0, 4.0, 4.0, 4.0])}}


# What has a state


def joined() -> Any:
    session = ta.compile("sma(close, 2) > ETH.close").joined_session(timeframe="1h", unit="s")
    session.push("ETH", {"timestamp": 1_704_067_200, "close": 2.0})
    return session


def stepped() -> Any:
    session = ta.compile("sma(close, 3)").session(unit="ms", missing_input="hold_previous")
    session.step({"timestamp": 1_704_067_200_000, "close": 2.0})
    return session


def universe() -> Any:
    made = ta.compile("sma(close, 2)").universe(["A", "B"], unit="s")
    made.step(timestamp=1_704_067_200, close=[1.0, 2.0])
    return made


STATES = [joined, stepped, universe]
BACK = {"pickle": again, "copy": copy.copy, "deepcopy": copy.deepcopy, "method": lambda one: one.copy()}


@pytest.mark.parametrize("make", STATES)
@pytest.mark.parametrize("way", BACK)
def test_what_has_a_state_comes_back_with_it_and_apart(make: Any, way: str) -> None:
    one = make()
    back = BACK[way](one)
    assert type(back) is type(one) and back is not one
    assert (back.snapshot(), back.unit, back.rule, repr(back)) == (one.snapshot(), one.unit, one.rule, repr(one))
    saved = one.snapshot()
    steps = {
        "Universe": lambda: back.step(timestamp=1_704_067_260, close=[3.0, 4.0]),
        "Session": lambda: back.step({"timestamp": 1_704_067_260_000, "close": 3.0}),
        "JoinedSession": lambda: back.push("ohlcv", {"timestamp": 1_704_067_200, "close": 3.0}),
    }
    steps[type(one).__name__]()
    assert one.snapshot() == saved != back.snapshot()


@pytest.mark.parametrize("make", STATES)
def test_a_pickled_state_that_was_changed_is_refused(make: Any) -> None:
    one = make()
    rebuild, (rule, snapshot, unit) = one.__reduce__()
    for damaged in (snapshot[:-1], snapshot + b"\0", b"", snapshot[:40] + bytes([snapshot[40] ^ 1]) + snapshot[41:]):
        with pytest.raises(SnapshotError):
            rebuild(rule, damaged, unit)
    with pytest.raises(SnapshotError):
        rebuild(ta.compile("ema(close, 9)").engine_rule, snapshot, unit)
    with pytest.raises(ValueError, match="weeks"):
        rebuild(rule, snapshot, "weeks")
    with pytest.raises(TypeError):
        rebuild(rule, None, unit)


# Rules that were changed on their way


def test_what_has_a_state_knows_the_rule_that_it_was_made_of() -> None:
    rule = ta.compile("sma(close, 3) > 1")
    session, universe, joined = rule.session(), rule.universe(["A"]), rule.joined_session(timeframe="1h")
    session.step({"close": 1.0})
    restored = [rule.restore(session.snapshot()), rule.restore_universe(universe.snapshot())]
    for one in (session, universe, joined, *restored, rule.restore_joined(joined.snapshot()), session.copy()):
        assert one.rule is rule
    assert pickle.loads(pickle.dumps(session)).rule.fingerprint == rule.fingerprint
    assert (session.rule > rule.session().rule).explain().inputs == ["close"]
    with pytest.raises(AttributeError):
        session.rule.fields  # noqa: B018  (what the engine has compiled is `engine_rule`)
    assert session.engine_rule.fields == ["close"]


def test_a_pickled_rule_that_was_changed_is_refused() -> None:
    rule = ta.compile("sma(close, 3)")
    rebuild, (engine,) = rule.__reduce__()
    read, (trees, _) = engine.__reduce__()
    assert read(trees, None) == engine
    (name, tree) = trees[0]
    for changed in (tree[:-1], tree.replace("sma", "smaa"), tree.replace('"call"', '"cell"'), "", "null"):
        with pytest.raises((ValueError, ta.exceptions.StrategyError)):
            read([(name, changed)], None)
    with pytest.raises(ValueError, match="limits are 7 numbers, not 2"):
        rebuild(trees, (1, 2))
    with pytest.raises(ValueError):
        rebuild([])
    with pytest.raises(TypeError):
        rebuild([("value", 5)])


# Results


def outputs() -> list[ta.StepOutput]:
    time = datetime(2024, 1, 1, tzinfo=UTC)
    several = ta.compile({"mean": "sma(close, 2)", "up": "close > open"}).session()
    quotient = ta.compile("close / open").session()
    return [
        several.step({"timestamp": time, "close": 1.0, "open": 0.5}),
        several.step({"timestamp": time.replace(hour=1), "close": 2.0, "open": None}),
        several.preview({"timestamp": time.replace(hour=2), "close": 4.0, "open": 9.0}),
        quotient.step({"close": 1.0, "open": 0.0}),
        quotient.step({"close": 1.0, "open": 4.0}),
        joined().push("ohlcv", {"timestamp": 1_704_067_200, "close": 3.0})[0],
    ]


@pytest.mark.parametrize("at", range(6))
def test_a_result_comes_back_as_it_was(at: int) -> None:
    one = outputs()[at]
    for back in (again(one), copy.copy(one), copy.deepcopy(one)):
        assert back == one and hash(back) == hash(one) and repr(back) == repr(one)
        said = ("values", "availability", "availabilities", "reason", "event_time", "revision", "is_final")
        assert [getattr(back, name) for name in said] == [getattr(one, name) for name in said]
        assert back.to_dict() == one.to_dict()
    assert pickle.dumps(again(one)) == pickle.dumps(one)


def test_results_that_say_something_else_are_not_equal() -> None:
    made = outputs()
    assert [[one == other for other in made] for one in made] == [[a == b for b in range(6)] for a in range(6)]
    assert made[0] != "result" and made[0] is not None


def test_a_pickled_result_that_was_changed_is_refused() -> None:
    rebuild, state = outputs()[4].__reduce__()
    assert rebuild(*state).value == 0.25
    for wrong in (
        ("value", None, False, "ready", None),
        ("value", 1.0, False, "warming_up", None),
        ("value", 1.0, True, "ready", None),
        ("value", True, False, "ready", None),
        ("value", float("nan"), False, "ready", None),
        ("value", 1.0, False, "good", None),
        ("value", "1.0", False, "ready", None),
        ("value", 1.0, False),
        5,
    ):
        with pytest.raises((TypeError, ValueError)):
            rebuild((wrong,), *state[1:])


# Explanations and reports


def test_explanations_and_reports_come_back() -> None:
    rule = ta.compile("sma(close, 3) > 2")
    explained, report = rule.explain("1h"), rule.verify(CLOSE)
    for back in (again(explained), copy.copy(explained), copy.deepcopy(explained)):
        assert back == explained and str(back) == str(explained) and back.warmup == 2
    assert hash(explained) == hash(rule.explain("1h")) != hash(rule.explain("2h"))
    for back in (again(report), copy.copy(report), copy.deepcopy(report)):
        assert back == report and str(back) == str(report) and back.ok
    assert report != ta.compile("sma(close, 4) > 2").verify(CLOSE)


# Errors, which processes give each other too


def raised(call: Callable[[], Any]) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        call()
    return caught.value


def errors() -> list[Exception]:
    close = ta.compile("close")
    session = close.session()
    session.step({"timestamp": "2024-01-02", "close": 1.0})
    bad = raised(lambda: close.run({"close": ["x"]}))
    return [
        bad,
        raised(lambda: ta.compile("smaa(close, 3) > 5 and rsi(close, perod=14) < 30")),
        raised(lambda: ta.compile("bbands(close, 3) > 5")),
        raised(lambda: ta.compile("sma(close, 9)", limits=ta.Limits(window_bytes=8))),
        raised(lambda: close.run({"open": [1.0]})),
        raised(lambda: session.step({"timestamp": "2024-01-01", "close": 1.0})),
        raised(lambda: close.restore(b"")),
        raised(lambda: close.session(missing_input="fail").step({"close": None})),
        raised(lambda: close.explain("5 parsecs")),
        BadRowsWarning("bars.csv", 3, (bad,)),  # type: ignore[arg-type]
    ]


def test_errors_come_back_with_all_that_they_say() -> None:
    made = errors()
    assert len({type(error) for error in made}) == len(made)
    for error in made:
        for back in (again(error), copy.copy(error), copy.deepcopy(error)):
            assert type(back) is type(error) and str(back) == str(error)
            assert repr(vars(back)) == repr(vars(error))


# Caches that look into what is pickled


def said(thing: Any) -> str:
    """Give all that a pickle would hold, as Streamlit's cache looks at it: classes, built-ins and plain values only."""
    if thing is None or isinstance(thing, (bytes, str, int, float)):
        return repr(thing)
    if isinstance(thing, (tuple, list)):
        return f"[{', '.join(map(said, thing))}]"
    if inspect.isclass(thing) or inspect.isbuiltin(thing):
        return thing.__qualname__
    assert not inspect.isfunction(thing), f"{thing} cannot be looked into"
    return said(thing.__reduce__())


def test_caches_that_look_into_what_is_pickled_tell_things_apart_and_find_no_function() -> None:
    rules = [ta.compile(text) for text in TEXTS]
    close = ta.compile("close")
    apart = [*rules, *(rule.engine_rule for rule in rules)]
    apart += [close > 1, close > 2, joined(), stepped(), universe(), *outputs()]
    apart += [ta.compile("sma(close, 3)").session().warm({"close": [1.0, 2.0, last]}) for last in (3.0, 4.0)]
    texts = [said(thing) for thing in apart]
    assert len({*texts}) == len(texts) > 40
    assert said(ta.compile(TEXTS[0])) == texts[0]
    assert said(joined()) == said(joined()) and said(stepped()) == said(stepped())
