"""What a proof on data found, and how far it has come."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from . import markup


@dataclass(frozen=True)
class LateStart:
    """What became of one output where history began later."""

    output: str
    look_back: int | None
    """Bars that a value looks at, where it is a function of so many: once these were seen the bits have to meet."""
    starts: int
    """At how many later places history began."""
    met: int
    """At how many of them the bits met those of the whole history, for good."""
    bars: int | None
    """After how many bars at most, where they met at all."""


@dataclass(frozen=True, repr=False)
class ParityReport:
    """What `verify` found; prints as a table."""

    ok: bool
    """Nothing differed, and every output had a ready value: without one nothing is proven."""
    bars: int
    ready: dict[str, int]
    """Per output, how many values were ready."""
    checks: list[tuple[str, int, int]]
    """Per comparison with a batch run: what was compared, how many values, how many differed in a bit."""
    text: str
    not_made: dict[str, str]
    """The comparisons that were not made, each with the reason."""
    late_starts: list[LateStart]
    """Per output, whether and when the bits meet where history begins later."""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        found = "ok" if self.ok else "not ok"
        ready = ", ".join(f"{count} of {name}" for name, count in self.ready.items())
        return f"<ParityReport {found}: {self.bars} bars, {len(self.checks)} comparisons, ready values: {ready}>"

    def _repr_html_(self) -> str:
        return markup.text(self.text)

    @classmethod
    def of(cls, found: tuple[Any, ...]) -> ParityReport:
        """Read what the engine's `verify` gives."""
        text, ok, bars, ready, checks, late = found
        not_made = {name: reason for name, _, _, reason in checks if reason is not None}
        made = [(name, compared, differing) for name, compared, differing, reason in checks if reason is None]
        return cls(ok, bars, dict(ready), made, text, not_made, [LateStart(*one) for one in late])

    @classmethod
    def of_symbols(cls, reports: Mapping[str, ParityReport]) -> ParityReport:
        """Put the reports of symbols together: counts are sums, checks and later starts have the symbol in front."""
        ready: Counter[str] = Counter()
        for one in reports.values():
            ready.update(one.ready)
        named = [(symbol, one) for symbol, one in reports.items()]
        return cls(
            ok=all(one.ok for one in reports.values()),
            bars=sum(one.bars for one in reports.values()),
            ready=dict(ready),
            checks=[
                (f"{symbol}: {name}", compared, differing)
                for symbol, one in named
                for name, compared, differing in one.checks
            ],
            text="\n".join(f"{symbol}\n{one.text}" for symbol, one in named),
            not_made={f"{symbol}: {name}": why for symbol, one in named for name, why in one.not_made.items()},
            late_starts=[
                replace(late, output=f"{symbol}: {late.output}") for symbol, one in named for late in one.late_starts
            ],
        )


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Give what shows how far work has come, where a terminal watches; what was shown is wiped off at the end."""
    terminal = sys.stderr
    if terminal is None or not terminal.isatty():
        yield None
        return

    def show(part: str, done: int, bars: int) -> None:
        terminal.write(f"\r\x1b[Kverify: {part}, {100 * done // max(bars, 1)} %")
        terminal.flush()

    try:
        yield show
    finally:
        terminal.write("\r\x1b[K")
        terminal.flush()


__all__ = ["LateStart", "ParityReport", "progress"]
