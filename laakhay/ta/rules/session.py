"""A rule and the state of one symbol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.exceptions import SessionBusyError
from laakhay.ta.frames.columns import Floats
from laakhay.ta.frames.history import History

from . import markup
from .copies import Copied
from .outputs import ordered_outputs, output_names, outputs_of
from .why import Why

StepOutput = ta_py.StepOutput
# Where neither data nor caller know the timeframe of old-style ticks, durations count hours as rows.
ASSUMED_TIMEFRAME = "1h"


@dataclass(frozen=True)
class Adoption:
    """What became of the parts of two rules when the second took over the state of the first."""

    kept: list[str]
    """Parts that go on where they were, bit for bit."""
    added: list[str]
    """Parts that begin: `bars_to_ready` says how long the session needs for them."""
    dropped: list[str]
    """Parts whose state was dropped."""
    added_fields: list[str]
    """Fields that were not read before."""


class Session(Copied, ta_py.Session):
    """A rule and the state of one symbol: takes bars, gives values, can be saved and moved.

    One call at a time works on it: another thread, a signal handler or a callback gets SessionBusyError meanwhile.
    """

    def run(self, data: Any, out: Mapping[str, Floats] | None = None) -> Any:
        """Take many bars and go on from there.

        Parameters
        ----------
        data
            A frame, a mapping of arrays, an OHLCV, a Series or a Dataset, as for `Rule.run`, of one symbol, without
            times or with ones after the last bar; integers are of the session's unit. Of a Dataset the bars are taken
            of the one symbol and timeframe that the rule does not name.
        out
            Arrays to write to, by output name.

        Returns
        -------
        frame or dict
            Of a frame one like it, as `Rule.run` gives it. Else `timestamp`, where there are times, and one float64
            array per output; NaN is not ready, 1 and 0 are true and false. Arrays of several outputs are rows of one
            block: copy the one to keep where the others are to be freed.

        Raises
        ------
        OrderError
            If a time is not after the one before; the session is unchanged.
        """
        if isinstance(data, Dataset) and len(data) > 1:
            data = self.rule._columns_in(data)
        history = History.of(data, self.engine_rule.fields, unit=self.unit, truths=self.engine_rule.truth_fields)
        arrays = self.run_columns(
            history.fields, history.times_ns, history.bars, ordered_outputs(self.engine_rule, out)
        )
        return history.table.result(outputs_of(self.engine_rule, arrays))

    adoption: Adoption | None = None
    """What became of the parts of the two rules, where the session was made by `adopt`."""

    def why(self) -> Why | None:  # type: ignore[override]
        """Tell why the outputs are what they are on the last bar: the tree of the rule with the value of each part.

        None before the first bar, and behind a restart until the next one, unless bars are kept (`revisions`).
        """
        told = super().why()
        return None if told is None else Why._of(told)

    def warm(self, history: Any) -> Session:
        """Take a history for its state only, and give the session back."""
        self.run(history)
        return self

    def follow(
        self, update: Any, *, closed: str | None = None, sequence: tuple[int, int] | None = None
    ) -> list[StepOutput]:
        """Take what a feed has of its present bar, and give the results that follow: finals and previews.

        Parameters
        ----------
        update
            A bar, as for `step`, with its time. What is in it is read at once: it may be changed afterwards.
        closed
            How the feed says that a bar has closed; without one as the session was told. `each`: every message is a
            closed bar. `flag`: messages have `is_closed`. `next_open`: a bar has closed when the next one opens, or a
            `heartbeat` passes its end.
        sequence
            The epoch and the number that the source gave the message: one that was there is dropped, one that is
            skipped is a gap.

        Returns
        -------
        list of StepOutput
            Oldest first; `is_final` is false for a bar that forms, `revision` counts how often a bar's result was
            corrected. Empty where nothing that `emit` asks for came of it.

        Raises
        ------
        OrderError
            For a bar that comes too late, under `late="error"`, or has other fields than the closed one of its time,
            under `corrected="error"`.
        DataError
            For a bar that cannot be, under `bars="reject"`, or that does not say whether it has closed where its feed
            does.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> session = ta.compile("close > 10").session(closed="next_open", unit="s")
        >>> [out.is_final for out in session.follow({"timestamp": 1704067200, "close": 11.0})]
        [False]
        >>> [(out.value, out.is_final) for out in session.follow({"timestamp": 1704070800, "close": 9.0})]
        [(True, True), (False, False)]
        """
        return self.apply_bar("update", update, sequence, closed)

    def revise(self, bar: Any, *, sequence: tuple[int, int] | None = None) -> list[StepOutput]:
        """Put other fields in the place of those of a bar that was taken, and give every result that this changes.

        The bar is found by its time among the last ones, as many as `revisions` says. Results equal those of a session
        that took the corrected history, bit for bit; `revision` is one more for each that is another now.

        Raises
        ------
        OrderError
            For a bar that is older than what is kept, or that was never taken; the session is unchanged. `rebuild`
            takes the whole history.
        """
        return self.apply_bar("revise", bar, sequence)

    def trade(
        self, time_ns: Any, price: Any, amount: Any, *, sequence: tuple[int, int] | None = None
    ) -> StepOutput | Any:
        """Take one trade: trades make the bar that forms, and the first one behind its end closes it.

        Parameters
        ----------
        time_ns
            When it was: nanoseconds, or whatever `step` takes as a time. Bars are half-open: a trade at the end of one
            belongs to the next. The session needs a `timeframe`; bars are known by their closes, or by their opens with
            `stamps="open"`.
        price, amount
            A finite number, zero and below it too; how much was traded, at least 0.

        Returns
        -------
        StepOutput
            Of the bar that this trade closed, else of the one that forms; None where `emit` leaves it out, or the trade
            came too late and was set aside. `apply_trade` gives all results that follow, as `follow` does of bars.

        Raises
        ------
        OrderError
            For a trade of a bar that has closed, under `late="error"`.
        DataError
            For a price that is none, or less than nothing.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> session = ta.compile("high - low").session(timeframe="1m")
        >>> start = 1704067200_000_000_000
        >>> [session.trade(start + second * 10**9, price, 1.0).value for second, price in [(0, 5.0), (30, 7.0)]]
        [0.0, 2.0]
        >>> closed = session.trade(start + 60 * 10**9, 6.0, 1.0)
        >>> closed.value, closed.is_final
        (2.0, True)
        """
        given = self.apply_trade(_nanoseconds(time_ns), price, amount, sequence)
        finals = [out for out in given if out.is_final]
        return finals[0] if finals else given[-1] if given else None

    def heartbeat(self, time: Any, *, sequence: tuple[int, int] | None = None) -> list[StepOutput]:
        """Say that time has come so far: a bar that forms and has ended by then closes; events that wait are taken."""
        return self.apply_moment("heartbeat", time, sequence=sequence)

    def halt(self, time: Any) -> list[StepOutput]:
        """Say that trading stands still: until the next bar no bar is expected, so that none is missing."""
        return self.apply_moment("halt", time)

    def gap(self, after: Any, until: Any) -> list[StepOutput]:
        """Say that the feed has lost what was between two times: results are `is_degraded` until it is acknowledged."""
        return self.apply_moment("gap", after, until)

    def acknowledge(self, time: Any) -> list[StepOutput]:
        """Say that what is missing is known: results are not marked for it any more."""
        return self.apply_moment("acknowledge", time)

    def reset(self, time: Any, factor: float) -> list[StepOutput]:
        """Count in new units from here on: prices that were taken are divided by `factor`, volumes multiplied.

        `factor` is new shares for an old one: 4 for a split of 4 to 1. The state is then that of a session which took
        the history in the new units, bit for bit. Raises ValueError with the reason where that cannot be had: `rebuild`
        takes the whole history.
        """
        return self.apply_moment("reset", time, factor=factor)

    def rebuild(self, history: Any) -> list[StepOutput]:
        """Put a whole history, as `run` takes it, in the place of all bars, and give the results that this changes.

        Of the results that can be revised those that are others are given, one revision on, and those that are new.
        Nothing changes where the history is refused.
        """
        history = History.of(history, self.engine_rule.fields, unit=self.unit, truths=self.engine_rule.truth_fields)
        return self.rebuild_columns(history.fields, history.times_ns)

    def __repr__(self) -> str:
        outputs = ", ".join(output_names(self.engine_rule))
        try:
            state = "ready" if self.ready else "not ready"
            return f"<Session after {self.position} bars, {state}: {outputs}>"
        except SessionBusyError:
            return f"<Session at work in another call: {outputs}>"

    def _repr_html_(self) -> str:
        entries = {
            "outputs": output_names(self.engine_rule),
            "reads": self.engine_rule.fields,
            "bars taken": self.position,
            "ready": self.ready,
            "events": ", ".join(f"{count} {name}" for name, count in self.counters.items()),
            "bytes of state": self.state_bytes,
        }
        return markup.facts("Session", entries)


def _nanoseconds(time: Any) -> Any:
    """Give whole numbers as a time of so many nanoseconds, and other times as they are."""
    whole = isinstance(time, (int, np.integer)) and not isinstance(time, bool)
    return np.datetime64(int(time), "ns") if whole else time


__all__ = ["ASSUMED_TIMEFRAME", "Adoption", "Session", "StepOutput"]
