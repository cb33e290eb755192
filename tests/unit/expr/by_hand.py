"""Builds plans by hand, so that the reference execution is tested without the compiled engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.expr.ir import CallNode, ExprNode, LiteralNode
from laakhay.ta.expr.ir.nodes import node_children
from laakhay.ta.expr.planner.planner import post_order
from laakhay.ta.expr.planner.types import (
    AlignmentPolicy,
    CallBinding,
    CallInput,
    Graph,
    GraphNode,
    PlanResult,
    SignalRequirements,
)

START = datetime(2024, 1, 1, tzinfo=UTC)

# Bars of the golden vectors.
GOLDEN = {
    "open": "9.8 10.2 11.1 11.7 11.6 13 13.8 13.6 15 15.5 15.3 16",
    "high": "10.5 11.2 12.1 11.8 13.0 14.2 13.9 15.1 16.0 15.8 16.5 17.2",
    "low": "9.5 10.1 11.0 10.6 11.5 12.9 12.4 13.5 14.8 14.1 15.2 15.9",
    "close": "10 11 12 11 13 14 13 15 15.5 15 16 16.5",
    "volume": "100 120 90 110 150 130 80 160 140 100 170 120",
}

# Kernel: parameters in positional order with their defaults, inputs (None: the series, by default the close), outputs.
_SPECS: dict[str, tuple[dict[str, Any], tuple[str | None, ...], tuple[str, ...]]] = {
    **{
        name: ({"period": 20}, (None,), ("value",))
        for name in (
            "sma ema wma rma rsi rolling_sum rolling_mean rolling_std rolling_ema max min rolling_argmax rolling_argmin"
        ).split()
    },
    "tr": ({}, ("high", "low", "close"), ("value",)),
    "atr": ({"period": 14}, ("high", "low", "close"), ("value",)),
    "macd": (
        {"fast_period": 12, "slow_period": 26, "signal_period": 9},
        (None,),
        ("macd", "signal", "histogram"),
    ),
    "bbands": ({"period": 20, "std_dev": 2.0}, (None,), ("upper", "middle", "lower")),
    "stochastic": ({"k_period": 14, "d_period": 3, "smooth": 1}, ("high", "low", "close"), ("k", "d")),
}
_CROSSINGS = ("crossup", "crossdown", "cross")


def bind_by_hand(node: CallNode) -> CallBinding:
    """Stand in for the engine's binder, for the kernels of the reference."""
    if node.name in _CROSSINGS:
        return CallBinding(node.name, {}, (CallInput(child=0), CallInput(child=1)), is_bool=True)
    if node.name not in _SPECS:
        if node.name == "hma":  # In the catalogue, but without an exact kernel.
            return CallBinding("hma", {"period": 9}, (CallInput(field="close"),))
        raise ValueError(f"Unknown indicator: {node.name}")
    defaults, inputs, outputs = _SPECS[node.name]
    has_series = bool(node.args) and not isinstance(node.args[0], LiteralNode) and None in inputs
    values = [arg.value for arg in node.args[has_series:]]
    params = {**defaults, **dict(zip(defaults, values, strict=False))}
    params |= {key: arg.value for key, arg in node.kwargs.items()}
    bound = [CallInput(child=0) if name is None and has_series else CallInput(field=name or "close") for name in inputs]
    return CallBinding(node.name, params, tuple(bound), outputs)


def plan_by_hand(root: ExprNode, alignment: AlignmentPolicy | None = None) -> PlanResult:
    """Plan a rule as the engine does: children before parents, equal parts shared."""
    nodes: dict[int, GraphNode] = {}
    known: dict[str, int] = {}

    def add(node: ExprNode) -> int:
        key = repr(node)
        if key not in known:
            children = tuple(add(child) for child in node_children(node))
            known[key] = len(nodes)
            nodes[known[key]] = GraphNode(known[key], node, children, (key,), "")
        return known[key]

    graph = Graph(root_id=add(root), nodes=nodes, hash="by hand")
    return PlanResult(graph, post_order(graph), SignalRequirements(), alignment or AlignmentPolicy(is_explicit=False))


def numbers(text: str) -> list[Decimal | None]:
    """Read numbers separated by blanks; a dash is None."""
    return [None if word == "-" else Decimal(word) for word in text.split()]


def stamps(count: int) -> tuple[datetime, ...]:
    """Give hourly times."""
    return tuple(START + timedelta(hours=hour) for hour in range(count))


def series(
    values: str | list[Any], symbol: str = "BTCUSDT", timeframe: str = "1h", at: Sequence[datetime] | None = None
) -> Series[Any]:
    """Give a series, hourly unless it says at which times; None is unavailable."""
    items = numbers(values) if isinstance(values, str) else values
    times = stamps(len(items)) if at is None else at
    return Series(times, items, symbol, timeframe, [item is not None for item in items])


def bars(columns: Mapping[str, str] = GOLDEN, symbol: str = "BTCUSDT", source: str = "ohlcv") -> Dataset:
    """Give a dataset with one stream of hourly bars."""
    data = {name: numbers(text) for name, text in columns.items()}
    count = len(data["close"])
    dataset = Dataset()
    dataset.add_series(
        symbol,
        "1h",
        OHLCV(
            stamps(count),
            data["open"],
            data["high"],
            data["low"],
            data["close"],
            data["volume"],
            (True,) * count,
            symbol,
            "1h",
        ),
        source=source,
    )
    return dataset


def closes(text: str) -> dict[str, Series[Any]]:
    """Give a context with closes only."""
    return {"close": series(text)}


def ready(result: Series[Any]) -> list[Any]:
    """Give a result's values, None where they may not be used."""
    return [
        value if is_ready else None for value, is_ready in zip(result.values, result.availability_mask, strict=True)
    ]
