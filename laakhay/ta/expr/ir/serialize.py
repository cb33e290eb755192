"""Nodes to plain dictionaries and back, without loss.

Whatever cannot be written exactly, or read as a node, raises `IRSearializationError`; no other error leaves this
module.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from .nodes import (
    AggregateNode,
    AskedSourceRefNode,
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
from .types import BINARY_OPERATORS, EXPR_TYPES, UNARY_OPERATORS

# Two stack frames per level, well inside the interpreter's limit.
MAX_DEPTH = 256


class IRSearializationError(ValueError):
    """A node cannot be written, or a dictionary is not a node."""


# Per class: its type name, then its fields in two groups: always written, and written only when not None.
_SHAPES: dict[type[ExprNode], tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    LiteralNode: ("literal", ("value",), ()),
    SourceRefNode: (
        "source_ref",
        ("symbol", "field", "source"),
        ("exchange", "timeframe", "base", "quote", "instrument_type"),
    ),
    CallNode: ("call", ("name", "args", "kwargs"), ("output",)),
    BinaryOpNode: ("binary_op", ("operator", "left", "right"), ()),
    UnaryOpNode: ("unary_op", ("operator", "operand"), ()),
    FilterNode: ("filter", ("series", "condition"), ()),
    AggregateNode: ("aggregate", ("series", "operation"), ("field",)),
    TimeShiftNode: ("timeshift", ("series", "shift"), ("operation",)),
    MemberAccessNode: ("member_access", ("expr", "member"), ()),
    IndexNode: ("index", ("expr", "index"), ()),
    LoopNode: ("loop", ("value", "values"), ()),
    OwnNode: ("own", ("name",), ()),
}
_CLASSES = {kind: cls for cls, (kind, _, _) in _SHAPES.items()}
_KIND, _ALWAYS, _OPTIONAL = _SHAPES[SourceRefNode]
# What is known of a reference beyond its name makes it one of these.
_ASKED = ("column", "asked")
_SHAPES[AskedSourceRefNode] = (_KIND, _ALWAYS, (*_OPTIONAL, *_ASKED))
_DEFAULT_TAGS = {
    cls: next(f.default for f in fields(cls) if f.name == "type_tag")  # type: ignore[arg-type]
    for cls in _SHAPES
}
# `symbol` and `field` of a source reference have no default in the class, but a writer may leave a None out.
_REQUIRED = {
    cls: frozenset(f.name for f in fields(cls) if f.default is MISSING)  # type: ignore[arg-type]
    - ({"symbol", "field"} if issubclass(cls, SourceRefNode) else set())
    for cls in _SHAPES
}
_CHILDREN = frozenset({"left", "right", "operand", "series", "condition", "expr", "index"})
_OPTIONAL_TEXTS = frozenset(
    {"symbol", "field", "exchange", "timeframe", "base", "quote", "instrument_type", "column", "asked"}
)

LiteralWriter = Callable[[LiteralNode], dict[str, Any] | None]


def ir_to_dict(node: ExprNode, *, write_literal: LiteralWriter | None = None) -> dict[str, Any]:
    """Write a node and everything below it as a dictionary fit for JSON.

    `write_literal` may give another dictionary for a literal, for instance one whose value JSON lacks; None keeps the
    usual one. Raises `IRSearializationError` for an object that is no node, a literal that is not JSON (a Decimal, a
    Series, a number that is not finite), and nesting deeper than `MAX_DEPTH`.
    """
    return _write(node, write_literal, 0)


def _write(node: ExprNode, write_literal: LiteralWriter | None, depth: int) -> dict[str, Any]:
    if type(node) not in _SHAPES:
        raise IRSearializationError(f"{type(node).__name__} is not a node of a rule")
    _check_depth(depth)
    if isinstance(node, LiteralNode) and write_literal is not None:
        written = write_literal(node)
        if written is not None:
            return written
    kind, always, optional = _SHAPES[type(node)]
    payload: dict[str, Any] = {"type": kind}
    for name in always:
        value = getattr(node, name)
        if name in _CHILDREN:
            payload[name] = _write(value, write_literal, depth + 1)
        elif name == "args":
            payload[name] = [_write(arg, write_literal, depth + 1) for arg in value]
        elif name == "kwargs":
            payload[name] = {key: _write(value[key], write_literal, depth + 1) for key in value}
        elif name == "values":
            payload[name] = [_write_value(one, write_literal, depth + 1) for one in value]
        elif name == "value" and kind == "literal":
            payload[name] = _plain(value)
        else:
            payload[name] = value
    for name in (*optional, "span_start", "span_end"):
        if getattr(node, name) is not None:
            payload[name] = getattr(node, name)
    # "unknown" is said only where reading would otherwise put another default in its place.
    if node.type_tag and (node.type_tag != "unknown" or _DEFAULT_TAGS[type(node)] != "unknown"):
        payload["type_tag"] = node.type_tag
    return payload


def _write_value(value: LoopValue, write_literal: LiteralWriter | None, depth: int) -> dict[str, Any]:
    parts = {"body": value.body, "first": value.first, "restart": value.restart}
    written = {key: _write(part, write_literal, depth) for key, part in parts.items() if part is not None}
    return {"name": value.name, **written}


def _plain(value: Any) -> Any:
    """Give the JSON form of a literal's value."""
    if value is None or isinstance(value, (bool, str)) or type(value) is int:
        return value
    if type(value) is float:
        if not math.isfinite(value):
            raise IRSearializationError(f"literal {value!r} is not finite and cannot be written as JSON")
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: _plain(item) for key, item in value.items()}
    raise IRSearializationError(f"a literal of type {type(value).__name__} cannot be written as JSON")


def ir_from_dict(payload: Mapping[str, Any]) -> ExprNode:
    """Read a node and everything below it from a dictionary that `ir_to_dict` or a JSON reader gave.

    Raises `IRSearializationError` naming what is missing, unknown or of the wrong type.
    """
    return _read(payload, 0)


def _read(payload: Any, depth: int) -> ExprNode:
    if not isinstance(payload, Mapping):
        raise IRSearializationError(f"a node is written as an object, not as {type(payload).__name__}")
    _check_depth(depth)
    kind = payload.get("type")
    cls = _CLASSES.get(kind) if isinstance(kind, str) else None
    if cls is None or not isinstance(kind, str):
        raise IRSearializationError(f"unknown node type {kind!r}; accepted: {', '.join(_CLASSES)}")
    if cls is SourceRefNode and any(payload.get(name) is not None for name in _ASKED):
        cls = AskedSourceRefNode
    arguments: dict[str, Any] = {}
    for name in (f.name for f in fields(cls)):  # type: ignore[arg-type]
        value = payload.get(name)
        # A None stands for "not given" wherever there is a default; only a literal's value may be one.
        if name in payload and (value is not None or name in _REQUIRED[cls]):
            if name in _CHILDREN:
                arguments[name] = _read(value, depth + 1)
            elif name == "args":
                if not isinstance(value, (list, tuple)):
                    raise IRSearializationError(f"'args' of {kind} is a list, not {type(value).__name__}")
                arguments[name] = [_read(item, depth + 1) for item in value]
            elif name == "values":
                if not isinstance(value, (list, tuple)):
                    raise IRSearializationError(f"'values' of {kind} is a list, not {type(value).__name__}")
                arguments[name] = [_read_value(item, depth + 1) for item in value]
            elif name == "kwargs":
                if not isinstance(value, Mapping):
                    raise IRSearializationError(f"'kwargs' of {kind} is an object, not {type(value).__name__}")
                arguments[name] = {str(key): _read(item, depth + 1) for key, item in value.items()}
            else:
                arguments[name] = _read_plain(kind, name, value)
        elif name in _REQUIRED[cls]:
            raise IRSearializationError(f"'{name}' is missing from a node of type '{kind}'")
    return cls(**{"symbol": None, "field": None, **arguments} if issubclass(cls, SourceRefNode) else arguments)


def _read_value(payload: Any, depth: int) -> LoopValue:
    if not isinstance(payload, Mapping):
        raise IRSearializationError(f"a value of a loop is written as an object, not as {type(payload).__name__}")
    name = payload.get("name")
    if not isinstance(name, str):
        raise IRSearializationError(f"'name' of a value of a loop is text, not {type(name).__name__}")
    if payload.get("body") is None:
        raise IRSearializationError(f"'body' is missing from the value '{name}' of a loop")
    first, restart = (payload.get(key) for key in ("first", "restart"))
    return LoopValue(
        name,
        _read(payload["body"], depth),
        None if first is None else _read(first, depth),
        None if restart is None else _read(restart, depth),
    )


def _read_plain(kind: str, name: str, value: Any) -> Any:
    """Check and coerce one field that is not a node."""
    if name == "value" and kind == "literal":
        return value
    if name in ("span_start", "span_end"):
        if type(value) is not int:
            raise IRSearializationError(f"'{name}' of {kind} is a whole number, not {value!r}")
        return value
    if name == "type_tag":
        if not isinstance(value, str) or value not in EXPR_TYPES:
            raise IRSearializationError(f"unknown type_tag {value!r}; accepted: {', '.join(sorted(EXPR_TYPES))}")
        return value
    if name in _OPTIONAL_TEXTS:
        return str(value)
    if not isinstance(value, str):
        raise IRSearializationError(f"'{name}' of {kind} is text, not {type(value).__name__}")
    if name == "operator":
        accepted = BINARY_OPERATORS if kind == "binary_op" else UNARY_OPERATORS
        if value not in accepted:
            raise IRSearializationError(f"unknown operator {value!r}; accepted: {', '.join(sorted(accepted))}")
    return value.lower() if name == "name" and kind == "call" else value


def _check_depth(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise IRSearializationError(f"nodes are nested deeper than {MAX_DEPTH} levels")


__all__ = ["IRSearializationError", "ir_from_dict", "ir_to_dict"]
