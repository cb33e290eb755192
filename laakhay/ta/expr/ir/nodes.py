"""The twelve node classes a rule is made of.

Nodes are immutable, compare by value and can be hashed, however they were built: a call given a list of arguments
equals one given a tuple. Nothing here is validated; that is the checker's work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from .types import BinaryOperator, ExprType, UnaryOperator

SCALAR_SYMBOL = "__SCALAR__"


class NodeArgs(tuple[Any, ...]):
    """Positional arguments of a call: a tuple that also equals a list with the same items."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, list):
            other = tuple(other)
        return tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    # Defining __eq__ drops the inherited hash.
    __hash__ = tuple.__hash__

    def __repr__(self) -> str:
        return repr(list(self))


class NodeKwargs(dict[str, Any]):
    """Keyword arguments of a call: a dict that refuses changes and can be hashed."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("keyword arguments of a node cannot be changed; build a new node")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    # The default protocol refills an empty dict item by item, which the class refuses.
    def __reduce__(self) -> tuple[Any, ...]:
        return (NodeKwargs, (dict(self),))

    def __copy__(self) -> NodeKwargs:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> NodeKwargs:
        return self


class ExprNode:
    """Base class of all nodes."""

    __slots__ = ()
    if TYPE_CHECKING:

        @property
        def type_tag(self) -> ExprType: ...


@dataclass(frozen=True, slots=True)
class LiteralNode(ExprNode):
    """A constant: int, float, bool, str, None, Decimal, a Series, or a list or dict of such."""

    value: Any
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "scalar_number"

    def __hash__(self) -> int:
        return hash((_hashable(self.value), self.span_start, self.span_end, self.type_tag))


@dataclass(frozen=True, slots=True)
class SourceRefNode(ExprNode):
    """A field of a source, with whatever qualifiers the rule named."""

    symbol: str | None
    field: str | None
    source: str = "ohlcv"
    exchange: str | None = None
    timeframe: str | None = None
    base: str | None = None
    quote: str | None = None
    instrument_type: str | None = None
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "series_number"


@dataclass(frozen=True, slots=True)
class AskedSourceRefNode(SourceRefNode):
    """A reference of which more is known than its name: a column of one's own, or one whose timeframe `on` asks for."""

    column: str | None = None
    """What a declared column holds: `number` or `bool`."""
    asked: str | None = None
    """`on` where that word asks for the timeframe, which may be no shorter than the rule's own."""


@dataclass(frozen=True, slots=True)
class CallNode(ExprNode):
    """An indicator with its arguments; `output` names one of several outputs."""

    name: str
    args: Sequence[ExprNode] = ()
    kwargs: Mapping[str, ExprNode] = NodeKwargs()
    output: str | None = None
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "series_number"

    def __post_init__(self) -> None:
        object.__setattr__(self, "args", NodeArgs(self.args or ()))
        object.__setattr__(self, "kwargs", NodeKwargs(self.kwargs or {}))


@dataclass(frozen=True, slots=True)
class BinaryOpNode(ExprNode):
    """Arithmetic, comparison or logic of two operands."""

    operator: BinaryOperator
    left: CanonicalExpression
    right: CanonicalExpression
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "unknown"


@dataclass(frozen=True, slots=True)
class UnaryOpNode(ExprNode):
    """`not`, `neg` or `pos` of one operand."""

    operator: UnaryOperator
    operand: CanonicalExpression
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "unknown"


@dataclass(frozen=True, slots=True)
class FilterNode(ExprNode):
    """The rows of a series on which a condition is true."""

    series: CanonicalExpression
    condition: CanonicalExpression
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "series_number"


@dataclass(frozen=True, slots=True)
class AggregateNode(ExprNode):
    """A running statistic; `field` names which field of the source below is aggregated."""

    series: CanonicalExpression
    operation: str
    field: str | None = None
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "series_number"


@dataclass(frozen=True, slots=True)
class TimeShiftNode(ExprNode):
    """An earlier value (`operation` None), or the change since it."""

    series: CanonicalExpression
    shift: str
    operation: str | None = None
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "series_number"


@dataclass(frozen=True, slots=True)
class MemberAccessNode(ExprNode):
    """One named output of an indicator that has several."""

    expr: CanonicalExpression
    member: str
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "unknown"


@dataclass(frozen=True, slots=True)
class IndexNode(ExprNode):
    """The value some rows ago."""

    expr: CanonicalExpression
    index: CanonicalExpression
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "unknown"


@dataclass(frozen=True, slots=True)
class LoopValue:
    """A value that sees its own past: what it is on a bar, what it was before the first, when history begins again."""

    name: str
    body: ExprNode
    first: ExprNode | None = None
    restart: ExprNode | None = None

    def parts(self) -> tuple[ExprNode, ...]:
        """Give what it is made of, in the order written."""
        return tuple(part for part in (self.body, self.first, self.restart) if part is not None)


@dataclass(frozen=True, slots=True)
class LoopNode(ExprNode):
    """Values that see their own past and each other, and the name of the one that is meant."""

    values: Sequence[LoopValue]
    value: str
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "unknown"

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))

    def meant(self) -> LoopValue:
        """Give the value that is meant. Raises ValueError where there is none of its name."""
        for value in self.values:
            if value.name == self.value:
                return value
        raise ValueError(f"a loop has no value {self.value!r}; there are: {', '.join(v.name for v in self.values)}")


@dataclass(frozen=True, slots=True)
class OwnNode(ExprNode):
    """Within a loop: a value of it on this bar; an `IndexNode` of it is its past."""

    name: str
    span_start: int | None = None
    span_end: int | None = None
    type_tag: ExprType = "unknown"


CanonicalExpression = (
    LiteralNode
    | SourceRefNode
    | CallNode
    | BinaryOpNode
    | UnaryOpNode
    | FilterNode
    | AggregateNode
    | TimeShiftNode
    | MemberAccessNode
    | IndexNode
    | LoopNode
    | OwnNode
)


def node_children(node: ExprNode) -> tuple[ExprNode, ...]:
    """Give a node's children in the order a plan lists them: a call's arguments, then its keyword values by key."""
    match node:
        case CallNode():
            return (*node.args, *(node.kwargs[key] for key in sorted(node.kwargs)))
        case BinaryOpNode():
            return (node.left, node.right)
        case UnaryOpNode():
            return (node.operand,)
        case FilterNode():
            return (node.series, node.condition)
        case AggregateNode() | TimeShiftNode():
            return (node.series,)
        case MemberAccessNode():
            return (node.expr,)
        case IndexNode():
            return (node.expr, node.index)
        case LoopNode():
            return tuple(part for value in node.values for part in value.parts())
    return ()


def reads_loop(node: ExprNode, inner: frozenset[str] = frozenset()) -> bool:
    """Tell whether a node reads values of a loop that stands around it, so that it means nothing alone."""
    if isinstance(node, OwnNode):
        return node.name not in inner
    if isinstance(node, LoopNode):
        inner = inner | {value.name for value in node.values}
    return any(reads_loop(child, inner) for child in node_children(node))


def _hashable(value: Any) -> Any:
    """Give something hashable that is equal whenever the values are."""
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, tuple(_hashable(item) for item in value))
    if isinstance(value, dict):
        return frozenset((key, _hashable(item)) for key, item in value.items())
    try:
        hash(value)
    except TypeError:  # A Series whose values are held in a list, for instance.
        return type(value).__name__
    return value


__all__ = [
    "SCALAR_SYMBOL",
    "AggregateNode",
    "AskedSourceRefNode",
    "BinaryOpNode",
    "CallNode",
    "CanonicalExpression",
    "ExprNode",
    "FilterNode",
    "IndexNode",
    "LiteralNode",
    "LoopNode",
    "LoopValue",
    "MemberAccessNode",
    "OwnNode",
    "SourceRefNode",
    "TimeShiftNode",
    "UnaryOpNode",
    "node_children",
    "reads_loop",
]
