"""Rules over several streams: bars of several symbols, sources or lengths, brought together as they close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.data.calendar import Calendar
from laakhay.ta.exceptions import SessionBusyError
from laakhay.ta.frames.history import Streams
from laakhay.ta.frames.outputs import Output
from laakhay.ta.frames.table import Table

from . import markup
from .copies import Copied
from .outputs import output_names, outputs_of


class JoinedSession(Copied, ta_py.JoinedSession):
    """A rule over several streams and its state: takes each stream's bars in their own order, gives the rule's rows.

    A row is computed when every stream has passed the time at which its bar closes, in whatever order their bars
    arrived: a stream has passed everything before its next bar can close, and what `advance` says. Bars are stamped
    with the time at which they open, or close where `stamps` says so; they close as their `close_time` says, else after
    their length, those of days, weeks and months with the calendar. After a bar with a `close_time` nothing is known of
    when the next one closes. One call at a time works on it: another thread, a signal handler or a callback gets
    SessionBusyError meanwhile.
    """

    def run(self, data: Mapping[str, Any] | Dataset) -> Any:
        """Take many bars of every stream and go on from there.

        Parameters
        ----------
        data
            By stream name, a history: an OHLCV, a Series (its values are the close), or a table of whatever kind with
            times, the opens of the bars, or their closes where the session's `stamps` say so. A `close_time` says when
            each bar closed. A stream whose bars are made of another's has none. Or a Dataset, in which the bars of
            the one symbol that the rule does not name are the rule's own.

        Returns
        -------
        frame or dict
            Of frames one like the one whose bars the rows are, as `Rule.run` gives it. Else `timestamp`, the stamps of
            the rows' bars as datetime64 in UTC, and one float64 array per output; NaN is not ready, 1 and 0 are true
            and false. Afterwards every stream has passed the last bar of any.

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
        if isinstance(data, Dataset):
            data = self.rule._tables_in(data, self.streams)
        table, outputs = self._evaluated(data)
        return table.result(outputs)

    def _evaluated(self, data: Any) -> tuple[Table, list[Output]]:
        streams = Streams.of(self.streams, data, self.unit, self.engine_rule.truth_fields)
        _, stamps, arrays, _ = self.run_streams(streams.columns)
        return streams.table_at(stamps), outputs_of(self.engine_rule, arrays)

    def warm(self, history: Mapping[str, Any] | Dataset) -> JoinedSession:
        """Take a history for its state only, and give the session back."""
        self.run(history)
        return self

    def __repr__(self) -> str:
        outputs = ", ".join(output_names(self.engine_rule))
        try:
            streams = ", ".join(name for name, *_ in self.streams)
            state = f"{'ready' if self.ready else 'not ready'}, {self.waiting} bars waiting"
            return f"<JoinedSession of {streams} after {self.position} rows, {state}: {outputs}>"
        except SessionBusyError:
            return f"<JoinedSession at work in another call: {outputs}>"

    def _repr_html_(self) -> str:
        rows = [(name, length or "", fields, made_of or "") for name, length, fields, made_of in self.streams]
        title = f"JoinedSession after {self.position} rows, {self.waiting} bars waiting"
        return markup.table(("stream", "timeframe", "fields", "made of"), rows, title)


def calendar_of(calendar: Calendar | None, resample: Calendar | None) -> Calendar | None:
    """Give the calendar of all bars: that by which they are made of others, where they are; there is one only."""
    for name, given in (("calendar", calendar), ("resample", resample)):
        if given is not None and not isinstance(given, Calendar):
            raise TypeError(
                f"{name} is a Calendar, such as Calendar() (days of UTC) or Calendar('America/New_York'), not {given!r}"
            )
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


__all__ = ["JoinedSession", "calendar_of", "session_options"]
