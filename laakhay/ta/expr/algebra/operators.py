"""Rules as Python objects: every operator on an `Expression` gives a larger `Expression`."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from laakhay.ta.core.series import Series
from laakhay.ta.rules import NO_STREAMS, EngineRule

from ..ir.nodes import BinaryOpNode, ExprNode, LiteralNode, UnaryOpNode
from ..planner.types import PlanResult, SignalRequirements
from .rendering import render, render_dot
from .scalar_helpers import _make_scalar_series

if TYPE_CHECKING:
    from laakhay.ta.data.calendar import Calendar


class Expression(EngineRule):
    """A rule. It is planned when it is first needed; the alignment policy is read at every run.

    `==` builds a rule, so an expression compared with `==` is always true as a condition; identity gives its hash.
    """

    __hash__ = object.__hash__
    # numpy leaves `array_scalar * expression` to the expression.
    __array_ufunc__ = None

    def __init__(self, node: ExprNode) -> None:
        if not isinstance(node, ExprNode):
            raise TypeError(f"an Expression is made of a node, not of {type(node).__name__}; see as_expression")
        self._node = node
        self._plan_cache: PlanResult | None = None

    def __bool__(self) -> bool:
        """True, with a warning unless it is `==` or `!=`: `a < e < b`, `e and f` and `not e` lose half of a rule."""
        if not (isinstance(self._node, BinaryOpNode) and self._node.operator in ("eq", "neq")):
            warnings.warn("a rule has no truth value; combine rules with &, | and ~", stacklevel=2)
        return True

    def __repr__(self) -> str:
        return f"Expression({render(self._node)})"

    def _ensure_plan(self) -> PlanResult:
        """Give the plan, under the alignment policy of this moment."""
        from ..planner.planner import get_alignment_policy, plan_expression

        if self._plan_cache is None:
            self._plan_cache = plan_expression(self._node)
        policy, known = get_alignment_policy(), self._plan_cache.alignment
        if known != policy or known.is_explicit is not policy.is_explicit:
            self._plan_cache = replace(self._plan_cache, alignment=policy)
        return self._plan_cache

    def _trees(self) -> list[tuple[str, str]]:
        from .._rust import to_json

        return [("value", to_json(self._node)[0])]

    def run(
        self,
        data: Any,
        return_all_outputs: bool = False,
        *,
        timeframe: str | None = None,
        missing_input: str = "emit_missing",
        calendar: Calendar | None = None,
        stamps: str | Mapping[str, str] = "open",
        resample: Calendar | None = None,
        unit: str | None = None,
    ) -> Any:
        """Evaluate over a whole history.

        A Series or a mapping of Series gives one Series (several outputs: a tuple), a Dataset a dict of them keyed
        `(symbol, timeframe, "default")`; with `return_all_outputs`, that and the value of every node by id.

        A mapping of numeric arrays (`open high low close volume`, and `timestamp` where there are times) gives the
        same kind back: `timestamp` as given and one float64 array per output, in which NaN is not ready and 1 and 0
        are true and false. `timeframe` is the length of a bar, needed for durations where times do not tell it;
        `missing_input` is as for `session`. Times are datetimes of whatever library, ISO text, or integers of `unit`
        (`s`, `ms`, `us`, `ns`); without one integers have to be nanoseconds, from 1e17 in magnitude.

        A mapping of stream names (`ohlcv`, `ohlcv.4h`, `ETH`) to such mappings or OHLCVs, each with times, gives the
        rows of the shortest bars, stamped as these are; `timeframe` is then the length of the bars of `ohlcv`. Bars of
        days, weeks and months close by the `calendar`, UTC's without one, and `stamps` says whether bars are stamped
        with their open or close: see `joined_session`. With `resample`, bars of a longer timeframe that neither it nor
        a Dataset has are made of shorter ones of the same market, and it is the calendar of all bars; raises ValueError
        for other data, which have no streams.
        """
        from laakhay.ta.joined import calendar_of

        from ..execution.runner import evaluate_plan

        if isinstance(data, Mapping) and any(not isinstance(values, Series) for values in data.values()):
            given: dict[str, Any] = {"timeframe": timeframe, "missing_input": missing_input, "resample": resample}
            return self.run_columns(data, **given, calendar=calendar, stamps=stamps, unit=unit)
        options: dict[str, Any] = {"return_all_outputs": return_all_outputs}
        if resample is not None:
            if isinstance(data, (Series, Mapping)):
                raise ValueError(NO_STREAMS)
            options["resample"] = resample
        if not isinstance(data, (Series, Mapping)):  # Of one stream closes decide nothing.
            chosen = calendar_of(calendar, resample)
            options |= {} if chosen is None else {"calendar": chosen}
            options |= {} if stamps == "open" else {"stamps": stamps}
        return evaluate_plan(self._ensure_plan(), data, **options)

    def evaluate(self, context: Any) -> Series[Any]:
        """Evaluate to one Series: of a Dataset the first entry's, of a number a one-point series.

        `None` and an empty mapping do for a rule made of constants alone.
        """
        result = self.run({} if context is None else context)
        if isinstance(result, dict):
            if not result:
                result = self.run({})
            elif all(isinstance(key, tuple) for key in result):
                result = next(iter(result.values()))
        return result if isinstance(result, (Series, dict, tuple)) else _make_scalar_series(result)

    def requirements(self) -> SignalRequirements:
        """Give the fields that the rule reads, and how many bars of each one value needs."""
        return self._ensure_plan().requirements

    def dependencies(self) -> list[str]:
        """Give the names of the fields that the rule reads, sorted."""
        return sorted({need.field for need in self.requirements().data_requirements if need.field})

    def describe(self) -> str:
        """Give the rule, its data requirements and its alignment policy as lines of text."""
        plan = self._ensure_plan()
        lines = [f"expr: {render(self._node)}"]
        if plan.requirements.data_requirements:
            lines.append("data_requirements:")
            lines += [
                f"  - {need.source}.{need.field} symbol={need.symbol or '*'} exchange={need.exchange or '*'} "
                f"timeframe={need.timeframe or '-'} lookback={need.min_lookback}"
                for need in plan.requirements.data_requirements
            ]
        policy = plan.alignment
        lines.append(
            f"alignment: how={policy.how} fill={policy.fill} "
            f"left_fill={policy.left_fill_value} right_fill={policy.right_fill_value}"
        )
        return "\n".join(lines)

    def to_dot(self) -> str:
        """Give the plan as a Graphviz digraph."""
        return render_dot(self._ensure_plan())

    def __add__(self, other: Any) -> Expression:
        return self._binary("add", self, other)

    def __radd__(self, other: Any) -> Expression:
        return self._binary("add", other, self)

    def __sub__(self, other: Any) -> Expression:
        return self._binary("sub", self, other)

    def __rsub__(self, other: Any) -> Expression:
        return self._binary("sub", other, self)

    def __mul__(self, other: Any) -> Expression:
        return self._binary("mul", self, other)

    def __rmul__(self, other: Any) -> Expression:
        return self._binary("mul", other, self)

    def __truediv__(self, other: Any) -> Expression:
        return self._binary("div", self, other)

    def __rtruediv__(self, other: Any) -> Expression:
        return self._binary("div", other, self)

    def __mod__(self, other: Any) -> Expression:
        return self._binary("mod", self, other)

    def __rmod__(self, other: Any) -> Expression:
        return self._binary("mod", other, self)

    def __pow__(self, other: Any) -> Expression:
        return self._binary("pow", self, other)

    def __rpow__(self, other: Any) -> Expression:
        return self._binary("pow", other, self)

    def __lt__(self, other: Any) -> Expression:
        return self._binary("lt", self, other)

    def __le__(self, other: Any) -> Expression:
        return self._binary("lte", self, other)

    def __gt__(self, other: Any) -> Expression:
        return self._binary("gt", self, other)

    def __ge__(self, other: Any) -> Expression:
        return self._binary("gte", self, other)

    def __eq__(self, other: Any) -> Expression:  # type: ignore[override]
        return self._binary("eq", self, other)

    def __ne__(self, other: Any) -> Expression:  # type: ignore[override]
        return self._binary("neq", self, other)

    def __and__(self, other: Any) -> Expression:
        return self._binary("and", self, other)

    def __rand__(self, other: Any) -> Expression:
        return self._binary("and", other, self)

    def __or__(self, other: Any) -> Expression:
        return self._binary("or", self, other)

    def __ror__(self, other: Any) -> Expression:
        return self._binary("or", other, self)

    def __neg__(self) -> Expression:
        return type(self)(UnaryOpNode("neg", self._node))

    def __pos__(self) -> Expression:
        return type(self)(UnaryOpNode("pos", self._node))

    def __invert__(self) -> Expression:
        return type(self)(UnaryOpNode("not", self._node))

    def _binary(self, operator: Any, left: Any, right: Any) -> Expression:
        return type(self)(BinaryOpNode(operator, _to_node(left), _to_node(right)))


def _to_node(value: Any) -> ExprNode:
    """Give the node of an expression or of anything with `_to_expression`; a node itself; else a literal."""
    if isinstance(value, Expression):
        return value._node
    if isinstance(value, ExprNode):
        return value
    if hasattr(value, "_to_expression"):
        return value._to_expression()._node
    return LiteralNode(value)


def as_expression(value: Any) -> Expression:
    """Give an expression as it is, and anything else as an expression of its node."""
    return value if isinstance(value, Expression) else Expression(_to_node(value))


__all__ = ["Expression", "as_expression"]
