"""Values of windows, held against exact rational arithmetic: the engine's sums are exact and rounded once."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import laakhay.ta as ta

MARKETS = ["walk", "flat stretches", "far apart", "next to nothing", "both signs", "whole numbers"]


def market(kind: str, bars: int) -> np.ndarray:
    random = np.random.default_rng(MARKETS.index(kind))
    walk = 100 * np.exp(np.cumsum(random.normal(0, 0.01, bars)))
    unit = random.random(bars) - 0.5
    return {
        "walk": walk,
        "flat stretches": np.round(walk[np.arange(bars) // 37 * 37], 2),
        "far apart": unit * 10.0 ** random.integers(-12, 16, bars),
        "next to nothing": unit * 10.0 ** random.integers(-308, -290, bars),
        "both signs": unit,
        "whole numbers": np.floor(random.random(bars) * 10.0 ** random.integers(0, 12, bars)),
    }[kind]


def windows(closes: np.ndarray, period: int):
    """Some full windows with the row of their last value: the first, the last, and some between."""
    for end in np.unique(np.linspace(period, len(closes), 25 if period <= 1_000 else 4).astype(int)):
        yield end - 1, closes[end - period : end]


def wholes(window: np.ndarray) -> tuple[list[int], int]:
    """Give the numbers as whole multiples of one unit, and how many units are 1."""
    ratios = [x.as_integer_ratio() for x in window.tolist()]
    units = max(below for _, below in ratios)
    return [above * (units // below) for above, below in ratios], units


@pytest.mark.parametrize("period", [1, 2, 3, 14, 20, 98, 200, 1_000, 100_000])
@pytest.mark.parametrize("kind", MARKETS)
def test_sums_and_means_are_the_nearest_double_to_the_exact_one(kind: str, period: int) -> None:
    closes = market(kind, 2 * period + 500)
    rule = ta.compile({name: f"{name}(close, {period})" for name in ("sum", "sma", "wma")})
    out = rule.run({"close": closes})
    weights = range(1, period + 1)
    for row, window in windows(closes, period):
        assert out["sum"][row] == math.fsum(window)
        exact, units = wholes(window)
        # Below the least normal number quotients are rounded twice.
        mean, found = float(Fraction(sum(exact), period * units)), out["sma"][row]
        assert found == mean or (abs(mean) < 1e-290 and abs(found - mean) <= math.ulp(mean))
        if period <= 1_000:
            mean = float(Fraction(sum(w * x for w, x in zip(weights, exact, strict=True)), sum(weights) * units))
            found = out["wma"][row]
            assert found == mean or (abs(mean) < 1e-290 and abs(found - mean) <= math.ulp(mean))


@pytest.mark.parametrize("period", [1, 2, 3, 14, 20, 200, 1_000, 100_000])
@pytest.mark.parametrize("kind", MARKETS)
def test_deviations_are_within_two_roundings_of_the_exact_one(kind: str, period: int) -> None:
    closes = market(kind, period + 700)
    out = ta.compile(f"rolling_std(close, {period})").run({"close": closes})["value"]
    for row, window in windows(closes, period):
        exact, units = wholes(window)
        spread = period * sum(x * x for x in exact) - sum(exact) ** 2
        variance = Fraction(spread, (period * units) ** 2)
        found = Fraction(out[row])
        if variance < Fraction(10) ** -580:
            assert abs(float(found)) <= 1e-289
        else:
            # Of the square twice the error.
            assert abs(found * found - variance) <= variance * Fraction(2, 2**51), (row, float(found))
