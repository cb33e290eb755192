"""Stochastic Oscillator: place of the close in the range of a window, and the mean of that place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel, whole
from .rolling import mean


@dataclass(frozen=True)
class StochasticState:
    """Windows of the inputs and of the two stages of smoothing, oldest first."""

    highs: tuple[Decimal, ...] = ()
    lows: tuple[Decimal, ...] = ()
    raw: tuple[Decimal, ...] = ()
    ks: tuple[Decimal, ...] = ()


class StochasticKernel(FoldedKernel):
    """Takes (high, low, close); 50 where the window has no range.

    %K is ready from input `k_period + smooth - 1`, %D from `d_period - 1` inputs later.
    """

    names = ("stochastic", "stoch")

    arity = 3
    outputs = ("k", "d")

    def empty(self) -> StochasticState:
        return StochasticState()

    def step(
        self,
        state: StochasticState,
        x_t: tuple[Decimal, Decimal, Decimal],
        *,
        k_period: Any,
        d_period: Any,
        smooth: Any = 1,
        **_: Any,
    ) -> tuple[StochasticState, tuple[Decimal, Decimal]]:
        k_period, d_period = whole(k_period, "k_period"), whole(d_period, "d_period")
        smooth = whole(smooth, "smooth")
        high, low, close = x_t
        highs, lows = (*state.highs, high)[-k_period:], (*state.lows, low)[-k_period:]
        raw, ks = state.raw, state.ks
        k = d = NOT_READY
        if len(highs) == k_period:
            raw = (*raw, place_in_range(close, max(highs), min(lows)))[-smooth:]
        if len(raw) == smooth:
            k = mean(raw)
            ks = (*ks, k)[-d_period:]
        if len(ks) == d_period:
            d = mean(ks)
        return StochasticState(highs, lows, raw, ks), (k, d)


def place_in_range(close: Decimal, highest: Decimal, lowest: Decimal) -> Decimal:
    """Give the close's place from the lowest (0) to the highest (100); 50 when they are equal."""
    return 100 * (close - lowest) / (highest - lowest) if highest != lowest else Decimal(50)


__all__ = ["StochasticKernel", "StochasticState", "place_in_range"]
