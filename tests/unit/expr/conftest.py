"""Keeps the compiled engine out of these tests: calls are bound by hand."""

from __future__ import annotations

import pytest

from laakhay.ta.expr import _rust
from tests.unit.expr.by_hand import bind_by_hand


@pytest.fixture(autouse=True)
def binder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bind calls by hand."""
    monkeypatch.setattr(_rust, "bind_call", bind_by_hand)
