"""Streams of a dataset on the engine, which says when bars close and makes those that are lacking: as the reference."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta import ta_py
from laakhay.ta.core import Dataset, Series
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.expr.execution.backends import BatchBackend, IncrementalRustBackend
from laakhay.ta.expr.ir import LiteralNode
from tests.reference import Reference

START = datetime(2024, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
BACKENDS = (Reference, BatchBackend, IncrementalRustBackend)


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests beside these."""


def column(count: int, step: timedelta, symbol: str, timeframe: str) -> Series[Any]:
    values = [Decimal(row + 1) for row in range(count)]
    return Series([START + row * step for row in range(count)], values, symbol, timeframe, [True] * count)


def dataset(**columns: tuple[int, timedelta, str, str]) -> Dataset:
    data = Dataset()
    for label, one in columns.items():
        data.add_series(one[2], one[3], column(*one), source=label.split("__")[0])
    return data


def results(rule: Any, data: Dataset, symbol: str, **options: Any) -> list[tuple[list[datetime], list[Any]]]:
    found = []
    for backend in BACKENDS:
        series = backend().evaluate(rule._ensure_plan(), data, symbol=symbol, timeframe="1h", **options)
        points = zip(series.values, series.availability_mask, strict=True)
        found.append((list(series.timestamps), [value if ready else None for value, ready in points]))
    return found


def test_bars_that_are_lacking_are_made_of_the_finest_and_the_last_is_whole() -> None:
    # The own bars are lacking too: two hours of them and three quarters of a third.
    rule, quarters = ta.compile("close + trades.volume * 0"), (11, HOUR / 4, "ADA", "15m")
    for stamps, values in results(
        rule, dataset(close=quarters, trades=(2, HOUR, "ADA", "1h")), "ADA", resample=ta.Calendar()
    ):
        assert (stamps, values) == ([START, START + HOUR], [4, 8])
    # A trade of the third hour says that it is over, and so does its last quarter.
    for data, last in (
        (dataset(close=quarters, trades=(3, HOUR, "ADA", "1h")), 11),
        (dataset(close=(12, HOUR / 4, "ADA", "15m"), trades=(2, HOUR, "ADA", "1h")), 12),
    ):
        for stamps, values in results(rule, data, "ADA", resample=ta.Calendar()):
            assert (stamps[-1], values) == (START + 2 * HOUR, [4, 8, last])


def test_a_stream_that_is_read_is_what_longer_ones_are_made_of() -> None:
    data = dataset(close=(9, HOUR, "BTC", "1h"), close__eth=(9, HOUR, "ETH", "1h"))
    rule = ta.compile("close * 0 + ETH.close * 100 + ETH.4h.close")
    for _, values in results(rule, data, "BTC", resample=ta.Calendar()):
        assert values == [None] * 3 + [404, 504, 604, 704, 808, 908]


def test_a_series_of_the_rule_stands_beside_bars_that_are_made() -> None:
    data = dataset(close=(9, HOUR, "BTC", "1h"))
    own = column(8, HOUR, "BTC", "1h")
    rule = ta.compile("close * 0 + ohlcv.4h.close") + ta.Rule(LiteralNode(own))
    for _, values in results(rule, data, "BTC", resample=ta.Calendar()):
        assert values == [None] * 3 + [8, 9, 10, 11, 16, 16]


def test_bars_stamped_with_their_closes_make_the_same() -> None:
    data = dataset(close=(8, HOUR, "BTC", "1h"))
    opened = results(ta.compile("close + ohlcv.4h.close"), data, "BTC", resample=ta.Calendar())
    late = dataset()
    stamped = column(8, HOUR, "BTC", "1h")
    stamps = [stamp + HOUR for stamp in stamped.timestamps]
    late.add_series("BTC", "1h", Series(stamps, stamped.values, "BTC", "1h", [True] * 8), source="close")
    closed = results(ta.compile("close + ohlcv.4h.close"), late, "BTC", resample=ta.Calendar(), stamps="close")
    assert [values for _, values in closed] == [values for _, values in opened]
    assert all(times == stamps for times, _ in closed)
    for backend in BACKENDS:
        with pytest.raises(ValueError, match="stamps is 'middle'; accepted: open, close"):
            plan = ta.compile("close + ohlcv.4h.close")._ensure_plan()
            backend().evaluate(plan, data, "BTC", "1h", resample=ta.Calendar(), stamps="middle")


def test_of_trades_longer_ones_are_not_made() -> None:
    data = dataset(close=(9, HOUR, "BTC", "1h"), trades=(9, HOUR, "BTC", "1h"))
    for backend in BACKENDS:
        with pytest.raises(MissingDataError, match="how 'volume' of a longer bar follows from shorter ones"):
            plan = ta.compile("close + trades.4h.volume")._ensure_plan()
            backend().evaluate(plan, data, "BTC", "1h", resample=ta.Calendar())


# What the engine says of the times of bars


def test_bars_close_a_length_after_they_open() -> None:
    def ns(text: str) -> int:
        return ta_py.time_ns(datetime.fromisoformat(text).replace(tzinfo=UTC))

    opens = np.array([ns("2024-01-31T09:30"), ns("2023-12-31T00:00")])
    assert ta_py.closes_ns(opens, "15m").tolist() == [ns("2024-01-31T09:45"), ns("2023-12-31T00:15")]
    assert ta_py.closes_ns(opens, "1mo").tolist() == [ns("2024-02-29T09:30"), ns("2024-01-31T00:00")]
    with pytest.raises(ValueError, match="'soon' is no timeframe"):
        ta_py.closes_ns(opens, "soon")


def test_timeframes_are_ordered_by_their_length() -> None:
    assert [ta_py.nominal_ns(one) for one in ("1m", "h4", "soon")] == [60 * 10**9, 4 * 3_600 * 10**9, None]
    assert ta_py.nominal_ns("1mo") == ta_py.nominal_ns("30d")
    with pytest.raises(ValueError, match="`1mo` is months"):
        ta_py.nominal_ns("1M")


def test_a_session_over_streams_says_when_bars_close() -> None:
    session = ta.compile("close + ohlcv.1d.close").joined_session(
        timeframe="1h", calendar=ta.Calendar("America/New_York")
    )
    begins = np.array([ta_py.time_ns(datetime(2024, 3, 10, 5, tzinfo=UTC))])  # 23 hours long: clocks go forward.
    assert (session.closes("ohlcv.1d", begins) - begins).tolist() == [23 * 3_600 * 10**9]
    with pytest.raises(ValueError, match=r"a bar of `ohlcv\.1d` in row 0 opens at"):
        session.closes("ohlcv.1d", begins + 1)
    with pytest.raises(ValueError, match="no stream `ETH`"):
        session.closes("ETH", begins)
