"""The exact reference: every node of a plan in exact decimals, one moment at a time.

It shares no arithmetic, no clocks and no resampling with the engine, so that the two can be proven against each other:
of the engine it asks parsing, binding and planning. It is made to be read, not to be fast, and is an execution backend:
`evaluate_plan(plan, data, backend=Reference())`.

With the package it shares what finds data, since nothing is computed there and callers are to get the same errors of
both: which series of a Dataset or a mapping a rule's fields are (`execution/context_builder.py`, `stream_set.py`,
`backends/streams.py`), the series of one stream side by side under the alignment policy (`timeline.py`), what a
reference and a plan say (`references.py`, `plan_reader.py`) and how the numbers and the time of a tick are read
(`tick.py`). Derived fields, readiness, shapes of results and everything that follows from a bar are its own.
"""

from __future__ import annotations

from tests.reference.backend import Reference

__all__ = ["Reference"]
