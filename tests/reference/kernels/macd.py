"""Moving Average Convergence/Divergence: distance of two exponential means, its own mean, and their difference."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..kernel import FoldedKernel, whole
from .ema import exponential_mean


@dataclass(frozen=True)
class MACDState:
    """The three means; None before the first input."""

    fast: Decimal | None = None
    slow: Decimal | None = None
    signal: Decimal | None = None


class MACDKernel(FoldedKernel):
    """Every mean is seeded by its first input, so all outputs are ready from the first input on."""

    names = ("macd",)

    outputs = ("macd", "signal", "histogram")

    def empty(self) -> MACDState:
        return MACDState()

    def step(
        self,
        state: MACDState,
        x_t: Decimal,
        *,
        fast_period: Any,
        slow_period: Any,
        signal_period: Any,
        **_: Any,
    ) -> tuple[MACDState, tuple[Decimal, Decimal, Decimal]]:
        fast = exponential_mean(state.fast, x_t, whole(fast_period, "fast_period"))
        slow = exponential_mean(state.slow, x_t, whole(slow_period, "slow_period"))
        signal = exponential_mean(state.signal, fast - slow, whole(signal_period, "signal_period"))
        return MACDState(fast, slow, signal), (fast - slow, signal, fast - slow - signal)


__all__ = ["MACDKernel", "MACDState"]
