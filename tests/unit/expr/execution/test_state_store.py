"""States of nodes, and snapshots that share nothing with them."""

from __future__ import annotations

import pytest

from tests.reference.state import STATE_SCHEMA_VERSION, KernelState, StateSnapshot, StateStore


def store_with(value):
    store = StateStore()
    store.update_state(3, KernelState(algorithm_state=[value], ticks_processed=1, last_value=value, is_valid=True))
    return store


def test_a_state_is_empty_until_it_is_used():
    store = StateStore()
    assert store.get_state(1) == KernelState(None, 0, None, False, [])
    assert store.get_state(1) is store.get_state(1)


def test_a_snapshot_does_not_change_with_the_store():
    store = store_with(5)
    snapshot = store.snapshot()
    store.get_state(3).algorithm_state.append(6)
    assert snapshot.states[3].algorithm_state == [5]
    assert snapshot.schema_version == STATE_SCHEMA_VERSION == 1


def test_a_restored_store_does_not_change_the_snapshot():
    snapshot, store = store_with(5).snapshot(), StateStore()
    store.restore(snapshot)
    store.get_state(3).algorithm_state.append(6)
    assert snapshot.states[3].algorithm_state == [5]


def test_plain_states_can_be_restored():
    store = StateStore()
    store.restore({1: KernelState(last_value=2)})
    assert store.get_state(1).last_value == 2


def test_a_snapshot_of_another_version_is_refused_and_changes_nothing():
    store = store_with(5)
    with pytest.raises(ValueError, match="Incompatible snapshot schema"):
        store.restore(StateSnapshot(schema_version=99, states={}))
    assert store.get_state(3).last_value == 5


def test_clearing_forgets_everything():
    store = store_with(5)
    store.clear()
    assert store.snapshot().states == {}
