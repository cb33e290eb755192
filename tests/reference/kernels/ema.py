"""Exponential mean with weight 2 / (period + 1), seeded by its first input."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..kernel import FoldedKernel, whole


@dataclass(frozen=True)
class EMAState:
    """The mean so far; None before the first input, since zero is a value like any other."""

    last_ema: Decimal | None = None


class EMAKernel(FoldedKernel):
    """Ready from its first input."""

    names = ("ema", "rolling_ema")

    def empty(self) -> EMAState:
        return EMAState()

    def step(self, state: EMAState, x_t: Decimal, *, period: Any, **_: Any) -> tuple[EMAState, Decimal]:
        value = exponential_mean(state.last_ema, x_t, whole(period))
        return EMAState(value), value


def exponential_mean(before: Decimal | None, x: Decimal, period: int) -> Decimal:
    """Take one value into a mean; `before` is None at its start."""
    if before is None:
        return x
    # Multiplied out, so that the only rounding is that of the division.
    return (2 * x + (period - 1) * before) / (period + 1)


__all__ = ["EMAKernel", "EMAState", "exponential_mean"]
