"""The exact reference: every node of a plan in exact decimals, one moment at a time.

It shares no arithmetic, no clocks and no resampling with the engine, so that the two can be proven against each other:
of the engine it asks parsing, binding and planning. It is made to be read, not to be fast, and is an execution backend:
`evaluate_plan(plan, data, backend=Reference())`.
"""

from __future__ import annotations

from tests.reference.backend import Reference

__all__ = ["Reference"]
