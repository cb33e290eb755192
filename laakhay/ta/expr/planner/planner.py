"""Plans a rule: graph, order of its nodes, what it needs, and how its series are aligned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from laakhay.ta.exceptions import PlanningError

from .. import _rust
from ..ir.nodes import ExprNode
from .builder import read_graph
from .policy import alignment, get_policy, is_policy_set
from .types import (
    AlignmentPolicy,
    DataRequirement,
    Graph,
    PlanResult,
    SignalRequirements,
)


def get_alignment_policy() -> AlignmentPolicy:
    """Give this thread's present alignment policy."""
    return AlignmentPolicy(*get_policy(), is_explicit=is_policy_set())


def plan_expression(root: ExprNode) -> PlanResult:
    """Plan a rule under the present alignment policy.

    Raises TypeCheckError when the rule does not fit together.
    """
    payload, substitutes = _rust.plan(root)
    graph = read_graph(payload, substitutes)
    calls = {
        int(node_id): _rust.read_binding(entry, graph.nodes[int(node_id)].children)
        for node_id, entry in payload["calls"].items()
    }
    return PlanResult(
        graph=graph,
        node_order=tuple(payload["node_order"]),
        requirements=_read_requirements(payload["requirements"], substitutes),
        alignment=get_alignment_policy(),
        calls=calls,
    )


def compute_plan(graph: Graph) -> PlanResult:
    """Plan a rule whose graph is already built; its ids are kept.

    Raises PlanningError when a node's children are not in the graph.
    """
    payload, substitutes = _rust.plan(graph.nodes[graph.root_id].node)
    return PlanResult(
        graph=graph,
        node_order=post_order(graph),
        requirements=_read_requirements(payload["requirements"], substitutes),
        alignment=get_alignment_policy(),
    )


def post_order(graph: Graph) -> tuple[int, ...]:
    """Give every node reachable from the root once, children before parents, the root last."""
    order: list[int] = []
    seen: set[int] = set()
    # An explicit stack: a long chain of operators must not reach the interpreter's limit.
    stack = [(graph.root_id, False)]
    while stack:
        node_id, is_expanded = stack.pop()
        if is_expanded:
            order.append(node_id)
        elif node_id not in seen:
            if node_id not in graph.nodes:
                raise PlanningError(f"the graph has no node {node_id}, though another node names it as its child")
            seen.add(node_id)
            stack.append((node_id, True))
            stack.extend((child, False) for child in reversed(graph.nodes[node_id].children))
    return tuple(order)


def _read_requirements(payload: Mapping[str, Any], substitutes: _rust.Substitutes) -> SignalRequirements:
    needs: dict[tuple[Any, ...], DataRequirement] = {}
    for entry in payload["data_requirements"]:
        need = DataRequirement(
            source=entry["source"],
            field=entry["field"],
            symbol=entry.get("symbol"),
            exchange=entry.get("exchange"),
            timeframe=entry.get("timeframe"),
            min_lookback=entry.get("min_lookback", 1),
        )
        if need.source == _rust.LITERAL_SOURCE:  # A series in the rule itself counts as closes of its timeframe.
            series = substitutes.series[int(need.field.removeprefix("series_"))]
            need = replace(need, source="ohlcv", field="close", timeframe=series.timeframe)
        key = (need.source, need.field, need.symbol, need.exchange, need.timeframe)
        if key not in needs or needs[key].min_lookback < need.min_lookback:
            needs[key] = need
    return SignalRequirements(
        data_requirements=tuple(needs[key] for key in sorted(needs, key=lambda k: [part or "" for part in k])),
        time_based_queries=tuple(payload["time_based_queries"]),
    )


__all__ = ["PlanningError", "alignment", "compute_plan", "get_alignment_policy", "plan_expression", "post_order"]
