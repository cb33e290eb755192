"""What a rule computes, when its first value comes, what it keeps."""

from __future__ import annotations

from dataclasses import dataclass

from laakhay.ta import ta_py
from laakhay.ta.frames.columns import timeframe_to_ns

from . import markup
from .outputs import output_names


@dataclass(frozen=True, repr=False)
class Explanation:
    """What a rule computes over bars of a length; prints as a tree."""

    rule: ta_py.Rule
    timeframe: str | None = None

    def __post_init__(self) -> None:
        timeframe_to_ns(self.timeframe)

    @property
    def _timeframe_ns(self) -> int | None:
        return timeframe_to_ns(self.timeframe)

    @property
    def inputs(self) -> list[str]:
        """Fields that are read."""
        return self.rule.fields

    @property
    def outputs(self) -> list[str]:
        """Names of the values."""
        return output_names(self.rule)

    @property
    def warmup(self) -> int:
        """Bars before all outputs have had a value, when nothing is missing."""
        return max(self.rule.warmup(self._timeframe_ns), default=0)

    @property
    def bars_needed(self) -> int:
        """Bars until every output has a value, that one included, when nothing is missing: see `Session.bars_to_ready`.

        For values that no longer depend on where history begins, see `settle`.
        """
        return self.warmup + 1

    def settle(self, tolerance: float = 1e-6) -> int | None:
        """Give the bars until no seed weighs more than `tolerance`, a share between 0 and 1.

        None where the beginning of history may matter for ever (`close.sum()`), or until something happens in the data
        (`barssince`); the explanation's text says which.
        """
        bars = self.rule.settle(tolerance, self._timeframe_ns)
        settled = [one for one in bars if one is not None]
        return max(settled, default=0) if len(settled) == len(bars) else None

    @property
    def state_bytes(self) -> int:
        """Bytes of state of one symbol; they do not grow with bars."""
        return self.rule.state_bytes(self._timeframe_ns)

    @property
    def is_causal(self) -> bool:
        """True: a rule that looks ahead does not compile."""
        return True

    def to_dot(self) -> str:
        """Give the plan as a Graphviz digraph."""
        return self.rule.to_dot()

    def __str__(self) -> str:
        return self.rule.explain(self._timeframe_ns)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return markup.text(str(self))


__all__ = ["Explanation"]
