"""What a node remembers between two bars."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

STATE_SCHEMA_VERSION = 1


@dataclass
class KernelState:
    """Memory of one node.

    `algorithm_state` is data only and is replaced, never changed in place. `history` is for nodes that must keep
    earlier values themselves; the built-in ones keep theirs, bounded, in `algorithm_state`.
    """

    algorithm_state: Any = None
    ticks_processed: int = 0
    last_value: Any = None
    is_valid: bool = False
    history: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class StateSnapshot:
    """States of all nodes at one moment, by node id, and the hash of the plan whose nodes they are."""

    schema_version: int
    states: dict[int, KernelState]
    graph_hash: str | None = None


__all__ = ["STATE_SCHEMA_VERSION", "KernelState", "StateSnapshot"]
