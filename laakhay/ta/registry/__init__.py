"""The indicators that rules can name."""

from __future__ import annotations

from .models import SeriesContext

__all__ = ["SeriesContext"]
