"""Market data in memory: bars, series, datasets and the contexts that indicators read."""

from __future__ import annotations

from .bar import Bar
from .coercers import coerce_price, coerce_qty, coerce_rate
from .context import LiquidationContext, OHLCVContext, OrderBookContext, TradeContext, create_context
from .dataset import Dataset, DatasetKey, DatasetMetadata, DatasetView, dataset
from .ohlcv import OHLCV
from .series import PriceSeries, QtySeries, Series, align_series
from .timestamps import coerce_timestamp
from .types import (
    NOT_READY,
    Price,
    PriceLike,
    Qty,
    QtyLike,
    Rate,
    RateLike,
    Symbol,
    Timestamp,
    TimestampLike,
    Volume,
)

__all__ = [
    "NOT_READY",
    "OHLCV",
    "Bar",
    "Dataset",
    "DatasetKey",
    "DatasetMetadata",
    "DatasetView",
    "LiquidationContext",
    "OHLCVContext",
    "OrderBookContext",
    "Price",
    "PriceLike",
    "PriceSeries",
    "Qty",
    "QtyLike",
    "QtySeries",
    "Rate",
    "RateLike",
    "Series",
    "Symbol",
    "Timestamp",
    "TimestampLike",
    "TradeContext",
    "Volume",
    "align_series",
    "coerce_price",
    "coerce_qty",
    "coerce_rate",
    "coerce_timestamp",
    "create_context",
    "dataset",
]
