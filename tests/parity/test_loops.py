"""Loops against their definition in plain Python, bit for bit, on every way a bar may come."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from tests.reference.loops import Loop, Tree, Value, reads_loop, text_of

ROOT = Path(__file__).parents[2]
SEEDS = range(3_000)
IN_ONE_TEST = 250
FIELDS = ("open", "high", "low", "close", "volume")
NUMBERS = (*FIELDS, "close[1]", "sma(close, 3)", "close - open", "high / low", "1 / volume", "nz(close, 0)")
TRUTHS = ("close > open", "close > close[1]", "volume > 500", "low == open")


class Maker:
    """Random loops."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.values: list[Value] = []
        self.is_truth: dict[str, bool] = {}
        self.with_past: list[str] = []

    def loop(self) -> list[Value]:
        count = self.random.choice((1, 1, 2, 3, 4))
        names = [f"value{at}" for at in range(count)]
        self.is_truth = {name: self.random.random() < 0.3 for name in names}
        # Nobody reads the past of the first where it has no beginning.
        self.with_past = names[1:] if count > 1 and self.random.random() < 0.3 else names
        for at, name in enumerate(names):
            size = self.random.choice((3, 6, 12))
            before = names[:at]
            body = self.tree(self.is_truth[name], size, before)
            value = Value(name, body)
            if name in self.with_past:
                value.first = self.plain(self.is_truth[name])
                if self.random.random() < 0.3:
                    # Not too often, and now and then by what it was itself.
                    value.restart = self.tree(True, 3, ())
            self.values.append(value)
        self.close_circle()
        self.random.shuffle(self.values)
        return self.values

    def close_circle(self) -> None:
        """Have every value need the next one, so that all of them are one loop."""
        for at, value in enumerate(self.values):
            needed = self.values[(at + 1) % len(self.values)].name
            tree: Tree = ("own", needed, self.depth() if needed in self.with_past else 0)
            if not self.is_truth[needed]:
                tree = (">", tree, ("other", "close"))
            if self.is_truth[value.name]:
                value.body = ("or", value.body, tree)
            else:
                value.body = ("if", tree, value.body, self.plain(False))

    def depth(self) -> int:
        return self.random.choice((1, 1, 1, 1, 2, 3, self.random.randint(1, 50)))

    def plain(self, truth: bool) -> Tree:
        if truth:
            return ("other", self.random.choice(TRUTHS))
        if self.random.random() < 0.2:
            return ("constant", self.random.choice((0.0, 1.0, 2.5, 100.0)))
        return ("other", self.random.choice(NUMBERS))

    def leaf(self, truth: bool, before: Sequence[str]) -> Tree:
        names = [name for name in self.with_past if self.is_truth[name] == truth]
        now = [name for name in before if self.is_truth[name] == truth]
        if now and self.random.random() < 0.3:
            return ("own", self.random.choice(now), 0)
        if names and self.random.random() < 0.6:
            return ("own", self.random.choice(names), self.depth())
        return self.plain(truth)

    def tree(self, truth: bool, size: int, before: Sequence[str]) -> Tree:
        made = self.any_tree(truth, size, before)
        # What constants alone decide is folded.
        is_folded = made[0] != "constant" and is_constant(made)
        return ("other", self.random.choice(TRUTHS if truth else NUMBERS)) if is_folded else made

    def any_tree(self, truth: bool, size: int, before: Sequence[str]) -> Tree:
        if size <= 1:
            return self.leaf(truth, before)
        pick = self.random.random()
        half = size // 2

        def sub(kind: bool, size: int = half) -> Tree:
            return self.tree(kind, size, before)

        if pick < 0.3:
            return ("if", sub(True, size // 3), sub(truth, size // 3), sub(truth, size // 3))
        if pick < 0.35:
            return ("nz", sub(truth), sub(truth))
        if pick < 0.4:
            part = sub(truth)
            if part[0] != "constant" and not mentions_now(part, self.with_past):
                return ("ago", part, self.random.choice((1, 2))) if reads_loop(part) else part
        if truth:
            if pick < 0.5:
                return ("not", sub(True))
            if pick < 0.7:
                return (self.random.choice(("and", "or")), sub(True), sub(True))
            if pick < 0.78:
                pair = sub(False), sub(False)
                # Of a value's own bar a crossing needs the bar before, too.
                if any(map(reads_loop, pair)) and not any(mentions_now(part, self.with_past) for part in pair):
                    return (self.random.choice(("crossup", "crossdown", "cross")), *pair)
            return (self.random.choice((">", ">=", "<", "<=", "==", "!=")), sub(False), sub(False))
        if pick < 0.55:
            return (
                self.random.choice(("abs", "signum", "sqrt", "floor", "ceil", "round", "neg")),
                sub(False, size - 1),
            )
        if pick < 0.7:
            return (self.random.choice(("greatest", "least")), sub(False), sub(False))
        return (self.random.choice("+-*/%"), sub(False), sub(False))


def is_constant(tree: Tree) -> bool:
    parts = [part for part in tree[1:] if isinstance(part, tuple)]
    return all(map(is_constant, parts)) if parts else tree[0] == "constant"


def mentions_now(tree: Tree, with_past: Sequence[str]) -> bool:
    """Tell whether a tree reads this bar of a value that has no past."""
    if tree[0] == "own":
        return tree[1] not in with_past
    return any(mentions_now(part, with_past) for part in tree[1:] if isinstance(part, tuple))


def market(seed: int, bars: int) -> dict[str, np.ndarray[Any, Any]]:
    """Make a market with gaps, ties, jumps and hostile numbers."""
    rng = np.random.default_rng(seed)
    close = 100 * np.exp(np.cumsum(rng.normal(0, 0.02, bars)))
    if seed % 4 == 0:
        close = np.round(close / 5) * 5
    opened = np.concatenate([[100.0], close[:-1]])
    table = {
        "open": opened,
        "high": np.maximum(opened, close) * (1 + 0.01 * rng.random(bars)),
        "low": np.minimum(opened, close) * (1 - 0.01 * rng.random(bars)),
        "close": close,
        "volume": np.where(rng.random(bars) < 0.1, 0.0, 1000 * rng.random(bars)),
    }
    share = (0.0, 0.02, 0.15)[seed % 3]
    hostile = (np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324, 0.0, -0.0)
    for column in table.values():
        for at in np.flatnonzero(rng.random(bars) < share):
            column[at] = hostile[rng.integers(3 if seed % 5 else len(hostile))]
    return table


def bits(column: Any) -> Any:
    return np.asarray(column, dtype=float).view(np.uint64)


def others(values: Sequence[Value]) -> list[str]:
    found: dict[str, None] = {}

    def look(tree: Tree) -> None:
        if tree[0] == "other":
            found[tree[1]] = None
        for part in tree[1:]:
            if isinstance(part, tuple):
                look(part)

    for value in values:
        for part in (value.body, value.first, value.restart):
            if part is not None:
                look(part)
    return list(found)


def rule_of(values: Sequence[Value]) -> ta.Rule:
    names = [value.name for value in values]
    lets = "\n".join(text_of(value) for value in values)
    return ta.compile(f"{lets}\n{{{', '.join(f'{name}: {name}' for name in names)}}}")


def columns_of(texts: Sequence[str], table: dict[str, Any]) -> dict[str, list[float]]:
    """Give what does not depend on the loop: rules of their own."""
    if not texts:
        return {}
    rule = ta.compile("{" + ", ".join(f"o{at}: {text}" for at, text in enumerate(texts)) + "}")
    out = rule.run(table)
    return {text: out[f"o{at}"].tolist() for at, text in enumerate(texts)}


def expected(values: Sequence[Value], table: dict[str, Any], bars: int) -> dict[str, list[float]]:
    return Loop(values).run(columns_of(others(values), table), bars)


def check(values: Sequence[Value], seed: int) -> None:
    bars = 60
    rule, table, pick = rule_of(values), market(seed, bars), random.Random(seed)
    wanted = expected(values, table, bars)
    ran = rule.run(table)
    for name, column in wanted.items():
        differ = np.flatnonzero(bits(ran[name]) != bits(column))
        assert not differ.size, f"{name} at {differ[0]}: {ran[name][differ[0]]!r}, by definition {column[differ[0]]!r}"
    session = rule.session()
    for bar in range(bars):
        tick = {name: float(column[bar]) for name, column in table.items()}
        if pick.random() < 0.2:
            before = session.snapshot()
            session.preview({name: x * 1.25 for name, x in tick.items()})
            assert session.snapshot() == before
        if pick.random() < 0.2:
            session = rule.restore(session.snapshot())
        out = session.step(tick)
        for name, column in wanted.items():
            number = out.values[name]
            number = NAN if number is None else float(number)
            assert bits([number]) == bits([column[bar]]), f"{name}, stepped, bar {bar}"
    late = pick.randrange(1, bars)
    tail = {name: column[late:] for name, column in table.items()}
    head = {name: column[:late] for name, column in table.items()}
    for name, column in expected(values, tail, bars - late).items():
        assert (bits(rule.run(tail)[name]) == bits(column)).all(), f"{name}, begun at {late}"
    for name, column in wanted.items():
        assert (bits(rule.run(head)[name]) == bits(column[:late])).all(), f"{name}, ended at {late}"
    shifted = {"a": 0, "b": 7, "c": 13}
    markets = {name: {f: np.roll(column, by) for f, column in table.items()} for name, by in shifted.items()}
    tiled = rule.universe(list(shifted)).run(markets)
    for at, moved in enumerate(markets.values()):
        alone = rule.run(moved)
        for name in wanted:
            ours = tiled[name][:, at].copy() if isinstance(tiled, dict) else tiled[:, at].copy()
            assert (bits(ours) == bits(alone[name])).all(), f"{name}, in a tile"


NAN = math.nan


@pytest.mark.parametrize("start", SEEDS[::IN_ONE_TEST])
def test_random_loops_are_what_their_definition_says(start: int) -> None:
    """Every value of every bar, on every way a bar may come, is what the definition gives."""
    for seed in range(start, start + IN_ONE_TEST):
        values = Maker(seed).loop()
        try:
            check(values, seed)
        except Exception as error:
            lets = "\n".join(text_of(value) for value in values)
            raise AssertionError(f"seed {seed}\n{lets}\n{error}") from error


def test_the_made_loops_have_everything_in_them() -> None:
    """Restarts, deep pasts, crossings and values without a past are among the made loops."""
    texts = ["\n".join(text_of(value) for value in Maker(seed).loop()) for seed in SEEDS[:400]]
    for word in ("restart when", "crossup(", "crossdown(", "cross(", "nz(", "if(if(", "[50]", "sqrt(", " % "):
        assert any(word in text for text in texts), word
    assert any(";\nlet" in text and " from " not in text.split("\n")[0] for text in texts)


def test_nothing_that_is_not_finite_lives_on() -> None:
    """A result that overflows is missing, and the loop goes on from the bar before."""
    rule = ta.compile("let x = x[1] * close from 1; x")
    out = rule.run({"close": np.array([1e200, 1e200, 2.0, np.inf, 3.0])})["value"]
    np.testing.assert_array_equal(out, [1e200, NAN, 2e200, NAN, 6e200])


MARKETS = ["aapl", *range(12)]


def whole_market(which: str | int) -> dict[str, Any]:
    if isinstance(which, int):
        made = market(12 * which + 4 * (which % 3), 400)
        return {name: np.where(np.abs(column) < 1e6, column, 100.0) for name, column in made.items()}
    bars = ta.from_csv(str(ROOT / "examples/data/aapl_1d.csv"), symbol="AAPL", timeframe="1d")
    return {name: np.array([float(x) for x in getattr(bars, f"{name}s")]) for name in FIELDS[1:4]}


SUPERTREND = """
let middle = 0.5 * (high + low);
let reach = 3 * atr(10);
let upper = if(middle + reach < upper[1] or close[1] > upper[1], middle + reach, upper[1]) from middle + reach;
let lower = if(middle - reach > lower[1] or close[1] < lower[1], middle - reach, lower[1]) from middle - reach;
let rises = if(rises[1], not (close < lower), close > upper) from true;
{line: if(rises, lower, upper), rises: rises}
"""


@pytest.mark.parametrize("which", MARKETS)
def test_supertrend_as_a_loop_is_the_kernel(which: str | int) -> None:
    """The recurrence of the catalogue's kernel, written in the language, gives its bits."""
    table = whole_market(which)
    ours, kernel = ta.compile(SUPERTREND).run(table), ta.compile("supertrend(10, 3)").run(table)
    assert (bits(ours["line"]) == bits(kernel["supertrend"])).all()
    assert (bits(ours["rises"]) == bits(kernel["direction"])).all()
    assert np.isfinite(ours["line"]).sum() > 300


@pytest.mark.parametrize("which", MARKETS)
def test_a_ratcheting_stop_is_a_scan_by_hand(which: str | int) -> None:
    """A stop that follows price, written as a Python loop over the bars."""
    rule = ta.compile("""
        let reach = 3 * atr(10);
        let stop = if(close > stop[1] and close[1] > stop[1], greatest(stop[1], close - reach),
                   if(close < stop[1] and close[1] < stop[1], least(stop[1], close + reach),
                   if(close > stop[1], close - reach, close + reach))) from close - reach;
        {stop: stop, reach: reach}
    """)
    table = whole_market(which)
    out = rule.run(table)
    close, stop, expected = table["close"].tolist(), None, []
    for at, reach in enumerate(out["reach"].tolist()):
        if math.isnan(reach) or at == 0:
            expected.append(NAN)
            continue
        stop = close[at] - reach if stop is None else stop
        if close[at] > stop and close[at - 1] > stop:
            stop = max(stop, close[at] - reach)
        elif close[at] < stop and close[at - 1] < stop:
            stop = min(stop, close[at] + reach)
        else:
            stop = close[at] - reach if close[at] > stop else close[at] + reach
        expected.append(stop)
    assert (bits(out["stop"]) == bits(expected)).all()


PARABOLIC = """
let low_1 = nz(low[1], low); let low_2 = nz(low[2], low_1);
let high_1 = nz(high[1], high); let high_2 = nz(high[2], high_1);
let next = sar[1] + share[1] * (extreme[1] - sar[1]);
let kept = if(rises[1], least(least(next, low_1), low_2), greatest(greatest(next, high_1), high_2));
let turns = if(rises[1], low < kept, high > kept);
let further = if(rises[1], high > extreme[1], low < extreme[1]);
let sar = if(turns, extreme[1], kept) from low;
let rises = if(turns, not rises[1], rises[1]) from true;
let extreme = if(turns, if(rises[1], low, high), if(further, if(rises[1], high, low), extreme[1])) from high;
let share = if(turns, 0.02, if(further, least(share[1] + 0.02, 0.2), share[1])) from 0.02;
{sar: sar, rises: rises}
"""


def test_a_parabolic_stop_is_a_scan_by_hand_and_turns_where_the_kernel_does() -> None:
    """The kernel multiplies and adds in one rounding, so its stops are near and not the same."""
    table = whole_market("aapl_1d")
    ours, kernel = ta.compile(PARABOLIC).run(table), ta.compile("psar()").run(table)
    sar, rises, extreme, share, before, expected = 0.0, True, 0.0, 0.02, [], []
    for high, low in zip(table["high"].tolist(), table["low"].tolist(), strict=True):
        if not before:
            sar, extreme = low, high
        else:
            sar += share * (extreme - sar)
            sar = min(sar, *(one for _, one in before)) if rises else max(sar, *(one for one, _ in before))
            if low < sar if rises else high > sar:
                sar, rises, extreme, share = extreme, not rises, low if rises else high, 0.02
            elif high > extreme if rises else low < extreme:
                extreme, share = high if rises else low, min(share + 0.02, 0.2)
        before = [*before[-1:], (high, low)]
        expected.append((sar, float(rises)))
    assert (bits(ours["sar"]) == bits([one for one, _ in expected])).all()
    assert (bits(ours["rises"]) == bits([one for _, one in expected])).all()
    assert (bits(ours["rises"]) == bits(kernel["direction"])).all()
    assert np.allclose(ours["sar"], kernel["sar"], rtol=1e-13, atol=0)
    assert 100 < np.count_nonzero(np.diff(ours["rises"])) < 1_000
