"""What a registered indicator receives."""

from __future__ import annotations

from laakhay.ta.core.context import SeriesContext

__all__ = ["SeriesContext"]
