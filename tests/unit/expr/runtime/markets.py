"""Bars of which every value can be computed by head: closes 1, 2, 3, ..."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from laakhay.ta.core import Dataset
from laakhay.ta.data import dataset_from_bars

START = datetime(2024, 1, 1, tzinfo=UTC)


def rising(count: int) -> list[dict[str, Any]]:
    """Give bars with closes 1, 2, 3, ..., highs two above, lows one below, and ten times the close as volume."""
    return [
        {
            "timestamp": START + timedelta(hours=hour),
            "open": hour + 1,
            "high": hour + 3,
            "low": hour,
            "close": hour + 1,
            "volume": 10 * (hour + 1),
        }
        for hour in range(count)
    ]


def rising_dataset(count: int, symbol: str = "BTCUSDT", timeframe: str = "1h") -> Dataset:
    """Give them as a dataset, under source `default`."""
    return dataset_from_bars(rising(count), symbol=symbol, timeframe=timeframe)


def iso(hour: int) -> str:
    """Give the time of a bar as text."""
    return (START + timedelta(hours=hour)).isoformat()
