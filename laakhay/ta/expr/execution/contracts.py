"""What one step of one node promises: a value or the reason why there is none.

`READY` alone carries an output. Where operands disagree, the worst state wins: error, then missing input, then warming
up, then excluded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

State = TypeVar("State")
Output = TypeVar("Output")


class Availability(StrEnum):
    """Whether a value can be used, and if not, why."""

    READY = "ready"
    WARMING_UP = "warming_up"
    MISSING_INPUT = "missing_input"
    EXCLUDED = "excluded"
    ERROR = "error"


class Point(NamedTuple):
    """Value of one node on one bar; a dict of points, by output name, for an indicator with several outputs."""

    value: Any
    state: Availability


def plain_value(point: Point) -> Any:
    """Give a point's value, None where it has none; several outputs as a dict."""
    if isinstance(point.value, dict):
        return {name: one.value for name, one in point.value.items()}
    return point.value


class MissingInputPolicy(StrEnum):
    """What to do with a bar that lacks a field the rule needs."""

    EMIT_MISSING = "emit_missing"
    HOLD_PREVIOUS = "hold_previous"
    FAIL = "fail"


class ErrorPolicy(StrEnum):
    """What to do when a node fails."""

    RAISE = "raise"
    EMIT_ERROR = "emit_error"
    EMIT_MISSING = "emit_missing"


@dataclass(frozen=True)
class StepPolicies:
    """The two choices a caller has for bars that do not go well."""

    missing_input: MissingInputPolicy = MissingInputPolicy.EMIT_MISSING
    on_error: ErrorPolicy = ErrorPolicy.RAISE


DEFAULT_STEP_POLICIES = StepPolicies()


# No slots: a frozen class with slots cannot be built through its subscripted form on some interpreters.
@dataclass(frozen=True)
class StepResult(Generic[State, Output]):
    """State after a step, and its output when `availability` is ready."""

    next_state: State
    output: Output | None
    availability: Availability
    error: Exception | None = None

    @property
    def is_ready(self) -> bool:
        """Whether `output` can be used."""
        return self.availability is Availability.READY

    @classmethod
    def ready(cls, state: Any, output: Any) -> StepResult[Any, Any]:
        """Give a result that carries an output."""
        return cls(state, output, Availability.READY)

    @classmethod
    def warming_up(cls, state: Any) -> StepResult[Any, Any]:
        """Give a result that needs more inputs first."""
        return cls(state, None, Availability.WARMING_UP)

    @classmethod
    def missing_input(cls, state: Any) -> StepResult[Any, Any]:
        """Give a result whose input is absent or undefined on this bar."""
        return cls(state, None, Availability.MISSING_INPUT)

    @classmethod
    def excluded(cls, state: Any) -> StepResult[Any, Any]:
        """Give a result that a filter has left out."""
        return cls(state, None, Availability.EXCLUDED)

    @classmethod
    def errored(cls, state: Any, error: Exception) -> StepResult[Any, Any]:
        """Give a result that failed with `error`."""
        return cls(state, None, Availability.ERROR, error)


class NodeStepper(Protocol[State, Output]):
    """Anything that takes a node from one bar to the next."""

    def step(self, state: State, update: Any, /, **kwargs: Any) -> StepResult[State, Output]:
        """Take one update and give the next state with its output."""
        ...


_PRECEDENCE = {
    Availability.READY: 0,
    Availability.EXCLUDED: 1,
    Availability.WARMING_UP: 2,
    Availability.MISSING_INPUT: 3,
    Availability.ERROR: 4,
}


def worst(states: Iterable[Availability]) -> Availability:
    """Give the state that wins where operands disagree; ready when there are none."""
    return max(states, key=_PRECEDENCE.__getitem__, default=Availability.READY)


__all__ = [
    "DEFAULT_STEP_POLICIES",
    "Availability",
    "ErrorPolicy",
    "MissingInputPolicy",
    "NodeStepper",
    "Point",
    "StepPolicies",
    "StepResult",
    "plain_value",
    "worst",
]
