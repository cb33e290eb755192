"""Numbers as series, under their older name: see `laakhay.ta.expr.ir.scalars`."""

from __future__ import annotations

from ..ir.scalars import _broadcast_scalar_series, _make_scalar_series

__all__ = ["_broadcast_scalar_series", "_make_scalar_series"]
