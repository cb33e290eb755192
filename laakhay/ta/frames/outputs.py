"""What a rule gave, as columns of whatever library have it: null where not ready, conditions true or false."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .columns import Floats


@dataclass(frozen=True)
class Output:
    """One output of a rule over a table: numbers, of conditions 1 and 0, NaN where not ready."""

    name: str
    numbers: Floats
    is_condition: bool
    is_plain: bool = False
    """Of a condition: not ready counts as false."""

    @property
    def truths(self) -> NDArray[np.bool_]:
        """Where a condition is true."""
        return np.equal(self.numbers, 1.0)

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where it is not ready."""
        return np.isnan(self.numbers)

    @property
    def plain(self) -> NDArray[np.bool_] | Floats:
        """What an array has: truth values of a plain condition, else numbers."""
        return self.truths if self.is_condition and self.is_plain else self.numbers

    def items(self) -> list[float | bool | None]:
        """Give the values one by one, None where not ready."""
        if self.is_condition and self.is_plain:
            return self.truths.tolist()  # type: ignore[no-any-return]
        values = self.truths if self.is_condition else self.numbers
        return [None if gap else value for value, gap in zip(values.tolist(), self.missing.tolist(), strict=True)]


__all__ = ["Output"]
