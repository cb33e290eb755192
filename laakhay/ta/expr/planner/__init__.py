"""Planning of rules: what to compute, in which order, from which data."""

from __future__ import annotations

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

__all__ = [
    "AlignmentPolicy",
    "CallBinding",
    "CallInput",
    "DataRequirement",
    "Graph",
    "GraphNode",
    "PlanResult",
    "PlanningError",
    "SignalRequirements",
    "alignment",
    "build_graph",
    "compute_plan",
    "get_alignment_policy",
    "plan_expression",
]
