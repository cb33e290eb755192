"""Says in plain values what a rule reads and calls, and how many bars it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..dsl import extract_indicator_nodes
from ..planner.types import DataRequirement, PlanResult
from .validate import Rule, examine


@dataclass
class AnalysisResult:
    """What a rule needs; of a rule that is wrong, the errors and nothing else."""

    expression: Rule
    valid: bool
    errors: list[str]
    warnings: list[str]
    indicators: list[str]
    """Names of all calls in order, as often as they are called."""
    data_requirements: list[DataRequirement]
    required_sources: list[str]
    required_exchanges: list[str]
    required_timeframes: list[str]
    min_lookback: int
    """Bars that one value needs; 0 for a rule that reads nothing."""
    capability_warnings: list[str]
    """Those of `warnings` that say what sources and exchanges lack."""
    plan: PlanResult | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give everything but the expression as plain values."""
        plan = None if self.plan is None else self.plan.to_dict()
        return {
            "valid": self.valid,
            "errors": list(self.errors),
            "warnings": list(self.warnings),
            "indicators": list(self.indicators),
            "data_requirements": [] if plan is None else plan["requirements"]["data_requirements"],
            "required_sources": list(self.required_sources),
            "required_exchanges": list(self.required_exchanges),
            "required_timeframes": list(self.required_timeframes),
            "min_lookback": self.min_lookback,
            "capability_warnings": list(self.capability_warnings),
            "plan": plan,
        }


def analyze(expression: Rule, *, exchange: str | None = None, check_capabilities: bool = True) -> AnalysisResult:
    """Say what a rule reads and calls; the parameters are those of `validate`, and nothing is raised for a wrong rule.

    Examples
    --------
    >>> result = analyze("sma(BTC.trades.volume, 20) > 100 and rsi(14) < 30")
    >>> result.indicators, result.required_sources, result.min_lookback
    (['sma', 'rsi'], ['ohlcv', 'trades'], 20)
    """
    checked, capability_warnings = examine(expression, exchange, check_capabilities)
    needs = [] if checked.requirements is None else list(checked.requirements.data_requirements)
    return AnalysisResult(
        expression=expression,
        valid=checked.valid,
        errors=checked.errors,
        warnings=[*checked.warnings, *capability_warnings],
        indicators=[call.name for call in extract_indicator_nodes(expression)] if checked.valid else checked.indicators,
        data_requirements=needs,
        required_sources=sorted({need.source for need in needs}),
        required_exchanges=sorted({need.exchange for need in needs if need.exchange}),
        required_timeframes=sorted({need.timeframe for need in needs if need.timeframe}),
        min_lookback=max((need.min_lookback for need in needs), default=0),
        capability_warnings=capability_warnings,
        plan=checked.plan,
    )


__all__ = ["AnalysisResult", "analyze"]
