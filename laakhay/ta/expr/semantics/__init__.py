"""Sources of data and their fields."""

from __future__ import annotations

from .source_schema import *  # noqa: F403  (the schema's own __all__ is this package's surface)
from .source_schema import __all__ as __all__
