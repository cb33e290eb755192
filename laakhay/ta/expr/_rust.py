"""The one door to the compiled engine: text and IR in, IR and plans out.

Everything crosses as JSON. A literal that JSON lacks is replaced on the way out and put back on the way in: a Decimal
by its float, a Series by a source reference `literal.series_<k>`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from laakhay.ta import ta_py
from laakhay.ta.core.series import Series

from .ir.nodes import CallNode, ExprNode, LiteralNode, LoopNode, LoopValue, SourceRefNode
from .ir.scalars import is_scalar_series
from .ir.serialize import ir_from_dict, ir_to_dict
from .planner.types import CallBinding, CallInput

LITERAL_SOURCE = "literal"


@dataclass
class Substitutes:
    """What stands for the literals of one rule that JSON cannot hold."""

    series: list[Series[Any]] = field(default_factory=list)
    # Where they are streams of their own: the timeframe of those that need not say theirs.
    joined_with: str | None = None
    decimals: dict[float, Decimal] = field(default_factory=dict)

    def write(self, node: LiteralNode) -> dict[str, Any] | None:
        """Give the written form of a literal that needs a substitute; None for any other."""
        if isinstance(node.value, Series) and not is_scalar_series(node.value):
            # By identity: comparing long series would cost more than listing one twice.
            known = next((k for k, one in enumerate(self.series) if one is node.value), None)
            if known is None:
                known = len(self.series)
                self.series.append(node.value)
            return ir_to_dict(self._reference(f"series_{known}", node.value.timeframe))
        plain = self._plain(node.value)
        return None if plain is node.value else ir_to_dict(replace(node, value=plain))

    def _reference(self, name: str, timeframe: str) -> SourceRefNode:
        if self.joined_with is None:
            return SourceRefNode(symbol=None, field=name, source=LITERAL_SOURCE)
        length = None if timeframe == self.joined_with else timeframe
        return SourceRefNode(symbol=name, field=name, source=LITERAL_SOURCE, timeframe=length)

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Series):
            value = value.values[0] if is_scalar_series(value) else value
        if isinstance(value, Decimal):
            self.decimals.setdefault(float(value), value)
            return float(value)
        if isinstance(value, (list, tuple)):
            return [self._plain(item) for item in value]
        if isinstance(value, dict):
            return {key: self._plain(item) for key, item in value.items()}
        return value

    def restore(self, node: ExprNode) -> ExprNode:
        """Give the node with the literals it stood for; only the node itself, not what is below it."""
        if isinstance(node, SourceRefNode) and node.source == LITERAL_SOURCE and node.field:
            position = int(node.field.removeprefix("series_"))
            return LiteralNode(self.series[position], type_tag="series_number")
        if isinstance(node, LiteralNode) and type(node.value) is float:
            return replace(node, value=self.decimals.get(node.value, node.value))
        return node


def to_json(node: ExprNode, substitutes: Substitutes | None = None) -> tuple[str, Substitutes]:
    """Write a rule for the engine, with the side table that its answer is read with.

    Rules that are written with one side table share its numbering of series.
    """
    substitutes = Substitutes() if substitutes is None else substitutes
    return json.dumps(ir_to_dict(node, write_literal=substitutes.write)), substitutes


def from_json(text: str, substitutes: Substitutes | None = None) -> ExprNode:
    """Read a rule that the engine gave, with the literals of its side table put back."""
    return restored(ir_from_dict(json.loads(text)), substitutes)


def restored(node: ExprNode, substitutes: Substitutes | None) -> ExprNode:
    """Put the literals of a side table back in a node and everywhere below it."""
    if substitutes is None or not (substitutes.series or substitutes.decimals):
        return node
    node = substitutes.restore(node)
    changes: dict[str, Any] = {}
    for name in ("left", "right", "operand", "series", "condition", "expr", "index"):
        child = getattr(node, name, None)
        if isinstance(child, ExprNode):
            changes[name] = restored(child, substitutes)
    if isinstance(node, CallNode):
        changes["args"] = [restored(arg, substitutes) for arg in node.args]
        changes["kwargs"] = {key: restored(arg, substitutes) for key, arg in node.kwargs.items()}
    if isinstance(node, LoopNode):
        changes["values"] = [_restored_value(value, substitutes) for value in node.values]
    return replace(node, **changes) if changes else node  # type: ignore[type-var]


def _restored_value(value: LoopValue, substitutes: Substitutes) -> LoopValue:
    first, restart = (None if part is None else restored(part, substitutes) for part in (value.first, value.restart))
    return LoopValue(value.name, restored(value.body, substitutes), first, restart)


def compile_text(text: str) -> ExprNode:
    """Read the text of a rule. Raises StrategyError or TypeCheckError, both with the place in the text."""
    return from_json(ta_py.compile_text(text))


def normalize(node: ExprNode) -> ExprNode:
    """Give the normal form of a rule."""
    text, substitutes = to_json(node)
    return from_json(ta_py.normalize_ir(text), substitutes)


def on_stream(node: ExprNode, stream: str) -> ExprNode:
    """Give the rule that reads this stream where it read its own bars. Raises StrategyError for what is no stream."""
    text, substitutes = to_json(node)
    return from_json(ta_py.on_stream(text, stream), substitutes)


def with_own_timeframe(node: ExprNode, timeframe: str) -> ExprNode:
    """Give the rule for own bars of this length: multiples of it (`4x`) are lengths."""
    text, substitutes = to_json(node)
    return from_json(ta_py.with_own_timeframe(text, timeframe), substitutes)


def check(node: ExprNode) -> None:
    """Raise TypeCheckError when a rule does not fit together."""
    ta_py.check_ir(to_json(node)[0])


def plan(node: ExprNode) -> tuple[dict[str, Any], Substitutes]:
    """Plan a rule; gives the engine's plan as plain values, and the side table to read its nodes with."""
    text, substitutes = to_json(node)
    return json.loads(ta_py.plan_ir(text)), substitutes


def render(node: ExprNode) -> str:
    """Give a rule as one line of text, as it would be written."""
    return ta_py.ir_text(to_json(node)[0])


def draw(node: ExprNode) -> str:
    """Give the graph of a rule as a Graphviz digraph: a box per node, an edge from each parent to each child.

    Boxes say everything that is not in their children; where a node has several, edges say which one is which.
    """
    return ta_py.draw_ir(to_json(node)[0])


def bind_call(node: CallNode) -> CallBinding:
    """Resolve the names of one call. Raises TypeCheckError for a call that the catalogue does not accept."""
    return read_binding(json.loads(ta_py.bind_call(to_json(node)[0])))


def references(texts: Sequence[str]) -> list[SourceRefNode]:
    """Read the references that a compiled rule has for its fields (`field_references`)."""
    nodes = [ir_from_dict(json.loads(text)) for text in texts]
    return [node for node in nodes if isinstance(node, SourceRefNode)]


def catalog() -> list[dict[str, Any]]:
    """Give the specs of all indicators."""
    specs: list[dict[str, Any]] = json.loads(ta_py.catalog())
    return specs


def read_binding(entry: Mapping[str, Any], children: Sequence[int] = ()) -> CallBinding:
    """Read one bound call; where its inputs are node ids, `children` says at which position each one stands."""
    inputs = []
    for source in entry["inputs"]:
        if "field" in source:
            inputs.append(CallInput(field=source["field"]))
        elif "number" in source:
            inputs.append(CallInput(number=source["number"]))
        elif "child" in source:
            inputs.append(CallInput(child=source["child"]))
        else:
            inputs.append(CallInput(child=list(children).index(source["node"])))
    return CallBinding(
        kernel=entry["kernel"],
        params=dict(entry["params"]),
        inputs=tuple(inputs),
        outputs=tuple(entry["outputs"]),
        is_bool=bool(entry["is_bool"]),
    )


__all__ = [
    "LITERAL_SOURCE",
    "Substitutes",
    "bind_call",
    "catalog",
    "check",
    "compile_text",
    "draw",
    "from_json",
    "normalize",
    "on_stream",
    "plan",
    "read_binding",
    "references",
    "render",
    "restored",
    "to_json",
    "with_own_timeframe",
]
