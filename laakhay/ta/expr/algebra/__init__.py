"""Rules built with Python operators.

`alignment` is the submodule; the context manager of the same name is `alignment_func`.
"""

from __future__ import annotations

from . import alignment
from .alignment import alignment as alignment_func
from .alignment import get_policy
from .operators import Expression, as_expression

__all__ = ["Expression", "alignment", "alignment_func", "as_expression", "get_policy"]
