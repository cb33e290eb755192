"""Brings the series of a rule onto one timeline and cuts them into ticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from laakhay.ta.core.series import Series

from ..planner.types import AlignmentPolicy
from .context_builder import usable

_ABSENT = object()


@dataclass(frozen=True)
class Timeline:
    """Times of one symbol and timeframe, and per key one value per time; None where there is none to use."""

    symbol: str
    timeframe: str
    timestamps: tuple[Any, ...]
    columns: dict[str, list[Any]]

    def ticks(self) -> Iterator[dict[str, Any]]:
        """Give the bars one after the other."""
        for row in range(len(self.timestamps)):
            yield {key: column[row] for key, column in self.columns.items()}


def build_timeline(series: Mapping[str, Series[Any]], policy: AlignmentPolicy, symbol: str, timeframe: str) -> Timeline:
    """Lay series of one symbol and timeframe side by side, at the timestamps that the policy leaves.

    Raises ValueError when no timestamp is left, or when a value is missing and the policy does not fill.
    """
    stamps = _common_stamps(list(series.values()), policy.how)
    columns = {
        key: _column(one, stamps, policy, policy.left_fill_value if number == 0 else policy.right_fill_value)
        for number, (key, one) in enumerate(series.items())
    }
    return Timeline(symbol, timeframe, stamps, columns)


def _common_stamps(series: list[Series[Any]], how: str) -> tuple[Any, ...]:
    first = tuple(series[0].timestamps) if series else ()
    if all(tuple(one.timestamps) == first for one in series[1:]):
        return first
    sets = [set(one.timestamps) for one in series]
    if how == "inner":
        stamps = tuple(sorted(set.intersection(*sets)))
    elif how == "outer":
        stamps = tuple(sorted(set.union(*sets)))
    else:
        stamps = tuple(series[0 if how == "left" else -1].timestamps)
    if not stamps:
        raise ValueError(f"alignment '{how}' of {len(series)} series gives an empty timestamp set")
    return stamps


def _column(series: Series[Any], stamps: tuple[Any, ...], policy: AlignmentPolicy, fill_value: Any) -> list[Any]:
    flagged = [value if ready else None for value, ready in zip(series.values, usable(series), strict=True)]
    if tuple(series.timestamps) == stamps:
        return flagged
    by_stamp = dict(zip(series.timestamps, flagged, strict=True))
    column: list[Any] = []
    last = fill_value
    for stamp in stamps:
        value = by_stamp.get(stamp, _ABSENT)
        if value is _ABSENT:
            if policy.fill != "ffill" or last is None:
                raise ValueError(f"Missing value of {series.symbol} {series.timeframe} at {stamp}")
            value = last
        last = value
        column.append(value)
    return column


__all__ = ["Timeline", "build_timeline"]
