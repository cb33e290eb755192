"""Planning of rules: what to compute, in which order, from which data."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from .builder import build_graph
from .planner import PlanningError, alignment, compute_plan, get_alignment_policy, plan_expression
from .types import (
    AlignmentPolicy,
    CallBinding,
    CallInput,
    DataRequirement,
    Graph,
    GraphNode,
    PlanResult,
    SignalRequirements,
)

# Late: these stand on expressions, which stand on the types above.
_HOMES = {"Evaluator": "evaluator", "generate_capability_manifest": "manifest"}

__all__ = [
    "AlignmentPolicy",
    "CallBinding",
    "CallInput",
    "DataRequirement",
    "Evaluator",
    "Graph",
    "GraphNode",
    "PlanResult",
    "PlanningError",
    "SignalRequirements",
    "alignment",
    "build_graph",
    "compute_plan",
    "generate_capability_manifest",
    "get_alignment_policy",
    "plan_expression",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
