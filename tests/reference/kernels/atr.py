"""Average True Range: Wilder's mean of true ranges, seeded by the plain mean of the first `period` of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel, whole
from .math import true_range, wilder_mean


@dataclass(frozen=True)
class ATRState:
    """Last close, and the sum of the ranges while fewer than `period` are in, their mean from then on."""

    prev_close: Decimal | None = None
    rma_tr: Decimal = Decimal(0)
    count: int = 0


class ATRKernel(FoldedKernel):
    """Takes (high, low, close), or a true range alone; ready from input `period`."""

    names = ("atr",)

    arity = 3

    def empty(self) -> ATRState:
        return ATRState()

    def step(
        self, state: ATRState, x_t: tuple[Decimal, Decimal, Decimal] | Decimal, *, period: Any, **_: Any
    ) -> tuple[ATRState, Decimal]:
        period = whole(period)
        if isinstance(x_t, tuple):
            high, low, close = x_t
            span = true_range(high, low, state.prev_close)
        else:
            span, close = x_t, state.prev_close
        count = min(state.count + 1, period + 1)
        if count <= period:
            mean = state.rma_tr + span
            if count == period:
                mean /= period
        else:
            mean = wilder_mean(state.rma_tr, span, period)
        return ATRState(close, mean, count), mean if count >= period else NOT_READY


__all__ = ["ATRKernel", "ATRState"]
