"""The alignment policy of the present thread: which timestamps count where series differ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

Policy = tuple[str, str, Any, Any]

_DEFAULT: Policy = ("inner", "none", None, None)
_HOWS = ("inner", "outer", "left", "right")
_FILLS = ("none", "ffill")
_current = local()


def get_policy() -> Policy:
    """Give `(how, fill, left_fill_value, right_fill_value)` of this thread."""
    return _set_policy() or _DEFAULT


def is_policy_set() -> bool:
    """Tell whether this thread is inside an `alignment` block; outside, streams are read as of time."""
    return _set_policy() is not None


def _set_policy() -> Policy | None:
    return getattr(_current, "policy", None)


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
    before = _set_policy()
    given = (how, fill, left_fill_value, right_fill_value)
    _current.policy = tuple(new if new is not None else old for new, old in zip(given, get_policy(), strict=True))
    try:
        yield
    finally:
        _current.policy = before


__all__ = ["alignment", "get_policy", "is_policy_set"]
