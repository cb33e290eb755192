"""Execution of plans. Names are loaded when they are first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "DEFAULT_EXECUTION_MODE": "backend",
    "DEFAULT_STEP_POLICIES": "contracts",
    "Availability": "contracts",
    "Engine": "engine",
    "ErrorPolicy": "contracts",
    "MissingInputPolicy": "contracts",
    "NodeStepper": "contracts",
    "StepPolicies": "contracts",
    "StepResult": "contracts",
    "build_evaluation_context": "context_builder",
    "collect_required_field_names": "context_builder",
    "evaluate_plan": "runner",
    "resolve_backend": "backend",
    "resolve_execution_mode": "backend",
    "resolve_source_from_context": "context_builder",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
