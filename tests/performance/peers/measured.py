"""Measures every case, windows at two periods, and the distance of each library from the right values."""

from __future__ import annotations

import datetime
import os
import platform
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import laakhay.ta as ta
from tests.performance.measure import least_in_turns, market, timed
from tests.performance.peers.cases import Bars, cases

#: Bars that a naive formula in exact arithmetic can take, and the last of them that are compared.
FORMULA_BARS, COMPARED = 1_500, 100
SHORT, LONG = 20, 200


def measure(bars: int, rounds: int) -> dict[str, Any]:
    columns = market(bars)
    columns["periods"] = 2 + columns["volume"] / 40
    small = {name: column / 1_000 for name, column in columns.items()}
    return {
        "machine": _machine(),
        "date": datetime.date.today().isoformat(),
        "bars": bars,
        "rounds": rounds,
        "version": ta.__version__,
        "functions": [
            _function(case.rule, case.peers, small if case.is_of_small_numbers else columns, rounds) for case in cases()
        ],
        "windows": _windows(columns, rounds),
        "errors": errors(columns),
    }


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf8").splitlines() if info.exists() else []
    model = next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
    parts = model or platform.machine(), f"{os.cpu_count()} processors", platform.system()
    return ", ".join((*parts, f"Python {platform.python_version()}"))


def _bare(columns: Bars) -> Bars:
    return {name: column for name, column in columns.items() if name != "periods"}


def _function(text: str, peers: dict[str, Callable[[Bars], Any]], columns: Bars, rounds: int) -> dict[str, Any]:
    rule, bare = ta.compile(text), _bare(columns)
    with_times = timed(bare)
    works = [lambda: rule.run(bare), lambda: rule.run(with_times)]
    works += [lambda of=of: of(columns) for of in peers.values()]
    count = len(columns["close"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [ns / count for ns in least_in_turns(*works, rounds=rounds)]
        apart = {tool: _apart(list(rule.run(bare).values()), of(columns)) for tool, of in peers.items()}
    return {
        "rule": text,
        "here": found[0],
        "with_times": found[1],
        "peers": dict(zip(peers, found[2:], strict=True)),
        "apart": apart,
    }


def _columns(values: Any) -> list[np.ndarray]:
    """Give a column per output, whatever shape a library gives them in."""
    if isinstance(values, tuple | list):
        return [np.asarray(one, dtype=float) for one in values]
    # A matrix of wickra is no array, but tells its rows.
    whole = np.asarray(values.tolist() if type(values).__module__.startswith("wickra") else values, dtype=float)
    return [whole] if whole.ndim == 1 else list(whole.T if whole.shape[0] > whole.shape[1] else whole)


def _distance(mine: np.ndarray, other: np.ndarray) -> float | None:
    """Give the largest distance, as a share of the largest value of both: none where neither has two alike rows."""
    both = ~np.isnan(mine) & ~np.isnan(other)
    if not both.any():
        return None
    size = max(np.abs(mine[both]).max(), np.abs(other[both]).max())
    return float(np.abs(mine[both] - other[both]).max() / size) if size else 0.0


def _apart(ours: list[np.ndarray], theirs: Any) -> float | None:
    """Give how far the last values of two libraries are apart; none where their outputs are not the same ones."""
    found = _columns(theirs)
    if len(found) != len(ours):
        return None
    # Some give the bars that have values alone; all end with the last one.
    last = min(10 * COMPARED, *(len(one) for one in (*ours, *found)))
    best: list[float | None] = [
        min((d for one in found if (d := _distance(mine[-last:], one[-last:])) is not None), default=None)
        for mine in ours
    ]
    distances = [one for one in best if one is not None]
    return max(distances) if len(distances) == len(ours) else None


def _windows(columns: Bars, rounds: int) -> list[dict[str, Any]]:
    """Give what a bar costs at a short and at a long period, for all that has a period and no past beyond it."""
    bare, count, found = _bare(columns), len(columns["close"]), []
    for spec in ta.catalog():
        by_name = [param for param in spec["params"] if param["name"] in ("period", "time_period", "length")]
        roles = [one["role"]["role"] for one in spec["inputs"]]
        if not by_name or by_name[0]["kind"]["max"] < LONG or "interval" in roles or "condition" in roles:
            continue
        # What looks across symbols has no column.
        if spec["group"] == "cross_section":
            continue
        operands = ["close", "volume", "open"][: sum(role in ("operand", "number_operand") for role in roles)]
        if roles[:1] == ["series"] and not operands:
            operands = ["close"]
        period = by_name[0]["name"]
        texts = [f"{spec['name']}({', '.join([*operands, f'{period}={bars}'])})" for bars in (SHORT, LONG)]
        try:
            rules = [ta.compile(text) for text in texts]
        except ta.TaError:
            # What goes together with another parameter alone has no such pair.
            continue
        settle = rules[0].explain(timeframe="1m").settle(1e-12)
        if settle is None or settle > 4 * SHORT:
            continue
        short, long = (
            ns / count for ns in least_in_turns(*(lambda rule=rule: rule.run(bare) for rule in rules), rounds=rounds)
        )
        found.append({"name": spec["name"], "short": short, "long": long})
    return found


def errors(columns: Bars) -> dict[str, dict[str, Any]]:
    """Give the distance of this library and of TA-Lib from naive formulas, at the end of all bars.

    What looks no further back than a formula can has its right values from the last bars alone; the distance has in it
    whatever a running sum has lost before.
    """
    from tests.parity.witness import Formula, TaLib
    from tests.parity.witnesses import WITNESSES

    bare, found = _bare(columns), {}
    tail = {name: column[-FORMULA_BARS:] for name, column in bare.items()}
    for name, witnesses in WITNESSES.items():
        by_rule = {one.rule: one for one in witnesses if type(one) is TaLib}
        for one in witnesses:
            peer = by_rule.get(one.rule)
            if type(one) is not Formula or peer is None:
                continue
            rule = ta.compile(one.rule)
            settle = rule.explain(timeframe="1m").settle(1e-16)
            if settle is None or settle + 2 * COMPARED > len(tail["close"]):
                continue
            right = [column[-COMPARED:] for column in _columns(one.of(tail))]
            if all(np.isnan(column).all() for column in right):
                continue
            ours = [column[-COMPARED:] for column in rule.run(bare).values()]
            theirs = [column[-COMPARED:] for column in _columns(peer.of(bare))]
            distances = [
                max((d for x, y in zip(right, given, strict=True) if (d := _distance(x, y)) is not None), default=None)
                for given in (ours, theirs)
            ]
            found[name] = {"rule": one.rule, "here": distances[0], "peer": distances[1]}
            break
    return found
