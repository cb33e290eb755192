"""What columns and attributes are called that hold a bar's time, symbol and fields, in any case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from laakhay.ta.core.fields import OHLCV_FIELDS

TIME_COLUMN = "timestamp"
SYMBOL_COLUMN = "symbol"
CLOSE_COLUMN = "close_time"

# By what a rule calls it; of several that are there the first in this order is meant.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    TIME_COLUMN: (
        *(
            "datetime",
            "ts",
            "ts_event",
            "open_time",
            "opentime",
            "timeopen",
            "window_start",
            "snapped_at",
            "date",
            "time",
        ),
        *("gmt_time", "local_time", "utc", "unix", "t"),
    ),
    SYMBOL_COLUMN: ("ticker",),
    CLOSE_COLUMN: ("closetime", "timeclose", "time_close", "kline_close_time"),
    "is_closed": ("closed",),
    "open": ("open_price", "o", "open_"),
    "high": ("high_price", "h"),
    "low": ("low_price", "l"),
    "close": ("close_price", "c"),
    "volume": ("volume_qty", "vol", "v"),
}
BAR_NAMES = (TIME_COLUMN, *OHLCV_FIELDS)


def folded(label: str) -> str:
    """Give a label as names are compared: without case, with blanks as underscores."""
    return label.strip().casefold().replace(" ", "_")


def find(name: str, labels: Iterable[str]) -> str | None:
    """Give the label that means this name, the name itself first; None where there is none.

    Raises ValueError where two differ in case alone, or where date and time of day stand in columns of their own.
    """
    labels = list(labels)
    if name in labels:
        return name
    by_name: dict[str, list[str]] = {}
    for label in labels:
        by_name.setdefault(folded(label), []).append(label)
    for known in (folded(name), *OTHER_NAMES.get(name, ())):
        if known not in by_name:
            continue
        found = by_name[known]
        if name == TIME_COLUMN and known == "date" and "time" in by_name:
            found += by_name["time"]
        if len(found) > 1:
            both = " and ".join(map(repr, found[:2]))
            raise ValueError(f"{name!r} may be {both}; name the one that is meant {name!r}")
        return found[0]
    return None


__all__ = ["BAR_NAMES", "CLOSE_COLUMN", "OTHER_NAMES", "SYMBOL_COLUMN", "TIME_COLUMN", "find", "folded"]
