"""Python's operators on rules: each gives a larger rule."""

from __future__ import annotations

from typing import Any, Self

from laakhay.ta.expr.ir.nodes import BinaryOpNode, ExprNode, LiteralNode, UnaryOpNode


class Operators:
    """What has one node and is made of one: arithmetic, comparisons and `& | ~` of it are nodes above it."""

    # numpy leaves `array_scalar * rule` to the rule.
    __array_ufunc__ = None

    def __init__(self, node: ExprNode) -> None:
        raise NotImplementedError

    @property
    def _node(self) -> ExprNode:
        raise NotImplementedError

    def __add__(self, other: Any) -> Self:
        return self._binary("add", self, other)

    def __radd__(self, other: Any) -> Self:
        return self._binary("add", other, self)

    def __sub__(self, other: Any) -> Self:
        return self._binary("sub", self, other)

    def __rsub__(self, other: Any) -> Self:
        return self._binary("sub", other, self)

    def __mul__(self, other: Any) -> Self:
        return self._binary("mul", self, other)

    def __rmul__(self, other: Any) -> Self:
        return self._binary("mul", other, self)

    def __truediv__(self, other: Any) -> Self:
        return self._binary("div", self, other)

    def __rtruediv__(self, other: Any) -> Self:
        return self._binary("div", other, self)

    def __mod__(self, other: Any) -> Self:
        return self._binary("mod", self, other)

    def __rmod__(self, other: Any) -> Self:
        return self._binary("mod", other, self)

    def __pow__(self, other: Any) -> Self:
        return self._binary("pow", self, other)

    def __rpow__(self, other: Any) -> Self:
        return self._binary("pow", other, self)

    def __lt__(self, other: Any) -> Self:
        return self._binary("lt", self, other)

    def __le__(self, other: Any) -> Self:
        return self._binary("lte", self, other)

    def __gt__(self, other: Any) -> Self:
        return self._binary("gt", self, other)

    def __ge__(self, other: Any) -> Self:
        return self._binary("gte", self, other)

    def __eq__(self, other: Any) -> Any:
        return self._binary("eq", self, other)

    def __ne__(self, other: Any) -> Any:
        return self._binary("neq", self, other)

    def __and__(self, other: Any) -> Self:
        return self._binary("and", self, other)

    def __rand__(self, other: Any) -> Self:
        return self._binary("and", other, self)

    def __or__(self, other: Any) -> Self:
        return self._binary("or", self, other)

    def __ror__(self, other: Any) -> Self:
        return self._binary("or", other, self)

    def __neg__(self) -> Self:
        return type(self)(UnaryOpNode("neg", to_node(self)))

    def __pos__(self) -> Self:
        return type(self)(UnaryOpNode("pos", to_node(self)))

    def __invert__(self) -> Self:
        return type(self)(UnaryOpNode("not", to_node(self)))

    def _binary(self, operator: Any, left: Any, right: Any) -> Self:
        return type(self)(BinaryOpNode(operator, to_node(left), to_node(right)))


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
