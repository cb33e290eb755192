"""What can bear witness to an indicator: an implementation that shares no code with it, and how the two are compared.

A witness names its rule, the markets that it is heard on, and how close the two must be. Where a witness has a value
the engine must have one, and from there on both must agree: numbers within `relative` of the larger one, or, where an
indicator is the small difference of large numbers, within `near_zero` of the largest value of that output; truth
values are equal. A witness that is `ready_alike` has a value wherever the engine has one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import numpy as np
import talib as wheel
from numpy.typing import NDArray
from talib import abstract

import laakhay.ta as ta
from laakhay.ta.expr.execution.backends import BatchBackend
from tests.parity.compare import assert_same_bits, compare_nodes, evaluate, outputs_of
from tests.parity.markets import GENERATORS, REAL_FILES, Market, generated_market, real_market
from tests.reference import Reference

GOLDEN = Path(__file__).parent / "golden"
REAL = tuple(REAL_FILES)
WHOLE = tuple(name for name in GENERATORS if name != "missing")
EVERY = (*REAL, *GENERATORS)
HOUR = timedelta(hours=1)
# Exact decimals and what is quadratic take the beginning of a real file.
REAL_BARS = 600

Column = NDArray[np.float64]
Bars = Mapping[str, Column]
Values = Column | tuple[Column, ...]


@dataclass
class Found:
    """How many points were ready in both, and the largest distance, relative to the larger, of two not near zero."""

    ready: int = 0
    largest: float = 0.0
    #: Bars on which a pattern is there.
    fired: int | None = None


def market_of(name: str, bars: int | None = None) -> Market:
    return real_market(name, bars) if name in REAL_FILES else generated_market(name)


@cache
def bars_of(name: str, bars: int | None = None) -> Bars:
    """Give a market's fields as doubles; NaN is none."""
    columns = market_of(name, bars).columns
    return {
        field: np.array([np.nan if value is None else float(value) for value in column])
        for field, column in columns.items()
    }


@dataclass(frozen=True, kw_only=True)
class Witness:
    """One implementation of one rule. `seeds_differ`: heard from where the beginning weighs less than 1e-12."""

    kind: ClassVar[str]
    rule: str
    markets: tuple[str, ...] = (*REAL, *WHOLE)
    bars: int | None = None
    relative: float = 1e-9
    near_zero: float = 1e-12
    ready_alike: bool = False
    seeds_differ: bool = False

    def theirs(self, market: str) -> Values:
        """Give a column per output, NaN where there is no value."""
        raise NotImplementedError

    def run(self, rule: ta.Rule, market: str) -> Mapping[str, Column]:
        return rule.run(dict(bars_of(market, self.bars)))

    def verify(self) -> ta.ParityReport:
        """Hold the schedules of the engine against one another, on bars of which some are missing."""
        return ta.compile(self.rule).verify(dict(bars_of("missing")))

    def compare(self, market: str) -> Found:
        """Hold the engine against the witness; raises AssertionError where they differ."""
        rule = ta.compile(self.rule)
        given = self.run(rule, market)
        ours = [given[name] for name in rule.outputs]
        theirs = self.theirs(market)
        columns = theirs if isinstance(theirs, tuple) else (theirs,)
        assert len(ours) == len(columns), f"{len(ours)} and {len(columns)} outputs"
        first = rule.explain(timeframe=market_of(market).timeframe).settle(1e-12) if self.seeds_differ else 0
        found = Found()
        for name, mine, other in zip(rule.outputs, ours, columns, strict=True):
            self._compare_output(name, mine[first:], np.asarray(other, dtype=float)[first:], found)
        return found

    def _compare_output(self, name: str, mine: Column, other: Column, found: Found) -> None:
        assert len(mine) == len(other)
        there, here = ~np.isnan(other), ~np.isnan(mine)
        lost = there & ~here if not self.ready_alike else there != here
        assert not lost.any(), f"{name}: ready in one and not in the other in rows {np.flatnonzero(lost)[:5]}"
        mine, other = mine[there], other[there]
        found.ready += len(mine)
        size = np.maximum(np.abs(mine), np.abs(other))
        allowed = np.maximum(self.relative * size, self.near_zero * size.max(initial=0.0))
        distance = np.abs(mine - other)
        wrong = np.flatnonzero(distance > allowed)
        assert not len(wrong), f"{name}: {mine[wrong[0]]!r} and {other[wrong[0]]!r}, {len(wrong)} of {len(mine)} differ"
        relative = distance / np.where(size == 0, 1, size)
        found.largest = max(found.largest, float(relative[relative <= self.relative].max(initial=0.0)))


@dataclass(frozen=True, kw_only=True)
class Formula(Witness):
    """A naive formula, in exact arithmetic or NumPy."""

    kind = "formula"
    of: Callable[[Bars], Values]

    def theirs(self, market: str) -> Values:
        return self.of(bars_of(market, self.bars))


@dataclass(frozen=True, kw_only=True)
class OfCalendar(Witness):
    """A naive formula of columns and of the moments when bars close, in a time zone; bars are given with stamps."""

    kind = "formula"
    zone: str
    session_start: str
    of: Callable[[Bars, list[datetime]], Values]

    @property
    def calendar(self) -> ta.Calendar:
        return ta.Calendar(self.zone, session_start=self.session_start)

    def run(self, rule: ta.Rule, market: str) -> Mapping[str, Column]:
        return rule.run(market_of(market, self.bars).ohlcv(), calendar=self.calendar)

    def verify(self) -> ta.ParityReport:
        return ta.compile(self.rule).verify(market_of("gaps").ohlcv(), calendar=self.calendar)

    def theirs(self, market: str) -> Values:
        bars = market_of(market, self.bars)
        zone = ZoneInfo(self.zone)
        return self.of(bars_of(market, self.bars), [(stamp + HOUR).astimezone(zone) for stamp in bars.stamps])


@dataclass(frozen=True, kw_only=True)
class TaLib(Formula):
    """The TA-Lib wheel, a C library with a history of its own."""

    kind = "TA-Lib"


@dataclass(frozen=True, kw_only=True)
class Pattern(TaLib):
    """A pattern of candles of the TA-Lib wheel, exact, whose values all are there where the market is made for it."""

    values: tuple[int, ...]
    relative: float = 0.0
    near_zero: float = 0.0

    def compare(self, market: str) -> Found:
        found = super().compare(market)
        theirs = self.theirs(market)
        assert isinstance(theirs, np.ndarray)
        there = theirs[~np.isnan(theirs) & (theirs != 0)]
        found.fired = len(there)
        if market == "candles":
            assert {*there.astype(int).tolist()} == {*self.values}, "a value never comes, or one is not told"
        return found


@dataclass(frozen=True, kw_only=True)
class Golden(Witness):
    """Columns of a file that another tool has made; its header says which, and how."""

    kind = "golden"
    tool: str
    columns: tuple[str, ...]

    def theirs(self, market: str) -> Values:
        rows = golden_rows(self.tool, market)
        columns = []
        for name in self.columns:
            column = np.full(len(bars_of(market)["close"]), np.nan)
            for row in rows:
                column[int(row["row"])] = float(row[name] or "nan")
            columns.append(column)
        return tuple(columns)


@cache
def golden_rows(tool: str, market: str) -> list[dict[str, str]]:
    with (GOLDEN / f"{tool}_{market}.csv").open(encoding="utf8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@dataclass(frozen=True, kw_only=True)
class Body(Witness):
    """The definition as a text of the rule language, of parts that have witnesses of their own."""

    kind = "body"
    body: str

    def theirs(self, market: str) -> Values:
        return tuple(ta.compile(self.body).run(dict(bars_of(market, self.bars))).values())


@dataclass(frozen=True, kw_only=True)
class Exact(Witness):
    """The kernel of the exact-Decimal reference: compared node by node, over gaps too.

    `ready_share` of a market's bars have a value at least, counted over all outputs. `ties_when_flat`: it compares a
    price with a mean of itself, on equal cents the same number but for rounding.
    """

    kind = "exact kernel"
    ready_share: float = 0.85
    ties_when_flat: bool = False

    def compare(self, market: str) -> Found:
        return compare_with_reference(self.rule, market_of(market, self.bars), self.ready_share)


def compare_with_reference(rule: str, market: Market, ready_share: float) -> Found:
    """Hold a batch of the engine against exact decimals, in every node of a rule."""
    plan, data = ta.compile(rule)._ensure_plan(), market.data()
    root, mine = evaluate(BatchBackend(), plan, data, return_all_outputs=True)
    reference_root, theirs = evaluate(Reference(), plan, data, return_all_outputs=True)
    found = compare_nodes(plan, mine, theirs)
    assert len(outputs_of(root)) == len(outputs_of(reference_root))
    for one, other in zip(outputs_of(root), outputs_of(reference_root), strict=True):
        # The values are those of the root's node; which rows are left of them is said twice, too.
        assert one.timestamps == other.timestamps
        assert one.availability_mask == other.availability_mask
    # Compiled without the other nodes, the root has the same bits.
    alone = evaluate(BatchBackend(), plan, data)
    ready = assert_same_bits(alone, root, f"{rule} alone and with its nodes on {market.name}")
    least = max(1, int(ready_share * market.readiness * len(market)))
    assert ready >= least, f"only {ready} ready points of {least}"
    return Found(ready, float(found.largest_relative))


def formula(rule: str, of: Callable[[Bars], Values], **heard: Any) -> Formula:
    return Formula(rule=rule, of=of, **({"bars": REAL_BARS, "ready_alike": True, "relative": 1e-12} | heard))


def of_calendar(
    rule: str,
    of: Callable[[Bars, list[datetime]], Values],
    zone: str = "UTC",
    session_start: str = "00:00",
    **heard: Any,
) -> OfCalendar:
    """Heard on the bars of hours."""
    markets = ("eurusd_1h", *WHOLE)
    return OfCalendar(
        rule=rule,
        of=of,
        zone=zone,
        session_start=session_start,
        **({"markets": markets, "bars": REAL_BARS, "ready_alike": True, "relative": 1e-12} | heard),
    )


def talib(rule: str, of: Callable[[Bars], Values], *markets: str, **heard: Any) -> TaLib:
    """Heard on the real files and some walks, or where told: elsewhere TA-Lib's running sums lose digits."""
    return TaLib(rule=rule, of=of, markets=(*REAL, *(markets or ("walk", "gaps"))), **heard)


def candle(prefix: str, name: str, *values: int, penetration: float | None = None) -> Pattern:
    """Heard on the real files and where prices are so few that patterns meet their limits."""
    function = abstract.Function(f"CDL{name.upper()}")
    shares = {} if penetration is None else {"penetration": penetration}
    function.set_parameters(shares)

    def of(bars: Bars) -> Column:
        found = getattr(wheel, function.info["name"])(bars["open"], bars["high"], bars["low"], bars["close"], **shares)
        out = found.astype(float)
        # TA-Lib's integers are zeros before the first that it looks for.
        out[: function.lookback] = np.nan
        return out

    rule = f"{prefix}{name}({'' if penetration is None else penetration})"
    return Pattern(rule=rule, of=of, values=values, markets=(*REAL, "walk", "ties", "flat", "candles"))


def pynecore(rule: str, *columns: str, **heard: Any) -> Golden:
    return Golden(rule=rule, tool="pynecore", columns=columns, markets=REAL, **heard)


def body(rule: str, text: str, **heard: Any) -> Body:
    return Body(rule=rule, body=text, **({"ready_alike": True, "relative": 1e-12} | heard))


def exact(rule: str, ready_share: float = 0.85, *, ties_when_flat: bool = False) -> Exact:
    markets = tuple(name for name in EVERY if name != "flat_cents" or not ties_when_flat)
    return Exact(rule=rule, markets=markets, bars=REAL_BARS, ready_share=ready_share, ties_when_flat=ties_when_flat)


def hearings(table: Mapping[str, list[Witness]]) -> Iterator[tuple[str, Witness, str]]:
    """Give every witness of a table with its indicator, once for each market."""
    for indicator, witnesses in table.items():
        for witness in witnesses:
            for market in witness.markets:
                yield indicator, witness, market


__all__ = [
    "Body",
    "Exact",
    "Formula",
    "Golden",
    "OfCalendar",
    "Pattern",
    "TaLib",
    "Witness",
    "body",
    "candle",
    "exact",
    "formula",
    "hearings",
    "of_calendar",
    "pynecore",
    "talib",
]
