"""What benchmarks from Python measure with: a market, and the least of several rounds taken in turns."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np


def market(bars: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(7)
    close = 100 * np.cumprod(1 + 0.002 * (random.random(bars) - 0.5))
    spread = 0.001 * random.random(bars)
    return {
        "open": np.concatenate([close[:1], close[:-1]]),
        "high": close * (1 + spread),
        "low": close * (1 - spread),
        "close": close,
        "volume": 1_000 * random.random(bars),
    }


def timed(bars: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same bars with the times at which they open, one a minute."""
    start = np.datetime64("2024-01-01T00:00", "ns")
    return {"timestamp": start + np.arange(len(bars["close"])) * np.timedelta64(60, "s"), **bars}


def least_in_turns(*works: Callable[[], object], rounds: int) -> list[float]:
    """The least time of each in nanoseconds, taken in turns so that noise falls on all alike."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for at, work in enumerate(works):
            start = time.perf_counter_ns()
            work()
            best[at] = min(best[at], time.perf_counter_ns() - start)
    return best
