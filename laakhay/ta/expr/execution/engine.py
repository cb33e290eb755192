"""One rule over one dataset, to one Series wherever there is one."""

from __future__ import annotations

from typing import Any

from ..algebra.operators import Expression, as_expression
from ..ir.nodes import ExprNode, LiteralNode
from ..planner.evaluator import Evaluator


class Engine:
    """Evaluates rules on the batch engine; what a dataset gave is remembered as by `Evaluator`.

    Examples
    --------
    >>> engine = Engine()
    >>> engine.evaluate(engine.literal(42), {}).values
    (42,)
    """

    def __init__(self) -> None:
        self._evaluator = Evaluator()
        self._cache = self._evaluator._cache

    def evaluate(self, expression: Expression | ExprNode, dataset: Any) -> Any:
        """Evaluate over a Dataset, a mapping of Series or a Series.

        A Dataset with one symbol and timeframe gives that one's Series, with several a dict of them by `(symbol,
        timeframe, "default")`; several outputs are a tuple of Series. A rule of constants gives one point, also over an
        empty Dataset. Raises what `Evaluator.evaluate` raises, and ValueError for undefined constants such as `1 / 0`.
        """
        expression = as_expression(expression)
        result = self._evaluator.evaluate(expression, dataset)
        if isinstance(result, dict):
            if len(result) > 1:
                return result
            # Nothing to read: a rule of constants needs nothing, any other says what it lacks.
            result = next(iter(result.values())) if result else self._evaluator.evaluate(expression, {})
        return result

    def literal(self, value: Any) -> LiteralNode:
        """Give the node of a constant: a number, text, or a Series."""
        return LiteralNode(value)


__all__ = ["Engine"]
