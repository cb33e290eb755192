"""Relative Strength Index.

Wilder's means of gains and losses, seeded by the plain means of the first `period` changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel, whole
from .math import wilder_mean


@dataclass(frozen=True)
class RSIState:
    """Last close, and gain and loss: sums of the changes while fewer than `period` are in, means from then on."""

    prev_close: Decimal | None = None
    avg_gain: Decimal = Decimal(0)
    avg_loss: Decimal = Decimal(0)
    count: int = 0


class RSIKernel(FoldedKernel):
    """Ready from input `period + 1`; 50 where nothing moved."""

    names = ("rsi",)

    def empty(self) -> RSIState:
        return RSIState()

    def step(self, state: RSIState, x_t: Decimal, *, period: Any, **_: Any) -> tuple[RSIState, Decimal]:
        period = whole(period)
        if state.prev_close is None:
            return RSIState(x_t), NOT_READY
        change = x_t - state.prev_close
        gain, loss = max(change, Decimal(0)), max(-change, Decimal(0))
        count = min(state.count + 1, period + 1)
        if count <= period:
            gain, loss = state.avg_gain + gain, state.avg_loss + loss
            if count == period:
                gain, loss = gain / period, loss / period
        else:
            gain = wilder_mean(state.avg_gain, gain, period)
            loss = wilder_mean(state.avg_loss, loss, period)
        return RSIState(x_t, gain, loss, count), share_of_gains(gain, loss) if count >= period else NOT_READY


def share_of_gains(gain: Decimal, loss: Decimal) -> Decimal:
    """Give gain's share of all movement in percent; 50 without movement."""
    return 100 * gain / (gain + loss) if gain + loss else Decimal(50)


__all__ = ["RSIKernel", "RSIState", "share_of_gains"]
