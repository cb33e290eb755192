"""Whole data to streams: which series a rule reads, per symbol and timeframe of the data."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import MissingDataError

from ... import _rust
from ...planner.planner import plan_expression
from ...planner.types import PlanResult
from ..context_builder import resolve_source_from_context
from ..plan_reader import PlanReader
from ..references import source_key
from ..stream_set import StreamSet, delivered, gather_streams, is_one_stream, refuse_missing
from ..timeline import Timeline, build_timeline


class StreamBackend(ABC):
    """Evaluates plans over whole data; what runs over a stream is for subclasses to say."""

    @abstractmethod
    def _reader(self, plan: PlanResult, timeframe: str | None) -> PlanReader:
        """Give what says which sources a plan reads."""

    @abstractmethod
    def _run(
        self, plan: PlanResult, timeline: Timeline, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        """Evaluate over one stream: the root's result, and where wanted every node's by id."""

    @abstractmethod
    def _run_streams(
        self, plan: PlanResult, streams: StreamSet, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        """Evaluate over several streams, each with bars at its own times; as `_run`."""

    @abstractmethod
    def _evaluate_constant(
        self, plan: PlanResult, wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        """Evaluate a rule that reads nothing, to one point."""

    def evaluate(
        self,
        plan: PlanResult,
        data: Any,
        symbol: str | None = None,
        timeframe: str | None = None,
        return_all_outputs: bool = False,
        **options: Any,
    ) -> Any:
        """Evaluate over a Series, a mapping of Series (one result), or a Dataset (a dict by symbol and timeframe).

        Results are full length with an explicit mask; a filter at the root drops what it excludes, an aggregate at
        the root gives its last point. Several outputs are a tuple. A rule of constants gives one point. With both
        `symbol` and `timeframe`, a Dataset gives that one result.

        A rule over several streams of a Dataset has a row per bar of the evaluated symbol and timeframe, or the rows
        that a chosen alignment policy leaves. Its bars of days, weeks and months close by the option `calendar`, UTC's
        without one; the option `stamps` says whether bars are stamped with their `open` or `close`, or maps names of
        streams to these. With the option `resample`, a `Calendar`, a stream of a higher timeframe that is not in the
        data is built from a finer one, and it is the calendar of all. With `return_all_outputs`, a pair: the result,
        and the values of all nodes by id (of the first symbol and timeframe).

        Raises MissingDataError or, for a bare field, ValueError when data is lacking; TypeError for other data.
        """
        if isinstance(data, Series):
            data = {"close": data}
        if isinstance(data, Mapping):
            result, nodes = self._evaluate_context(plan, data, return_all_outputs, options)
            return (result, nodes) if return_all_outputs else result
        if not hasattr(data, "resolve"):
            raise TypeError(f"data is a Series, a mapping of Series or a Dataset, not {type(data).__name__}")
        results: dict[tuple[str, str, str], Any] = {}
        first: dict[int, Any] = {}
        pairs = dict.fromkeys((key.symbol, key.timeframe) for key, _ in data)
        for pair in pairs:
            if symbol not in (None, pair[0]) or timeframe not in (None, pair[1]):
                continue
            result, nodes = self._evaluate_pair(plan, data, *pair, return_all_outputs, options)
            first = first or nodes
            results[(*pair, "default")] = result
        shaped: Any = results
        if symbol is not None and timeframe is not None:
            shaped = results.get((symbol, timeframe, "default"), Series((), (), symbol, timeframe))
        return (shaped, first) if return_all_outputs else shaped

    def _with_lengths(self, plan: PlanResult, timeframe: str) -> PlanResult:
        """Give the plan in which multiples of a timeframe are lengths: the same one for the same plan."""
        named = (getattr(node.node, "timeframe", None) for node in plan.graph.nodes.values())
        if not any(name and name.endswith("x") for name in named):
            return plan
        known = getattr(self, "_lengths", None)
        if known is None or known[0] is not plan or known[1] != timeframe:
            root = plan.graph.nodes[plan.graph.root_id].node
            known = (plan, timeframe, plan_expression(_rust.with_own_timeframe(root, timeframe)))
            self._lengths = known
        return known[2]

    def _evaluate_context(
        self, plan: PlanResult, context: Mapping[str, Any], wants_nodes: bool, options: Mapping[str, Any]
    ) -> tuple[Any, dict[int, Any]]:
        reader = self._reader(plan, _timeframe_of(context))
        if reader.is_constant:
            return self._evaluate_constant(plan, wants_nodes, options)
        own = dict(reader.literal_series())
        for need in reader.sources():
            try:
                own[source_key(need.node)] = resolve_source_from_context(need.node, context)
            except MissingDataError as error:
                refuse_missing(need, error, is_empty=not context)
        streams = dict.fromkeys((series.symbol, series.timeframe) for series in own.values())
        if len(streams) > 1:
            names = ", ".join(" ".join(stream) for stream in streams)
            raise ValueError(f"series with mismatched metadata cannot be combined: {names}")
        symbol, timeframe = next(iter(streams))
        return self._run(plan, build_timeline(own, plan.alignment, symbol, timeframe), wants_nodes, options)

    def _evaluate_pair(
        self,
        plan: PlanResult,
        dataset: Any,
        symbol: str,
        timeframe: str,
        wants_nodes: bool,
        options: Mapping[str, Any],
    ) -> tuple[Any, dict[int, Any]]:
        plan = self._with_lengths(plan, timeframe)
        reader = self._reader(plan, timeframe)
        if reader.is_constant:
            return self._evaluate_constant(plan, wants_nodes, options)
        resamples = options.get("resample") is not None
        calendar = options["resample"] if resamples else options.get("calendar")
        if is_one_stream(dataset, reader, symbol, timeframe):
            series = dict(reader.literal_series())
            found, missing = delivered(dataset, reader.sources(), (symbol, timeframe))
            series |= {source_key(node): one for node, one in found.items()}
            if not resamples:
                for need, error in missing:
                    refuse_missing(need, error)
            if series and not (resamples and missing):
                return self._run(plan, build_timeline(series, plan.alignment, symbol, timeframe), wants_nodes, options)
        stamped = options.get("stamps", "open")
        streams = gather_streams(dataset, reader, symbol, timeframe, calendar, stamped, resamples)
        return self._run_streams(plan, streams, wants_nodes, options)


def _timeframe_of(context: Mapping[str, Any]) -> str | None:
    return next((series.timeframe for series in context.values() if isinstance(series, Series)), None)


__all__ = ["StreamBackend"]
