"""Tries a rule on bars: its values, where it is true, and what each of its indicators gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laakhay.ta.core.bar import Bar
from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import format_timestamp
from laakhay.ta.data.dataset import dataset_from_bars

from ..dsl import compile_expression, compute_trim, extract_indicator_nodes
from ..execution.context_builder import usable
from ..execution.runner import evaluate_plan
from ..ir.nodes import CallNode
from ..planner.types import PlanResult, SignalRequirements
from .emission import IndicatorEmission, build_indicator_emissions
from .validate import Rule


@dataclass
class PreviewResult:
    """What a rule gives on some bars."""

    series: Series[Any]
    triggers: list[dict[str, Any]]
    """Where a rule that is true or false is true: `{"timestamp": iso text, "value": True, "index": row of series}`."""
    indicators: list[CallNode]
    trim: int
    """Bars that one value needs; so many are left out at the front where symbol and timeframe were given."""
    indicator_series: dict[str, Any] | None = None
    """What each call gave, by `<name>_<node id>`: a Series, or a tuple of them in the order of its outputs."""
    indicator_emissions: list[IndicatorEmission] | None = None
    requirements: SignalRequirements | None = None
    plan: PlanResult | None = None


def preview(
    expression: Rule,
    *,
    bars: Sequence[Mapping[str, Any] | Bar] | None = None,
    dataset: Dataset | None = None,
    symbol: str | None = None,
    timeframe: str | None = None,
) -> PreviewResult:
    """Evaluate a rule over bars or one stream of a dataset, which is not changed.

    Parameters
    ----------
    expression
        Text, a dictionary, nodes or an Expression, with one output.
    bars
        As `dataset_from_bars` takes them; needs `symbol` and `timeframe`.
    dataset
        In place of bars. Without `symbol` and `timeframe` its first stream in their order counts, and nothing is
        left out at the front.

    Raises
    ------
    StrategyError, TypeCheckError
        For a rule that is wrong.
    ValueError
        Without data or with both kinds, for a stream that is not in the dataset, for a rule with several outputs, and
        when no bar is left behind those that are left out.

    Examples
    --------
    >>> bars = [{"timestamp": t, "open": c, "high": c, "low": c, "close": c} for t, c in enumerate((1, 3, 2))]
    >>> preview("close > 1.5", bars=bars, symbol="BTCUSDT", timeframe="1h").series.values
    (True, True)
    """
    rule = compile_expression(expression)
    data = _data(bars, dataset, symbol, timeframe)
    stream = _stream(data, symbol, timeframe)
    plan = rule._ensure_plan()
    result, nodes = evaluate_plan(plan, data, symbol=stream[0], timeframe=stream[1], return_all_outputs=True)
    if not isinstance(result, Series):
        raise ValueError("a preview needs a rule with a single output, such as `macd(close, 12, 26, 9).signal`")
    trim = compute_trim(rule)
    outputs = nodes
    if trim > 0 and symbol is not None and timeframe is not None:
        result, outputs = _without_warmup(result, nodes, nodes[plan.graph.root_id], trim)
    calls = {node_id: entry.node for node_id, entry in plan.graph.nodes.items() if isinstance(entry.node, CallNode)}
    return PreviewResult(
        series=result,
        triggers=_triggers(result),
        indicators=extract_indicator_nodes(rule),
        trim=trim,
        indicator_series={f"{calls[i].name}_{i}": outputs[i] for i in plan.node_order if i in calls and i in outputs},
        indicator_emissions=build_indicator_emissions(graph_nodes=plan.graph.nodes, node_outputs=outputs),
        requirements=plan.requirements,
        plan=plan,
    )


def _data(
    bars: Sequence[Mapping[str, Any] | Bar] | None, dataset: Dataset | None, symbol: str | None, timeframe: str | None
) -> Dataset:
    if bars is None and dataset is None:
        raise ValueError("Must provide either 'bars' or 'dataset'")
    if bars is None:
        return dataset  # type: ignore[return-value]
    if dataset is not None:
        raise ValueError("'bars' and 'dataset' are both given; one of them is meant")
    if symbol is None or timeframe is None:
        raise ValueError("Must provide 'symbol' and 'timeframe' with 'bars'")
    return dataset_from_bars(bars, symbol=symbol, timeframe=timeframe)


def _stream(dataset: Dataset, symbol: str | None, timeframe: str | None) -> tuple[str, str]:
    """Give the one stream that is evaluated."""
    streams = sorted({(key.symbol, key.timeframe) for key, _ in dataset.select(symbol, timeframe)})
    if not streams:
        raise ValueError(f"the dataset has no entry of symbol {symbol or '*'} and timeframe {timeframe or '*'}")
    return streams[0]


def _without_warmup(
    result: Series[Any], nodes: Mapping[int, Any], full: Series[Any], trim: int
) -> tuple[Series[Any], dict[int, Any]]:
    """Leave out the first bars of the result and of all nodes.

    The result is cut by time, since a filter may have dropped some of those bars, and an aggregate all but the last.
    """
    if trim >= len(full):
        raise ValueError(f"no bar is left: one value of the rule needs {trim}, and there are {len(full)}")

    def cut(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(cut, value))
        return value[trim:] if isinstance(value, Series) and len(value) == len(full) else value

    kept = sum(1 for stamp in result.timestamps if stamp < full.timestamps[trim])
    return result[kept:], {node_id: cut(value) for node_id, value in nodes.items()}


def _triggers(series: Series[Any]) -> list[dict[str, Any]]:
    """Give the points at which a rule is true; none for a rule of numbers."""
    rows = list(zip(series.timestamps, series.values, usable(series), strict=True))
    if not all(isinstance(value, bool) for _, value, is_ready in rows if is_ready):
        return []
    return [
        {"timestamp": format_timestamp(stamp), "value": True, "index": index}
        for index, (stamp, value, is_ready) in enumerate(rows)
        if is_ready and value is True
    ]


__all__ = ["PreviewResult", "preview"]
