"""The witnesses of what the calendar says: formulas over the moments when bars close, in the zones of `zoneinfo`."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import numpy as np

from tests.parity.studies import Column, Values
from tests.parity.witness import Bars, Witness, of_calendar

NEW_YORK = {"zone": "America/New_York", "session_start": "17:00"}
TICK = timedelta(microseconds=1)


def minutes(closes: list[datetime]) -> Column:
    """Give minutes since midnight, from 0 excluded to 1440."""
    clock = [close.hour * 60 + close.minute + close.second / 60 for close in closes]
    return np.array([minute or 1440.0 for minute in clock])


def days(closes: list[datetime], sunday: int) -> Column:
    """Give days of the week, of which Sunday has this number; midnight is the end of a day."""
    return np.array(
        [(close - TICK).isoweekday() % 7 + 1 if sunday == 1 else (close - TICK).isoweekday() for close in closes]
    )


def sessions(closes: list[datetime], start: int) -> list[object]:
    """Give something for each bar that is the same in a session, which starts at this hour."""
    return [(close - TICK - timedelta(hours=start)).date() for close in closes]


def opening(bars: Bars, closes: list[datetime], start: int, length: int) -> Values:
    """Give the range of the bars that close within so many minutes of the session's start, where they are over."""
    since = (minutes(closes) - 60 * start - 1e-9) % 1440 + 1e-9
    out = np.full((2, len(closes)), math.nan)
    kept: dict[object, list[int]] = {}
    for bar, session in enumerate(sessions(closes, start)):
        if since[bar] <= length + 1e-6:
            kept.setdefault(session, []).append(bar)
        if since[bar] >= length - 1e-6 and session in kept:
            out[:, bar] = bars["high"][kept[session]].max(), bars["low"][kept[session]].min()
    return tuple(out)


def before(bars: Bars, closes: list[datetime], start: int) -> Values:
    """Give high, low and close of the session before the one of each bar."""
    rows: dict[object, list[int]] = {}
    names = sessions(closes, start)
    for bar, session in enumerate(names):
        rows.setdefault(session, []).append(bar)
    order = list(rows)
    out = np.full((3, len(closes)), math.nan)
    for bar, session in enumerate(names):
        if (at := order.index(session)) > 0:
            own = rows[order[at - 1]]
            out[:, bar] = bars["high"][own].max(), bars["low"][own].min(), bars["close"][own[-1]]
    return tuple(out)


def central(bars: Bars, closes: list[datetime]) -> Values:
    high, low, close = before(bars, closes, 0)
    pivot = (high + low + close) / 3
    lines = [(high + low) / 2, 2 * pivot - (high + low) / 2]
    return np.maximum(*lines), pivot, np.minimum(*lines)


def pivots(bars: Bars, closes: list[datetime], kind: str) -> Values:
    """Give the pivot, five levels above it and five below."""
    high, low, close = before(bars, closes, 0)
    size = high - low
    p = (high + low + 2 * close) / 4 if kind == "woodie" else (high + low + close) / 3
    if kind == "fibonacci":
        shares = [0.382, 0.618, 1]
        up, down = [p + share * size for share in shares], [p - share * size for share in shares]
    elif kind == "camarilla":
        steps = [1.1 * size / part for part in (12, 6, 4, 2)]
        top = high / low * close
        up, down = [*(close + step for step in steps), top], [*(close - step for step in steps), 2 * close - top]
    else:
        up, down = [2 * p - low, p + size], [2 * p - high, p - size]
        if kind == "traditional":
            up += [n * p + high - n * low for n in (2, 3, 4)]
            down += [n * p + low - n * high for n in (2, 3, 4)]
        elif kind == "classic":
            up, down = [*up, p + 2 * size, p + 3 * size], [*down, p - 2 * size, p - 3 * size]
        else:
            third = high + 2 * (p - low), low - 2 * (high - p)
            up, down = [*up, third[0], third[0] + size], [*down, third[1], third[1] - size]
    none = np.full(len(p), math.nan)
    return p, *(up + [none] * (5 - len(up))), *(down + [none] * (5 - len(down)))


CALENDAR: dict[str, list[Witness]] = {
    "time_of_day": [
        of_calendar("time_of_day()", lambda _, closes: minutes(closes)),
        of_calendar("time_of_day()", lambda _, closes: minutes(closes), **NEW_YORK),
    ],
    "day_of_week": [
        of_calendar("day_of_week()", lambda _, closes: days(closes, 7)),
        of_calendar("day_of_week('sunday')", lambda _, closes: days(closes, 1), **NEW_YORK),
    ],
    "session": [
        of_calendar("session(930, 1600)", lambda _, closes: (m := minutes(closes)) * 0 + ((m > 570) & (m <= 960))),
        of_calendar(
            "session(1700, 300)", lambda _, closes: (m := minutes(closes)) * 0 + ((m > 1020) | (m <= 180)), **NEW_YORK
        ),
    ],
    "opening_range": [
        of_calendar("opening_range(120)", lambda b, closes: opening(b, closes, 0, 120)),
        of_calendar("opening_range(60)", lambda b, closes: opening(b, closes, 17, 60), **NEW_YORK),
    ],
    "previous_high_low": [
        of_calendar("previous_high_low()", lambda b, closes: before(b, closes, 0)),
        of_calendar("previous_high_low('session')", lambda b, closes: before(b, closes, 17), **NEW_YORK),
    ],
    "central_pivot_range": [
        of_calendar("central_pivot_range()", central),
    ],
    "pivot_points": [
        of_calendar(f"pivot_points('{kind}')", lambda b, closes, kind=kind: pivots(b, closes, kind))
        for kind in ("traditional", "camarilla")
    ]
    # What a kind does not have has no value that could be held against anything.
    + [
        of_calendar(f"pivot_points('{kind}').{name}", lambda b, closes, kind=kind, at=at: pivots(b, closes, kind)[at])
        for kind, many in (("classic", 4), ("woodie", 4), ("fibonacci", 3))
        for name, at in (("p", 0), ("r2", 2), (f"r{many}", many), ("s1", 6), (f"s{many}", 5 + many))
    ],
}
