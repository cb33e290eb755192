"""Whether a value is there, and the latest that was."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel


class ReadyKernel(FoldedKernel):
    """Takes a value or None; tells whether there is one."""

    names = ("ready",)
    every_bar = True

    def empty(self) -> None:
        return None

    def step(self, state: None, x_t: Decimal | None, **_: Any) -> tuple[None, bool]:
        return None, x_t is not None


@dataclass(frozen=True)
class LatestState:
    """The latest value; None before the first."""

    value: Decimal | None = None


class FixNanKernel(FoldedKernel):
    """Takes a value or None; gives the latest value."""

    names = ("fixnan",)
    every_bar = True

    def empty(self) -> LatestState:
        return LatestState()

    def step(self, state: LatestState, x_t: Decimal | None, **_: Any) -> tuple[LatestState, Any]:
        latest = state if x_t is None else LatestState(x_t)
        return latest, NOT_READY if latest.value is None else latest.value
