"""Which backend is chosen, by whom."""

from __future__ import annotations

import pytest

from laakhay.ta.expr.execution.backend import (
    DEFAULT_EXECUTION_MODE,
    resolve_backend,
    resolve_execution_mode,
    resolve_incremental_backend,
)
from laakhay.ta.expr.execution.backends import ExecutionBackend, IncrementalBackend, IncrementalRustBackend
from laakhay.ta.expr.execution.runner import evaluate_plan
from laakhay.ta.expr.ir import LiteralNode
from tests.unit.expr.by_hand import plan_by_hand


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    monkeypatch.delenv("TA_EXECUTION_MODE", raising=False)
    monkeypatch.delenv("TA_INCREMENTAL_BACKEND", raising=False)


def test_an_argument_wins_over_the_environment_and_that_over_the_default(monkeypatch):
    assert resolve_execution_mode() == DEFAULT_EXECUTION_MODE == "batch"
    monkeypatch.setenv("TA_EXECUTION_MODE", " Incremental ")
    assert resolve_execution_mode() == "incremental"
    assert resolve_execution_mode("BATCH") == "batch"


def test_blank_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("TA_EXECUTION_MODE", " ")
    monkeypatch.setenv("TA_INCREMENTAL_BACKEND", "")
    assert (resolve_execution_mode(), resolve_incremental_backend()) == ("batch", "rust")


def test_an_unknown_choice_says_what_is_accepted(monkeypatch):
    with pytest.raises(ValueError, match="accepted: batch, incremental"):
        resolve_execution_mode("fast")
    with pytest.raises(ValueError, match="accepted: batch, incremental"):
        resolve_execution_mode("")
    monkeypatch.setenv("TA_INCREMENTAL_BACKEND", "numpy")
    with pytest.raises(ValueError, match="TA_INCREMENTAL_BACKEND is 'numpy'; accepted: rust"):
        resolve_backend("incremental")


def test_who_asks_for_the_exact_reference_is_told_where_it_is(monkeypatch):
    with pytest.raises(ValueError, match=r"the argument is 'python'.*tests/reference.*backend=Reference\(\)"):
        resolve_incremental_backend("Python")
    monkeypatch.setenv("TA_INCREMENTAL_BACKEND", " python ")
    with pytest.raises(ValueError, match=r"TA_INCREMENTAL_BACKEND is 'python'.*the engine alone \(rust\)"):
        resolve_backend("incremental")


def test_the_engine_is_the_incremental_backend(monkeypatch):
    backend = resolve_backend("incremental")
    assert type(backend) is IncrementalRustBackend
    assert isinstance(backend, ExecutionBackend)
    assert resolve_backend("incremental") is not backend
    monkeypatch.setenv("TA_INCREMENTAL_BACKEND", " Rust ")
    assert type(resolve_backend("incremental")) is IncrementalRustBackend is IncrementalBackend
    monkeypatch.setenv("TA_INCREMENTAL_BACKEND", "python")
    assert resolve_incremental_backend(" Rust ") == "rust"  # An argument wins here too.


def test_an_injected_backend_only_needs_to_evaluate():
    class Falsy:
        def __bool__(self):
            return False

        def evaluate(self, plan, data, **options):
            return plan, data, options

    plan = plan_by_hand(LiteralNode(1))
    assert evaluate_plan(plan, [1], backend=Falsy(), depth=2) == (plan, [1], {"depth": 2})
