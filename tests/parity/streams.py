"""Markets of several streams, and rules over them, that are proven equal.

Every market is seen from BTCUSDT at 1h and has all that the rules read: BTCUSDT at 15m, 1h, 4h and 1d, ETHUSDT at 15m,
1h and 4h, ADAUSDT at 1h with missing fields, trades, also of one exchange, and an order book at times of their own.
They differ in what is left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, Series
from tests.parity.markets import DECOY, FIELDS
from tests.parity.rules import Case

PAIR = ("BTCUSDT", "1h")
START = datetime(2024, 2, 26, tzinfo=UTC)
HOURS = 480
MINUTES = {"15m": 15, "1h": 60, "4h": 240, "1d": 1_440}


@dataclass(frozen=True)
class StreamMarket:
    """Data of several streams. `readiness` is the share of points asked to be ready, beside a gapless market's.

    With a `calendar`, bars of four hours and of days are not there, and are built.
    """

    name: str
    data: Dataset
    readiness: float
    calendar: ta.Calendar | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What `evaluate` is told beside plan and data."""
        symbol, timeframe = PAIR
        given: dict[str, Any] = {"symbol": symbol, "timeframe": timeframe}
        return given if self.calendar is None else given | {"resample": self.calendar}

    def until(self, time: datetime) -> Dataset:
        """Give the data of bars that have closed at a time."""
        data = Dataset()
        for key, entry in self.data:
            length = timedelta(minutes=MINUTES[key.timeframe])
            bars = sum(stamp + length <= time for stamp in entry.timestamps)
            data.add_series(key.symbol, key.timeframe, entry[:bars], key.source)
        return data


Row = tuple[datetime, list[Decimal]]


def _walk(rng: random.Random, timeframe: str, start: int, hours: int = HOURS) -> list[Row]:
    """Give bars around a walk of cents, one after the other."""
    step, price, rows = max(2, start // 200), start, []
    for number in range(hours * 60 // MINUTES[timeframe]):
        close = max(10 * step, price + rng.randint(-step, step))
        high, low = max(price, close) + rng.randint(0, step), min(price, close) - rng.randint(0, step)
        prices = [Decimal(value) / 100 for value in (price, high, low, close)]
        volume = Decimal(rng.randint(1, 10_000)) / 10
        rows.append((START + number * timedelta(minutes=MINUTES[timeframe]), [*prices, volume]))
        price = close
    return rows


Keep = Callable[[random.Random, datetime], bool]


def _all(rng: random.Random, stamp: datetime) -> bool:
    del rng, stamp
    return True


def _most(rng: random.Random, stamp: datetime) -> bool:
    del stamp
    return rng.random() < 0.75


def _weekdays(rng: random.Random, stamp: datetime) -> bool:
    return stamp.weekday() < 5 and (stamp.hour < 20 or rng.random() < 0.2)


def _table(rows: Sequence[Row], symbol: str, timeframe: str) -> OHLCV:
    columns = zip(*(values for _, values in rows), strict=True)
    return OHLCV([stamp for stamp, _ in rows], *columns, [True] * len(rows), symbol, timeframe)  # type: ignore[arg-type]


def _columns(
    rng: random.Random, rows: Sequence[Row], symbol: str, timeframe: str, missing: float
) -> Iterator[tuple[str, Series[Any]]]:
    """Give a series per field; a share of the points has no value."""
    for place, name in enumerate(FIELDS):
        mask = [rng.random() >= missing for _ in rows]
        values = [row[place] if ready else DECOY for (_, row), ready in zip(rows, mask, strict=True)]
        yield name, Series([stamp for stamp, _ in rows], values, symbol, timeframe, mask)


def _records(rng: random.Random, stamps: Sequence[datetime], missing: float) -> Series[Any]:
    mask = [rng.random() >= missing for _ in stamps]
    values = [Decimal(rng.randint(1, 1_000)) / 10 if ready else DECOY for ready in mask]
    return Series(stamps, values, "BTCUSDT", "1h", mask)


def _market(
    name: str,
    seed: int,
    keep: Keep,
    missing: float,
    readiness: float,
    late: int = 0,
    calendar: ta.Calendar | None = None,
) -> StreamMarket:
    """Give a market whose other streams begin `late` hours after the first one, and later one by one."""
    rng = random.Random(seed)
    data, delay = Dataset(), 0
    walks = [("BTCUSDT", one, 9_000) for one in ("1h", "15m", "4h", "1d")]
    walks += [("ETHUSDT", one, 3_000) for one in ("15m", "1h", "4h")]
    for symbol, timeframe, start in [*walks, ("ADAUSDT", "1h", 500)]:
        rows = [row for row in _walk(rng, timeframe, start) if keep(rng, row[0])]
        rows = [row for row in rows if row[0] >= START + timedelta(hours=delay)]
        delay += late
        if calendar is not None and timeframe in ("4h", "1d"):
            continue
        if symbol == "ADAUSDT":
            for field, series in _columns(rng, rows, symbol, timeframe, missing):
                data.add_series(symbol, timeframe, series, source=field)
        else:
            data.add_series(symbol, timeframe, _table(rows, symbol, timeframe), source="ohlcv")
    # Trades come later and later after the hour, so that no two of them overlap.
    lags = sorted(rng.choice((0, 0, 0, 7, 30)) for _ in range(delay, HOURS))
    times = [START + timedelta(hours=delay + row, minutes=lag) for row, lag in enumerate(lags)]
    kept = [stamp for stamp in times if keep(rng, stamp)]
    for label in ("trades", "trades_amount", "trades_binance_volume"):
        data.add_series(*PAIR, _records(rng, kept, missing), source=label)
    data.add_series(*PAIR, _records(rng, kept[::3], missing), source="orderbook")
    return StreamMarket(name, data, readiness, calendar)


GENERATORS: dict[str, Callable[[], StreamMarket]] = {
    "whole": lambda: _market("whole", 21, _all, 0.0, 1.0),
    "holes": lambda: _market("holes", 22, _most, 0.1, 0.5),
    "weekends": lambda: _market("weekends", 23, _weekdays, 0.05, 0.4),
    "late": lambda: _market("late", 24, _most, 0.1, 0.25, late=20),
    "built": lambda: _market("built", 25, _most, 0.05, 0.5, calendar=ta.Calendar()),
    # Across the Sunday on which clocks in New York go forward.
    "built_new_york": lambda: _market(
        "built_new_york", 26, _weekdays, 0.05, 0.35, calendar=ta.Calendar("America/New_York", "17:00", "sunday")
    ),
}


@cache
def stream_market(name: str) -> StreamMarket:
    """Give a market by name."""
    return GENERATORS[name]()


TIMEFRAMES = [
    Case("ohlcv.4h.close", 0.95),
    Case("close - ohlcv.4h.close", 0.95),
    Case("sma(ohlcv.4h.close, 20)", 0.8),
    Case("close > sma(ohlcv.4h.close, 5) and close > ohlcv.1d.high", 0.9),
    Case("ohlcv.15m.close - open", 0.95),
    Case("ema(ohlcv.15m.close, 9) > ema(close, 9)", 0.95),
    Case("rsi(ohlcv.4h.close, 5) + rsi(close, 5)", 0.85),
    Case("atr(5) / (ohlcv.1d.high - ohlcv.1d.low)", 0.9),
    Case("bbands(ohlcv.4h.close, 5, 2)", 2.5),
    Case("macd(ohlcv.4h.hlc3, 3, 5, 2).signal - close", 0.8),
    Case("sma(close - ohlcv.4h.close, 10)", 0.9),
    Case("ohlcv.4h.hl2 + ohlcv.1d.ohlc4 + ohlcv.4h.upper_wick", 0.9),
    Case("crossup(close, sma(ohlcv.4h.close, 3))", 0.9),
    Case("ohlcv.4h.volume[2] + ohlcv.1d.volume", 0.85),
    Case("BTC.4h.close - BTCUSDT.1h.close", 0.95),
]

SYMBOLS = [
    Case("ETH.close", 0.95),
    Case("close / ETH.close", 0.95),
    Case("sma(ETH.close, 20) - sma(ADA.close, 20)", 0.85),
    Case("ETH.close > ADA.close * 5", 0.95),
    Case("rsi(close, 7) > rsi(ETH.close, 7)", 0.9),
    Case("max(ETH.high, 20) - min(ADA.low, 20)", 0.9),
    Case("sma(close / ETH.close, 5)", 0.9),
    Case("nz(ADA.close, ETH.close) + 1", 0.95),
    Case("if_else(ETH.close > ETH.open, ADA.close, close)", 0.95),
    Case("barssince(ETH.close < ETH.open) + barssince(close < open)", 0.9),
    Case("valuewhen(ETH.close > ETH.open, close, 1)", 0.9),
    Case("greatest(close, ETH.close, ADA.close, ETH.4h.close)", 0.9),
    Case("ETH.15m.close + ETH.4h.close + ETH.close", 0.9),
    Case("ADA.hlc3 - ADA.close[3]", 0.9),
]

SOURCES = [
    Case("close + trades.volume", 0.95),
    Case("sma(trades.volume, 5) > sma(volume, 5) / 10", 0.9),
    Case("trades.volume.sum() + 0 * close", 0.95),
    Case("trades.filter(amount > 50).count + 0 * close", 0.95),
    Case("trades.filter(amount > 50).sum(volume) - ohlcv.filter(close > open).avg(volume)", 0.9),
    Case("orderbook.imbalance + trades.volume", 0.9),
    Case("close.filter(trades.volume > 50)", 0.2),
    Case("binance.BTC.trades.volume + close", 0.9),
    Case("trades.filter(close > ETH.close).count + 0", 0.9),
]

DURATIONS = [
    Case("close.24h_ago", 0.9),
    Case("close.change_pct_1d + close.roc_3", 0.9),
    Case("ETH.close.change_6h - close.change_6h", 0.9),
    Case("ohlcv.4h.close.change_1d", 0.85),
    Case("sma(ohlcv.4h.close, 3).8h_ago + close.3_ago", 0.85),
    Case("trades.volume.change_2h + close", 0.85),
    Case("(close - ETH.close).12h_ago", 0.9),
    Case("(close > ETH.close * 3).2h_ago", 0.9),
]

WORDS = [
    Case("on(4h, close) - close", 0.95),
    Case("on(4h, atr(5)) / atr(5)", 0.85),
    Case("close > on(1d, high[1])", 0.85),
    Case("on(4h, stochastic(5, 3)).k - stochastic(5, 3).k", 0.85),
    Case("on(ETH, sma(close, 5)) / on(ETH.4h, close) + 0 * close", 0.9),
    Case("on(ETH, close > open) and on(4h, close > open) and close > open", 0.95),
    Case("on(trades, volume) + close", 0.95),
    Case("on(4h, ETH.close - close) + close", 0.95),
    Case("fresh(4h)", 0.95),
    Case("fresh(1d) and close > open", 0.95),
    Case("fresh(ETH) or fresh(trades)", 0.95),
    Case("on(ETH, fresh(4h)) + 0 * close", 0.9),
    Case("valuewhen(fresh(4h), close) - on(4h, close)", 0.9),
    Case("(close.filter(fresh(4h))).count + 0 * close", 0.95),
]

STREAM_CASES = TIMEFRAMES + SYMBOLS + SOURCES + DURATIONS + WORDS

# Ways to align streams of one timeframe that somebody chooses, and what share of points is left of a gapless market.
ALIGNMENTS = [
    ("inner", "none", 0.3),
    ("outer", "none", 0.2),
    ("outer", "ffill", 0.4),
    ("left", "none", 0.2),
    ("left", "ffill", 0.4),
    ("right", "none", 0.2),
    ("right", "ffill", 0.4),
]

ALIGNED_CASES = [
    Case("close / ETH.close", 0.95),
    Case("sma(close - ETH.close, 5) + ohlcv.4h.close", 0.8),
    Case("sma(ETH.close, 3) > sma(close, 3) / 3", 0.9),
    Case("on(ETH, atr(3)) + close", 0.9),
    Case("if_else(fresh(ETH), close, open) - close", 0.9),
    Case("trades.volume + close + ETH.close", 0.2),
    Case("(close - ETH.close).4h_ago", 0.9),
    Case("bbands(close + ETH.close, 5, 1).upper - close", 0.9),
]
