"""Rules over several streams: bars of several symbols, sources or lengths, brought together as they close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.columns import TIME_COLUMN, column_times, read_history
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.exceptions import DataError, MissingDataError

if TYPE_CHECKING:
    from laakhay.ta.data.calendar import Calendar

CLOSE_COLUMN = "close_time"


class JoinedSession(ta_py.JoinedSession):
    """A rule over several streams and its state: takes each stream's bars in their own order, gives the rule's rows.

    A row is computed when every stream has passed the time at which its bar closes, in whatever order their bars
    arrived: a stream has passed everything before its next bar can close, and what `advance` says. Bars are stamped
    with the time at which they open, or close where `stamps` says so; they close as their `close_time` says, else after
    their length, those of days, weeks and months with the calendar. After a bar with a `close_time` nothing is known of
    when the next one closes. One call at a time works on it: another thread, a signal handler or a callback gets
    SessionBusyError meanwhile.
    """

    def __new__(cls, rule: ta_py.Rule, **options: Any) -> Self:
        self = super().__new__(cls, rule, **options)
        self.rule = rule
        return self

    def __init__(self, rule: ta_py.Rule, **options: Any) -> None:
        """Made by `Expression.joined_session` and `Expression.restore_joined`."""

    def run(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Take many bars of every stream and go on from there.

        Parameters
        ----------
        data
            By stream name, a history: an OHLCV, a Series (its values are the close) or a mapping of arrays with a
            `timestamp`, the opens of the bars, or their closes where the session's `stamps` say so. A `close_time` says
            when each bar closed. A stream whose bars are made of another's has none.

        Returns
        -------
        dict
            `timestamp`, the stamps of the rows' bars as datetime64 in UTC, and one float64 array per output; NaN is not
            ready, 1 and 0 are true and false. Afterwards every stream has passed the last bar of any.

        Raises
        ------
        MissingDataError
            For a stream or field that the rule reads and the data lacks.
        OrderError
            If times do not rise, bars are closer together than they are long, or bars that were pushed still wait; the
            session is unchanged.
        ValueError
            Where it is not known when a bar closes (one of days, weeks or months that opens where none of the calendar
            begins), or bars are longer than the timeframe they are declared as.
        """
        _, stamps, arrays, _ = self.run_streams(stream_columns(self.streams, data, self.unit))
        names = [name for name, _, _ in self.rule.outputs]
        return {TIME_COLUMN: stamps.view("datetime64[ns]"), **dict(zip(names, arrays, strict=True))}

    def warm(self, history: Mapping[str, Any]) -> JoinedSession:
        """Take a history for its state only, and give the session back."""
        self.run(history)
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored_session, (self.rule.to_ir(), self.snapshot(), self.rule.limits, self.unit)

    def __copy__(self) -> JoinedSession:
        return JoinedSession(self.rule, snapshot=self.snapshot(), unit=self.unit)

    def __deepcopy__(self, memo: dict[int, Any]) -> JoinedSession:
        return self.__copy__()

    copy = __copy__


def _restored_session(
    trees: list[tuple[str, str]],
    snapshot: bytes,
    limits: tuple[int, ...] | None,
    unit: str | None = None,
) -> JoinedSession:
    return JoinedSession(ta_py.Rule.from_ir(trees, limits), snapshot=snapshot, unit=unit)


def is_streams(data: Any) -> bool:
    """Tell whether data is a history of several streams: a mapping of tables, not of columns."""
    return (
        isinstance(data, Mapping) and bool(data) and all(isinstance(table, (Mapping, OHLCV)) for table in data.values())
    )


def stream_columns(
    streams: Sequence[tuple[str, str | None, list[str], str | None]], data: Mapping[str, Any], unit: str | None = None
) -> list[tuple[Any, list[Any], Any]]:
    """Give what `run_streams` takes: per stream the stamps of its bars, its fields in order, and told closes."""
    unknown = set(data) - {name for name, _, _, made_of in streams if made_of is None}
    if unknown:
        there = ", ".join(name for name, _, _, made_of in streams if made_of is None)
        raise MissingDataError(f"the rule reads no stream {sorted(unknown)[0]!r}; it reads {there}")
    columns: list[tuple[Any, list[Any], Any]] = []
    for name, _, fields, made_of in streams:
        if made_of is not None:
            columns.append((np.empty(0, dtype=np.int64), [], None))
            continue
        if name not in data:
            raise MissingDataError(f"the rule reads the stream {name!r}, which the data lacks")
        try:
            arrays, stamps, _ = read_history(data[name], fields, unit)
            closes = column_times(data[name].get(CLOSE_COLUMN), unit) if isinstance(data[name], Mapping) else None
        except MissingDataError as error:
            raise MissingDataError(f"the stream {name!r} has no {error.field!r}", field=error.field) from None
        except (DataError, TypeError, ValueError) as error:
            raise type(error)(f"the stream {name!r}: {error}") from None
        if stamps is None:
            raise MissingDataError(f"the stream {name!r} has no {TIME_COLUMN}")
        if closes is not None and len(closes) != len(stamps):
            raise ValueError(f"the stream {name!r} has {len(stamps)} bars and {len(closes)} of {CLOSE_COLUMN}")
        columns.append((stamps, arrays, closes))
    return columns


def calendar_of(calendar: Calendar | None, resample: Calendar | None) -> Calendar | None:
    """Give the calendar of all bars: that by which they are made of others, where they are; there is one only."""
    if calendar is not None and resample is not None and calendar != resample:
        raise ValueError(
            f"calendar is {calendar} and resample {resample}; bars that are given and made have one calendar"
        )
    return calendar if resample is None else resample


def session_options(
    timeframe: str | None,
    clock: str | None,
    alignment: tuple[str, str] | None,
    calendar: Calendar | None,
    stamps: str | Mapping[str, str],
    resample: Calendar | None,
    delivered: Sequence[str] | None,
    missing_input: str,
    on_error: str,
) -> dict[str, Any]:
    """Give the options of a joined session as the engine takes them."""
    chosen = calendar_of(calendar, resample)
    named = [] if isinstance(stamps, str) else list(stamps.items())
    return {
        "timeframe": timeframe,
        "clock": clock,
        "alignment": alignment,
        "calendar": None if chosen is None else (chosen.timezone, chosen.session_start, chosen.week_start),
        "stamps": (stamps if isinstance(stamps, str) else "open", named),
        "resamples": resample is not None,
        "delivered": None if delivered is None else list(delivered),
        "missing_input": missing_input,
        "on_error": on_error,
    }


__all__ = ["JoinedSession", "calendar_of", "is_streams", "session_options", "stream_columns"]
