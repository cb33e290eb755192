"""Holds what a rule reads against what sources, and the exchanges of the data provider, offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..planner.manifest import generate_capability_manifest
from ..planner.types import PlanResult, SignalRequirements


class CapabilityValidator:
    """Checks against a capability manifest; by default the one of this package. Names count in any case."""

    def __init__(self, manifest: Mapping[str, Any] | None = None) -> None:
        self.manifest: Mapping[str, Any] = generate_capability_manifest() if manifest is None else manifest

    def validate_plan(self, plan: PlanResult, exchange: str | None = None) -> list[str]:
        """Give a warning for each thing a plan reads that is not to be had; see `validate_requirements`."""
        return self.validate_requirements(plan.requirements, exchange)

    def validate_requirements(self, requirements: SignalRequirements, exchange: str | None = None) -> list[str]:
        """Give a warning for each source or field that is not known, or not served by the exchange.

        A requirement that names an exchange is held against its own, any other against `exchange`.
        """
        warnings: dict[str, None] = {}
        for need in requirements.data_requirements:
            asked = exchange if need.exchange is None else need.exchange
            supported, message = self.check_source_support(need.source, need.field or None, asked)
            if not supported and message is not None:
                warnings[message] = None
        return list(warnings)

    def check_source_support(
        self, source: str, field: str | None = None, exchange: str | None = None
    ) -> tuple[bool, str | None]:
        """Say whether a source has a field and an exchange serves it, and if not, why.

        An exchange of which the manifest says nothing about the source is not judged.
        """
        known = _find(self.manifest["sources"], source)
        if known is None:
            return False, f"Source '{source}' is not known; known: {', '.join(self.manifest['sources'])}"
        if field is not None and field.lower() not in known["fields"]:
            return (
                False,
                f"Field '{field}' is not available for source '{source}'; available: {', '.join(known['fields'])}",
            )
        served = _find(_find(self.manifest["exchange_source_support"], exchange) or {}, source)
        if served is not None and not served.get("rest") and not served.get("ws"):
            return False, f"Source '{source}' is not supported by exchange '{exchange}'"
        return True, None

    def check_indicator_source_compatibility(
        self, indicator: str, source: str, field: str | None = None
    ) -> tuple[bool, str | None]:
        """Say whether there is such an indicator and such a source with such a field, and if not, why."""
        if indicator.lower() not in {entry["name"] for entry in self.manifest["indicators"]}:
            return False, f"Indicator '{indicator}' not found"
        return self.check_source_support(source, field)


def _find(entries: Mapping[str, Any], name: str | None) -> Any:
    """Give the entry of a name in any case; None where there is none."""
    if name is None:
        return None
    return next((entry for own, entry in entries.items() if own.lower() == name.lower()), None)


__all__ = ["CapabilityValidator"]
