"""What planning gives: a graph of shared nodes, their order, and what data they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..ir.nodes import ExprNode


@dataclass(frozen=True)
class GraphNode:
    """One node of the graph; equal nodes of the rule are one. `children` are ids in argument order."""

    id: int
    node: ExprNode
    children: tuple[int, ...]
    signature: tuple[Any, ...]
    hash: str


@dataclass(frozen=True)
class Graph:
    """All nodes by id, and the hash of the root, which stands for the rule."""

    root_id: int
    nodes: dict[int, GraphNode]
    hash: str


@dataclass(frozen=True)
class AlignmentPolicy:
    """How series with different timestamps are brought onto one timeline.

    `is_explicit` says whether somebody chose it; streams that nobody aligns are read as of time.
    """

    how: str = "inner"
    fill: str = "none"
    left_fill_value: Any = None
    right_fill_value: Any = None
    is_explicit: bool = field(default=True, compare=False, repr=False)

    def cache_key(self) -> tuple[str, str, Any, Any]:
        """Give the four settings in order."""
        return (self.how, self.fill, self.left_fill_value, self.right_fill_value)


@dataclass(frozen=True)
class DataRequirement:
    """One field that a rule reads, and how many bars of it one value needs."""

    source: str
    field: str
    symbol: str | None = None
    exchange: str | None = None
    timeframe: str | None = None
    min_lookback: int = 1
    aggregation_params: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class SignalRequirements:
    """Everything a rule reads, and the shifts in time it asks for."""

    data_requirements: tuple[DataRequirement, ...] = ()
    time_based_queries: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallInput:
    """What one input of an indicator is: an OHLCV `field`, the child at position `child`, or a `number`."""

    field: str | None = None
    child: int | None = None
    number: float | None = None


@dataclass(frozen=True)
class CallBinding:
    """A call with every name resolved: its kernel, all parameters, its inputs in the kernel's order, its outputs."""

    kernel: str
    params: Mapping[str, Any]
    inputs: tuple[CallInput, ...]
    outputs: tuple[str, ...] = ("value",)
    is_bool: bool = False


@dataclass(frozen=True)
class PlanResult:
    """A rule ready to be executed. Calls that are not in `calls` are bound when they are first needed."""

    graph: Graph
    node_order: tuple[int, ...]
    requirements: SignalRequirements
    alignment: AlignmentPolicy
    calls: Mapping[int, CallBinding] = field(default_factory=dict)

    @property
    def graph_hash(self) -> str:
        """Hash of the rule."""
        return self.graph.hash

    def to_dict(self) -> dict[str, Any]:
        """Give hash, order, requirements and alignment as plain values."""
        return {
            "graph_hash": self.graph_hash,
            "node_order": list(self.node_order),
            "requirements": {
                "data_requirements": [
                    {**asdict(requirement), "aggregation_params": None}
                    for requirement in self.requirements.data_requirements
                ],
                "time_based_queries": list(self.requirements.time_based_queries),
            },
            "alignment": {key: value for key, value in asdict(self.alignment).items() if key != "is_explicit"},
        }


__all__ = [
    "AlignmentPolicy",
    "CallBinding",
    "CallInput",
    "DataRequirement",
    "Graph",
    "GraphNode",
    "PlanResult",
    "SignalRequirements",
]
