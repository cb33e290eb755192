"""Rules as text."""

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
    LoopNode,
    LoopValue,
    MemberAccessNode,
    OwnNode,
    SourceRefNode,
    TimeShiftNode,
    UnaryOpNode,
)
from ..ir.sources import is_valid_source_field
from ..ir.types import ARITHMETIC_SYMBOLS, COMPARISON_SYMBOLS, UNARY_SYMBOLS

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
        case CallNode(name="fresh", args=[SourceRefNode() as stream, SourceRefNode() as own]):
            return _render_fresh(stream, own)
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
        case LoopNode():
            lets = "".join(f"let {value.name} = {_render_parts(value)}; " for value in node.values)
            return f"({lets}{node.value})"
        case OwnNode():
            return node.name
    return type(node).__name__


def _render_parts(value: LoopValue) -> str:
    words = ("", " from ", " restart when ")
    parts = zip(words, (value.body, value.first, value.restart), strict=True)
    return "".join(f"{word}{render(part)}" for word, part in parts if part is not None)


def _operand(node: ExprNode) -> str:
    """Give what stands beside an operator or in front of a dot: a prefix would take that with it."""
    is_negative = isinstance(node, LiteralNode) and str(node.value).startswith("-")
    return f"({render(node)})" if isinstance(node, UnaryOpNode) or is_negative else render(node)


def _render_rows(node: ExprNode) -> str:
    """Give the rows of a source whose field is named by what is made of them: `trades.filter(...)`, without a field."""
    match node:
        case SourceRefNode() if node.timeframe is None or node.source != "ohlcv":
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
    chain = ".".join(part for part in parts if part)
    is_free = (
        node.source == "ohlcv"
        and getattr(node, "column", None) is None
        and not is_valid_source_field("ohlcv", node.field)
    )
    if is_free and chain != node.field:  # A column of one's own has no place in a chain.
        return f"on({_render_source(replace(node, field=None))}, {node.field})"
    return chain


def _render_fresh(stream: SourceRefNode, own: SourceRefNode) -> str:
    """Give `fresh(4h)`, within `on` where other bars than the rule's own look at the stream."""
    looked_at, own_bars = (_render_source(replace(one, field=None)) for one in (stream, own))
    text = f"fresh({looked_at})"
    return text if own_bars == "ohlcv" else f"on({own_bars}, {text})"


def _render_shift(node: TimeShiftNode) -> str:
    if node.operation is None:
        return node.shift if node.shift.endswith("_ago") else f"{node.shift}_ago"
    return f"{node.operation}_{node.shift}"


__all__ = ["render"]
