"""The page of witnesses: what stands for each indicator, and how far the two were apart in the run that wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.parity.witness import Found, Golden, Witness

PAGE = Path(__file__).parents[2] / "docs" / "witnesses.md"
HEAD = """\
<!-- Written by `make witnesses`. -->

# Witnesses

Every indicator is held against implementations that share no code with it: naive formulas, most of them in exact
arithmetic, an exact-Decimal kernel, TA-Lib's wheel, golden values of PyneCore (Pine Script) and of the Rust crate
ta-lib, or the definition in the language itself, of parts that have witnesses of their own. Where a witness has a value
the indicator must have one. `allowed` is how far apart the two may be, as a share of the larger one, where that is not
a difference near zero of large numbers; `apart` is the largest distance of two such values in the run that wrote this
page, and the market on which it was. Much of it is what the witness itself is off: [benchmarks](benchmarks.md) has both
sides.

| indicator | witness | calls | markets | values | allowed | apart | on |
|---|---|---|---|---:|---:|---:|---|
"""


@dataclass
class Row:
    """One kind of witness of an indicator, over all calls and markets."""

    calls: dict[str, None] = field(default_factory=dict)
    markets: dict[str, None] = field(default_factory=dict)
    allowed: float = 0.0
    ready: int = 0
    apart: float = 0.0
    market: str = ""

    def cells(self, indicator: str, kind: str) -> list[str]:
        """What follows from the table of witnesses alone."""
        calls = ", ".join(f"`{call}`".replace("|", "\\|") for call in list(self.calls)[:3])
        more = f" and {len(self.calls) - 3} more" if len(self.calls) > 3 else ""
        return [f"`{indicator}`", kind, f"{calls}{more}", ", ".join(self.markets), f"{self.allowed:.0e}"]


def kind_of(witness: Witness) -> str:
    return f"values of {witness.tool}" if isinstance(witness, Golden) else witness.kind


def rows(table: Mapping[str, list[Witness]]) -> dict[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}
    for indicator, witnesses in table.items():
        for witness in witnesses:
            row = found.setdefault((indicator, kind_of(witness)), Row())
            row.calls[witness.rule] = None
            row.markets |= dict.fromkeys(witness.markets)
            row.allowed = max(row.allowed, witness.relative)
    return found


def written(table: Mapping[str, list[Witness]], heard: Mapping[tuple[str, Witness, str], Found]) -> str:
    """Give the page of what was heard."""
    every = rows(table)
    for (indicator, witness, market), found in heard.items():
        row = every[indicator, kind_of(witness)]
        row.ready += found.ready
        if found.largest > row.apart:
            row.apart, row.market = found.largest, market
    lines = []
    for (indicator, kind), row in sorted(every.items()):
        *cells, allowed = row.cells(indicator, kind)
        apart = f"{row.apart:.0e}" if row.apart else "0"
        lines.append(f"| {' | '.join([*cells, f'{row.ready:,}', allowed, apart, row.market])} |")
    return HEAD + "\n".join(lines) + "\n"


def read(text: str) -> Iterator[tuple[list[str], int, float]]:
    """Give of each row of a page what follows from the table, and how many values were how far apart."""
    for line in text[len(HEAD) :].splitlines():
        cells = [cell.strip() for cell in line.replace("\\|", "\0").strip("|").split("|")]
        *static, ready, allowed, apart, _ = (cell.replace("\0", "\\|") for cell in cells)
        yield [*static, allowed], int(ready.replace(",", "")), float(apart)
