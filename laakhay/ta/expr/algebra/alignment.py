"""The alignment policy of the present thread: which timestamps count where series differ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

_DEFAULT: tuple[str, str, Any, Any] = ("inner", "none", None, None)
_HOWS = ("inner", "outer", "left", "right")
_FILLS = ("none", "ffill")
_current = local()


def get_policy() -> tuple[str, str, Any, Any]:
    """Give `(how, fill, left_fill_value, right_fill_value)` of this thread."""
    return getattr(_current, "policy", _DEFAULT)


@contextmanager
def alignment(
    *,
    how: str | None = None,
    fill: str | None = None,
    left_fill_value: Any = None,
    right_fill_value: Any = None,
) -> Iterator[None]:
    """Change the policy inside a `with` block; what is None stays as it is around the block.

    Raises ValueError for an unknown `how` or `fill`.
    """
    if how is not None and how not in _HOWS:
        raise ValueError(f"Unsupported alignment strategy '{how}'; accepted: {', '.join(_HOWS)}")
    if fill is not None and fill not in _FILLS:
        raise ValueError(f"Unsupported alignment fill '{fill}'; accepted: {', '.join(_FILLS)}")
    before = get_policy()
    given = (how, fill, left_fill_value, right_fill_value)
    _current.policy = tuple(new if new is not None else old for new, old in zip(given, before, strict=True))
    try:
        yield
    finally:
        _current.policy = before


__all__ = ["alignment", "get_policy"]
