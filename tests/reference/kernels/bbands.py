"""Bollinger Bands: the mean of a window, and lines some standard deviations above and below it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel, whole
from .rolling import RollingState, mean, population_std


class BBandsKernel(FoldedKernel):
    """All three outputs are ready from input `period`."""

    names = ("bbands", "bb")

    outputs = ("upper", "middle", "lower")

    def empty(self) -> RollingState:
        return RollingState()

    def step(
        self, state: RollingState, x_t: Decimal, *, period: Any, std_dev: Any, **_: Any
    ) -> tuple[RollingState, tuple[Decimal, Decimal, Decimal]]:
        period = whole(period)
        window = (*state.window, x_t)[-period:]
        if len(window) < period:
            return RollingState(window), (NOT_READY, NOT_READY, NOT_READY)
        middle, width = mean(window), Decimal(str(std_dev)) * population_std(window)
        return RollingState(window), (middle + width, middle, middle - width)


__all__ = ["BBandsKernel"]
