"""What has a state is made of a rule, and copies and pickles by its snapshot: a copy goes on where the original was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self

from laakhay.ta import ta_py

if TYPE_CHECKING:
    from .rule import Rule


class _HasState(Protocol):
    rule: Any

    @property
    def unit(self) -> str | None: ...

    def snapshot(self) -> bytes: ...


class Copied:
    """Copies and pickles by the rule, the snapshot and the unit of times, bit for bit.

    A pickle that was changed raises what a changed snapshot or rule raises, when it is read.
    """

    rule: Rule
    """The rule it was made of."""
    engine_rule: ta_py.Rule

    def __new__(cls, rule: Rule | ta_py.Rule, *given: Any, **options: Any) -> Self:
        engine_rule = rule if isinstance(rule, ta_py.Rule) else rule.engine_rule
        self = super().__new__(cls, engine_rule, *given, **options)  # type: ignore[call-arg]
        self.rule, self.engine_rule = rule, engine_rule  # type: ignore[assignment]
        return self

    def __init__(self, rule: Rule | ta_py.Rule, *given: Any, **options: Any) -> None:
        """Made by the methods of a rule."""

    def __reduce__(self: _HasState) -> tuple[Any, ...]:
        # By a method of the class: there are caches that look at what is pickled and refuse functions.
        return type(self)._restored, (self.rule, self.snapshot(), self.unit)  # type: ignore[attr-defined]

    @classmethod
    def _restored(cls, rule: Rule | ta_py.Rule, snapshot: bytes, unit: str | None) -> Self:
        """Give one that goes on from a snapshot: what pickles are read with."""
        return cls(rule, snapshot=snapshot, unit=unit)

    def copy(self) -> Self:
        """Give a second one in the same state."""
        rebuild, arguments = self.__reduce__()  # type: ignore[misc]
        return rebuild(*arguments)  # type: ignore[no-any-return]

    def __copy__(self) -> Self:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.copy()


__all__ = ["Copied"]
