"""Every error class of the package, so that callers can catch by kind and not by text.

A `TAError` prints its message followed by ` | key=value` for each detail that is set, and keeps the same
details as attributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

__all__ = [
    "AlignmentError",
    "DataError",
    "Diagnostic",
    "EvaluationError",
    "FunctionError",
    "MissingDataError",
    "MissingInputError",
    "OrderError",
    "Place",
    "PlanningError",
    "SessionBusyError",
    "SnapshotError",
    "StrategyError",
    "TAError",
    "TypeCheckError",
    "UnsupportedIndicatorError",
    "UnsupportedSourceError",
]


def _revive(cls: type[TAError], args: tuple[Any, ...], state: dict[str, Any]) -> TAError:
    """Rebuild a pickled error without calling its constructor, whose arguments differ per class."""
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class TAError(Exception):
    """Root of the errors that carry structured details: the fields of a subclass behind its `message`."""

    def __init__(self, message: str = "") -> None:
        self.message = message
        self.__post_init__()

    def __post_init__(self) -> None:
        super().__init__(self.message)

    def _details(self) -> Iterator[tuple[str, object]]:
        """Give the `(key, value)` pairs to print; a value of None is left out."""
        names: list[str] = [detail.name for detail in fields(self)] if is_dataclass(self) else []
        return ((name, getattr(self, name)) for name in names if name != "message")

    def __str__(self) -> str:
        details = (f"{key}={value}" for key, value in self._details() if value is not None)
        return " | ".join((self.message, *details))

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self.args, self.__dict__)


@dataclass(eq=False, repr=False)
class MissingDataError(TAError):
    """A source, field or stream that a rule needs is not in the data."""

    message: str
    source: str | None = None
    field: str | None = None
    symbol: str | None = None
    exchange: str | None = None
    timeframe: str | None = None


@dataclass(eq=False, repr=False)
class UnsupportedSourceError(TAError):
    """A rule names a source that the data provider does not serve."""

    message: str
    source: str
    symbol: str | None = None
    exchange: str | None = None
    available_sources: Sequence[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.available_sources = self.available_sources or []  # None, too, says that there are none.

    def _details(self) -> Iterator[tuple[str, object]]:
        yield from (detail for detail in super()._details() if detail[0] != "available_sources")
        yield "available", ", ".join(self.available_sources) or None


@dataclass(eq=False, repr=False)
class UnsupportedIndicatorError(TAError):
    """An indicator cannot be computed from the given source or field."""

    message: str
    indicator: str
    source: str | None = None
    field: str | None = None
    reason: str | None = None


@dataclass(eq=False, repr=False)
class EvaluationError(TAError):
    """An expression failed while it was evaluated; `context` is kept but never printed."""

    message: str
    expression: str | None = None
    node_type: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.context = self.context or {}

    def _details(self) -> Iterator[tuple[str, object]]:
        return (detail for detail in super()._details() if detail[0] != "context")


@dataclass(eq=False, repr=False)
class AlignmentError(TAError):
    """Two series cannot be brought onto one timeline."""

    message: str
    left_symbol: str | None = None
    left_timeframe: str | None = None
    right_symbol: str | None = None
    right_timeframe: str | None = None
    reason: str | None = None

    def _details(self) -> Iterator[tuple[str, object]]:
        if self.left_symbol:
            yield "left", f"({self.left_symbol}, {self.left_timeframe})"
        if self.right_symbol:
            yield "right", f"({self.right_symbol}, {self.right_timeframe})"
        yield "reason", self.reason


@dataclass(eq=False, repr=False)
class DataError(TAError, ValueError):
    """A file or record holds something that cannot be read; the attributes say where."""

    message: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None

    def _details(self) -> Iterator[tuple[str, object]]:
        for key, value in super()._details():
            yield key, repr(value) if key == "value" and value is not None else value


class FunctionError(TAError, RuntimeError):
    """A function of Python that was registered as an indicator failed; what it raised is the cause."""


class OrderError(TAError, ValueError):
    """An event is older than one already committed; the session is unchanged."""


class SessionBusyError(TAError, RuntimeError):
    """A session or universe is at work in another call, of another thread, a signal handler or a callback."""


class SnapshotError(TAError, ValueError):
    """Snapshot bytes are damaged, of another version, or made from another plan."""


class MissingInputError(TAError, ValueError):
    """A needed field is absent or not finite while the policy is `fail`."""


@dataclass(frozen=True)
class Place:
    """Where something stands in a text; letters count from 0, lines and columns from 1."""

    text: str
    """`rule`, or the name of a text of definitions."""
    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong with a rule."""

    code: str
    """`syntax`, `name`, `type` or `limit`."""
    message: str
    place: Place | None
    label: str | None
    """Words at the place: usually what is accepted."""
    help: str | None
    calls: tuple[tuple[str, Place], ...]
    """The functions in whose bodies the place is, the innermost first, and where each is called."""

    def __init__(
        self,
        code: str,
        message: str,
        place: Sequence[Any] | None = None,
        label: str | None = None,
        help: str | None = None,
        calls: Sequence[tuple[str, Sequence[Any]]] = (),
    ) -> None:
        values = {
            "code": code,
            "message": message,
            "place": None if place is None else Place(*place),
            "label": label,
            "help": help,
            "calls": tuple((name, Place(*at)) for name, at in calls),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)


class StrategyError(Exception):
    """The text of a rule cannot be read; deliberately not a `ValueError`.

    The message shows every problem with its place; `diagnostics` has the same as a tuple of `Diagnostic`.
    """

    def __init__(self, message: str = "", diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class TypeCheckError(ValueError):
    """A rule parses, but an operand, argument or parameter has the wrong type; `diagnostics` as in `StrategyError`."""

    def __init__(self, message: str = "", diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)


class PlanningError(ValueError):
    """A checked rule cannot be turned into a plan."""
