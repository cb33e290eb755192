"""One bar as people have it: objects with attributes, named tuples, rows of frames and of ccxt, mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.core.bar import Bar
from laakhay.ta.core.timestamps import exact_timestamp
from laakhay.ta.exceptions import MissingDataError

from .names import BAR_NAMES, CLOSE_COLUMN, OTHER_NAMES, TIME_COLUMN, find, folded

_KNOWN = (*BAR_NAMES, CLOSE_COLUMN, "is_closed")
_FIELDS = frozenset(BAR_NAMES) - {TIME_COLUMN}
_ALL_NAMES = frozenset(_KNOWN).union(*OTHER_NAMES.values())


def bar(source: Any, *, unit: str | None = None) -> dict[str, Any]:
    """Give a bar of whatever maker as a mapping; `step`, `preview` and `push` read what they are given by it.

    Parameters
    ----------
    source
        An object with attributes (of alpaca, ib_async, nautilus and the like), a named tuple, a mapping, a row of a
        frame of pandas, whose name is its time, or a row of ccxt. Fields are `open high low close volume`, in any case
        or by other names that are known (`o h l c v`); the time is `timestamp`, `date`, `time`, `t` and others.
    unit
        What an integer counts that is given as the time: `s`, `ms`, `us` or `ns`. A row of ccxt has milliseconds.

    Returns
    -------
    dict
        What the source has of `timestamp open high low close volume close_time is_closed`, as it has it; a mapping also
        its other entries. With a `unit` the times are datetimes in UTC.

    Raises
    ------
    MissingDataError
        Where it has none of the fields, saying what it has.
    ValueError
        Where two names differ in case alone, or a time does not fit its unit.
    TypeError
        For a row that has not six values.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> ta.bar([1704067200000, 1.0, 2.0, 0.5, 1.5, 10.0])["timestamp"].isoformat()
    '2024-01-01T00:00:00+00:00'
    >>> ta.bar({"t": 1704067200, "o": 1.0, "c": 1.5}, unit="s")["close"]
    1.5
    """
    found = named(source)
    if not _FIELDS & found.keys():
        there = ", ".join(map(str, found)) or f"a {type(source).__name__} without any"
        raise MissingDataError(f"a bar has one of open, high, low, close, volume at least; this has {there}")
    for name in (TIME_COLUMN, CLOSE_COLUMN):
        if unit is not None and found.get(name) is not None:
            found[name] = exact_timestamp(ta_py.time_ns(found[name], unit))
    return found


def named(source: Any) -> dict[str, Any]:
    """Give what a source has of a bar, by the names that rules have for it; of a mapping its other entries, too."""
    if isinstance(source, Bar):
        return {"timestamp": source.ts} | {name: getattr(source, name) for name in (*_KNOWN[1:6], "is_closed")}
    if isinstance(source, Mapping):
        labels = _labels(source)
        names = {label: name for name, label in labels.items()}
        return {str(names.get(label, label)): source[label] for label in source}
    if hasattr(source, "_asdict"):
        return named(source._asdict())
    if isinstance(source, (list, tuple)):
        return _of_row(source)
    if hasattr(source, "index") and hasattr(source, "items") and hasattr(source, "name"):
        return _of_series(source)
    if hasattr(source, "dtype"):  # Of NumPy: a record of a structured array, or no bar.
        return named({name: source[name] for name in source.dtype.names or ()})
    values = {label: getattr(source, label, None) for label in dir(source) if folded(label) in _ALL_NAMES}
    labels = _labels(label for label, value in values.items() if not callable(value))
    return {name: values[label] for name, label in labels.items()}


def _labels(labels: Iterable[Any]) -> dict[str, str]:
    """Give the labels that mean a part of a bar, by what rules call it."""
    texts = [one for one in labels if isinstance(one, str)]
    return {name: label for name in _KNOWN if (label := find(name, texts)) is not None}


def _of_row(row: list[Any] | tuple[Any, ...]) -> dict[str, Any]:
    if len(row) != len(BAR_NAMES):
        raise TypeError(
            f"a bar is a Bar or a mapping of fields, not {type(row)}; a row of ccxt is [{', '.join(BAR_NAMES)}], and "
            f"this has {len(row)} values"
        )
    found = dict(zip(BAR_NAMES, row, strict=True))
    time = found[TIME_COLUMN]
    if isinstance(time, int) and ta_py.unit_in_file(time) == "ms":
        found[TIME_COLUMN] = exact_timestamp(ta_py.time_ns(time, "ms"))
    return found


def _of_series(row: Any) -> dict[str, Any]:
    """Of a row of a frame; where it has no time, its name is it, if it is one."""
    found = named(dict(row.items()))
    if TIME_COLUMN not in found and hasattr(row.name, "isoformat"):
        found[TIME_COLUMN] = row.name
    return found


__all__ = ["bar", "named"]
