"""The published step contracts."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from laakhay.ta.expr import execution
from laakhay.ta.expr.execution.contracts import (
    DEFAULT_STEP_POLICIES,
    Availability,
    ErrorPolicy,
    MissingInputPolicy,
    StepPolicies,
    StepResult,
    worst,
)


def test_names_have_their_published_values():
    assert [str(state) for state in Availability] == ["ready", "warming_up", "missing_input", "excluded", "error"]
    assert [str(policy) for policy in MissingInputPolicy] == ["emit_missing", "hold_previous", "fail"]
    assert [str(policy) for policy in ErrorPolicy] == ["raise", "emit_error", "emit_missing"]


def test_default_policies_emit_missing_and_raise():
    assert StepPolicies() == DEFAULT_STEP_POLICIES
    assert DEFAULT_STEP_POLICIES.missing_input is MissingInputPolicy.EMIT_MISSING
    assert DEFAULT_STEP_POLICIES.on_error is ErrorPolicy.RAISE
    with pytest.raises(FrozenInstanceError):
        DEFAULT_STEP_POLICIES.on_error = ErrorPolicy.EMIT_ERROR


def test_only_a_ready_result_has_an_output():
    ready = StepResult.ready({"n": 1}, 5)
    assert (ready.next_state, ready.output, ready.is_ready) == ({"n": 1}, 5, True)
    error = ValueError("x")
    others = [
        StepResult.warming_up(0),
        StepResult.missing_input(0),
        StepResult.excluded(0),
        StepResult.errored(0, error),
    ]
    assert all(one.output is None and not one.is_ready for one in others)
    assert others[-1].error is error
    assert others[-1].availability is Availability.ERROR


def test_a_result_can_be_made_through_its_subscripted_form():
    assert StepResult[dict, int].ready({}, 1) == StepResult.ready({}, 1)
    assert StepResult[dict, int]({}, 1, Availability.READY) == StepResult.ready({}, 1)


def test_the_worst_state_wins():
    order = [
        Availability.ERROR,
        Availability.MISSING_INPUT,
        Availability.WARMING_UP,
        Availability.EXCLUDED,
        Availability.READY,
    ]
    for at, state in enumerate(order):
        assert worst(reversed(order[at:])) is state
    assert worst([]) is Availability.READY


def test_the_package_gives_its_names_lazily_and_no_others():
    assert execution.StepResult is StepResult
    with pytest.raises(AttributeError):
        execution.nothing
