"""What has a state copies and pickles by its snapshot: a copy goes on where the original was, bit for bit."""

from __future__ import annotations

from typing import Any, Protocol, Self

from laakhay.ta import ta_py


class _HasState(Protocol):
    rule: ta_py.Rule

    @property
    def unit(self) -> str | None: ...

    def snapshot(self) -> bytes: ...


class Copied:
    """Copies and pickles by the rule, the snapshot and the unit of times.

    A pickle that was changed raises what a changed snapshot or rule raises, when it is read.
    """

    def __reduce__(self: _HasState) -> tuple[Any, ...]:
        # By a method of the class: there are caches that look at what is pickled and refuse functions.
        return type(self)._restored, (self.rule, self.snapshot(), self.unit)  # type: ignore[attr-defined]

    @classmethod
    def _restored(cls, rule: ta_py.Rule, snapshot: bytes, unit: str | None) -> Self:
        """Give one that goes on from a snapshot: what pickles are read with."""
        return cls(rule, snapshot=snapshot, unit=unit)  # type: ignore[call-arg]

    def copy(self) -> Self:
        """Give a second one in the same state."""
        rebuild, arguments = self.__reduce__()  # type: ignore[misc]
        return rebuild(*arguments)  # type: ignore[no-any-return]

    def __copy__(self) -> Self:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.copy()


__all__ = ["Copied"]
