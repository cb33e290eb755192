"""The alignment policy, under its older name: see `laakhay.ta.expr.planner.policy`."""

from __future__ import annotations

from ..planner.policy import alignment, get_policy

__all__ = ["alignment", "get_policy"]
