"""What the language itself computes, fields and shifts, against TA-Lib over the same real bars.

Indicators have theirs in the table of witnesses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import talib

import laakhay.ta as ta
from laakhay.ta import from_csv

DATA = Path(__file__).parents[2] / "examples" / "data"
FILES = {"aapl_1d.csv": "1d", "eurusd_1h.csv": "1h"}


@dataclass(frozen=True)
class Case:
    """One rule, and what TA-Lib calls it."""

    rule: str
    peer: Callable[..., np.ndarray]


CASES = [
    Case("close.roc_10", lambda b: talib.ROC(b["close"], 10)),
    Case("close - close.10_ago", lambda b: talib.MOM(b["close"], 10)),
    Case("hlc3", lambda b: talib.TYPPRICE(b["high"], b["low"], b["close"])),
    Case("hl2", lambda b: talib.MEDPRICE(b["high"], b["low"])),
    Case("ohlc4", lambda b: talib.AVGPRICE(b["open"], b["high"], b["low"], b["close"])),
]


def bars_of(file: str) -> dict[str, np.ndarray]:
    bars = from_csv(DATA / file, symbol=file, timeframe=FILES[file])
    return {name: np.array(bars.column(name)) for name in ("open", "high", "low", "close", "volume")}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_the_engine_gives_what_talib_gives(case: Case, file: str) -> None:
    bars = bars_of(file)
    ours, theirs = ta.compile(case.rule).run(bars)["value"], case.peer(bars)
    ready = ~np.isnan(ours)
    assert (ready == ~np.isnan(theirs)).all()
    assert ready.sum() >= 2_500, f"only {ready.sum()} points are ready"
    scale = max(np.abs(bars["close"]).max() * 1e-12, 1e-12)
    np.testing.assert_allclose(ours[ready], theirs[ready], rtol=1e-9, atol=scale)
