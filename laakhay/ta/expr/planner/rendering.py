"""Rules as text and as Graphviz drawings."""

from __future__ import annotations

from dataclasses import replace

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
from ..ir.types import ARITHMETIC_SYMBOLS, COMPARISON_SYMBOLS, UNARY_SYMBOLS
from .types import PlanResult

_SYMBOLS = {operator: symbol for symbol, operator in (ARITHMETIC_SYMBOLS | COMPARISON_SYMBOLS).items()}
_PREFIXES = {operator: f"{symbol} " if symbol.isalpha() else symbol for symbol, operator in UNARY_SYMBOLS.items()}


def render(node: ExprNode) -> str:
    """Give a rule as one line of text, close to how it would be written."""
    match node:
        case LiteralNode():
            return _render_literal(node)
        case SourceRefNode():
            return _render_source(node)
        case BinaryOpNode():
            return f"({_operand(node.left)} {_SYMBOLS.get(node.operator, node.operator)} {_operand(node.right)})"
        case UnaryOpNode():
            return f"{_PREFIXES.get(node.operator, node.operator + ' ')}{render(node.operand)}"
        case CallNode():
            arguments = [render(arg) for arg in node.args]
            arguments += [f"{key}={render(arg)}" for key, arg in node.kwargs.items()]
            return f"{node.name}({', '.join(arguments)})" + (f".{node.output}" if node.output else "")
        case FilterNode():
            return f"{_operand(node.series)}.filter({render(node.condition)})"
        case AggregateNode():
            series = _operand(node.series) if node.field is None else _render_rows(node.series)
            return f"{series}.{node.operation}({node.field or ''})"
        case TimeShiftNode():
            return f"{_operand(node.series)}.{_render_shift(node)}"
        case MemberAccessNode():
            return f"{_operand(node.expr)}.{node.member}"
        case IndexNode():
            return f"{_operand(node.expr)}[{render(node.index)}]"
    return type(node).__name__


def _operand(node: ExprNode) -> str:
    """Give what stands beside an operator or in front of a dot: a prefix would take that with it."""
    is_negative = isinstance(node, LiteralNode) and str(node.value).startswith("-")
    return f"({render(node)})" if isinstance(node, UnaryOpNode) or is_negative else render(node)


def _render_rows(node: ExprNode) -> str:
    """Give the rows of a source whose field is named by what is made of them: `trades.filter(...)`, without a field."""
    match node:
        case SourceRefNode():
            return _render_source(replace(node, field=None))
        case FilterNode():
            return f"{_render_rows(node.series)}.filter({render(node.condition)})"
    return _operand(node)


def _render_literal(node: LiteralNode) -> str:
    # In quotes, a text is not mistaken for a number or a name.
    return repr(node.value) if isinstance(node.value, str) else str(node.value)


def _render_source(node: SourceRefNode) -> str:
    qualifiers = (node.timeframe, node.instrument_type)
    parts: tuple[str | None, ...]
    if node.symbol:
        source = node.source if node.source != "ohlcv" or not node.field else None
        parts = (node.exchange, node.symbol, *qualifiers, source, node.field)
    else:
        # A chain without a symbol begins with its source, unless it is a field alone.
        source = node.source if node.source != "ohlcv" or any((node.exchange, *qualifiers)) or not node.field else None
        parts = (node.exchange, source, *qualifiers, node.field)
    return ".".join(part for part in parts if part)


def _render_shift(node: TimeShiftNode) -> str:
    if node.operation is None:
        return node.shift if node.shift.endswith("_ago") else f"{node.shift}_ago"
    return f"{node.operation}_{node.shift}"


def render_dot(plan: PlanResult) -> str:
    """Give a plan as a Graphviz digraph: one box per node, an edge from each parent to each child.

    Boxes say everything that is not in their children; where a node has several, edges say which one is which.
    """
    lines = ["digraph Expression {", "  rankdir=LR;", "  node [shape=box];"]
    for node_id in plan.node_order:
        lines.append(f"  n{node_id} [label={_quoted(_label(plan.graph.nodes[node_id].node))}];")
    for node_id in plan.node_order:
        entry = plan.graph.nodes[node_id]
        names = _operand_names(entry.node, len(entry.children))
        for child, name in zip(entry.children, names, strict=True):
            label = f" [label={_quoted(name)}]" if len(entry.children) > 1 else ""
            lines.append(f"  n{node_id} -> n{child}{label};")
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _operand_names(node: ExprNode, count: int) -> list[str]:
    """Say what each child is to its parent; children are in the order of `node_children`."""
    match node:
        case BinaryOpNode():
            return ["left", "right"]
        case FilterNode():
            return ["series", "condition"]
        case IndexNode():
            return ["series", "rows"]
        case CallNode():
            return [*(str(position) for position in range(1, len(node.args) + 1)), *sorted(node.kwargs)]
    return [""] * count


def _label(node: ExprNode) -> str:
    """Name a node, without what is below it but with the literals that a call is given."""
    match node:
        case LiteralNode():
            return f"Literal {_render_literal(node)}"
        case SourceRefNode():
            return f"SourceRef {_render_source(node)}"
        case BinaryOpNode() | UnaryOpNode():
            return f"{type(node).__name__.removesuffix('OpNode')} {node.operator}"
        case CallNode():
            given = [_render_literal(arg) for arg in node.args if isinstance(arg, LiteralNode)]
            given += [
                f"{key}={_render_literal(arg)}" for key, arg in node.kwargs.items() if isinstance(arg, LiteralNode)
            ]
            name = f"{node.name}.{node.output}" if node.output else node.name
            return " ".join(["Call", name, *given])
        case AggregateNode():
            return " ".join(["Aggregate", node.operation, *([node.field] if node.field else [])])
        case TimeShiftNode():
            return f"TimeShift {_render_shift(node)}"
        case MemberAccessNode():
            return f"MemberAccess {node.member}"
    return type(node).__name__.removesuffix("Node")


__all__ = ["render", "render_dot"]
