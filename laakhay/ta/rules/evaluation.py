"""A rule over histories: run, as signals, added to a table, proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.expr.execution.contracts import StepPolicies
from laakhay.ta.expr.execution.runner import evaluate_plan
from laakhay.ta.frames.columns import Floats, column_times, timeframe_of
from laakhay.ta.frames.history import History, Matrices, Streams, of_symbol
from laakhay.ta.frames.outputs import Output
from laakhay.ta.frames.symbols import Groups
from laakhay.ta.frames.table import Table, is_streams, table_of

from .datasets import DatasetFields, StreamsOfSession, columns_of_stream
from .operators import Operators
from .options import HistoryOptions, check_names, check_timeframe, is_of_series, missing_input_policy
from .outputs import NOT_READY, outputs_of, plain_series, raise_not_ready
from .report import ParityReport, progress
from .streams import JoinedSession, calendar_of
from .universe import group_names
from .why import Why, bar_at

if TYPE_CHECKING:
    from laakhay.ta.expr.planner.types import PlanResult

NO_STREAMS = "bars are resampled of streams: a Dataset or a mapping of stream names to tables is needed"
OWN_STREAM = "ohlcv"


class OverHistories(Operators):
    """What a rule does with bars of the past; a rule gives its compiled form, its parts and sessions."""

    if TYPE_CHECKING:
        joined_session: Any

        @property
        def engine_rule(self) -> ta_py.Rule: ...

        @property
        def _names(self) -> list[str]: ...

        def __getitem__(self, name: str) -> OverHistories: ...

        def _ensure_plan(self) -> PlanResult: ...

    def run(self, data: Any, return_all_outputs: bool = False, **options: Unpack[HistoryOptions]) -> Any:
        """Evaluate over a whole history.

        A Series or a mapping of Series gives one Series (an indicator of several outputs: a tuple), a Dataset a dict of
        them keyed `(symbol, timeframe, "default")`; with `return_all_outputs`, that and the value of every node by id.
        A rule of several named outputs gives a dict of these by name.

        A table gives one of its kind, with its times (or its index) and a column per output: frames of pandas (and its
        like), polars (lazy too), pyarrow, DuckDB and whatever has Arrow's stream, mappings of arrays, lists of rows
        (ccxt's, or mappings). Columns are `open high low close volume` and `timestamp` in any case, or other names that
        are known for them; an index of times is one, too, and where nothing is called so, the one column of times. In
        frames what is not ready is null and conditions are nullable truth values; in arrays they are NaN, and 1 and 0.
        Rows of several symbols have a `symbol` column (or level of an index, or of columns) and are each a history of
        their own; results have the order of the table.

        Of a rule that looks across symbols (`rank(close)`), the symbols' bars of one time are a row, and `groups` says
        which symbols are looked at together: see `universe`.

        An OHLCV (`from_csv` gives one) gives arrays and `timestamp` as datetime64 in UTC. `timeframe` is the length of
        a bar, needed for durations where times do not tell it; `missing_input` is as for `session`. Times are datetimes
        of whatever library, ISO text, or integers of `unit` (`s`, `ms`, `us`, `ns`); without one integers have to be
        nanoseconds, from 1e17 in magnitude.

        A mapping of stream names (`ohlcv`, `ohlcv.4h`, `ETH`) to such tables or OHLCVs, each with times, gives the
        rows of the shortest bars, stamped as these are; `timeframe` is then the length of the bars of `ohlcv`. Bars of
        days, weeks and months close by the `calendar`, UTC's without one, and `stamps` says whether bars are stamped
        with their open or close: see `joined_session`. With `resample`, bars of a longer timeframe that neither it nor
        a Dataset has are made of shorter ones of the same market, and it is the calendar of all bars; raises ValueError
        for Series, which have no streams. One table, or OHLCV, with `resample` is the stream of the rule's own bars.
        """
        check_names(options)
        is_series = isinstance(data, Series) or (isinstance(data, Mapping) and is_of_series(data))
        if not is_series and not isinstance(data, Dataset):
            return self.run_columns(data, **options)
        if len(self._names) > 1:
            return {name: self[name].run(data, return_all_outputs, **options) for name in self._names}
        chosen: dict[str, Any] = {"return_all_outputs": return_all_outputs}
        calendar, resample = options.get("calendar"), options.get("resample")
        if resample is not None:
            if isinstance(data, (Series, Mapping)):
                raise ValueError(NO_STREAMS)
            chosen["resample"] = resample
        check_timeframe(data, options.get("timeframe"))
        missing_input = options.get("missing_input", "emit_missing")
        if missing_input != "emit_missing":
            chosen["policies"] = StepPolicies(missing_input=missing_input_policy(missing_input))
        if not isinstance(data, (Series, Mapping)):  # Of one stream closes decide nothing.
            both, stamps = calendar_of(calendar, resample), options.get("stamps", "open")
            chosen |= {} if both is None else {"calendar": both}
            chosen |= {} if stamps == "open" else {"stamps": stamps}
        return evaluate_plan(self._ensure_plan(), data, **chosen)

    def run_columns(self, data: Any, **options: Unpack[HistoryOptions]) -> Any:
        """Evaluate over what `Session.run` takes, or over a mapping of stream names to such: arrays out, see `run`."""
        check_names(options)
        table, outputs = self._evaluated(table_of(data), options)
        return table.result(outputs)

    def signals(self, data: Any, *, not_ready: str = "false", **options: Unpack[HistoryOptions]) -> Any:
        """Evaluate as `run` does, with conditions as plain truth values, which is what frameworks take for signals.

        Parameters
        ----------
        data, **options
            As for `run`.
        not_ready
            What a condition is where it is not ready: `false`; `null`, as `run` has it; or `raise`.

        Returns
        -------
        What `run` gives, of the same kind and with the same index; conditions are truth values without gaps, in arrays
        too, and numbers stay numbers.

        Raises
        ------
        MissingInputError
            With `raise`, for the first bar on which a condition is not ready.

        Examples
        --------
        >>> import laakhay.ta as ta
        >>> ta.compile("close > close[1]").signals({"close": [1.0, 2.0, 1.5]})["value"].tolist()
        [False, True, False]
        """
        check_names(options)
        if not_ready not in NOT_READY:
            raise ValueError(f"not_ready is {not_ready!r}; accepted: {', '.join(NOT_READY)}")
        if isinstance(data, (Series, Dataset)) or (isinstance(data, Mapping) and data and is_of_series(data)):
            return plain_series(self.run(data, **options), not_ready)
        table, outputs = self._evaluated(table_of(data), options)
        if not_ready == "raise":
            for one in outputs:
                if one.is_condition and one.missing.any():
                    raise_not_ready(one.name, int(one.missing.argmax()))
        return table.result([replace(one, is_plain=not_ready != "null") for one in outputs])

    def add_to(self, frame: Any, **options: Unpack[HistoryOptions]) -> Any:
        """Give a table as `run` takes it with the rule's outputs as columns behind its own.

        Raises ValueError where a column has the name of an output (name outputs as in `compile({"oversold": "..."})`),
        TypeError for what is no table.
        """
        check_names(options)
        data = table_of(frame)
        if not isinstance(data, Table):
            raise TypeError(f"columns are added to a table, not to {type(frame).__name__}")
        data = data.in_memory()
        _, outputs = self._evaluated(data, options)
        return data.extended(outputs)

    def _evaluated(self, data: Any, options: HistoryOptions) -> tuple[Table, list[Output]]:
        """Give the outputs over a history, and the table that they belong to."""
        given, read, clock = self._given(data, options)
        if not is_streams(given):
            history = self._history(given, read, takes_symbols=True)
            arrays = self._run_history(history, read)
            return history.table, outputs_of(self.engine_rule, arrays)
        groups = data.groups if isinstance(data, Table) else None
        if groups is None or len(groups) < 2:
            return self._joined_over(given, read, clock)._evaluated(given)
        found = [self._part(symbol, data.taken(rows), options) for symbol, rows in groups]
        named = zip(*(outputs for _, outputs in found), strict=True)
        together = [np.concatenate([one.numbers for one in parts]) for parts in named]
        return data, outputs_of(self.engine_rule, map(groups.in_table_order, together))

    def _part(self, symbol: str, data: Table, options: HistoryOptions) -> tuple[Table, list[Output]]:
        with of_symbol(symbol):
            return self._evaluated(data, options)

    def _run_history(self, history: History, read: HistoryOptions) -> list[Floats]:
        rule, groups = self.engine_rule, history.groups
        missing_input = read.get("missing_input", "emit_missing")
        if groups is None:
            session = ta_py.Session(rule, history.timeframe_ns, missing_input, is_of_history=True)
            return session.run_columns(history.fields, history.times_ns, history.bars)
        arrays = rule.run_groups(
            groups.symbols,
            groups.bounds,
            history.fields,
            groups.order,
            history.times_ns,
            history.timeframe_ns,
            missing_input,
            group_names(read.get("groups"), groups.symbols),
        )
        return [groups.in_table_order(array) for array in arrays]

    def why(self, data: Any, at: Any = None, **options: Unpack[HistoryOptions]) -> Why:
        """Tell why the outputs are what they are on a bar: the tree of the rule with the value of each part.

        Parameters
        ----------
        data, **options
            As for `run`, of one symbol and one timeframe.
        at
            The bar, by its time, or by its number, from the end where that is negative; the last one without it.

        Raises
        ------
        MissingDataError
            Where there is no such bar.
        ValueError
            For a rule that reads several streams, or a calendar.
        """
        check_names(options)
        given, read, _ = self._given(table_of(data), options)
        if is_streams(given):
            raise ValueError("what is told is of bars of one stream, and the rule reads several, or a calendar")
        history = self._history(given, read)
        until = bar_at(at, history.bars, history.times_ns, read.get("unit")) + 1
        times = None if history.times_ns is None else history.times_ns[:until]
        missing_input = read.get("missing_input", "emit_missing")
        session = ta_py.Session(self.engine_rule, history.timeframe_ns, missing_input, is_of_history=True)
        session.run_columns([field[:until] for field in history.fields], times, until)
        return Why._of(session.why())

    def verify(self, data: Any, **options: Unpack[HistoryOptions]) -> ParityReport:
        """Run the rule over data in every schedule, restarted and begun later, and compare bit for bit.

        Data and options are those of `run` and `joined_session`; of a Dataset the bars of the one symbol and timeframe
        that the rule does not name are the rule's own. A mapping of stream names to tables is taken at once, bar by bar
        in several orders of arrival, and restarted. Takes time in proportion to the data: a large state is restored at
        some bars only, which the report says. Where stderr is a terminal it shows how far it has come; Ctrl-C ends it.
        """
        check_names(options)
        data = table_of(data)
        if self.engine_rule.needs_universe and isinstance(data, Table) and data.groups is not None:
            return self._verified_together(data, data.groups, options)
        if isinstance(data, Table) and data.groups is not None and len(data.groups) > 1:
            parts = ((symbol, data.taken(rows)) for symbol, rows in data.groups)
            return ParityReport.of_symbols({symbol: self._verified(symbol, part, options) for symbol, part in parts})
        data, options, clock = self._given(data, options)
        with progress() as tell:
            if is_streams(data):
                session = self._joined_over(data, options, clock)
                found = session.verify_streams(
                    Streams.of(session.streams, data, session.unit, self.engine_rule.truth_fields).columns, tell
                )
            else:
                history = self._history(data, options)
                # Of a rule that reads nothing the bars are counted by their times, or else by their numbers.
                is_counted = history.fields or history.times_ns is not None
                times = history.times_ns if is_counted else np.arange(history.bars, dtype=np.int64)
                given = (history.fields, times, history.timeframe_ns)
                found = self.engine_rule.verify(*given, options.get("missing_input", "emit_missing"), tell)
        return ParityReport.of(found)

    def _verified_together(self, data: Table, groups: Groups, options: HistoryOptions) -> ParityReport:
        """Prove a rule that looks across the symbols of a table over all of them."""
        rule, symbols = self.engine_rule, groups.symbols
        history = self._history(data, options, takes_symbols=True)
        given = Matrices.of(symbols, history.by_symbol(rule.fields, groups), rule.fields, truths=rule.truth_fields)
        fields = [field.reshape(-1) for field in given.fields]
        missing_input = options.get("missing_input", "emit_missing")
        together = group_names(options.get("groups"), symbols)
        with progress() as tell:
            found = rule.verify_universe(
                symbols, fields, given.bars, given.times_ns, history.timeframe_ns, missing_input, together, tell
            )
        return ParityReport.of(found)

    def _verified(self, symbol: str, data: Table, options: HistoryOptions) -> ParityReport:
        with of_symbol(symbol):
            return self.verify(data, **options)

    def _given(self, data: Any, options: HistoryOptions) -> tuple[Any, HistoryOptions, str | None]:
        """Give the data as one table, or as tables by stream, how it is read, and the stream that rows are given of.

        Bars of which others are to be made are the stream of the rule's own bars.
        """
        resamples = options.get("resample") is not None
        as_streams = resamples or self.engine_rule.needs_calendar
        own: HistoryOptions
        # Rows are those that were given, whatever bars the rule reads.
        if as_streams and isinstance(data, OHLCV):
            own = {"timeframe": options.get("timeframe") or data.timeframe}
            return {OWN_STREAM: data}, options | own, OWN_STREAM if resamples else None
        # Closes decide where an interval of the calendar begins, and what a longer bar is made of.
        if as_streams and isinstance(data, Mapping) and not is_streams(data):
            own = {"timeframe": options.get("timeframe") or (self._own_timeframe(data, options) if resamples else None)}
            return {OWN_STREAM: data}, options | own, OWN_STREAM if resamples else None
        if not isinstance(data, Dataset) or not data or (len(data) == 1 and not as_streams):
            timeframe = options.get("timeframe")
            if timeframe is not None and not is_streams(data) and self.engine_rule.reads_own_bars_alone(timeframe):
                # A rule that names the timeframe of its own bars.
                return {OWN_STREAM: data}, options, None
            return data, options, None
        fields = DatasetFields(data, self.engine_rule, options.get("timeframe"))
        own = {"timeframe": fields.timeframe}
        if fields.is_one_table and not as_streams:
            return fields.columns(), options | own, None
        found = fields.streams(resamples)
        return {name: columns_of_stream(one) for name, one in found.streams.items()}, options | own, found.clock

    @staticmethod
    def _own_timeframe(data: Mapping[str, Any], options: HistoryOptions) -> str | None:
        """Give the timeframe of a table's bars: the commonest distance of their times, where that is one."""
        if not isinstance(data, Table) or (data.groups is not None and len(data.groups) > 1):
            return None  # Each symbol has its own.
        times = column_times(data.times, data.unit(options.get("unit")))
        if times is None:
            raise MissingDataError(
                "longer bars are made of bars with times; the data has no timestamp", field="timestamp"
            )
        return timeframe_of(ta_py.commonest_step(times))

    def _columns_in(self, data: Dataset) -> dict[str, Series[Any]]:
        """Give the rule's fields in a Dataset side by side."""
        return DatasetFields(data, self.engine_rule).columns()

    def _tables_in(self, data: Dataset, streams: StreamsOfSession) -> dict[str, Any]:
        """Give what a Dataset has of the streams of a session."""
        return DatasetFields(data, self.engine_rule).tables(streams)

    def _history(self, data: Any, options: HistoryOptions, takes_symbols: bool = False) -> History:
        """Read one stream's history."""
        if options.get("resample") is not None:
            raise ValueError(NO_STREAMS)
        rule = self.engine_rule
        unit, timeframe = options.get("unit"), options.get("timeframe")
        return History.of(
            data,
            rule.fields,
            timeframe,
            unit=unit,
            needs_timeframe=rule.needs_timeframe,
            takes_symbols=takes_symbols,
            truths=rule.truth_fields,
            keeps_symbol=takes_symbols and rule.needs_universe,
        )

    def _joined_over(self, data: Mapping[str, Any], options: HistoryOptions, clock: str | None) -> JoinedSession:
        """Give a session over these streams that has seen nothing."""
        # Bars are made of those that are given, and only where none are.
        given = None if options.get("resample") is None else list(data)
        read: dict[str, Any] = {name: value for name, value in options.items() if name != "groups"}
        session: JoinedSession = self.joined_session(**read, clock=clock, delivered=given)
        return session


__all__ = ["OverHistories"]
