"""Functions of the values of one bar, and what remembers the bars on which a condition was true."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from laakhay.ta.core.types import NOT_READY

from ..kernel import FoldedKernel

_DIGITS = 50
# From here on the exponential is far beyond every double.
_GREATEST_EXPONENT = 1000


class _FunctionKernel(FoldedKernel):
    """A function without state."""

    def empty(self) -> None:
        return None

    def step(self, state: None, x_t: Any, **_: Any) -> tuple[None, Any]:
        with localcontext(Context(prec=_DIGITS)):
            return None, self.of(x_t)

    def of(self, x: Any) -> Any:
        """Give the function's value."""
        raise NotImplementedError


class AbsKernel(_FunctionKernel):
    """Magnitude."""

    names = ("abs",)

    def of(self, x: Decimal) -> Decimal:
        return x.copy_abs()


class SignumKernel(_FunctionKernel):
    """1, 0 or -1."""

    names = ("signum",)

    def of(self, x: Decimal) -> Decimal:
        return Decimal((x > 0) - (x < 0))


class SqrtKernel(_FunctionKernel):
    """Square root; undefined below zero."""

    names = ("sqrt",)

    def of(self, x: Decimal) -> Decimal | None:
        return x.sqrt() if x >= 0 else None


class LogKernel(_FunctionKernel):
    """Natural logarithm; undefined from zero down."""

    names = ("log",)

    def of(self, x: Decimal) -> Decimal | None:
        return x.ln() if x > 0 else None


class ExpKernel(_FunctionKernel):
    """Exponential; undefined where no double holds it."""

    names = ("exp",)

    def of(self, x: Decimal) -> Decimal | None:
        return None if x > _GREATEST_EXPONENT else x.exp()


class FloorKernel(_FunctionKernel):
    """Greatest whole number not above."""

    names = ("floor",)

    def of(self, x: Decimal) -> Decimal:
        return x.to_integral_value(ROUND_FLOOR)


class CeilKernel(_FunctionKernel):
    """Least whole number not below."""

    names = ("ceil",)

    def of(self, x: Decimal) -> Decimal:
        return x.to_integral_value(ROUND_CEILING)


class RoundKernel(_FunctionKernel):
    """Nearest whole number; halves go away from zero, which `decimal` calls up."""

    names = ("round",)

    def of(self, x: Decimal) -> Decimal:
        return x.to_integral_value(ROUND_HALF_UP)


class GreatestKernel(_FunctionKernel):
    """Greater of (a, b)."""

    names = ("greatest",)

    arity = 2

    def of(self, x: tuple[Decimal, Decimal]) -> Decimal:
        return x[0] if x[0] > x[1] else x[1]


class LeastKernel(_FunctionKernel):
    """Lesser of (a, b)."""

    names = ("least",)

    arity = 2

    def of(self, x: tuple[Decimal, Decimal]) -> Decimal:
        return x[0] if x[0] < x[1] else x[1]


class NzKernel(_FunctionKernel):
    """Takes (x, y), either of them None; gives x, and y where there is no x."""

    names = ("nz",)

    arity = 2
    every_bar = True

    def of(self, x: tuple[Decimal | None, Decimal | None]) -> Decimal:
        return next((value for value in x if value is not None), NOT_READY)


class IfElseKernel(_FunctionKernel):
    """Takes (condition, a, b), any of them None; gives the value that the condition chooses."""

    names = ("if_else", "if")

    arity = 3
    every_bar = True

    def of(self, x: tuple[Decimal | None, Decimal | None, Decimal | None]) -> Decimal:
        condition, a, b = x
        if condition is None:
            return NOT_READY
        chosen = a if condition != 0 else b
        return NOT_READY if chosen is None else chosen


@dataclass(frozen=True)
class AgeState:
    """Inputs since the condition was true; None before that."""

    age: int | None = None


class BarsSinceKernel(FoldedKernel):
    """Takes a condition; not ready until it was true once."""

    names = ("barssince",)

    def empty(self) -> AgeState:
        return AgeState()

    def step(self, state: AgeState, x_t: Decimal, **_: Any) -> tuple[AgeState, Decimal]:
        if x_t != 0:
            return AgeState(0), Decimal(0)
        if state.age is None:
            return state, NOT_READY
        return AgeState(state.age + 1), Decimal(state.age + 1)


@dataclass(frozen=True)
class OccurrencesState:
    """Values on the latest occasions, the latest last; never more than are asked for."""

    values: tuple[Decimal, ...] = ()


class ValueWhenKernel(FoldedKernel):
    """Takes (condition, x); gives x on the occasion `n` before the latest."""

    names = ("valuewhen",)

    arity = 2

    def empty(self) -> OccurrencesState:
        return OccurrencesState()

    def step(
        self, state: OccurrencesState, x_t: tuple[Decimal, Decimal], *, n: Any = 0, **_: Any
    ) -> tuple[OccurrencesState, Decimal]:
        condition, x = x_t
        wanted = int(n) + 1
        if condition != 0:
            state = OccurrencesState((*state.values, x)[-wanted:])
        return state, state.values[-wanted] if len(state.values) == wanted else NOT_READY


__all__ = [
    "AbsKernel",
    "AgeState",
    "BarsSinceKernel",
    "CeilKernel",
    "ExpKernel",
    "FloorKernel",
    "GreatestKernel",
    "IfElseKernel",
    "LeastKernel",
    "LogKernel",
    "NzKernel",
    "OccurrencesState",
    "RoundKernel",
    "SignumKernel",
    "SqrtKernel",
    "ValueWhenKernel",
]
