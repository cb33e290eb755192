"""A rule and the state of one symbol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.exceptions import SessionBusyError
from laakhay.ta.frames.columns import Floats
from laakhay.ta.frames.history import History

from . import markup
from .copies import Copied
from .outputs import ordered_outputs, output_names, outputs_of

StepOutput = ta_py.StepOutput
# Where neither data nor caller know the timeframe of old-style ticks, durations count hours as rows.
ASSUMED_TIMEFRAME = "1h"


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

    def warm(self, history: Any) -> Session:
        """Take a history for its state only, and give the session back."""
        self.run(history)
        return self

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


__all__ = ["ASSUMED_TIMEFRAME", "Session", "StepOutput"]
