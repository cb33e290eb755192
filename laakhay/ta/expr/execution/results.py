"""Puts what the engine computed into the series that callers get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laakhay.ta import ta_py
from laakhay.ta.core.series import Series
from laakhay.ta.core.types import NOT_READY

from ..ir.nodes import AggregateNode
from ..ir.scalars import _make_scalar_series
from .contracts import Availability, Point, plain_value
from .engine_nodes import EngineNodes, exact

Floats = NDArray[np.float64]
States = NDArray[np.uint8]
# The number of this availability in `run_explained`.
EXCLUDED = 1


class Rows(NamedTuple):
    """The rows of a result, and what it is called."""

    symbol: str
    timeframe: str
    timestamps: tuple[Any, ...]


def shaped(
    nodes: EngineNodes, rows: Rows, computed: Sequence[Floats], states: Sequence[States] | None
) -> tuple[Any, dict[int, Any]]:
    """Give the root's result, with the rows that callers get, and every computed node's."""
    results: dict[int, Any] = {i: _literal(nodes, i, rows) for i in nodes.literals}
    outputs = nodes.rule.outputs if nodes.rule else []
    names = [name for name, _, _ in outputs]
    columns = {name: (column, is_bool) for column, (name, is_bool, _) in zip(computed, outputs, strict=True)}
    for node_id in nodes.computed:
        made = tuple(_series(*columns[key], rows) for key in nodes.output_names(node_id))
        results[node_id] = made if nodes.outputs(node_id) else made[0]
    kept: Sequence[int] | None = None
    if states is not None:
        state = states[names.index(next(nodes.output_names(nodes.root_id)))]
        kept = (state != EXCLUDED).nonzero()[0].tolist()
    elif isinstance(nodes.plan.graph.nodes[nodes.root_id].node, AggregateNode):
        kept = range(len(rows.timestamps))[-1:]
    result = results[nodes.root_id]
    return (result if kept is None else _rows(result, kept)), results


def _literal(nodes: EngineNodes, node_id: int, rows: Rows) -> Series[Any]:
    value = nodes.plan.graph.nodes[node_id].node.value  # type: ignore[attr-defined]
    if isinstance(value, Series):
        return value
    count = len(rows.timestamps)
    point = nodes.literal_points()[node_id].value
    return Series(rows.timestamps, (point,) * count, rows.symbol, rows.timeframe, (True,) * count)


def _series(column: Floats, is_bool: bool, rows: Rows) -> Series[Any]:
    """Give a computed column as a Series: False or the one NaN where it is not ready."""
    ready = ~np.isnan(column)
    values: tuple[Any, ...]
    if is_bool:
        values = tuple((column == 1.0).tolist())
    else:
        values = tuple(exact(x) if ok else NOT_READY for x, ok in zip(column.tolist(), ready.tolist(), strict=True))
    return Series(rows.timestamps, values, rows.symbol, rows.timeframe, tuple(ready.tolist()))


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


def shaped_constant(nodes: EngineNodes, points: Mapping[int, Point]) -> tuple[Series[Any], dict[int, Series[Any]]]:
    """Give the results of a rule that reads nothing, a point each; a constant alone is given as it stands."""
    results = {node_id: _make_scalar_series(plain_value(point)) for node_id, point in points.items()}
    if nodes.root_id in nodes.literals:
        value = nodes.plan.graph.nodes[nodes.root_id].node.value  # type: ignore[attr-defined]
        results[nodes.root_id] = value if isinstance(value, Series) else _make_scalar_series(value)
    return results[nodes.root_id], results


def columns_of(rule: ta_py.Rule, steps: Sequence[ta_py.StepOutput | None]) -> tuple[list[Floats], list[States]]:
    """Give the columns that one run over all bars gives, and their states, of steps; None is one that failed.

    Of states it is told which rows are left out.
    """
    taken = [None if step is None else (step.values, step.availabilities) for step in steps]
    columns, states = [], []
    for name, _, _ in rule.outputs:
        values = [None if one is None else one[0][name] for one in taken]
        columns.append(np.array([np.nan if value is None else value for value in values], np.float64))
        left_out = [one is not None and one[1][name] == Availability.EXCLUDED for one in taken]
        states.append(np.array(left_out, np.uint8) * EXCLUDED)
    return columns, states


__all__ = ["Rows", "columns_of", "shaped", "shaped_constant"]
