"""Builds the graph of a rule: equal parts become one node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import _rust
from ..ir.nodes import ExprNode
from ..ir.serialize import ir_from_dict
from .types import Graph, GraphNode


def build_graph(root: ExprNode) -> Graph:
    """Give the graph of a rule; ids are in order of completion, so children come before parents.

    Raises TypeCheckError when the rule does not fit together, IRSearializationError for an object that is no node.
    """
    return read_graph(*_rust.plan(root))


def read_graph(plan: Mapping[str, Any], substitutes: _rust.Substitutes) -> Graph:
    """Read the graph from a plan that the engine gave."""
    nodes = {
        entry["id"]: GraphNode(
            id=entry["id"],
            node=_rust.restored(ir_from_dict(entry["ir"]), substitutes),
            children=tuple(entry["children"]),
            signature=(entry["signature"],),
            hash=entry["hash"],
        )
        for entry in plan["nodes"]
    }
    return Graph(root_id=plan["root_id"], nodes=nodes, hash=plan["graph_hash"])


__all__ = ["build_graph", "read_graph"]
