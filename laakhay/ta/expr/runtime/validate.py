"""Says what is wrong with a rule without raising."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from laakhay.ta.exceptions import StrategyError

from ..algebra.operators import Expression
from ..dsl import compile_expression
from ..dsl.analyzer import IndicatorAnalyzer
from ..execution.references import select_field
from ..ir.nodes import ExprNode
from ..planner.types import PlanResult, SignalRequirements
from .capability_validator import CapabilityValidator

Rule = str | Mapping[str, Any] | ExprNode | Expression


class ExprValidationError(ValueError):
    """For callers that want a failed validation as an exception; `validate` itself does not raise it."""

    def __init__(self, message: str, errors: list[str] | None = None, warnings: list[str] | None = None) -> None:
        super().__init__(message)
        self.errors = [] if errors is None else errors
        self.warnings = [] if warnings is None else warnings


@dataclass
class ValidationResult:
    """What is wrong with a rule, and what a rule without errors needs."""

    valid: bool
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    """Names of all indicators it calls, `select` included, once each in order."""
    select_fields: list[str] = field(default_factory=list)
    requirements: SignalRequirements | None = None
    plan: PlanResult | None = None


def validate(expression: Rule, exchange: str | None = None, check_capabilities: bool = True) -> ValidationResult:
    """Read, check and plan a rule.

    Parameters
    ----------
    expression
        Text, a dictionary, nodes or an Expression.
    exchange
        Whose support of the sources is asked for.
    check_capabilities
        Whether `warnings` say which sources and fields are not to be had.

    Returns
    -------
    ValidationResult
        `valid` is whether there are no errors. Nothing is raised for a rule that is wrong.

    Examples
    --------
    >>> validate("smaa(20) > 5").errors[0].splitlines()[0]
    "Cannot parse the rule: error: Indicator 'smaa' not found"
    >>> validate("sma(20) > sma(50)").indicators
    ['sma']
    """
    result, capability_warnings = examine(expression, exchange, check_capabilities)
    result.warnings += capability_warnings
    return result


def examine(expression: Rule, exchange: str | None, check_capabilities: bool) -> tuple[ValidationResult, list[str]]:
    """Validate, with the warnings about capabilities apart."""
    result = ValidationResult(valid=False)
    try:
        if isinstance(expression, ExprNode):  # Of nodes, what they call is known even where they do not fit together.
            result.indicators = _names(expression)
        rule = compile_expression(expression)
        result.plan = rule._ensure_plan()
    except StrategyError as error:
        result.errors.append(f"Cannot parse the rule: {error}")
        return result, []
    except (ValueError, TypeError) as error:  # Among them TypeCheckError, PlanningError and a malformed dictionary.
        result.errors.append(f"The rule does not fit together: {error}")
        return result, []
    result.valid = True
    result.indicators = _names(rule._node)
    result.select_fields = list(dict.fromkeys(_selected_fields(rule._node)))
    result.requirements = result.plan.requirements
    return result, CapabilityValidator().validate_plan(result.plan, exchange) if check_capabilities else []


def _names(node: ExprNode) -> list[str]:
    return list(dict.fromkeys(call.name for call in IndicatorAnalyzer().collect(node)))


def _selected_fields(node: ExprNode) -> Iterator[str]:
    return (select_field(call) for call in IndicatorAnalyzer().collect(node) if call.name == "select")


__all__ = ["ExprValidationError", "ValidationResult", "examine", "validate"]
