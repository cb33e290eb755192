"""Why a rule is what it is on a bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.timestamps import exact_timestamp
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.frames.columns import Times

from . import markup


@dataclass(frozen=True)
class Part:
    """A part of a rule on a bar."""

    text: str
    """As it is written."""
    value: float | bool | None
    """None where it is not ready."""
    availability: str
    """`ready`, `warming_up`, `missing_input`, `excluded` or `error`."""
    reason: str | None
    """Why it is not ready, where there is more to say."""
    parts: tuple[Part, ...]
    """What it is made of; empty for a part that was told before."""
    is_told: bool
    """It was told before, with its parts."""

    @classmethod
    def _of(cls, told: Any) -> Part:
        text, value, availability, reason, parts, is_told = told
        return cls(text, value, availability, reason, tuple(cls._of(part) for part in parts), is_told)

    def __iter__(self) -> Iterator[Part]:
        """Give it and all its parts, from the top down."""
        yield self
        for part in self.parts:
            yield from part


@dataclass(frozen=True, repr=False)
class Why:
    """Why the outputs of a rule are what they are on a bar; prints as a tree.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> rule = ta.compile("close > open and close > 5")
    >>> print(rule.why({"open": [1.0, 2.0], "close": [4.0, 3.0]}))
    value: false on the last bar
    `- ((close > open) and (close > 5)): false
       |- (close > open): true
       |  |- close: 3
       |  `- open: 2
       `- (close > 5): false
          |- close: 3
          `- 5
    one condition short: close > 5 (3 against 5)
    """

    text: str
    time: Any
    """The bar's time, a datetime in UTC or, where it has nanoseconds, a datetime64; None where bars have none."""
    outputs: dict[str, Part]
    """Per output the whole of it; parts are within."""
    short: dict[str, tuple[str, ...]]
    """Per output that is not true, the conditions of which each alone would have made it true."""

    @classmethod
    def _of(cls, told: Any) -> Why:
        text, time_ns, outputs = told
        return cls(
            text.rstrip("\n"),
            None if time_ns is None else exact_timestamp(time_ns),
            {name: Part._of(part) for name, part, _ in outputs},
            {name: tuple(short) for name, _, short in outputs},
        )

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return markup.text(self.text)


def bar_at(at: Any, bars: int, times_ns: Times | None, unit: str | None) -> int:
    """Give the number of the bar that is meant: by its number, from the end where it is negative, or by its time.

    Raises MissingDataError where there is none.
    """
    if at is None:
        at = -1
    if isinstance(at, (int, np.integer)) and not isinstance(at, bool):
        if not -bars <= at < bars:
            raise MissingDataError(f"there is no bar {at}: there are {bars}")
        return int(at) % bars
    if times_ns is None:
        raise MissingDataError(f"there is no bar of {at}: the bars have no times; say which by its number")
    time_ns = ta_py.time_ns(at, unit)
    found = int(np.searchsorted(times_ns, time_ns))
    if found == bars or times_ns[found] != time_ns:
        raise MissingDataError(f"there is no bar of {exact_timestamp(time_ns)}")
    return found


__all__ = ["Part", "Why", "bar_at"]
