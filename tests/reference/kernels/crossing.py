"""Whether two lines change sides on a bar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel


@dataclass(frozen=True)
class CrossingState:
    """The two values one input before; None before the first."""

    previous: tuple[Decimal, Decimal] | None = None


class _CrossingKernel(FoldedKernel):
    """Takes (a, b); not ready on the first input, which has none before it. Gives a bool."""

    arity = 2

    def empty(self) -> CrossingState:
        return CrossingState()

    def step(self, state: CrossingState, x_t: tuple[Decimal, Decimal], **_: Any) -> tuple[CrossingState, Any]:
        if state.previous is None:
            return CrossingState(x_t), NOT_READY
        return CrossingState(x_t), self.of(x_t, state.previous)

    def of(self, now: tuple[Decimal, Decimal], before: tuple[Decimal, Decimal]) -> bool:
        """Tell whether the lines crossed between two inputs."""
        raise NotImplementedError


class CrossUpKernel(_CrossingKernel):
    """`a` is above `b` and was not."""

    names = ("crossup",)

    def of(self, now: tuple[Decimal, Decimal], before: tuple[Decimal, Decimal]) -> bool:
        return now[0] > now[1] and before[0] <= before[1]


class CrossDownKernel(_CrossingKernel):
    """`a` is below `b` and was not."""

    names = ("crossdown",)

    def of(self, now: tuple[Decimal, Decimal], before: tuple[Decimal, Decimal]) -> bool:
        return now[0] < now[1] and before[0] >= before[1]


class CrossKernel(_CrossingKernel):
    """Either crossing."""

    names = ("cross",)

    def of(self, now: tuple[Decimal, Decimal], before: tuple[Decimal, Decimal]) -> bool:
        return CrossUpKernel().of(now, before) or CrossDownKernel().of(now, before)


__all__ = ["CrossDownKernel", "CrossKernel", "CrossUpKernel", "CrossingState"]
