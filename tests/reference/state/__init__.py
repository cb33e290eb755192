"""State of the nodes of a plan, and snapshots of it."""

from __future__ import annotations

from .models import STATE_SCHEMA_VERSION, KernelState, StateSnapshot
from .store import StateStore

__all__ = ["STATE_SCHEMA_VERSION", "KernelState", "StateSnapshot", "StateStore"]
