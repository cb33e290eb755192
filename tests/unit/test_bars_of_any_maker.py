"""One bar is read whoever made it: objects, named tuples, rows of frames and of ccxt, mappings with other names."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import MissingDataError, OrderError

TIME = datetime(2024, 1, 2, 3, tzinfo=UTC)
SECONDS = int(TIME.timestamp())
Quote = namedtuple("Quote", "date open high low close volume average barCount")


@dataclass
class AlpacaBar:
    symbol: str
    timestamp: datetime
    open: float
    high: float
    low: float
    close: float
    volume: float
    trade_count: float | None = None
    vwap: float | None = None


class RealTimeBar:
    """As ib_async has it: `open` has an underscore."""

    def __init__(self) -> None:
        self.time, self.open_, self.high, self.low, self.close = TIME, 1.0, 2.0, 0.5, 1.5
        self.volume, self.wap, self.count = 10.0, 0.0, 3


class Slotted:
    """With properties, and a method that is called as a known name."""

    __slots__ = ()
    ts_event = SECONDS * 10**9

    def t(self) -> None: ...

    @property
    def open(self) -> Decimal:
        return Decimal("1.0")

    high, low, close, volume = Decimal("2.0"), Decimal("0.5"), Decimal("1.5"), Decimal(10)


FIELDS = {"open": 1.0, "high": 2.0, "low": 0.5, "close": 1.5, "volume": 10.0}
FRAME = pd.DataFrame([FIELDS], index=pd.DatetimeIndex([TIME]))
MAKERS: dict[str, Callable[[], Any]] = {
    "Bar": lambda: ta.Bar.from_raw(TIME, 1.0, 2.0, 0.5, 1.5, 10.0),
    "mapping": lambda: {"timestamp": TIME, **FIELDS},
    "capitals": lambda: {"Date": TIME, **{name.title(): value for name, value in FIELDS.items()}},
    "letters": lambda: {"t": TIME, **{name[0]: value for name, value in FIELDS.items()}},
    "some capitals": lambda: FIELDS | {"Datetime": TIME, "Close": FIELDS["close"]} | {"extra": "text"},
    "proxy": lambda: MappingProxyType({"Timestamp": TIME, **FIELDS}),
    "alpaca": lambda: AlpacaBar("A", TIME, *FIELDS.values()),
    "ib_async": RealTimeBar,
    "namespace": lambda: SimpleNamespace(date=TIME, **FIELDS),
    "slots": Slotted,
    "named tuple": lambda: Quote(TIME, *FIELDS.values(), 1.2, 3),
    "row of a frame": lambda: FRAME.iloc[0],
    "row of a frame with its time": lambda: FRAME.rename_axis("Date").reset_index().iloc[0],
    "named tuple of a frame": lambda: next(FRAME.rename_axis("date").reset_index().itertuples()),
    "row of polars": lambda: pl.DataFrame([FIELDS | {"timestamp": TIME}]).row(0, named=True),
    "row of Arrow": lambda: pa.Table.from_pylist([FIELDS | {"timestamp": TIME}]).to_pylist()[0],
    "record of NumPy": lambda: pa.Table.from_pylist([FIELDS | {"time": TIME}]).to_pandas().to_records(index=False)[0],
    "row of ccxt": lambda: [SECONDS * 1000, *FIELDS.values()],
    "row of ccxt as a tuple": lambda: (SECONDS * 1000, *FIELDS.values()),
}
RULE = ta.compile("open + high * 10 + low * 100 + close * 1000 + volume * 10000")
VALUE = 1.0 + 20.0 + 50.0 + 1500.0 + 100000.0


@pytest.mark.parametrize("maker", MAKERS)
def test_step_preview_and_push_take_bars_of_every_maker_with_their_times(maker: str) -> None:
    session = RULE.session()
    assert session.preview(MAKERS[maker]()).value == VALUE
    assert session.step(MAKERS[maker]()).value == VALUE
    assert session.last_time_ns == SECONDS * 10**9
    assert session.step(MAKERS[maker]()).value == VALUE and session.position == 1  # Twice the same.
    with pytest.raises(OrderError):
        session.step({"timestamp": TIME.replace(hour=2), **FIELDS})
    joined = ta.compile("open + high * 10 + low * 100 + close * 1000 + volume * 10000 + 0 * ETH.close").joined_session(
        timeframe="1h"
    )
    assert joined.push("ETH", MAKERS[maker]()) == []
    assert not joined.preview("ohlcv", MAKERS[maker]()).is_final
    assert [row.value for row in joined.push("ohlcv", MAKERS[maker]())] == [VALUE]


@pytest.mark.parametrize("maker", MAKERS)
def test_a_bar_as_a_mapping_has_what_its_maker_gave(maker: str) -> None:
    found = ta.bar(MAKERS[maker]())
    assert {name: float(found[name]) for name in FIELDS} == FIELDS
    assert ta.ta_py.time_ns(found["timestamp"]) == SECONDS * 10**9


def test_whole_times_have_the_unit_that_is_told() -> None:
    assert ta.bar({"t": SECONDS, "c": 1.0}, unit="s") == {"timestamp": TIME, "close": 1.0}
    assert ta.bar({"timestamp": SECONDS, "close": 1.0, "close_time": SECONDS + 60}, unit="s")["close_time"].minute == 1
    session = ta.compile("close").session(unit="s")
    session.step({"time": SECONDS, "Close": 1.0})
    assert session.last_time_ns == SECONDS * 10**9
    with pytest.raises(ValueError, match="unit"):
        ta.compile("close").session().step({"t": SECONDS, "close": 1.0})


def test_a_name_that_is_there_is_never_taken_for_another() -> None:
    session = ta.compile("close + 0 * open").session()
    assert session.step({"c": 9.0, "close": 1.0, "o": 2.0, "timestamp": TIME}).value == 1.0
    own = ta.compile("signal.score", sources={"signal": ["score"]}).session()
    assert own.step({"signal.score": 0.5, "Close": 1.0}).value == 0.5


def test_what_is_no_bar_says_what_it_has() -> None:
    with pytest.raises(MissingDataError, match="this has symbol, last"):
        ta.bar({"symbol": "A", "last": 1.0})
    with pytest.raises(MissingDataError, match="an? int without any"):
        ta.bar(5)
    with pytest.raises(MissingDataError, match="it has symbol, last"):
        ta.compile("close").session().step({"symbol": "A", "last": 1.0})
    with pytest.raises(ValueError, match="'close' may be 'Close' and 'CLOSE'"):
        ta.compile("close").session().step({"Close": 1.0, "CLOSE": 2.0})
    with pytest.raises(TypeError, match="a row of ccxt is .timestamp, open, high, low, close, volume., and this has 8"):
        ta.compile("close").session().step([SECONDS, *range(7)])
    session = ta.compile("close").session()
    for nothing in ("text", 5, object(), np.float64(1.0), []):
        with pytest.raises(TypeError, match="a bar is a Bar or a mapping of fields, not"):
            session.step(nothing)
    assert session.position == 0
