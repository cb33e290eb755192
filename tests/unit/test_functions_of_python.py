"""Functions and classes of Python as indicators: the values of the same arithmetic in the engine, or a refusal."""

from __future__ import annotations

import pickle
import struct
from typing import Literal

import numpy as np
import polars as pl
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import FunctionError, PlanningError, SnapshotError, StrategyError, TypeCheckError

RANDOM = np.random.default_rng(7)
CLOSE = 100 + RANDOM.standard_normal(300).cumsum()
OPEN = CLOSE + RANDOM.standard_normal(300)
GAPS = np.where(RANDOM.random(300) < 0.1, np.nan, CLOSE)


@ta.register(window=lambda period: period)
def py_lowest(x, period=5):
    found = np.full(len(x), np.nan)
    for at in range(period - 1, len(x)):
        found[at] = x[at - period + 1 : at + 1].min()
    return found


@ta.register(window=1)
def py_gap(open, close):
    return close - open


@ta.register
def py_share_of_whole(close):
    """Sees all of history: what a later bar changes it cannot know."""
    return close / close.max()


@ta.register(outputs={"mean": float, "above": bool}, warmup=lambda seed: seed)
class PyMean:
    """The mean of all bars so far."""

    def __init__(self, seed: int = 2):
        self.seed, self.count, self.sum = seed, 0, 0.0

    def step(self, close):
        self.count += 1
        self.sum += close
        mean = self.sum / self.count
        return (mean, close > mean) if self.count > self.seed else None

    def get_state(self) -> bytes:
        return struct.pack("<qd", self.count, self.sum)

    def set_state(self, state: bytes) -> None:
        self.count, self.sum = struct.unpack("<qd", state)


@ta.register
class py_untold:
    def __init__(self):
        self.last = 0.0

    def step(self, close):
        change, self.last = close - self.last, close
        return change


@ta.register(window=1)
def py_angry(close, limit=200.0):
    if (close > limit).any():
        raise ValueError("too high")
    return close


@ta.register(window=1)
def py_chosen(close, how: Literal["up", "down"] = "up", scale: float = 1):
    return close * scale if how == "up" else -close * scale


def column(rule: ta.Rule, **columns) -> np.ndarray:
    return rule.run(columns)["value"]


def stepped(rule: ta.Rule, close, name: str = "value") -> np.ndarray:
    session = rule.session()
    return np.array([float("nan") if (v := session.step({"close": x}).values[name]) is None else v for x in close])


def test_a_function_in_a_rule_is_the_same_arithmetic_as_the_engines():
    ours, engines = (
        ta.compile("py_lowest(close, 7) * 2 > sma(close, 3)"),
        ta.compile("min(close, 7) * 2 > sma(close, 3)"),
    )
    for close in (CLOSE, GAPS):
        assert np.array_equal(column(ours, close=close), column(engines, close=close), equal_nan=True)
        assert np.array_equal(stepped(ours, close), stepped(engines, close), equal_nan=True)
    assert np.isfinite(column(ours, close=CLOSE)).sum() == 294


def test_inputs_that_are_fields_are_read_of_the_bar_unless_they_are_given():
    data = {"open": OPEN, "close": CLOSE}
    expected = CLOSE - OPEN
    assert np.array_equal(column(ta.compile("py_gap()"), **data), expected)
    assert np.array_equal(column(ta.compile("py_gap(open, close)"), **data), expected)
    assert np.array_equal(column(ta.compile("py_gap(open=close, close=open)"), **data), -expected)
    assert np.array_equal(column(ta.compile("py_lowest(open, period=1)"), **data), OPEN)
    assert np.array_equal(column(ta.compile("py_share_of_whole(open)"), **data), OPEN / OPEN.max())


def test_a_function_stands_where_any_indicator_does():
    rule = ta.compile(
        "let floor_of = py_lowest(ema(close, 3), 4); {turn: crossup(close, floor_of), level: sma(floor_of[1], 2)}"
    )
    engines = ta.compile(
        "let floor_of = min(ema(close, 3), 4); {turn: crossup(close, floor_of), level: sma(floor_of[1], 2)}"
    )
    ours, theirs = rule.run({"close": CLOSE}), engines.run({"close": CLOSE})
    assert all(np.array_equal(ours[name], theirs[name], equal_nan=True) for name in ("turn", "level"))


def test_a_class_gives_several_outputs_bar_by_bar_and_over_history():
    rule = ta.compile("pymean(seed=3).mean")
    mean = CLOSE.cumsum() / np.arange(1, 301)
    expected = np.where(np.arange(300) < 3, np.nan, mean)
    assert np.allclose(column(rule, close=CLOSE), expected, rtol=1e-12, equal_nan=True)
    assert np.array_equal(stepped(rule, CLOSE), column(rule, close=CLOSE), equal_nan=True)
    above = ta.compile("pymean().above")
    assert above.run(pl.DataFrame({"close": CLOSE}))["value"].dtype == pl.Boolean
    assert rule.explain().warmup == 3


def test_bars_without_an_input_are_not_seen():
    rule = ta.compile("pymean(seed=1).mean")
    seen = GAPS[np.isfinite(GAPS)]
    values = column(rule, close=GAPS)
    assert np.isnan(values[np.isnan(GAPS)]).all()
    assert values[np.isfinite(GAPS)][-1] == pytest.approx(seen.mean())
    assert np.array_equal(stepped(rule, GAPS), values, equal_nan=True)


@pytest.mark.parametrize("text", ["py_lowest(close, 7)", "pymean().mean + py_gap()", "py_lowest(pymean().mean, 3)"])
def test_sessions_with_functions_are_saved_previewed_and_restored_bit_for_bit(text: str):
    rule = ta.compile(text)
    whole = column(rule, open=OPEN, close=CLOSE)
    session = rule.session()
    for at in range(40):
        session = rule.restore(session.snapshot()) if at % 3 == 0 else pickle.loads(pickle.dumps(session))
        before = session.snapshot()
        session.preview({"open": 1.0, "close": 1000.0 + at})
        assert session.snapshot() == before
        value = session.step({"open": OPEN[at], "close": CLOSE[at]}).value
        assert value == whole[at] or (value is None and np.isnan(whole[at]))
    rest = session.run({"open": OPEN[40:], "close": CLOSE[40:]})["value"]
    assert np.array_equal(rest, whole[40:])


def test_a_value_says_whether_it_waits_lacks_an_input_or_is_undefined():
    for text in ("py_lowest(close, 3)", "pymean(seed=2).mean"):
        session = ta.compile(text).session()
        said = [session.step({"close": x}).availability for x in (1.0, None, 2.0, None, 3.0, 4.0, None)]
        expected = ["warming_up", "missing_input", "warming_up", "missing_input", "ready", "ready", "missing_input"]
        assert said == expected, text
        assert session.bars_to_ready == 1
    undefined = ta.compile("py_gap(open, close) / 0 * py_lowest(close, 1)").run({"open": [1.0], "close": [2.0]})
    assert np.isnan(undefined["value"]).all()


def test_verify_proves_what_it_can_and_says_what_it_did_not_try():
    data = {"open": OPEN, "close": CLOSE}
    report = ta.compile("py_lowest(close, 7) + pymean().mean").verify(data)
    assert report.ok, str(report)
    assert "stepped bar by bar" in str(report) and "for one symbol at a time" in str(report)
    early = ta.compile("py_share_of_whole()").verify(data)
    assert not early.ok and "run on the first bars only" in str(early)
    assert "not made" in str(early) and "py_share_of_whole" in str(early)


def test_verify_finds_a_window_that_is_not_the_whole_truth():
    @ta.register(name="py_forgetful", window=2)
    def forgetful(close):
        found = np.cumsum(close)
        found[0] = np.nan
        return found

    assert not ta.compile("py_forgetful()").verify({"close": CLOSE}).ok


def test_what_cannot_be_stepped_or_saved_has_no_session_and_says_why():
    with pytest.raises(PlanningError, match="py_share_of_whole.*whole histories.*window="):
        ta.compile("py_share_of_whole() > 1").session()
    with pytest.raises(PlanningError, match="py_untold.*get_state"):
        ta.compile("py_untold()").session()
    assert column(ta.compile("py_untold()"), close=np.array([1.0, 3.0])).tolist() == [1.0, 2.0]
    with pytest.raises(PlanningError, match="py_gap.*universe.*session for each symbol"):
        ta.compile("py_gap()").universe(["A", "B"])
    with pytest.raises(PlanningError, match="py_gap.*one stream"):
        ta.compile("py_gap() > on(4h, close)").joined_session(timeframe="1h")


def test_a_table_of_symbols_is_run_symbol_by_symbol():
    symbols = np.array(["A", "B", "C", "D"])[np.arange(300) % 4]
    frame = pl.DataFrame({"symbol": symbols, "close": CLOSE})
    for text in ("py_lowest(close, 3)", "pymean().mean", "py_share_of_whole()"):
        rule = ta.compile(text)
        values = rule.run(frame)["value"].to_numpy()
        for symbol in "ABCD":
            own = symbols == symbol
            assert np.array_equal(values[own], column(rule, close=CLOSE[own]), equal_nan=True), (text, symbol)


def test_a_function_that_fails_where_bars_are_computed_again_is_told_whatever_the_policy_on_errors():
    session = ta.compile("py_angry()").session(on_error="emit_error", revisions=5, unit="ns")
    for time, close in enumerate([1.0, 2.0, 3.0], start=1):
        session.step({"close": close, "timestamp": time})
    before = session.snapshot()
    with pytest.raises(FunctionError, match="`py_angry`: it raised ValueError: too high"):
        session.revise({"close": 300.0, "timestamp": 2})
    again = session.revise({"close": 4.0, "timestamp": 2})
    assert [one.value for one in again] == [4.0] and session.snapshot() != before


def test_an_error_of_a_function_names_it_and_its_cause_and_leaves_the_session_as_it_was():
    rule = ta.compile("py_angry() + pymean().mean + sma(close, 2)")
    session = rule.session()
    session.step({"close": 3.0})
    before = session.snapshot()
    with pytest.raises(
        FunctionError, match=r"`py_angry`: it raised ValueError: too high .*functions_of_python.py, line"
    ) as e:
        session.step({"close": 300.0})
    assert isinstance(e.value.__cause__, ValueError)
    assert session.counters["rejected"] == 1 if isinstance(session.counters, dict) else session.counters.rejected == 1
    again = rule.restore(before)
    assert session.step({"close": 4.0}).value == again.step({"close": 4.0}).value
    with pytest.raises(FunctionError, match="too high"):
        session.run({"close": [5.0, 300.0]})
    assert session.step({"close": 5.0}).value == again.step({"close": 5.0}).value
    with pytest.raises(FunctionError, match="the symbol 'B': `py_angry`"):
        ta.compile("py_angry()").run(pl.DataFrame({"symbol": ["A", "B"], "close": [1.0, 300.0]}))


def test_an_error_in_a_step_over_history_says_the_row():
    @ta.register(name="py_fragile")
    class Fragile:
        def step(self, close):
            return 1 / (close - 7)

    with pytest.raises(FunctionError, match="`py_fragile` in row 1000: it raised ZeroDivisionError"):
        column(ta.compile("py_fragile()"), close=np.where(np.arange(2000) == 1000, 7.0, 1.0))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda x: None, "it gave nothing, and an array of 2 numbers is needed"),
        (lambda x: 3.0, "it gave one number, and an array of 2 numbers"),
        (lambda x: x[:1], "it gave 1, and an array of 2 numbers"),
        (lambda x: ["a", "b"], "it gave a list, and an array of 2 numbers"),
    ],
)
def test_what_is_no_array_of_its_bars_is_refused(given, words: str):
    ta.register(name="py_wrong", replace=True)(lambda close: given(close))
    with pytest.raises(FunctionError, match=words):
        column(ta.compile("py_wrong()"), close=np.array([1.0, 2.0]))


def test_a_value_within_the_warm_up_is_an_error():
    ta.register(name="py_hasty", window=3, replace=True)(lambda close: close)
    with pytest.raises(FunctionError, match="gave a value after 1 of its bars, and its window is of 3 bars"):
        column(ta.compile("py_hasty()"), close=CLOSE)


def test_a_window_is_asked_of_the_parameters_and_refused_where_it_is_none():
    with pytest.raises(PlanningError, match="py_lowest.*its window is 0; a whole number from 1"):
        ta.compile("py_lowest(close, 0)")


def test_parameters_are_checked_as_those_of_any_indicator():
    assert column(ta.compile('py_chosen(how="down", scale=0.5)'), close=CLOSE).tolist() == (-CLOSE * 0.5).tolist()
    for text in ('py_chosen(how="left")', "py_lowest(close, 2.5)", "py_lowest(close, perod=3)", "py_lowest()"):
        with pytest.raises((TypeCheckError, StrategyError)):
            ta.compile(text)

    ta.register(name="py_ranged", window=1, ranges={"level": (0, 1)}, replace=True)(lambda close, level=0.5: close)
    with pytest.raises(TypeCheckError, match="a number from 0 to 1 is needed"):
        ta.compile("py_ranged(level=2)")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (lambda *columns: columns, "named one by one"),
        (lambda period=3: period, "no input"),
        (lambda close, how="up": close, "Literal"),
        (lambda close, on=True: close, "parameters are"),
        (lambda close, level=None: close, "parameters are"),
    ],
)
def test_signatures_that_do_not_tell_are_refused(target, words: str):
    with pytest.raises(TypeError, match=words):
        ta.register(name="py_unclear")(target)
    with pytest.raises(StrategyError):
        ta.compile("py_unclear()")


def test_names_that_mean_something_already_are_refused():
    for name in ("rsi", "close", "if", "ohlcv"):
        with pytest.raises((ValueError, StrategyError)):
            ta.register(name=name)(lambda close: close)
    ta.register(name="py_taken", window=1)(lambda close: close)

    def other(close):
        return close

    with pytest.raises(ValueError, match="registered already.*replace=True"):
        ta.register(name="py_taken")(other)


def test_a_rule_keeps_the_function_that_it_was_compiled_with():
    ta.register(name="py_changing", window=1, replace=True)(lambda close: close)
    before = ta.compile("py_changing()")
    ta.register(name="py_changing", window=1, version=2, replace=True)(lambda close, by=2: close * by)
    after = ta.compile("py_changing(3)")
    assert column(before, close=CLOSE).tolist() == CLOSE.tolist()
    assert column(after, close=CLOSE).tolist() == (CLOSE * 3).tolist()
    with pytest.raises(SnapshotError):
        after.restore(before.session().snapshot())


def test_bytes_of_another_length_are_refused():
    @ta.register(name="py_growing")
    class Growing:
        def __init__(self):
            self.seen = b""

        def step(self, close):
            self.seen += b"x"
            return close

        def get_state(self):
            return self.seen

        def set_state(self, state):
            self.seen = state

    with pytest.raises(FunctionError, match="takes 1 bytes, and took 0"):
        ta.compile("py_growing()").session().step({"close": 1.0})


def test_functions_over_old_series_are_run_too():
    data = ta.from_csv("examples/data/aapl_1d.csv", symbol="AAPL", timeframe="1d")
    ours, engines = (ta.compile(text).run(ta.dataset(data)) for text in ("py_lowest(close, 5)", "min(close, 5)"))
    [(key, values)] = ours.items()
    assert np.array_equal(values.to_numpy(), engines[key].to_numpy(), equal_nan=True)
    assert np.isfinite(values.to_numpy()).sum() == len(data.closes) - 4


def test_explain_names_the_function_its_warm_up_and_its_state():
    told = str(ta.compile("py_lowest(close, 7) > 1").explain())
    assert "py_lowest(period=7)" in told and "after 6 bars" in told
