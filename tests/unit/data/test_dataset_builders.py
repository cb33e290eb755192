"""Datasets from records."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from laakhay.ta.core import NOT_READY, Bar, DatasetKey, LiquidationContext, OHLCVContext, OrderBookContext, TradeContext
from laakhay.ta.data import dataset_from_bars, dataset_from_multisource, trim_dataset
from laakhay.ta.data.dataset import NUMERIC_FIELDS, dataset

T0 = datetime(2024, 1, 1, tzinfo=UTC)
STREAM = {"symbol": "BTC", "timeframe": "1h"}


def record(hour=0, **changes) -> dict:
    numbers = {"open": 100, "high": 110, "low": 90, "close": 105, "volume": 1000}
    return {"timestamp": T0 + timedelta(hours=hour), **numbers, **changes}


def without(data: dict, name: str) -> dict:
    return {key: value for key, value in data.items() if key != name}


def aggregates(kind, n=2, **changes) -> list[dict]:
    fields = {name: i + 0.5 for i, name in enumerate(kind.required_fields)}
    return [{"timestamp": T0 + timedelta(hours=h), **fields, **changes} for h in range(n)]


def test_rows_are_sorted_converted_and_stored_under_default() -> None:
    ds = dataset_from_bars([record(1, close="105.10"), record(0, open=100.5, is_closed=False)], **STREAM)
    data = ds[DatasetKey("BTC", "1h", "default")]
    assert data.timestamps == (T0, T0 + timedelta(hours=1))
    assert (data.opens[0], str(data.closes[1]), data.is_closed) == (Decimal("100.5"), "105.10", (False, True))


def test_volume_and_closed_flag_are_optional() -> None:
    data = dataset_from_bars([without(record(), "volume")], **STREAM)["BTC"]
    assert (data.volumes, data.is_closed) == ((0,), (True,))


def test_decimals_stay_exact() -> None:
    exact = Decimal("104.1234567890123456789012345")
    assert dataset_from_bars([record(close=exact)], **STREAM)["BTC"].closes == (exact,)


def test_aliases_and_bars_are_accepted() -> None:
    row = {"ts": "2024-01-01", "o": 1, "h": 2, "l": 1, "c": 2, "v": 3, "x": "open"}
    data = dataset_from_bars([row, Bar.from_raw(T0, 1, 2, 1, 2, 3)], **STREAM)["BTC"]
    assert (data.volumes, data.is_closed) == ((3, 3), (False, True))


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York"])
def test_epochs_do_not_depend_on_the_time_zone_of_the_machine(zone, monkeypatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        stamps = [1_704_067_200, 1_704_067_200_000, 1_704_067_200.0, "1704067200", "2024-01-01T00:00:00", T0]
        data = dataset_from_bars([record() | {"timestamp": s} for s in stamps], **STREAM)["BTC"]
    finally:
        monkeypatch.delenv("TZ")
        os.environ.pop("TZ", None)
        time.tzset()
    assert set(data.timestamps) == {T0}


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (without(record(1), "close"), r"bars\[1\]: Missing required field 'close'"),
        (without(record(1), "timestamp"), r"bars\[1\]: Missing required field 'ts'"),
        (record(1, low=200), r"bars\[1\]: High must be >= low"),
        (record(1, open="abc"), r"bars\[1\]: Invalid price value"),
        (record(1, volume=None), r"bars\[1\]: Field 'volume'"),
        (record(1, timestamp=float("inf")), r"bars\[1\]: .*not finite"),
    ],
)
def test_a_bad_row_is_named_by_its_index(bad, problem) -> None:
    with pytest.raises(ValueError, match=problem):
        dataset_from_bars([record(), bad], **STREAM)


def test_a_value_of_the_wrong_type_is_a_type_error_with_its_index() -> None:
    with pytest.raises(TypeError, match=r"bars\[0\]: Invalid price value"):
        dataset_from_bars([record(open=True)], **STREAM)


def test_no_bars_are_refused() -> None:
    with pytest.raises(ValueError, match="bars sequence must not be empty"):
        dataset_from_bars([], **STREAM)


# Trimming


def test_trimming_gives_a_new_dataset_and_keeps_the_old() -> None:
    ds = dataset_from_bars([record(h) for h in range(4)], **STREAM)
    ds.add("ETH", "1h", "default", ds["BTC"])
    trimmed = trim_dataset(ds, **STREAM, trim=1)
    assert len(trimmed["BTC"]) == 3 and len(ds["BTC"]) == 4
    assert trimmed["ETH"] is ds["ETH"] and trimmed.metadata == ds.metadata
    assert trim_dataset(ds, **STREAM, trim=0) is ds is trim_dataset(ds, **STREAM, trim=-1)


def test_trimming_takes_a_source() -> None:
    ds = dataset_from_multisource(**STREAM, bars=[record(h) for h in range(3)])
    assert len(trim_dataset(ds, **STREAM, trim=2, source="ohlcv")["BTC"]) == 1
    with pytest.raises(ValueError, match="Dataset missing series"):
        trim_dataset(ds, **STREAM, trim=2)


def test_trimming_everything_is_refused() -> None:
    ds = dataset_from_bars([record(h) for h in range(2)], **STREAM)
    with pytest.raises(ValueError, match="Not enough historical bars remain"):
        trim_dataset(ds, **STREAM, trim=2)


# Several sources


def test_each_source_stands_under_its_labels() -> None:
    ds = dataset_from_multisource(
        **STREAM,
        bars=[record()],
        trades=aggregates(TradeContext),
        orderbooks=aggregates(OrderBookContext, large_liquidity=9),
        liquidations=aggregates(LiquidationContext),
        exchange="binance",
    )
    labels = {"ohlcv_binance", "trades_binance", "orderbook_binance", "liquidation_binance"}
    labels |= {f"trades_binance_{f}" for f in TradeContext.required_fields if f != "volume"}
    labels |= {f"orderbook_binance_{f}" for f in OrderBookContext.required_fields if f != "imbalance"}
    labels |= {f"liquidation_binance_{f}" for f in LiquidationContext.required_fields if f != "value"}
    assert ds.sources == labels | {"orderbook_binance_large_liquidity"}
    assert ds.resolve("trades", "count").values == (1.5, 1.5)


def test_one_source_becomes_its_own_context() -> None:
    for name, kind in (
        ("trades", TradeContext),
        ("orderbooks", OrderBookContext),
        ("liquidations", LiquidationContext),
    ):
        context = dataset_from_multisource(**STREAM, **{name: aggregates(kind)}).to_multisource_context()
        assert type(context) is kind
    assert type(dataset_from_multisource(**STREAM, bars=[record()]).to_multisource_context()) is OHLCVContext


def test_values_are_floats_and_epochs_are_read_as_utc() -> None:
    rows = aggregates(TradeContext, volume="1.5") + aggregates(TradeContext, n=1, timestamp=1_704_074_400_000)
    volume = dataset_from_multisource(**STREAM, trades=rows).resolve("trades", "volume")
    assert volume.values[0] == 1.5 and type(volume.values[0]) is float
    assert volume.timestamps[2] == T0 + timedelta(hours=2)


def test_optional_fields_may_be_absent_and_holes_are_unavailable() -> None:
    rows = aggregates(TradeContext)
    rows[1]["max_amount"] = 5
    ds = dataset_from_multisource(**STREAM, trades=rows)
    series = ds.resolve("trades", "max_amount")
    assert series.values[0] is NOT_READY and series.availability_mask == (False, True)
    assert np.isnan(series.to_numpy()[0])
    assert DatasetKey("BTC", "1h", "trades_min_price") not in ds


def test_numbers_that_are_not_finite_are_unavailable() -> None:
    rows = aggregates(TradeContext)
    rows[0]["vwap"] = float("inf")
    assert dataset_from_multisource(**STREAM, trades=rows).resolve("trades", "vwap").availability_mask == (False, True)


def test_a_missing_mandatory_field_is_named() -> None:
    rows = aggregates(TradeContext)
    del rows[1]["vwap"]
    with pytest.raises(ValueError, match=r"trades\[1\]: Field 'vwap' not found in aggregation record"):
        dataset_from_multisource(**STREAM, trades=rows)


def test_records_must_be_in_time_order() -> None:
    with pytest.raises(ValueError, match="sorted"):
        dataset_from_multisource(**STREAM, trades=aggregates(TradeContext)[::-1])


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="At least one data source"):
        dataset_from_multisource(**STREAM, trades=[])


def test_the_module_offers_dataset_and_the_bar_fields() -> None:
    assert NUMERIC_FIELDS == ("open", "high", "low", "close", "volume")
    assert dataset(Bar.from_raw(T0, 1, 1, 1, 1, 1)).keys == {DatasetKey("SYMBOL_0", "1h")}
