"""Base of the column containers: attributes are set once, conversions are remembered beside them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any, NoReturn

__all__ = ["Immutable"]


class Immutable:
    """An object whose attributes cannot be changed after construction.

    A frozen dataclass with slots will not do for a generic class: `Series[Price](...)` lets `typing` assign
    `__orig_class__`, which it forgives only if the answer is an `AttributeError`; on some interpreters such a
    dataclass answers with `TypeError`.
    """

    __slots__ = ("__weakref__", "_cache")
    _cache: dict[str, Any]

    # numpy leaves `number * series` to the series instead of looping over it.
    __array_ufunc__ = None

    def _fill(self, **attributes: Any) -> None:
        """Set the attributes; for constructors only."""
        for name, value in attributes.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_cache", {})

    def _values(self) -> tuple[Any, ...]:
        """Give the constructor's arguments in order."""
        raise NotImplementedError

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._values()
