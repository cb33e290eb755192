"""Holds the states of a plan's nodes. A snapshot shares nothing with the store, in either direction."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from .models import STATE_SCHEMA_VERSION, KernelState, StateSnapshot


class StateStore:
    """States by node id, made on demand."""

    def __init__(self) -> None:
        self._states: dict[int, KernelState] = {}

    def get_state(self, node_id: int) -> KernelState:
        """Give a node's state; an empty one is stored when it has none."""
        return self._states.setdefault(node_id, KernelState())

    def update_state(self, node_id: int, state: KernelState) -> None:
        """Put a state in place of the node's present one."""
        self._states[node_id] = state

    def clear(self) -> None:
        """Forget everything."""
        self._states.clear()

    def snapshot(self, graph_hash: str | None = None) -> StateSnapshot:
        """Give a deep copy of all states, with the version of their form and the hash of their plan."""
        return StateSnapshot(STATE_SCHEMA_VERSION, deepcopy(self._states), graph_hash)

    def restore(self, snapshot: StateSnapshot | Mapping[int, KernelState]) -> None:
        """Replace all states by copies of those given.

        Raises ValueError for a snapshot of another version, with the store as it was.
        """
        if isinstance(snapshot, StateSnapshot):
            if snapshot.schema_version != STATE_SCHEMA_VERSION:
                raise ValueError(
                    f"Incompatible snapshot schema: version {snapshot.schema_version} was given, "
                    f"version {STATE_SCHEMA_VERSION} is needed"
                )
            snapshot = snapshot.states
        self._states = deepcopy(dict(snapshot))


__all__ = ["StateStore"]
