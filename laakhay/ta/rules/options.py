"""How a history is read: the options that every door has which takes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.series import Series
from laakhay.ta.data.calendar import Calendar
from laakhay.ta.expr.execution.contracts import MissingInputPolicy
from laakhay.ta.frames.columns import timeframe_to_ns


class HistoryOptions(TypedDict, total=False):
    """How a history is read; what is left out is as for `Rule.session` and `Rule.joined_session`."""

    timeframe: str | None
    """Length of a bar; needed for durations where times do not tell it, and for the rule's own bars among streams."""
    missing_input: str
    calendar: Calendar | None
    stamps: str | Mapping[str, str]
    resample: Calendar | None
    unit: str | None
    groups: Mapping[str, str] | Sequence[str] | None
    """By symbol the name of its group, where a rule looks across the symbols of a table: see `Rule.universe`."""


def check_names(options: Mapping[str, Any]) -> None:
    """Raise TypeError for an option that is none."""
    unknown = [name for name in options if name not in HistoryOptions.__annotations__]
    if unknown:
        accepted = ", ".join(HistoryOptions.__annotations__)
        raise TypeError(f"{unknown[0]!r} is no option of a history; accepted: {accepted}")


def check_timeframe(data: Any, timeframe: str | None) -> None:
    """Refuse a timeframe that series, which have their own, do not have."""
    if isinstance(data, Dataset):
        own = {key.timeframe for key, _ in data}
    else:
        own = {
            one.timeframe for one in (data.values() if isinstance(data, Mapping) else [data]) if isinstance(one, Series)
        }
    if timeframe is not None and own and timeframe_to_ns(timeframe) not in map(ta_py.timeframe_ns, own):
        raise ValueError(f"timeframe is {timeframe!r}, and the data is of {', '.join(sorted(own))}")


def missing_input_policy(name: str) -> MissingInputPolicy:
    """Give the policy of this name. Raises ValueError where there is none."""
    try:
        return MissingInputPolicy(name)
    except ValueError:
        raise ValueError(f"`{name}` is not one of {', '.join(MissingInputPolicy)}") from None


def is_of_series(data: Mapping[str, Any]) -> bool:
    """Tell whether all columns are Series."""
    return all(isinstance(values, Series) for values in data.values())


__all__ = ["HistoryOptions", "check_names", "check_timeframe", "is_of_series", "missing_input_policy"]
