"""These tests run on the compiled engine."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests of the packages beside this one."""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with the default execution mode."""
    monkeypatch.delenv("TA_EXECUTION_MODE", raising=False)
