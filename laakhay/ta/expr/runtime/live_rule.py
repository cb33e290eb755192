"""One rule over the bars of one stream, a step per bar, with the results that an evaluation of all bars gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.fields import OHLCV_FIELDS
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.rules.session import Session

from ..execution.context_builder import resolve_source, usable
from ..execution.contracts import Availability
from ..execution.engine_nodes import EngineNodes, closes_of, exact
from ..execution.references import field_of
from ..execution.stream_set import is_one_stream
from ..planner.types import PlanResult


class LiveRule:
    """A session of the engine over a stream's bars, and the results so far.

    The last bar may still change, so it is only tried (`Session.preview`); it enters the state when a later one comes.
    The bars before the last must be those that were there before.
    """

    def __init__(
        self, nodes: EngineNodes, bars: OHLCV, result: Series[Any] | tuple[Series[Any], ...], timeframe: str
    ) -> None:
        """Begin with these bars and what an evaluation of them gave."""
        rule = nodes.rule
        assert rule is not None
        self._bars, self._result = bars, result
        self._timeframe = timeframe
        self._names = rule.fields
        self._fields = [field_of(one) for one in nodes.references]  # type: ignore[arg-type]
        self._taken = len(bars) - 1
        self._session = Session(rule, timeframe_ns=nodes.timeframe_ns, unit="ns")
        columns = [bars.column(field)[: self._taken] for field in self._fields]
        times = np.array(self._closes(bars, slice(self._taken)), dtype=np.int64)
        self._session.run_columns(columns, times, self._taken)
        results = result if isinstance(result, tuple) else (result,)
        self._columns = [
            _Column(*output, one, bars.timestamps[-1]) for output, one in zip(rule.outputs, results, strict=True)
        ]

    @classmethod
    def of(
        cls, plan: PlanResult, dataset: Dataset, bars: OHLCV, result: Any, symbol: str, timeframe: str
    ) -> LiveRule | None:
        """Give a live rule, or None where a step per bar will not do.

        That is where the rule reads nothing or anything but these bars, and where their stamps are no points in time.
        """
        nodes = EngineNodes(plan, timeframe)
        if nodes.rule is None or nodes.is_constant or nodes.literal_series() or not len(bars):
            return None
        if not isinstance(bars.timestamps[0], datetime) or not is_one_stream(dataset, nodes, symbol, timeframe):
            return None
        for need in nodes.sources():
            try:
                series = resolve_source(dataset, need.node, symbol, timeframe)
            except MissingDataError:
                return None
            # Bars remember the series of their fields: only what is read from these very bars is the same object.
            field = field_of(need.node)
            if field not in OHLCV_FIELDS or series is not bars.to_series(field):
                return None
        return cls(nodes, bars, result, timeframe)

    def advance(self, bars: OHLCV) -> Series[Any] | tuple[Series[Any], ...]:
        """Take the bars after those taken, all but the last, and give what the rule gives over all."""
        if bars is self._bars:
            return self._result
        last = len(bars) - 1
        for row in range(self._taken, last):
            step = self._session.step(self._tick(bars, row))
            for column in self._columns:
                column.append(bars.timestamps[row], step)
        self._taken = last
        tried = self._session.preview(self._tick(bars, last))
        made = tuple(column.with_last(bars, tried) for column in self._columns)
        self._bars, self._result = bars, made if len(made) > 1 else made[0]
        return self._result

    def _tick(self, bars: OHLCV, row: int) -> dict[str, Any]:
        (close,) = self._closes(bars, slice(row, row + 1))
        fields = zip(self._names, self._fields, strict=True)
        return {"timestamp": close, **{name: getattr(bars, f"{field}s")[row] for name, field in fields}}

    def _closes(self, bars: OHLCV, rows: slice) -> list[Any]:
        """Give the times that an evaluation gives to bars."""
        return closes_of(bars.timestamps[rows], self._timeframe)


class _Column:
    """One output: the points that stay, to which each result adds that of the last bar."""

    def __init__(self, name: str, is_boolean: bool, rows: str, result: Series[Any], last: Any) -> None:
        self._name = name
        self._missing = False if is_boolean else NOT_READY
        # Which rows a whole evaluation gives: all, those that a filter has kept, or the last.
        self._rows = rows
        self._symbol, self._timeframe = result.symbol, result.timeframe
        stays = 0 if rows == "last" else len(result) - (result.timestamps[-1:] == (last,))
        self._stamps = list(result.timestamps[:stays])
        self._values = list(result.values[:stays])
        self._mask = list(usable(result)[:stays])

    def append(self, stamp: Any, step: ta_py.StepOutput) -> None:
        """Take the point of a bar that stays."""
        if self._rows != "last" and not self._is_dropped(step):
            value, is_ready = self._point(step)
            self._stamps.append(stamp)
            self._values.append(value)
            self._mask.append(is_ready)

    def with_last(self, bars: OHLCV, step: ta_py.StepOutput) -> Series[Any]:
        """Give all points and that of the last bar."""
        stamps, values, mask = tuple(self._stamps), tuple(self._values), tuple(self._mask)
        if not self._is_dropped(step):
            value, is_ready = self._point(step)
            stamps = bars.timestamps if self._rows == "all" else (*stamps, bars.timestamps[-1])
            values, mask = (*values, value), (*mask, is_ready)
        return Series(stamps, values, self._symbol, self._timeframe, mask)

    def _is_dropped(self, step: ta_py.StepOutput) -> bool:
        return self._rows == "kept" and step.availabilities[self._name] == Availability.EXCLUDED

    def _point(self, step: ta_py.StepOutput) -> tuple[Any, bool]:
        is_ready = step.availabilities[self._name] == Availability.READY
        return (exact(step.values[self._name]) if is_ready else self._missing), is_ready


__all__ = ["LiveRule"]
