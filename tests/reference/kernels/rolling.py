"""Statistics of the last `period` values, each computed from the window as its definition says.

Nothing is added and taken away again, so a value that has left the window leaves no trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel, whole


@dataclass(frozen=True)
class RollingState:
    """The last values, oldest first; never more than the window holds."""

    window: tuple[Decimal, ...] = ()


class _WindowKernel(FoldedKernel):
    """A function of a full window; not ready before it is full."""

    def empty(self) -> RollingState:
        return RollingState()

    def step(self, state: RollingState, x_t: Decimal, *, period: Any, **_: Any) -> tuple[RollingState, Decimal]:
        period = whole(period)
        window = (*state.window, x_t)[-period:]
        return RollingState(window), self.of(window) if len(window) == period else NOT_READY

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        """Give the statistic of a full window."""
        raise NotImplementedError


class RollingSumKernel(_WindowKernel):
    """Sum."""

    names = ("rolling_sum", "sum")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return sum(window, Decimal(0))


class RollingMeanKernel(_WindowKernel):
    """Plain mean."""

    names = ("sma", "rolling_mean", "mean", "average", "avg")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return mean(window)


class RollingStdKernel(_WindowKernel):
    """Standard deviation of the window taken as the whole population."""

    names = ("rolling_std", "std", "stddev")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return population_std(window)


class RollingMaxKernel(_WindowKernel):
    """Greatest value."""

    names = ("max", "rolling_max")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return max(window)


class RollingMinKernel(_WindowKernel):
    """Least value."""

    names = ("min", "rolling_min")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return min(window)


class RollingArgmaxKernel(_WindowKernel):
    """Values back to the greatest one; 0 is the newest, and of equals the newest counts."""

    names = ("rolling_argmax", "argmax")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return Decimal(window[::-1].index(max(window)))


class RollingArgminKernel(_WindowKernel):
    """Values back to the least one; 0 is the newest, and of equals the newest counts."""

    names = ("rolling_argmin", "argmin")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        return Decimal(window[::-1].index(min(window)))


class WMAKernel(_WindowKernel):
    """Mean weighted 1 for the oldest value to `period` for the newest."""

    names = ("wma", "rolling_wma")

    def of(self, window: tuple[Decimal, ...]) -> Decimal:
        weighted = sum((weight * x for weight, x in enumerate(window, 1)), Decimal(0))
        return weighted / (len(window) * (len(window) + 1) // 2)


def mean(values: tuple[Decimal, ...]) -> Decimal:
    """Give the plain mean of at least one value."""
    return sum(values, Decimal(0)) / len(values)


def population_std(values: tuple[Decimal, ...]) -> Decimal:
    """Give the root of the mean squared distance from the mean."""
    middle = mean(values)
    return mean(tuple((x - middle) ** 2 for x in values)).sqrt()


__all__ = [
    "RollingArgmaxKernel",
    "RollingArgminKernel",
    "RollingMaxKernel",
    "RollingMeanKernel",
    "RollingMinKernel",
    "RollingState",
    "RollingStdKernel",
    "RollingSumKernel",
    "WMAKernel",
    "mean",
    "population_std",
]
