"""Loops by their definition: what values are that see their own past, bar by bar, in plain Python.

Trees are tuples: `("own", name, back)` is a value of the loop, `("other", text)` something that does not depend on it,
given as a column, `("constant", number)` a number, and everything else an operation on trees.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NAN = math.nan
Tree = tuple[Any, ...]


@dataclass
class Value:
    """One `let` of a loop."""

    name: str
    body: Tree
    first: Tree | None = None
    restart: Tree | None = None


def _finite(x: float) -> float:
    return x if math.isfinite(x) else NAN


def _arithmetic(compute: Callable[[float, float], float]) -> Callable[[float, float], float]:
    def checked(a: float, b: float) -> float:
        try:
            return _finite(compute(a, b))
        except (ZeroDivisionError, OverflowError, ValueError):
            return NAN

    return checked


def _compared(holds: Callable[[float, float], bool]) -> Callable[[float, float], float]:
    return lambda a, b: float(holds(a, b))


def _rounded(x: float) -> float:
    whole = float(math.trunc(x))
    if abs(x - whole) >= 0.5:
        whole += math.copysign(1.0, x)
    return math.copysign(whole, x)


# Of operands that are all there.
OPERATIONS: dict[str, Callable[..., float]] = {
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "/": _arithmetic(operator.truediv),
    "%": _arithmetic(math.fmod),
    ">": _compared(operator.gt),
    ">=": _compared(operator.ge),
    "<": _compared(operator.lt),
    "<=": _compared(operator.le),
    "==": _compared(operator.eq),
    "!=": _compared(operator.ne),
    "and": _compared(lambda a, b: a != 0 and b != 0),
    "or": _compared(lambda a, b: a != 0 or b != 0),
    "not": lambda a: float(a == 0),
    "neg": operator.neg,
    "abs": abs,
    "signum": lambda a: float((a > 0) - (a < 0)),
    "sqrt": lambda a: math.sqrt(a) if a >= 0 else NAN,
    "floor": lambda a: math.copysign(float(math.floor(a)), a) if math.floor(a) == 0 else float(math.floor(a)),
    "ceil": lambda a: math.copysign(float(math.ceil(a)), a),
    "round": _rounded,
    "greatest": lambda a, b: a if a > b else b,
    "least": lambda a, b: a if a < b else b,
}
# Each with what it compares now and on the bar before.
CROSSINGS = {"crossup": ((0, 1),), "crossdown": ((1, 0),), "cross": ((0, 1), (1, 0))}


def reads_loop(tree: Tree) -> bool:
    """Tell whether a tree depends on the loop."""
    return tree[0] == "own" or any(reads_loop(part) for part in tree[1:] if isinstance(part, tuple))


def operation(name: str, operands: Sequence[float]) -> float:
    """Give what an operation gives of its operands on one bar; NaN is nothing."""
    if name == "nz":
        return operands[1] if math.isnan(operands[0]) else operands[0]
    if name == "if":
        condition, a, b = operands
        return NAN if math.isnan(condition) else (a if condition != 0 else b)
    if any(math.isnan(x) for x in operands):
        return NAN
    return OPERATIONS[name](*operands)


@dataclass
class Loop:
    """Values that need one another, with what they remember."""

    values: Sequence[Value]
    compute: Callable[[str, Sequence[Any]], Any] = None  # type: ignore[assignment]
    """What an operation gives of its operands on one bar; NaN is nothing."""
    taken: dict[str, list[float]] = field(default_factory=dict)
    """Per value, what it was on every bar since its history began, the last one last."""
    before: dict[str, float] = field(default_factory=dict)
    """Per value, what it was before."""
    others: dict[Tree, list[float]] = field(default_factory=dict)
    """What does not depend on the loop, on every bar on which it was there."""

    def __post_init__(self) -> None:
        self.compute = self.compute or operation

    def run(self, columns: Mapping[str, Sequence[float]], bars: int) -> dict[str, list[float]]:
        """Give the values on so many bars of these columns."""
        given: dict[str, list[float]] = {value.name: [] for value in self.values}
        for bar in range(bars):
            row = self.step({text: column[bar] for text, column in columns.items()})
            for name, value in row.items():
                given[name].append(value)
        return given

    def step(self, row: Mapping[str, float]) -> dict[str, float]:
        """Take one bar."""
        return _Bar(self, row).values()


class _Bar:
    def __init__(self, loop: Loop, row: Mapping[str, float]) -> None:
        self.loop, self.row = loop, row
        self.named = {value.name: value for value in loop.values}
        self.known: dict[str, float] = {}
        self.inputs: list[Tree] = []
        for value in loop.values:
            for part in (value.body, value.first, value.restart):
                if part is not None:
                    self._collect(part)

    def values(self) -> dict[str, float]:
        now = {tree: self._other(tree) for tree in self.inputs}
        for tree, x in now.items():
            if not math.isnan(x):
                self.loop.others.setdefault(tree, []).append(x)
        nothing = dict.fromkeys(self.named, NAN)
        try:
            if any(math.isnan(self._input(tree, back)) for tree, back in self._readings()):
                return nothing
        except LookupError:
            return nothing
        row = {name: self._value(name) for name in self.named}
        for name, value in self.named.items():
            if value.first is None:
                continue
            begins = self._begins(name)
            if (
                math.isnan(row[name])
                or math.isnan(begins)
                or (begins and math.isnan(self._read(value.first, 0, False)))
            ):
                return nothing
        changes = {}
        for name, value in self.named.items():
            if value.first is not None:
                begins = bool(self._begins(name))
                before = self._read(value.first, 0, False) if begins else self.loop.before[name]
                changes[name] = before, [*([] if begins else self.loop.taken[name]), row[name]]
        for name, (before, taken) in changes.items():
            self.loop.before[name], self.loop.taken[name] = before, taken
        return row

    # What the loop reads: each largest part that does not depend on it, and how many bars ago.

    def _collect(self, tree: Tree) -> None:
        if not reads_loop(tree):
            if tree not in self.inputs:
                self.inputs.append(tree)
        else:
            for part in tree[1:]:
                if isinstance(part, tuple):
                    self._collect(part)

    def _readings(self) -> set[tuple[Tree, int]]:
        found: set[tuple[Tree, int]] = set()

        def look(tree: Tree, back: int) -> None:
            if not reads_loop(tree):
                found.add((tree, back))
            elif tree[0] == "ago":
                look(tree[1], back + tree[2])
            elif tree[0] in CROSSINGS:
                for part in tree[1:]:
                    look(part, back)
                    look(part, back + 1)
            else:
                for part in tree[1:]:
                    if isinstance(part, tuple):
                        look(part, back)

        for value in self.loop.values:
            for part in (value.body, value.first, value.restart):
                if part is not None:
                    look(part, 0)
        return found

    def _input(self, tree: Tree, back: int) -> float:
        if tree[0] == "constant":
            return tree[1]
        x = self._other(tree)
        return x if back == 0 or math.isnan(x) else self.loop.others[tree][-1 - back]

    def _other(self, tree: Tree) -> float:
        if tree[0] == "constant":
            return tree[1]
        if tree[0] == "other":
            return self.row[tree[1]]
        return self.loop.compute(tree[0], [self._other(part) for part in tree[1:]])

    # Values

    def _value(self, name: str) -> float:
        if name not in self.known:
            self.known[name] = self._read(self.named[name].body, 0, False)
        return self.known[name]

    def _begins(self, name: str) -> float:
        if name not in self.loop.taken:
            restart = self.named[name].restart
            # What cannot be decided stops the loop on its first bar, too.
            return 1.0 if restart is None or not math.isnan(self._read(restart, 0, True)) else NAN
        restart = self.named[name].restart
        return 0.0 if restart is None else self._read(restart, 0, True)

    def _past(self, name: str, back: int, as_it_stands: bool) -> float:
        begins = float(name not in self.loop.taken) if as_it_stands else self._begins(name)
        if math.isnan(begins):
            return NAN
        first = self.named[name].first
        assert first is not None
        if begins:
            return self._read(first, 0, False)
        taken = self.loop.taken[name]
        return taken[-back] if back <= len(taken) else self.loop.before[name]

    def _read(self, tree: Tree, back: int, as_it_stands: bool) -> float:
        if not reads_loop(tree):
            return self._input(tree, back)
        if tree[0] == "own":
            back += tree[2]
            return self._value(tree[1]) if back == 0 else self._past(tree[1], back, as_it_stands)
        if tree[0] == "ago":
            return self._read(tree[1], back + tree[2], as_it_stands)
        if tree[0] in CROSSINGS:
            now = [self._read(part, back, as_it_stands) for part in tree[1:]]
            before = [self._read(part, back + 1, as_it_stands) for part in tree[1:]]
            if any(math.isnan(x) for x in (*now, *before)):
                return NAN
            return float(any(now[a] > now[b] and before[a] <= before[b] for a, b in CROSSINGS[tree[0]]))
        return self.loop.compute(tree[0], [self._read(part, back, as_it_stands) for part in tree[1:]])


def written(tree: Tree) -> str:
    """Give a tree as it is written in a rule."""
    match tree:
        case ("own", name, back):
            return f"{name}[{back}]" if back else name
        case ("other", text):
            return f"({text})"
        case ("constant", number):
            return repr(number)
        case ("ago", part, back):
            return f"({written(part)})[{back}]"
        case ("not", part):
            return f"(not {written(part)})"
        case ("neg", part):
            return f"(-{written(part)})"
        case (name, *parts) if name.isalpha() and name not in ("and", "or"):
            return f"{name}({', '.join(written(part) for part in parts)})"
        case (name, a, b):
            return f"({written(a)} {name} {written(b)})"
    raise ValueError(tree)


def text_of(value: Value) -> str:
    """Give a value as a `let`."""
    first = "" if value.first is None else f" from {written(value.first)}"
    restart = "" if value.restart is None else f" restart when {written(value.restart)}"
    return f"let {value.name} = {written(value.body)}{first}{restart};"


__all__ = ["Loop", "Tree", "Value", "operation", "reads_loop", "text_of", "written"]
