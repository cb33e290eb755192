"""Rules as text and as Graphviz drawings."""

from __future__ import annotations

from ..ir.nodes import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    ExprNode,
    FilterNode,
    IndexNode,
    LiteralNode,
    MemberAccessNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from ..planner.types import PlanResult

_SYMBOLS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "mod": "%",
    "pow": "**",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "eq": "==",
    "neq": "!=",
}
_PREFIXES = {"neg": "-", "pos": "+", "not": "not "}


def render(node: ExprNode) -> str:
    """Give a rule as one line of text, close to how it would be written."""
    match node:
        case LiteralNode():
            return str(node.value)
        case SourceRefNode():
            return _render_source(node)
        case BinaryOpNode():
            return f"({render(node.left)} {_SYMBOLS.get(node.operator, node.operator)} {render(node.right)})"
        case UnaryOpNode():
            return f"{_PREFIXES.get(node.operator, node.operator + ' ')}{render(node.operand)}"
        case CallNode():
            arguments = [render(arg) for arg in node.args]
            arguments += [f"{key}={render(arg)}" for key, arg in node.kwargs.items()]
            return f"{node.name}({', '.join(arguments)})" + (f".{node.output}" if node.output else "")
        case FilterNode():
            return f"{render(node.series)}.filter({render(node.condition)})"
        case AggregateNode():
            return f"{render(node.series)}.{node.operation}({node.field or ''})"
        case TimeShiftNode():
            return f"{render(node.series)}.{_render_shift(node)}"
        case MemberAccessNode():
            return f"{render(node.expr)}.{node.member}"
        case IndexNode():
            return f"{render(node.expr)}[{render(node.index)}]"
    return type(node).__name__


def _render_source(node: SourceRefNode) -> str:
    source = node.source if node.source != "ohlcv" or not node.field else None
    parts = (node.exchange, node.symbol, node.timeframe, node.instrument_type, source, node.field)
    return ".".join(part for part in parts if part)


def _render_shift(node: TimeShiftNode) -> str:
    if node.operation is None:
        return node.shift if node.shift.endswith("_ago") else f"{node.shift}_ago"
    return f"{node.operation}_{node.shift}"


def render_dot(plan: PlanResult) -> str:
    """Give a plan as a Graphviz digraph: one box per node, an edge from each parent to each child."""
    lines = ["digraph Expression {", "  rankdir=LR;", "  node [shape=box];"]
    for node_id in plan.node_order:
        label = _label(plan.graph.nodes[node_id].node).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'  n{node_id} [label="{label}"];')
    for node_id in plan.node_order:
        lines += [f"  n{node_id} -> n{child};" for child in plan.graph.nodes[node_id].children]
    return "\n".join([*lines, "}"])


def _label(node: ExprNode) -> str:
    """Name a node without what is below it."""
    match node:
        case LiteralNode():
            return f"Literal {node.value}"
        case SourceRefNode():
            return f"SourceRef {_render_source(node)}"
        case BinaryOpNode() | UnaryOpNode():
            return f"{type(node).__name__.removesuffix('OpNode')} {node.operator}"
        case CallNode():
            given = [f"{key}={arg.value}" for key, arg in node.kwargs.items() if isinstance(arg, LiteralNode)]
            return " ".join(["Call", node.name, *given])
        case AggregateNode():
            return f"Aggregate {node.operation}"
        case TimeShiftNode():
            return f"TimeShift {_render_shift(node)}"
        case MemberAccessNode():
            return f"MemberAccess {node.member}"
    return type(node).__name__.removesuffix("Node")


__all__ = ["render", "render_dot"]
