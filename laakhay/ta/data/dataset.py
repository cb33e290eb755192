"""Build datasets from records as exchanges and databases deliver them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from laakhay.ta.core.bar import Bar, bar_field, bar_fields
from laakhay.ta.core.coercers import coerce_rate
from laakhay.ta.core.context import LiquidationContext, OrderBookContext, TradeContext
from laakhay.ta.core.dataset import Dataset, DatasetKey, exchange_label
from laakhay.ta.core.dataset import dataset as _dataset
from laakhay.ta.core.fields import (
    OHLCV_FIELDS,
    PRIMARY_FIELDS,
    SOURCE_DEFAULT,
    SOURCE_LIQUIDATION,
    SOURCE_OHLCV,
    SOURCE_ORDERBOOK,
    SOURCE_TRADES,
)
from laakhay.ta.core.ohlcv import OHLCV
from laakhay.ta.core.series import Series
from laakhay.ta.core.timestamps import coerce_timestamp, epoch_to_timestamp
from laakhay.ta.core.types import NOT_READY, Symbol, Timestamp

__all__ = ["NUMERIC_FIELDS", "dataset", "dataset_from_bars", "dataset_from_multisource", "trim_dataset"]

NUMERIC_FIELDS = OHLCV_FIELDS

Record = Mapping[str, Any]

# What an aggregation record holds, per source.
_AGGREGATES = {
    SOURCE_TRADES: TradeContext,
    SOURCE_ORDERBOOK: OrderBookContext,
    SOURCE_LIQUIDATION: LiquidationContext,
}


def dataset(*series: Any, **keyed: Any) -> Dataset:
    """Build a dataset from series; see `laakhay.ta.core.dataset.dataset`."""
    return _dataset(*series, **keyed)


def dataset_from_bars(bars: Sequence[Record | Bar], *, symbol: Symbol, timeframe: str) -> Dataset:
    """Build a dataset of one stream's bars, stored under source "default".

    A bar is a `Bar` or a mapping with time, open, high, low and close under any name `Bar.from_dict` knows, and
    optionally volume (0 if absent) and `is_closed` (True). Numbers may be text, int, float or `Decimal` and stay
    exact; times are what `coerce_timestamp` takes, or float epochs. Rows are sorted by time.

    Raises `ValueError` for an empty sequence and, with the row's index, for a field that is missing or wrong.
    """
    if not bars:
        raise ValueError("bars sequence must not be empty")
    result = Dataset()
    result.add_series(symbol, timeframe, _sorted_bars(bars, symbol, timeframe), SOURCE_DEFAULT)
    return result


def trim_dataset(
    dataset_obj: Dataset, *, symbol: Symbol, timeframe: str, trim: int, source: str = SOURCE_DEFAULT
) -> Dataset:
    """Give a dataset without the first `trim` bars of one entry; the given dataset is not changed.

    Other entries are kept. With `trim` of 0 or less the same dataset is given back. Raises `ValueError` if the
    entry is missing or no bar would remain.
    """
    if trim <= 0:
        return dataset_obj
    data = dataset_obj.series(symbol, timeframe, source)
    if data is None:
        raise ValueError(f"Dataset missing series {symbol} {timeframe} of source '{source}'")
    if trim >= len(data):
        raise ValueError(f"Not enough historical bars remain: {trim} to drop, {len(data)} there")
    trimmed = DatasetKey(symbol, timeframe, source)
    result = Dataset(dataset_obj.metadata)
    for key, own in dataset_obj:
        result.add_series(key.symbol, key.timeframe, own[trim:] if key == trimmed else own, key.source)
    return result


def dataset_from_multisource(
    *,
    symbol: Symbol,
    timeframe: str,
    bars: Sequence[Record | Bar] | None = None,
    trades: Sequence[Record] | None = None,
    orderbooks: Sequence[Record] | None = None,
    liquidations: Sequence[Record] | None = None,
    exchange: str | None = None,
) -> Dataset:
    """Build a dataset from bars and per-bar aggregates of one stream.

    Bars stand under `ohlcv`. Of trades, order books and liquidations the primary field (volume, imbalance, value)
    stands under the source's name and every other field under `<source>_<field>`, as float series; with an
    exchange the labels are `ohlcv_<exchange>`, `trades_<exchange>`, `trades_<exchange>_count` and so on. An
    optional field that no record has is left out; a record without it, or with a number that is not finite, is an
    unavailable bar. Records must be in time order; an empty sequence counts as not given.

    Raises `ValueError` if nothing is given and, with the record's index, for a field that is missing or wrong.
    """
    result = Dataset()
    if bars:
        label = exchange_label(SOURCE_OHLCV, exchange)
        result.add_series(symbol, timeframe, _sorted_bars(bars, symbol, timeframe), label)
    for source, records in (
        (SOURCE_TRADES, trades),
        (SOURCE_ORDERBOOK, orderbooks),
        (SOURCE_LIQUIDATION, liquidations),
    ):
        if records:
            label = exchange_label(source, exchange)
            for field, series in _aggregate_series(source, records, symbol, timeframe).items():
                own_label = label if field == PRIMARY_FIELDS[source] else f"{label}_{field}"
                result.add_series(symbol, timeframe, series, own_label)
    if result.is_empty:
        raise ValueError("At least one data source is needed: bars, trades, orderbooks or liquidations")
    return result


def _located(place: str, error: Exception) -> Exception:
    """Give an error of the same kind that says which record it is about."""
    kind = TypeError if isinstance(error, TypeError) else ValueError
    return kind(f"{place}: {error}")


def _timestamp(value: Any) -> Timestamp:
    return epoch_to_timestamp(value) if isinstance(value, (float, Decimal)) else coerce_timestamp(value)


def _sorted_bars(bars: Sequence[Record | Bar], symbol: Symbol, timeframe: str) -> OHLCV:
    rows = [bar if isinstance(bar, Bar) else _bar(i, bar) for i, bar in enumerate(bars)]
    return OHLCV.from_bars(sorted(rows, key=lambda bar: bar.ts), symbol, timeframe)


def _bar(index: int, record: Record) -> Bar:
    try:
        fields = bar_fields(record, volume=0)
        return Bar.from_raw(**fields | {"ts": _timestamp(fields["ts"])})
    except (ValueError, TypeError) as error:
        raise _located(f"bars[{index}]", error) from None


def _aggregate_series(source: str, records: Sequence[Record], symbol: Symbol, timeframe: str) -> dict[str, Series[Any]]:
    kind = _AGGREGATES[source]
    stamps = [_record_timestamp(source, i, record) for i, record in enumerate(records)]
    fields = {field: _column(source, records, field) for field in kind.required_fields}
    for field in kind.optional_fields:
        if any(field in record for record in records):
            fields[field] = [
                NOT_READY if field not in record else _number(source, i, record, field)
                for i, record in enumerate(records)
            ]
    return {field: _with_mask(stamps, values, symbol, timeframe) for field, values in fields.items()}


def _with_mask(stamps: list[Timestamp], values: list[Any], symbol: Symbol, timeframe: str) -> Series[Any]:
    ready = [value is not NOT_READY for value in values]
    return Series(stamps, values, symbol, timeframe, None if all(ready) else ready)


def _record_timestamp(source: str, index: int, record: Record) -> Timestamp:
    try:
        return _timestamp(bar_field(record, "ts"))
    except (ValueError, TypeError) as error:
        raise _located(f"{source}[{index}]", error) from None


def _column(source: str, records: Sequence[Record], field: str) -> list[Any]:
    for i, record in enumerate(records):
        if field not in record:
            raise ValueError(f"{source}[{i}]: Field '{field}' not found in aggregation record")
    return [_number(source, i, record, field) for i, record in enumerate(records)]


def _number(source: str, index: int, record: Record, field: str) -> Any:
    try:
        value = float(coerce_rate(record[field]))
    except (ValueError, TypeError) as error:
        raise _located(f"{source}[{index}], field '{field}'", error) from None
    return value if math.isfinite(value) else NOT_READY
