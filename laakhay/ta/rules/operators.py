"""Python's operators on rules: each gives a larger rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar

from laakhay.ta.expr.ir.nodes import BinaryOpNode, ExprNode, IndexNode, LiteralNode, UnaryOpNode
from laakhay.ta.expr.ir.types import BinaryOperator, UnaryOperator

Own = TypeVar("Own", bound="Operators")


def _binary(operator: BinaryOperator) -> Callable[[Own, Any], Own]:
    return lambda own, other: type(own)(BinaryOpNode(operator, to_node(own), to_node(other)))


def _reflected(operator: BinaryOperator) -> Callable[[Own, Any], Own]:
    return lambda own, other: type(own)(BinaryOpNode(operator, to_node(other), to_node(own)))


def _unary(operator: UnaryOperator) -> Callable[[Own], Own]:
    return lambda own: type(own)(UnaryOpNode(operator, to_node(own)))


class Operators:
    """What has one node and is made of one: arithmetic, comparisons and `& | ~` of it are nodes above it."""

    # numpy leaves `array_scalar * rule` to the rule.
    __array_ufunc__ = None

    def __init__(self, node: ExprNode) -> None:
        raise NotImplementedError

    @property
    def _node(self) -> ExprNode:
        raise NotImplementedError

    __add__ = _binary("add")
    __radd__ = _reflected("add")
    __sub__ = _binary("sub")
    __rsub__ = _reflected("sub")
    __mul__ = _binary("mul")
    __rmul__ = _reflected("mul")
    __truediv__ = _binary("div")
    __rtruediv__ = _reflected("div")
    __mod__ = _binary("mod")
    __rmod__ = _reflected("mod")
    __pow__ = _binary("pow")
    __rpow__ = _reflected("pow")
    __lt__ = _binary("lt")
    __le__ = _binary("lte")
    __gt__ = _binary("gt")
    __ge__ = _binary("gte")
    __and__ = _binary("and")
    __rand__ = _reflected("and")
    __or__ = _binary("or")
    __ror__ = _reflected("or")
    __neg__ = _unary("neg")
    __pos__ = _unary("pos")
    __invert__ = _unary("not")

    def __eq__(self, other: Any) -> Any:
        return type(self)(BinaryOpNode("eq", to_node(self), to_node(other)))

    def __ne__(self, other: Any) -> Any:
        return type(self)(BinaryOpNode("neq", to_node(self), to_node(other)))

    @property
    def previous(self) -> Self:
        """The value of the bar before: `x[1]` in a text."""
        return self.ago(1)

    def ago(self, bars: int) -> Self:
        """Give the value so many bars ago: `x[n]` in a text. Raises ValueError for what is no whole number from 0."""
        if isinstance(bars, bool) or not isinstance(bars, int) or bars < 0:
            raise ValueError(f"bars ago are a whole number from 0, not {bars!r}: a later bar would look ahead")
        return type(self)(IndexNode(to_node(self), LiteralNode(bars)))


def to_node(value: Any) -> Any:
    """Give the node of a rule or of anything with `_to_expression`; a node itself; else a literal."""
    if isinstance(value, Operators):
        return value._node
    if isinstance(value, ExprNode):
        return value
    if hasattr(value, "_to_expression"):
        return value._to_expression()._node
    return LiteralNode(value)


__all__ = ["Operators", "to_node"]
