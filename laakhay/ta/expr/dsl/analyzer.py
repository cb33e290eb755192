"""What a rule calls, and how many bars it needs before its values count."""

from __future__ import annotations

from collections.abc import Iterable

from ..ir.nodes import CallNode, ExprNode, node_children
from ..planner.planner import plan_expression


class IndicatorAnalyzer:
    """Looks through rules for the indicators they call."""

    def collect(self, expr: ExprNode) -> list[CallNode]:
        """Give every call, `select` included: a call before what it is called with, left before right."""
        found: list[CallNode] = []
        stack: list[ExprNode] = [expr]
        while stack:
            node = stack.pop()
            if isinstance(node, CallNode):
                found.append(node)
                children = (*node.args, *node.kwargs.values())  # As written, not sorted as a plan has them.
            else:
                children = node_children(node)
            stack.extend(reversed(children))
        return found

    def compute_trim(self, nodes: Iterable[ExprNode]) -> int:
        """Give the greatest number of bars that one value of any of the rules needs; 0 for no rule."""
        return max((self._lookback(node) for node in nodes), default=0)

    def _lookback(self, node: ExprNode) -> int:
        needs = plan_expression(node).requirements.data_requirements
        return max((need.min_lookback for need in needs), default=0)


__all__ = ["IndicatorAnalyzer"]
