"""Functions of values: the engine over columns, the engine bar by bar, and the exact-Decimal reference.

The first two are compared bit for bit; the reference, which shares no code with them, within 1e-9. All three must
agree, too, on which bars have a value and why the others have none.
"""

from __future__ import annotations

import math
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core.types import NOT_READY
from tests.reference import Reference

BARS = 400
RELATIVE, ABSOLUTE = Decimal("1e-9"), Decimal("1e-12")

# A rule, and how many of the bars at least have a value.
RULES = [
    ("abs(close - open)", 250),
    ("signum(close - open)", 250),
    ("sqrt(close)", 300),
    ("sqrt(close - open)", 100),
    ("log(close)", 300),
    ("log(close / close[1])", 200),
    ("log(open - close)", 80),
    ("exp(close / open)", 250),
    ("exp(close * 16)", 100),
    ("exp(-close)", 300),
    ("floor(close)", 300),
    ("ceil(open - close)", 250),
    ("round(close)", 300),
    ("round(-close / 2)", 300),
    ("greatest(close, open)", 250),
    ("greatest(high, open, close, low)", 150),
    ("least(close, open[1], 45)", 200),
    ("nz(close)", 400),
    ("nz(sma(close, 10), open)", 350),
    ("nz(log(close - open), close[3])", 300),
    ("nz(close > open)", 400),
    ("nz(close > open, low > 40)", 350),
    ("nz(ohlcv.filter(close > open), -1)", 400),
    ("if(close > open, high, low)", 220),
    ("if_else(close > open, close, sma(open, 50))", 200),
    ("if(close > 50, close > open, low > 40)", 250),
    ("if(close > open, True, False)", 250),
    ("if(close > 50, 1, if(close > 40, 2, 3))", 300),
    ("barssince(close > open)", 240),
    ("barssince(crossup(close, sma(close, 10)))", 200),
    ("valuewhen(close > open, high)", 200),
    ("valuewhen(close > open, high, 7)", 180),
    ("valuewhen(close > 46, close > open, 1)", 200),
    ("valuewhen(crossup(close, 50), barssince(close > open), 2)", 150),
    ("let move = close - close[1]; sqrt(sma(move * move, 10)) / nz(close, 1)", 250),
    ("if(barssince(close > 46) < 5, close[2], nz(open[1], 0))", 250),
]


def market(seed: int, missing: float) -> dict[str, list[float | None]]:
    """Give bars with two decimals that swing around 45, of which each field is missing here and there."""
    random = Random(seed)
    close = 45.0
    columns: dict[str, list[float | None]] = {name: [] for name in ("open", "high", "low", "close", "volume")}
    for _ in range(BARS):
        opened = close
        close = round(0.95 * opened + 0.05 * 45 + random.choice([-2.5, -0.75, -0.25, 0.0, 0.25, 0.5, 2.75]), 2)
        values = (opened, max(opened, close) + 0.25, min(opened, close) - 0.5, close, float(random.randrange(1000)))
        for column, value in zip(columns.values(), values, strict=True):
            column.append(None if random.random() < missing else value)
    return columns


def number(value: Any) -> Decimal | bool | None:
    if value is None or value is NOT_READY or isinstance(value, bool):
        return None if value is NOT_READY else value
    return Decimal(repr(value)) if isinstance(value, float) else value


@pytest.mark.parametrize("missing", [0.0, 0.08], ids=["complete", "gaps"])
@pytest.mark.parametrize(("text", "ready_min"), RULES, ids=[text for text, _ in RULES])
def test_the_engine_gives_what_the_exact_reference_gives(text: str, ready_min: int, missing: float) -> None:
    columns = market(7, missing)
    rule = ta.compile(text)
    arrays = {name: np.array([math.nan if x is None else x for x in column]) for name, column in columns.items()}
    batch = rule.run(arrays)["value"]
    session, reference, plan = rule.session(), Reference(), rule._ensure_plan()
    ready = 0
    for row in range(BARS):
        tick = {name: column[row] for name, column in columns.items()}
        stepped = session.step(tick)
        value = math.nan if stepped.value is None else float(stepped.value)
        assert np.float64(value).tobytes() == batch[row].tobytes(), f"row {row}: stepped {value}, batch {batch[row]}"
        exact = reference.step_result(plan, tick)
        assert stepped.availability == exact.availability.value, f"row {row}"
        mine, theirs = number(stepped.value), number(exact.output)
        if mine is None or theirs is None:
            assert mine is None and theirs is None, f"row {row}: engine {mine}, reference {theirs}"
            continue
        ready += 1
        assert isinstance(mine, bool) == isinstance(theirs, bool), f"row {row}: {mine!r}, {theirs!r}"
        assert abs(mine - theirs) <= max(RELATIVE * abs(theirs), ABSOLUTE), f"row {row}: {mine}, {theirs}"
    assert ready >= ready_min * (1 if missing == 0.0 else 0.7), f"only {ready} bars have a value"


@pytest.mark.parametrize("text", ["nz(sma(close, 3), open)", "valuewhen(close > open, close > 45, 1)"])
def test_series_come_out_the_same_from_both_backends(text: str) -> None:
    columns = market(3, 0.0)
    rule = ta.compile(text)
    engine = rule.run({name: np.array(column) for name, column in columns.items()})["value"]
    backend, plan = Reference(), rule._ensure_plan()
    exact = [backend.step(plan, {name: column[row] for name, column in columns.items()}) for row in range(BARS)]
    plain = [math.nan if number(value) is None else float(value) for value in exact]
    np.testing.assert_allclose(engine, plain, rtol=1e-9)
