"""What a plan says of its nodes: what they read, what they give, how their calls are bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from laakhay.ta.core.series import Series

from .. import _rust
from ..ir.nodes import (
    AggregateNode,
    CallNode,
    ExprNode,
    FilterNode,
    LiteralNode,
    SourceRefNode,
)
from ..ir.scalars import is_scalar_series
from ..planner.types import CallBinding, PlanResult
from .references import select_field, source_key


@dataclass(frozen=True)
class SourceNeed:
    """A field that a plan reads.

    `is_bare` fields were named without a source. One that is not required is only what a filter or an aggregate of
    another field stands on.
    """

    node: SourceRefNode
    is_bare: bool
    is_required: bool


class PlanReader:
    """A plan with its calls bound."""

    def __init__(self, plan: PlanResult, timeframe: str | None = None) -> None:
        self.plan = plan
        self.timeframe = timeframe
        self.root_id = plan.graph.root_id
        self.bindings = {node_id: self._bind(node_id) for node_id in plan.node_order if self._is_bound(node_id)}
        self.is_constant = not any(self._reads_data(self._node(node_id)) for node_id in plan.node_order)

    def outputs(self, node_id: int) -> tuple[str, ...] | None:
        """Give the names of a node's outputs when it has several, else None."""
        node = self._node(node_id)
        if not isinstance(node, CallNode) or node_id not in self.bindings or node.output is not None:
            return None
        names = self.bindings[node_id].outputs
        return names if len(names) > 1 else None

    def sources(self) -> list[SourceNeed]:
        """Give every field the plan reads, once each."""
        needs: dict[str, SourceNeed] = {}

        def add(node: SourceRefNode, is_bare: bool, is_required: bool) -> None:
            key = source_key(node)
            if key not in needs or (is_required and not needs[key].is_required):
                needs[key] = SourceNeed(node, is_bare, is_required)

        for node_id in self.plan.node_order:
            node = self._node(node_id)
            if isinstance(node, SourceRefNode):
                add(node, False, node.field is not None)
            elif isinstance(node, AggregateNode):
                pushed = self._pushed_source(self._children(node_id)[0], node.field)
                if pushed is not None:
                    add(pushed, False, True)
            elif isinstance(node, CallNode):
                for name in self.call_fields(node_id):
                    add(SourceRefNode(symbol=None, field=name), True, True)
        return list(needs.values())

    def call_fields(self, node_id: int) -> tuple[str, ...]:
        """Give the fields of the rule's own bars that a call reads by itself."""
        if node_id not in self.bindings:
            return (select_field(self._node(node_id)),)  # type: ignore[arg-type]
        return tuple(source.field for source in self.bindings[node_id].inputs if source.field is not None)

    def literal_series(self) -> dict[str, Series[Any]]:
        """Give the series that stand in the rule itself, by the key a tick has for each."""
        nodes = {node_id: self._node(node_id) for node_id in self.plan.node_order}
        return {literal_key(node_id): node.value for node_id, node in nodes.items() if is_long_series(node)}

    # What a plan says of its nodes

    def _node(self, node_id: int) -> ExprNode:
        return self.plan.graph.nodes[node_id].node

    def _children(self, node_id: int) -> tuple[int, ...]:
        return self.plan.graph.nodes[node_id].children

    def _is_bound(self, node_id: int) -> bool:
        node = self._node(node_id)
        return isinstance(node, CallNode) and node.name != "select"

    def _bind(self, node_id: int) -> CallBinding:
        known = self.plan.calls.get(node_id)
        if known is not None:
            return known
        node = self._node(node_id)
        # A binding counts keyword values in the order they are written; children of a plan are in order of their names.
        return _rust.bind_call(replace(node, kwargs=dict(sorted(node.kwargs.items()))))  # type: ignore

    @staticmethod
    def _reads_data(node: ExprNode) -> bool:
        return isinstance(node, (SourceRefNode, CallNode)) or is_long_series(node)

    def _pushed_source(self, node_id: int, name: str | None) -> SourceRefNode | None:
        """Give the reference that an aggregate stands on, through filters, with its own field; None for none."""
        node = self._node(node_id)
        if isinstance(node, FilterNode):
            return self._pushed_source(self._children(node_id)[0], name)
        return replace(node, field=name or node.field) if isinstance(node, SourceRefNode) else None


def literal_key(node_id: int) -> str:
    """Give the key a tick has for a series that stands in the rule itself."""
    return f"{_rust.LITERAL_SOURCE}.{node_id}"


def is_literal_key(key: str) -> bool:
    """Tell whether a key is that of a series that stands in the rule itself."""
    return key.startswith(f"{_rust.LITERAL_SOURCE}.")


def is_long_series(node: ExprNode) -> TypeGuard[LiteralNode]:
    """Tell whether a literal is a series of its own, not a number."""
    return isinstance(node, LiteralNode) and isinstance(node.value, Series) and not is_scalar_series(node.value)


__all__ = ["PlanReader", "SourceNeed", "is_literal_key", "is_long_series", "literal_key"]
