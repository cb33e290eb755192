"""The engine against TA-Lib, a C library with a history of its own, for every function the two share.

Both run over the same real bars. Where the seeds differ by definition, the comparison begins when the seed's weight
is below 1e-12: exponential means are seeded here by their first input and there by a plain mean; the first true range
counts here and not there.
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
SEED_TOLERANCE = 1e-12


@dataclass(frozen=True)
class Case:
    """One rule, what TA-Lib calls it, and whether their seeds differ."""

    rule: str
    peer: Callable[..., object]
    seeds_differ: bool = False
    relative: float = 1e-9


def places(indexes: Callable[..., np.ndarray], period: int) -> Callable[..., np.ndarray]:
    """TA-Lib gives the index of an extreme; ours is how many bars ago it was.

    Of equals TA-Lib takes another one than we do, so the volume breaks ties.
    """

    def peer(bars: dict[str, np.ndarray]) -> np.ndarray:
        index = indexes(bars["close"] + bars["volume"] / 1e15, period).astype(float)
        age = np.arange(len(index)) - index
        age[: period - 1] = np.nan
        return age

    return peer


CASES = [
    Case("sma(close, 20)", lambda b: talib.SMA(b["close"], 20)),
    Case("rolling_mean(volume, 7)", lambda b: talib.SMA(b["volume"], 7)),
    Case("rolling_sum(close, 30)", lambda b: talib.SUM(b["close"], 30)),
    Case("ema(close, 12)", lambda b: talib.EMA(b["close"], 12), seeds_differ=True),
    Case("wma(close, 20)", lambda b: talib.WMA(b["close"], 20)),
    Case("rsi(close, 14)", lambda b: talib.RSI(b["close"], 14)),
    Case("rsi(hlc3, 5)", lambda b: talib.RSI((b["high"] + b["low"] + b["close"]) / 3, 5), relative=1e-8),
    Case("true_range()", lambda b: talib.TRANGE(b["high"], b["low"], b["close"])),
    Case("atr(14)", lambda b: talib.ATR(b["high"], b["low"], b["close"], 14), seeds_differ=True),
    Case("macd(close, 12, 26, 9)", lambda b: talib.MACD(b["close"], 12, 26, 9), seeds_differ=True),
    Case("bbands(close, 20, 2)", lambda b: talib.BBANDS(b["close"], 20, 2.0, 2.0)),
    Case("rolling_std(close, 20)", lambda b: talib.STDDEV(b["close"], 20), relative=1e-6),
    Case("stochastic(14, 3)", lambda b: talib.STOCH(b["high"], b["low"], b["close"], 14, 1, 0, 3, 0)),
    Case("stochastic(5, 3, 3)", lambda b: talib.STOCH(b["high"], b["low"], b["close"], 5, 3, 0, 3, 0)),
    Case("max(high, 20)", lambda b: talib.MAX(b["high"], 20)),
    Case("min(low, 20)", lambda b: talib.MIN(b["low"], 20)),
    Case("rolling_argmax(close + volume / 1e15, 20)", places(talib.MAXINDEX, 20)),
    Case("rolling_argmin(close + volume / 1e15, 20)", places(talib.MININDEX, 20)),
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
    rule = ta.compile(case.rule)
    ours = rule.run(bars)
    theirs = case.peer(bars)
    columns = theirs if isinstance(theirs, tuple) else (theirs,)
    assert len(columns) == len(ours)
    first = rule.explain(timeframe=FILES[file]).settle(SEED_TOLERANCE) if case.seeds_differ else 0
    for (name, mine), other in zip(ours.items(), columns, strict=True):
        both = ~np.isnan(mine) & ~np.isnan(other)
        both[:first] = False
        assert both.sum() >= 2_500, f"{name}: only {both.sum()} points are ready in both"
        if not case.seeds_differ:
            # TA-Lib leaves out the first true range, and begins all outputs where the last one can begin.
            assert not (~np.isnan(other) & np.isnan(mine)).any(), f"{name}: ready there and not here"
        scale = np.abs(bars["close"]).max() * 1e-12
        np.testing.assert_allclose(mine[both], other[both], rtol=case.relative, atol=max(scale, 1e-12), err_msg=name)
