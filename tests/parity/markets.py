"""Markets that rules are proven on: two real files, and generated ones with what real ones rarely have.

Prices are whole numbers of ticks, so they are exact texts and no NaN is among them. A field that a bar lacks is
None here: a masked place of a `Series`, an absent number of a tick.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from laakhay.ta import from_csv
from laakhay.ta.core import OHLCV, Dataset, Series
from tests.parity.candles import candles

FIELDS = ("open", "high", "low", "close", "volume")
START = datetime(2024, 1, 1, tzinfo=UTC)
DATA = Path(__file__).parents[2] / "examples" / "data"
REAL_FILES = {"aapl_1d": "1d", "eurusd_1h": "1h"}
GENERATED_BARS = 400
# Stands at masked places, where nobody may read it.
DECOY = Decimal("123456789")

Column = list[Decimal | None]


@dataclass(frozen=True)
class Market:
    """Bars of one symbol. `readiness` is the share of points that are asked to be ready, beside a gapless market's."""

    name: str
    timeframe: str
    stamps: tuple[datetime, ...]
    columns: dict[str, Column]
    readiness: float = 1.0

    def __len__(self) -> int:
        return len(self.stamps)

    @property
    def is_whole(self) -> bool:
        """Whether no bar lacks a field."""
        return all(None not in column for column in self.columns.values())

    def context(self) -> dict[str, Series[Any]]:
        """Give one series per field; what a bar lacks is masked."""
        return {name: self._series(column) for name, column in self.columns.items()}

    def _series(self, column: Column) -> Series[Any]:
        values = [DECOY if value is None else value for value in column]
        mask = [value is not None for value in column]
        return Series(self.stamps, values, self.name, self.timeframe, mask)

    def ohlcv(self) -> OHLCV:
        """Give the bars as columns."""
        assert self.is_whole, f"{self.name} lacks fields, which an OHLCV cannot"
        columns = [self.columns[name] for name in FIELDS]
        return OHLCV(self.stamps, *columns, [True] * len(self), self.name, self.timeframe)  # type: ignore[arg-type]

    def data(self) -> Dataset | dict[str, Series[Any]]:
        """Give what backends evaluate: a dataset, or series where fields are missing."""
        if not self.is_whole:
            return self.context()
        dataset = Dataset()
        dataset.add_series(self.name, self.timeframe, self.ohlcv(), source="ohlcv")
        return dataset

    def ticks(self) -> Iterator[dict[str, Any]]:
        """Give the bars one by one."""
        for row in range(len(self)):
            yield {name: column[row] for name, column in self.columns.items()}

    def head(self, bars: int) -> Market:
        """Give the first bars only."""
        columns = {name: column[:bars] for name, column in self.columns.items()}
        return Market(self.name, self.timeframe, self.stamps[:bars], columns, self.readiness)


@cache
def real_market(name: str, bars: int | None = None) -> Market:
    """Give the first bars of a real file, or all of it."""
    timeframe = REAL_FILES[name]
    table = from_csv(DATA / f"{name}.csv", symbol=name, timeframe=timeframe)
    assert isinstance(table, OHLCV)
    columns: dict[str, Column] = {field: list(getattr(table, f"{field}s")) for field in FIELDS}
    market = Market(name, timeframe, table.timestamps, columns)
    return market if bars is None else market.head(bars)


def _bars(rng: random.Random, closes: list[int], wick: int, gap: int = 0) -> dict[str, list[int]]:
    """Give bars around closes, in ticks; no price falls below one tick."""
    opens = [max(1, before + rng.randint(-gap, gap)) for before in [closes[0], *closes[:-1]]]
    highs = [max(o, c) + rng.randint(0, wick) for o, c in zip(opens, closes, strict=True)]
    lows = [max(1, min(o, c) - rng.randint(0, wick)) for o, c in zip(opens, closes, strict=True)]
    volumes = [rng.randint(1, 1_000_000) for _ in closes]
    return {"open": opens, "high": highs, "low": lows, "close": closes, "volume": volumes}


def _walk(rng: random.Random, start: int, step: int, bars: int = GENERATED_BARS) -> list[int]:
    prices = [start]
    while len(prices) < bars:
        prices.append(max(10 * step, prices[-1] + rng.randint(-step, step)))
    return prices


def _market(
    name: str, ticks: dict[str, list[int]], tick: str, stamps: list[datetime] | None = None, readiness: float = 1.0
) -> Market:
    size = Decimal(tick)
    columns: dict[str, Column] = {
        field: [value * (1 if field == "volume" else size) for value in map(Decimal, values)]
        for field, values in ticks.items()
    }
    hours = stamps or [START + timedelta(hours=hour) for hour in range(len(ticks["close"]))]
    return Market(name, "1h", tuple(hours), columns, readiness)


def random_walk(seed: int = 1) -> Market:
    """Prices near 100 in cents."""
    rng = random.Random(seed)
    return _market("walk", _bars(rng, _walk(rng, 10_000, 120), wick=80, gap=20), "0.01")


def flat_runs(seed: int = 2, tick: str = "0.25") -> Market:
    """Runs of up to 40 bars on which nothing moves, one at the start; sums of prices are exact in doubles."""
    rng = random.Random(seed)
    closes = [1_000] * 40
    while len(closes) < GENERATED_BARS:
        closes += [rng.randint(900, 1_100)] * rng.choice((1, 1, 1, 2, 3, 40))
    return _market("flat", _bars(rng, closes[:GENERATED_BARS], wick=0), tick)


def flat_cents() -> Market:
    """The same in cents: a mean of equal cents is not always that cent in doubles."""
    return replace(flat_runs(tick="0.01"), name="flat_cents")


def ties(seed: int = 3) -> Market:
    """Four prices only: equal neighbours, equal extremes, equal sides of comparisons."""
    rng = random.Random(seed)
    closes = [rng.randint(20, 23) for _ in range(GENERATED_BARS)]
    bars = _bars(rng, closes, wick=1, gap=1)
    bars["volume"] = [rng.randint(1, 3) for _ in closes]
    return _market("ties", bars, "0.5")


def time_gaps(seed: int = 4) -> Market:
    """A walk of which bars are left out: nights, weekends and single hours."""
    rng = random.Random(seed)
    stamps, now = [], START
    for _ in range(GENERATED_BARS):
        stamps.append(now)
        now += timedelta(hours=rng.choice((1, 1, 1, 1, 1, 2, 15, 65)))
    return _market("gaps", _bars(rng, _walk(rng, 5_000, 60), wick=40, gap=200), "0.01", stamps)


def splits(seed: int = 5) -> Market:
    """A walk that is cut to a half, a seventh and a twentieth overnight, and once rises tenfold."""
    rng = random.Random(seed)
    closes = _walk(rng, 4_000_000, 40_000)
    for bar, (up, down) in {80: (1, 2), 160: (1, 7), 240: (10, 1), 320: (1, 20)}.items():
        closes[bar:] = [price * up // down for price in closes[bar:]]
    return _market("splits", _bars(rng, closes, wick=300, gap=100), "0.01")


def zero_volume(seed: int = 6) -> Market:
    """A walk whose volume is zero on most bars, sometimes for long."""
    rng = random.Random(seed)
    bars = _bars(rng, _walk(rng, 20_000, 150), wick=50)
    volumes = enumerate(bars["volume"])
    bars["volume"] = [rng.choice((0, 0, 0, volume)) if bar % 100 > 40 else 0 for bar, volume in volumes]
    return _market("zero_volume", bars, "0.05")


def tiny_prices(seed: int = 7) -> Market:
    """Prices near 1e-8."""
    rng = random.Random(seed)
    return _market("tiny", _bars(rng, _walk(rng, 12_000, 130), wick=60, gap=10), "0.000000000001")


def huge_prices(seed: int = 8) -> Market:
    """Prices near 1e12, in cents."""
    rng = random.Random(seed)
    closes = _walk(rng, 123_456_789_012_345, 1_300_000_000_000)
    return _market("huge", _bars(rng, closes, wick=700_000_000_000, gap=90_000_000_000), "0.01")


def missing_fields(seed: int = 9) -> Market:
    """A walk of which a tenth of the bars lacks some field, and some runs of bars lack all."""
    rng = random.Random(seed)
    whole = _market("missing", _bars(rng, _walk(rng, 30_000, 300), wick=90, gap=30), "0.01")
    columns = {name: list(column) for name, column in whole.columns.items()}
    for bar in range(len(whole)):
        if rng.random() < 0.1:
            columns[rng.choice(FIELDS)][bar] = None
        if bar % 97 < 3:
            for column in columns.values():
                column[bar] = None
    return Market("missing", "1h", whole.stamps, columns, readiness=0.6)


def candle_patterns(seed: int = 10) -> Market:
    """Candles of which each pattern is there some times; sums of prices are exact in doubles."""
    rng = random.Random(seed)
    bars = list(candles(rng, 8_000))
    ticks = {name: [bar[at] for bar in bars] for at, name in enumerate(("open", "high", "low", "close"))}
    return _market("candles", ticks | {"volume": [rng.randint(1, 9) for _ in bars]}, "0.25")


GENERATORS: dict[str, Callable[[], Market]] = {
    "walk": random_walk,
    "flat": flat_runs,
    "flat_cents": flat_cents,
    "ties": ties,
    "gaps": time_gaps,
    "splits": splits,
    "zero_volume": zero_volume,
    "tiny": tiny_prices,
    "huge": huge_prices,
    "missing": missing_fields,
}


#: Heard by those alone that are there for it.
SPECIAL: dict[str, Callable[[], Market]] = {"candles": candle_patterns}


@cache
def generated_market(name: str) -> Market:
    """Give a generated market by name."""
    return (GENERATORS | SPECIAL)[name]()
