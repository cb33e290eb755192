"""What each indicator of a rule gave, as plain values that a chart can draw."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import format_timestamp

from .. import _rust
from ..execution.context_builder import usable
from ..execution.references import field_of, select_field
from ..ir.nodes import (
    AggregateNode,
    BinaryOpNode,
    CallNode,
    ExprNode,
    LiteralNode,
    MemberAccessNode,
    SourceRefNode,
    UnaryOpNode,
    node_children,
)
from ..planner.types import CallBinding, GraphNode

_QUALIFIERS = ("symbol", "exchange", "timeframe", "base", "quote", "instrument_type")


@dataclass(frozen=True)
class IndicatorInputBinding:
    """The data that an indicator is computed from; `mixed/mixed` where operands of its input differ."""

    source: str = "ohlcv"
    field: str = "close"
    symbol: str | None = None
    timeframe: str | None = None
    exchange: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the fields as a mapping."""
        return asdict(self)


@dataclass(frozen=True)
class IndicatorRenderHints:
    """How an output is drawn: what it is, in which pane, as a line or as bars."""

    role: str = "line"
    pane_hint: str = "price_overlay"
    style_hint: str = "line"

    def to_dict(self) -> dict[str, Any]:
        """Give the fields as a mapping."""
        return asdict(self)


@dataclass(frozen=True)
class IndicatorEmission:
    """One output of one call of a rule, with its points: `{"timestamp": iso text, "value": number, bool or None}`."""

    key: str
    node_id: int
    indicator: str
    output: str
    params: dict[str, Any] = field(default_factory=dict)
    input_expr: dict[str, Any] | None = None
    input_binding: IndicatorInputBinding = field(default_factory=IndicatorInputBinding)
    render: IndicatorRenderHints = field(default_factory=IndicatorRenderHints)
    series: list[dict[str, Any]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values that JSON can hold."""
        return asdict(self)


MIXED = IndicatorInputBinding("mixed", "mixed")

# Kinds of outputs by the names of indicator and output.
_Kinds = dict[tuple[str, str], str]


def build_indicator_emissions(
    *, graph_nodes: Mapping[int, GraphNode], node_outputs: Mapping[int, Any]
) -> list[IndicatorEmission]:
    """Give one emission per output of every call, `select` included, that has a value in `node_outputs`.

    Parameters
    ----------
    graph_nodes
        The nodes of a plan by id.
    node_outputs
        Values of nodes by id, as an evaluation with `return_all_outputs` gives them: a Series, or a tuple or dict of
        Series of a call with several outputs.

    Returns
    -------
    list
        Sorted by node and output. A point that is not ready has the value None.
    """
    kinds = _output_kinds()
    emissions = []
    for node_id, value in node_outputs.items():
        node = graph_nodes[node_id].node if node_id in graph_nodes else None
        if isinstance(node, CallNode):
            call = _Call.of(node)
            for output, series in call.outputs_of(value):
                emissions.append(call.emission(node_id, output, series, kinds))
    return sorted(emissions, key=lambda emission: (emission.node_id, emission.output))


@dataclass(frozen=True)
class _Call:
    """A call with its names resolved."""

    node: CallNode
    bound: CallBinding | None
    """None for `select`, which is a field and no indicator."""

    @classmethod
    def of(cls, node: CallNode) -> _Call:
        if node.name == "select":
            return cls(node, None)
        # A binding counts keyword values in the order they are written; here as in plans by name.
        return cls(node, _rust.bind_call(replace(node, kwargs=dict(sorted(node.kwargs.items())))))

    def emission(self, node_id: int, output: str, series: Series[Any], kinds: _Kinds) -> IndicatorEmission:
        source = self.input_node()
        binding = self.binding()
        return IndicatorEmission(
            key=f"i{node_id}" if output == "result" else f"i{node_id}_{output}",
            node_id=node_id,
            indicator=self.node.name,
            output=output,
            params=self.params(),
            input_expr=None if source is None else _describe(source),
            input_binding=binding,
            render=_hints(self.node, output, binding, kinds),
            series=_points(series),
        )

    def outputs_of(self, value: Any) -> Iterator[tuple[str, Series[Any]]]:
        if isinstance(value, Series):
            yield "result", value
        elif isinstance(value, Mapping):
            yield from ((name, one) for name, one in value.items() if isinstance(one, Series))
        elif isinstance(value, tuple):
            names = self.bound.outputs if self.bound is not None else ()
            for position, one in enumerate(value):
                if isinstance(one, Series):
                    yield names[position] if position < len(names) else f"output_{position + 1}", one

    def params(self) -> dict[str, Any]:
        """Give the parameters it is computed with, defaults included."""
        return {"field": select_field(self.node)} if self.bound is None else dict(self.bound.params)

    def input_node(self) -> ExprNode | None:
        """Give the expression that it is computed from; None where that is a field of the bars."""
        if self.bound is None:
            return None
        children = node_children(self.node)
        first = next((one.child for one in self.bound.inputs if one.child is not None), None)
        return None if first is None else children[first]

    def binding(self) -> IndicatorInputBinding:
        if self.bound is None:
            return IndicatorInputBinding(field=_stored(select_field(self.node)))
        first = next((one.field for one in self.bound.inputs if one.field is not None), "close")
        source = self.input_node()
        found = None if source is None else _binding_of(source)
        return found if found is not None else IndicatorInputBinding(field=_stored(first))


# Kinds of output in the unit of the input; a truth value marks a bar of it.
_DRAWN_WITH_INPUT = frozenset({"price", "bool", "like"})


def _hints(node: CallNode, output: str, binding: IndicatorInputBinding, kinds: _Kinds) -> IndicatorRenderHints:
    role = "histogram" if kinds.get((node.name, output)) == "histogram" else "line"
    if _has_own_unit(node, output, kinds) or binding == MIXED:
        pane = "pane"
    else:
        pane = "volume" if binding.field == "volume" else "price_overlay"
    return IndicatorRenderHints(role=role, pane_hint=pane, style_hint=role)


def _has_own_unit(node: ExprNode, output: str, kinds: _Kinds) -> bool:
    """Tell whether values have another unit than the data below them, as those of `rsi` and of its mean have."""
    match node:
        case MemberAccessNode():
            return _has_own_unit(node.expr, node.member, kinds)
        case CallNode():
            if kinds.get((node.name, node.output or output), "price") not in _DRAWN_WITH_INPUT:
                return True
            source = _Call.of(node).input_node()
            return source is not None and _has_own_unit(source, "result", kinds)
        case BinaryOpNode():
            return any(_has_own_unit(side, "result", kinds) for side in (node.left, node.right))
    children = node_children(node)
    return bool(children) and _has_own_unit(children[0], "result", kinds)


def _output_kinds() -> _Kinds:
    """Give the kind of every output of every indicator; the only one of an indicator is called `result` here."""
    return {
        (name, "result" if output["name"] == "value" else output["name"]): output["kind"]
        for spec in _rust.catalog()
        for name in (spec["name"], *spec["aliases"])
        for output in spec["outputs"]
    }


def _stored(name: str) -> str:
    return "close" if name == "price" else name


def _binding_of(node: ExprNode) -> IndicatorInputBinding | None:
    """Give the data below an expression; None where it reads none."""
    match node:
        case SourceRefNode():
            return IndicatorInputBinding(node.source, field_of(node), node.symbol, node.timeframe, node.exchange)
        case LiteralNode():
            return IndicatorInputBinding("series", "literal") if isinstance(node.value, Series) else None
        case CallNode():
            return _Call.of(node).binding()
        case BinaryOpNode():
            found = {binding for side in (node.left, node.right) if (binding := _binding_of(side)) is not None}
            return MIXED if len(found) > 1 else next(iter(found), None)
        case AggregateNode() if node.field is not None:
            below = _binding_of(node.series)
            return None if below is None else replace(below, field=_stored(node.field))
    # What is filtered, shifted, negated or selected from stays what it is.
    children = node_children(node)
    return _binding_of(children[0]) if children else None


def _describe(node: ExprNode) -> dict[str, Any]:
    """Write an input expression as plain values."""
    match node:
        case SourceRefNode():
            set_ones = {name: getattr(node, name) for name in _QUALIFIERS[1:] if getattr(node, name) is not None}
            return {"type": "source", "source": node.source, "field": node.field, "symbol": node.symbol, **set_ones}
        case LiteralNode() if isinstance(node.value, Series):
            return {"type": "literal_series", "symbol": node.value.symbol, "timeframe": node.value.timeframe}
        case LiteralNode():
            return {"type": "literal", "value": _plain(node.value)}
        case BinaryOpNode():
            sides = {"left": _describe(node.left), "right": _describe(node.right)}
            return {"type": "binary", "operator": node.operator, **sides}
        case UnaryOpNode():
            return {"type": "unary", "operator": node.operator, "operand": _describe(node.operand)}
        case CallNode():
            call = _Call.of(node)
            source = call.input_node()
            described = None if source is None else _describe(source)
            return {"type": "indicator", "name": node.name, "params": call.params(), "input_expr": described}
    return {"type": "unknown", "repr": _rust.render(node)}


def _points(series: Series[Any]) -> list[dict[str, Any]]:
    rows = zip(series.timestamps, series.values, usable(series), strict=True)
    return [
        {"timestamp": format_timestamp(stamp), "value": _plain(value) if is_ready else None}
        for stamp, value, is_ready in rows
    ]


def _plain(value: Any) -> Any:
    """Give a number as JSON can hold it: NaN and infinities are None."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    number = float(value)
    return number if math.isfinite(number) else None


__all__ = [
    "IndicatorEmission",
    "IndicatorInputBinding",
    "IndicatorRenderHints",
    "build_indicator_emissions",
]
