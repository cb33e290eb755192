"""Whole histories on the compiled engine: Series in, Series out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from laakhay.ta import ta_py
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.series import Series
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.rules import ASSUMED_TIMEFRAME, Floats, timeframe_to_ns

from ..._rust import LITERAL_SOURCE, Substitutes, to_json
from ...algebra.scalar_helpers import _make_scalar_series
from ...ir.nodes import AggregateNode, CallNode, ExprNode, FilterNode, LiteralNode
from ...ir.serialize import ir_from_dict
from ...planner.types import AlignmentPolicy, PlanResult
from ..context_builder import build_evaluation_context, collect_required_field_names, resolve_source_from_context

Context = Mapping[str, Series[Any]]
# Outputs with names no rule can have.
_ROOT, _KEPT = "root", "kept by the root filter"


class BatchBackend:
    """Evaluates plans over whole histories; keeps nothing between calls but compiled rules."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, ...], ta_py.Rule] = {}

    def initialize(self, plan: PlanResult, dataset: Any = None, **options: Any) -> None:
        """Do nothing: a history is evaluated in one go."""

    def step(self, plan: PlanResult, update_event: Any, **options: Any) -> Any:
        """Raise NotImplementedError: bars are stepped by an incremental backend."""
        raise NotImplementedError("the batch backend does not step; use mode 'incremental'")

    def replay(self, plan: PlanResult, replay_spec: Any, **options: Any) -> Any:
        """Raise NotImplementedError: bars are replayed by an incremental backend."""
        raise NotImplementedError("the batch backend does not replay; use mode 'incremental'")

    def snapshot(self, plan: PlanResult, **options: Any) -> Any:
        """Raise NotImplementedError: there is no state between calls."""
        raise NotImplementedError("the batch backend has no state; use mode 'incremental'")

    def clear_cache(self) -> None:
        """Forget compiled rules."""
        self._rules.clear()

    def evaluate(
        self,
        plan: PlanResult,
        dataset: Any,
        symbol: str | None = None,
        timeframe: str | None = None,
        *,
        return_all_outputs: bool = False,
    ) -> Any:
        """Evaluate over a Series, a mapping of Series or a Dataset.

        Gives the root's value; for a Dataset a dict of them keyed `(symbol, timeframe, "default")`, in the order of the
        dataset, of those that match `symbol` and `timeframe`. With `return_all_outputs`, gives that and the value of
        every node by id (of several pairs, the first one's).

        Raises MissingDataError or ValueError for data that the rule reads and that is not there, ValueError for series
        of different symbols or timeframes and for undefined arithmetic between constants.
        """
        if isinstance(dataset, Series):
            return self._evaluate(plan, {"close": dataset}, return_all_outputs)
        if isinstance(dataset, Mapping):
            return self._evaluate(plan, dataset, return_all_outputs)
        if not isinstance(dataset, Dataset):
            raise TypeError(f"data is a Series, a mapping of Series or a Dataset, not {type(dataset).__name__}")
        pairs = dict.fromkeys((key.symbol, key.timeframe) for key, _ in dataset)
        wanted = [p for p in pairs if symbol in (None, p[0]) and timeframe in (None, p[1])]
        fields = collect_required_field_names(plan.requirements)
        results: dict[Any, Any] = {}
        outputs: dict[int, Any] = {}
        for pair in wanted:
            context = build_evaluation_context(dataset, *pair, fields)
            result = self._evaluate(plan, context, return_all_outputs)
            if return_all_outputs:
                result, nodes = result
                outputs = outputs or nodes
            results[(*pair, "default")] = result
        return (results, outputs) if return_all_outputs else results

    def _evaluate(self, plan: PlanResult, context: Context, return_all_outputs: bool) -> Any:
        root = plan.graph.nodes[plan.graph.root_id].node
        nodes = {str(i): n.node for i, n in plan.graph.nodes.items()} if return_all_outputs else {}
        computed = self._values({_ROOT: root} | nodes, context, plan.alignment)
        result = computed.pop(_ROOT)
        return (result, {int(i): value for i, value in computed.items()}) if return_all_outputs else result

    def _values(self, nodes: Mapping[str, ExprNode], context: Context, policy: AlignmentPolicy) -> dict[str, Any]:
        """Evaluate named nodes together, so that common parts are computed once."""
        values = {name: _literal(node) for name, node in nodes.items() if isinstance(node, LiteralNode)}
        trees = {name: node for name, node in nodes.items() if name not in values}
        if not trees:
            return values
        root = trees.get(_ROOT)
        if isinstance(root, FilterNode):
            trees[_KEPT] = root.condition
        rule, series = self._rule(trees, context)
        frame = _align(series, policy)
        length = _timeframe_ns(frame)
        columns = rule.run(frame.columns, None, length, "emit_missing", len(frame.stamps))
        outputs = {name: (column, is_bool) for column, (name, is_bool, _) in zip(columns, rule.outputs, strict=True)}
        for name, node in trees.items():
            if name == _KEPT:
                continue
            parts = _parts(name, node, outputs)
            made = tuple(frame.series(column, is_bool) for column, is_bool in parts)
            values[name] = made[0] if len(made) == 1 else made
        if root is not None:
            values[_ROOT] = _shortened(root, values[_ROOT], outputs)
        return values

    def _rule(self, trees: Mapping[str, ExprNode], context: Context) -> tuple[ta_py.Rule, list[Series[Any]]]:
        """Compile named trees and find the series that they read."""
        side_tables: dict[str, Substitutes] = {}
        written = {}
        for name, node in trees.items():
            written[name], side_tables[name] = to_json(node)
        literals = [series for table in side_tables.values() for series in table.series]
        if literals:
            # Each tree numbers its literals from 0: one table for all of them.
            shared = Substitutes()
            written = {name: to_json(node, shared)[0] for name, node in trees.items()}
            literals = shared.series
        key = tuple(part for item in written.items() for part in item)
        rule = self._rules.get(key)
        if rule is None:
            rule = self._rules[key] = ta_py.Rule.from_ir(list(written.items()))
        series = []
        for reference in map(json.loads, rule.field_references):
            if reference["source"] == LITERAL_SOURCE:
                series.append(literals[int(reference["field"].removeprefix("series_"))])
            else:
                series.append(resolve_source_from_context(ir_from_dict(reference), context))
        return rule, series


class _Frame:
    """Series on one timeline, as arrays."""

    def __init__(self, stamps: Sequence[Any], columns: list[Floats], symbol: str, timeframe: str) -> None:
        self.stamps = tuple(stamps)
        self.columns = columns
        self.symbol = symbol
        self.timeframe = timeframe

    def series(self, column: Floats, is_bool: bool) -> Series[Any]:
        """Give a computed column as a Series: False or the one NaN where it is not ready."""
        ready = ~np.isnan(column)
        if is_bool:
            values: list[Any] = (column == 1.0).tolist()
        else:
            numbers = column.tolist()
            values = [
                Decimal(repr(x)) if is_ready else NOT_READY
                for x, is_ready in zip(numbers, ready.tolist(), strict=True)
            ]
        return Series(self.stamps, tuple(values), self.symbol, self.timeframe, tuple(ready.tolist()))


def _literal(node: LiteralNode) -> Any:
    value = node.value
    return value if isinstance(value, Series) else _make_scalar_series(value)


def _parts(name: str, node: ExprNode, outputs: Mapping[str, Any]) -> list[Any]:
    """Give a node's columns: one, or those of an indicator with several outputs."""
    if name in outputs:
        return [outputs[name]]
    if not isinstance(node, CallNode):
        raise KeyError(name)
    several = [value for key, value in outputs.items() if key.startswith(f"{name}.")]
    return several or [value for key, value in outputs.items() if "." not in key]


def _shortened(root: ExprNode, value: Any, outputs: Mapping[str, Any]) -> Any:
    """Leave out what a filter at the root excludes; of a running statistic keep the last point."""
    if isinstance(root, FilterNode):
        kept = (outputs[_KEPT][0] == 1.0).nonzero()[0].tolist()
        return _rows(value, kept)
    if isinstance(root, AggregateNode):
        return _rows(value, [len(value) - 1] if len(value) else [])
    return value


def _rows(series: Series[Any], rows: Sequence[int]) -> Series[Any]:
    def chosen(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(values[row] for row in rows)

    mask = series.availability_mask
    return Series(
        chosen(series.timestamps),
        chosen(series.values),
        series.symbol,
        series.timeframe,
        None if mask is None else chosen(mask),
    )


def _timeframe_ns(frame: _Frame) -> int | None:
    """Give the length of a bar; labels that are no timeframe count as an hour."""
    try:
        return timeframe_to_ns(frame.timeframe)
    except ValueError:
        return timeframe_to_ns(ASSUMED_TIMEFRAME)


def _align(series: Sequence[Series[Any]], policy: AlignmentPolicy) -> _Frame:
    """Bring series to one timeline by the policy; they have one symbol and timeframe."""
    if not series:
        scalar = _make_scalar_series(0)
        return _Frame(scalar.timestamps, [], scalar.symbol, scalar.timeframe)
    first = series[0]
    for other in series[1:]:
        if (other.symbol, other.timeframe) != (first.symbol, first.timeframe):
            raise ValueError(
                f"series with mismatched metadata: {first.symbol} {first.timeframe}, {other.symbol} {other.timeframe}"
            )
    if all(other.timestamps == first.timestamps for other in series[1:]):
        return _Frame(first.timestamps, [one.to_numpy() for one in series], first.symbol, first.timeframe)
    stamps = _timeline(series, policy.how)
    columns = []
    for at, one in enumerate(series):
        seed = policy.left_fill_value if at == 0 else policy.right_fill_value
        columns.append(_on_timeline(one, stamps, policy.fill, seed))
    return _Frame(stamps, columns, first.symbol, first.timeframe)


def _timeline(series: Sequence[Series[Any]], how: str) -> list[Any]:
    stamps = [set(one.timestamps) for one in series]
    if how == "inner":
        common = set.intersection(*stamps)
    elif how == "outer":
        common = set.union(*stamps)
    elif how in ("left", "right"):
        common = stamps[0 if how == "left" else -1]
    else:
        raise ValueError(f"Unsupported alignment strategy '{how}'")
    if not common:
        raise ValueError("alignment gives an empty timestamp set")
    return sorted(common)


def _on_timeline(series: Series[Any], stamps: Sequence[Any], fill: str, seed: Any) -> Floats:
    """Give the series' values at these stamps; raise ValueError for one that it lacks and may not be filled."""
    known = dict(zip(series.timestamps, series.to_numpy().tolist(), strict=True))
    last = None if seed is None else float(seed)
    values = []
    for stamp in stamps:
        if stamp in known:
            last = known[stamp]
        elif fill != "ffill" or last is None:
            raise ValueError(f"Missing value at {stamp} for {series.symbol} {series.timeframe}")
        values.append(last)
    return np.array(values, dtype=np.float64)


__all__ = ["BatchBackend"]
