"""A Dataset of several entries is taken by every door: the rule's own bars are of what the rule does not name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, DatasetKey, Series
from laakhay.ta.exceptions import MissingDataError
from laakhay.ta.expr.execution import evaluate_plan
from tests.parity.streams import PAIR, StreamMarket, stream_market

OWN, TIMEFRAME = PAIR
START = datetime(2024, 1, 1, tzinfo=UTC)


def read_by(rule: str, market: StreamMarket) -> Dataset:
    """Give the entries of the rule's own symbol and of those that it names."""
    data = Dataset()
    for key, entry in market.data:
        if key.symbol == OWN or key.symbol.removesuffix("USDT") in rule:
            data.add_series(key.symbol, key.timeframe, entry, key.source)
    return data


def run_over(rule: ta.Rule, market: StreamMarket) -> Any:
    """Give what `run` gives of the own bars, as numbers."""
    result = evaluate_plan(rule._ensure_plan(), market.data, **market.options)
    values = zip(result.values, result.availability_mask, strict=True)
    return np.array([float(value) if is_ready else np.nan for value, is_ready in values])


MARKETS = ("whole", "holes", "late", "weekends", "built", "built_new_york")
RULES = (
    "close > sma(open, 3)",
    "sma(close - ohlcv.4h.close, 10)",
    "close > sma(ohlcv.4h.close, 5) and close > ohlcv.1d.high",
    "ohlcv.4h.hl2 + ohlcv.1d.ohlc4 + ohlcv.4h.upper_wick",
    "(close - ETH.4h.close).change_12h",
    "ETH.close > ADA.close * 5",
    "close + trades.volume - orderbook.imbalance",
)


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("rule", RULES)
def test_arrays_over_a_dataset_are_the_rows_of_its_own_bars(rule: str, market: str) -> None:
    made = stream_market(market)
    compiled = ta.compile(rule)
    options = {} if made.calendar is None else {"resample": made.calendar}
    result = compiled.run_columns(read_by(rule, made), timeframe=TIMEFRAME, **options)
    expected = run_over(compiled, made)
    assert np.isfinite(expected).any()
    np.testing.assert_array_equal(result["value"], expected)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_verified_over_a_dataset(rule: str) -> None:
    for name in ("holes", "built"):
        market = stream_market(name)
        options = {} if market.calendar is None else {"resample": market.calendar}
        report = ta.compile(rule).verify(read_by(rule, market), timeframe=TIMEFRAME, **options)
        assert report.ok, report.text
        assert report.ready["value"] == np.isfinite(run_over(ta.compile(rule), market)).sum()


STREAMS = {
    "close > sma(ohlcv.4h.close, 5) and close > ohlcv.1d.high": {
        "ohlcv": "BTCUSDT|1h|ohlcv",
        "ohlcv.4h": "BTCUSDT|4h|ohlcv",
        "ohlcv.1d": "BTCUSDT|1d|ohlcv",
    },
    "(close - ETH.4h.close).change_12h": {"ohlcv": "BTCUSDT|1h|ohlcv", "ETH.4h": "ETHUSDT|4h|ohlcv"},
    "ohlcv.4h.close": {"ohlcv.4h": "BTCUSDT|4h|ohlcv"},
    "close + trades.volume": {"ohlcv": "BTCUSDT|1h|ohlcv", "trades": "BTCUSDT|1h|trades"},
}


@pytest.mark.parametrize("rule", STREAMS)
def test_a_session_over_streams_takes_them_of_a_dataset(rule: str) -> None:
    data = read_by(rule, stream_market("holes"))
    entries = {name: data[DatasetKey.parse(key)] for name, key in STREAMS[rule].items()}
    tables = {name: {"volume": one} if isinstance(one, Series) else one for name, one in entries.items()}
    session, given = (ta.compile(rule).joined_session(timeframe=TIMEFRAME) for _ in range(2))
    result, expected = session.run(data), given.run(tables)
    np.testing.assert_array_equal(result["timestamp"], expected["timestamp"])
    np.testing.assert_array_equal(result["value"], expected["value"])
    assert np.isfinite(result["value"]).any() and session.snapshot() == given.snapshot()
    assert ta.compile(rule).joined_session(timeframe=TIMEFRAME).warm(data).snapshot() == given.snapshot()


def bars(symbol: str, timeframe: str, closes: list[int], is_closed: bool = True) -> OHLCV:
    length = timedelta(hours=int(timeframe.removesuffix("h")))
    prices = [Decimal(close) for close in closes]
    stamps = [START + row * length for row in range(len(closes))]
    flags = [True] * (len(closes) - 1) + [is_closed]
    return OHLCV(stamps, prices, prices, prices, prices, prices, flags, symbol, timeframe)


def dataset_of(*entries: OHLCV) -> Dataset:
    data = Dataset()
    for one in entries:
        data.add_series(one.symbol, one.timeframe, one, "ohlcv")
    return data


def test_a_session_takes_its_own_bars_and_other_sources_of_them() -> None:
    data = dataset_of(bars("A", "1h", [1, 2, 3]), bars("B", "1h", [7, 8, 9]))
    data.add_series(
        "A", "1h", Series([START + timedelta(hours=row) for row in range(3)], [4, 5, 6], "A", "1h"), "trades"
    )
    session = ta.compile("close + trades.volume + B.close").session()
    assert session.run(data)["value"].tolist() == [12.0, 15.0, 18.0]


DOORS = {
    "session.run": lambda rule, data: rule.session().run(data),
    "session.warm": lambda rule, data: rule.session().warm(data),
    "run_columns": lambda rule, data: rule.run_columns(data),
    "verify": lambda rule, data: rule.verify(data),
    "joined.run": lambda rule, data: rule.joined_session().run(data),
    "joined.warm": lambda rule, data: rule.joined_session().warm(data),
}
A, B = bars("A", "1h", [1, 2]), bars("B", "1h", [1, 2])
WRONG: dict[str, tuple[Dataset, type[Exception], str]] = {
    "symbols": (dataset_of(A, B), ValueError, "has 2 entries: A.*; .* one symbol, and may be of A or B"),
    "timeframes": (dataset_of(A, bars("A", "4h", [1])), ValueError, "one timeframe, and may be of 1h or 4h"),
    "nothing": (Dataset(), ValueError, "one stream is taken here, and the Dataset has 0 entries: none"),
    "forming": (dataset_of(A, bars("A", "4h", [1, 2], is_closed=False)), ValueError, "row 1.* is not closed"),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_says_what_a_dataset_leaves_open(door: str, case: str) -> None:
    data, error, words = WRONG[case]
    with pytest.raises(error, match=words):
        DOORS[door](ta.compile("sma(close, 2)"), data)


def test_a_timeframe_chooses_among_those_of_a_dataset() -> None:
    data = dataset_of(bars("A", "1h", [1, 2, 3]), bars("A", "4h", [5, 6]))
    rule = ta.compile("close")
    assert rule.run_columns(data, timeframe="4h")["value"].tolist() == [5.0, 6.0]
    assert rule.run_columns(data, timeframe="60m")["value"].tolist() == [1.0, 2.0, 3.0]
    assert rule.joined_session(timeframe="4h").run(data)["value"].tolist() == [5.0, 6.0]
    with pytest.raises(ValueError, match="timeframe is '1d', and the data of A is of 1h, 4h"):
        rule.run_columns(data, timeframe="1d")


def test_bars_are_made_of_those_of_a_dataset() -> None:
    data = dataset_of(bars("A", "1h", list(range(1, 9))))
    rule = ta.compile("ohlcv.4h.close")
    expected = rule.run(data, resample=ta.Calendar())["A", "1h", "default"]
    result = rule.run_columns(data, resample=ta.Calendar())["value"]
    assert result.tolist()[3:] == [float(value) for value in expected.values[3:]] == [4.0] * 4 + [8.0]
    assert rule.verify(data, resample=ta.Calendar()).ok
    assert rule.joined_session(timeframe="1h", clock="ohlcv", resample=ta.Calendar()).run(data)["value"][-1] == 8.0


def test_a_field_that_a_dataset_lacks_is_named() -> None:
    data = dataset_of(A, bars("A", "4h", [1]))
    for door in ("run_columns", "verify"):
        with pytest.raises(MissingDataError, match="field=volume"):
            DOORS[door](ta.compile("close + trades.volume + ohlcv.4h.close"), data)
