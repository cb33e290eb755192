"""Wilder's mean and true range."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..kernel import FoldedKernel, whole


@dataclass(frozen=True)
class RMAState:
    """The mean so far; None before the first input."""

    value: Decimal | None = None


class RMAKernel(FoldedKernel):
    """Exponential mean with weight 1 / period, seeded by its first input and ready from then on."""

    names = ("rolling_rma", "rma")

    def empty(self) -> RMAState:
        return RMAState()

    def step(self, state: RMAState, x_t: Decimal, *, period: Any, **_: Any) -> tuple[RMAState, Decimal]:
        value = x_t if state.value is None else wilder_mean(state.value, x_t, whole(period))
        return RMAState(value), value


@dataclass(frozen=True)
class TrueRangeState:
    """Close of the bar before; None before the first."""

    prev_close: Decimal | None = None


class TrueRangeKernel(FoldedKernel):
    """Greatest distance covered since the last close; takes (high, low, close)."""

    names = ("true_range", "tr")

    arity = 3

    def empty(self) -> TrueRangeState:
        return TrueRangeState()

    def step(
        self, state: TrueRangeState, x_t: tuple[Decimal, Decimal, Decimal], **_: Any
    ) -> tuple[TrueRangeState, Decimal]:
        high, low, close = x_t
        return TrueRangeState(close), true_range(high, low, state.prev_close)


def wilder_mean(before: Decimal, x: Decimal, period: int) -> Decimal:
    """Take one value into a running mean with weight 1 / period."""
    return (before * (period - 1) + x) / period


def true_range(high: Decimal, low: Decimal, prev_close: Decimal | None) -> Decimal:
    """Give the true range of a bar; its plain range when there is no bar before."""
    if prev_close is None:
        return high - low
    return max(high - low, abs(high - prev_close), abs(low - prev_close))


__all__ = [
    "RMAKernel",
    "RMAState",
    "TrueRangeKernel",
    "TrueRangeState",
    "true_range",
    "wilder_mean",
]
