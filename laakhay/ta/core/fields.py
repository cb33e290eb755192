"""Which fields each source has, and how a source label such as `trades_binance_buy_volume` is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .arithmetic import is_missing
from .types import NOT_READY

__all__ = [
    "DERIVED_FIELDS",
    "OHLCV_FIELDS",
    "PRIMARY_FIELDS",
    "SOURCE_DEFAULT",
    "SOURCE_FIELDS",
    "SOURCE_LIQUIDATION",
    "SOURCE_OHLCV",
    "SOURCE_ORDERBOOK",
    "SOURCE_TRADES",
    "SourceLabel",
    "derive",
    "parse_source_label",
]

SOURCE_OHLCV = "ohlcv"
SOURCE_TRADES = "trades"
SOURCE_ORDERBOOK = "orderbook"
SOURCE_LIQUIDATION = "liquidation"
SOURCE_DEFAULT = "default"

OHLCV_FIELDS = ("open", "high", "low", "close", "volume")

Formula = Callable[..., Any]


def _hlc3(high: Any, low: Any, close: Any) -> Any:
    return (high + low + close) / 3


def _ohlc4(open: Any, high: Any, low: Any, close: Any) -> Any:
    return (open + high + low + close) / 4


def _hl2(high: Any, low: Any) -> Any:
    return (high + low) / 2


def _range(high: Any, low: Any) -> Any:
    return high - low


def _upper_wick(high: Any, open: Any, close: Any) -> Any:
    return high - max(open, close)


def _lower_wick(low: Any, open: Any, close: Any) -> Any:
    return min(open, close) - low


# Name: the stored fields it needs, and the formula that takes them in this order.
DERIVED_FIELDS: dict[str, tuple[tuple[str, ...], Formula]] = {
    "hlc3": (("high", "low", "close"), _hlc3),
    "typical_price": (("high", "low", "close"), _hlc3),
    "ohlc4": (("open", "high", "low", "close"), _ohlc4),
    "weighted_close": (("open", "high", "low", "close"), _ohlc4),
    "hl2": (("high", "low"), _hl2),
    "median_price": (("high", "low"), _hl2),
    "range": (("high", "low"), _range),
    "upper_wick": (("high", "open", "close"), _upper_wick),
    "lower_wick": (("low", "open", "close"), _lower_wick),
}


def derive(formula: Formula, columns: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    """Apply a derived field's formula row by row; a row with a missing ingredient gets the shared NaN."""
    return tuple([NOT_READY if any(map(is_missing, row)) else formula(*row) for row in zip(*columns, strict=True)])


SOURCE_FIELDS: dict[str, tuple[str, ...]] = {
    SOURCE_OHLCV: (*OHLCV_FIELDS, "price", *DERIVED_FIELDS),
    SOURCE_TRADES: (
        *("price", "volume", "count", "buy_volume", "sell_volume", "large_count", "whale_count"),
        *("avg_price", "vwap", "max_amount", "min_price", "amount", "side", "id", "timestamp"),
    ),
    SOURCE_ORDERBOOK: (
        *("best_bid", "best_ask", "spread", "spread_bps", "mid_price", "bid_depth", "ask_depth", "imbalance"),
        *("pressure", "large_liquidity", "bid", "ask", "bid_size", "ask_size"),
    ),
    SOURCE_LIQUIDATION: (
        *("count", "volume", "value", "long_count", "short_count", "long_value", "short_value", "large_count"),
        *("large_value", "price", "amount", "side", "id", "timestamp"),
    ),
}

# The field a plain label (`trades`, `trades_binance`) stands for.
PRIMARY_FIELDS = {
    SOURCE_OHLCV: "close",
    SOURCE_TRADES: "volume",
    SOURCE_ORDERBOOK: "imbalance",
    SOURCE_LIQUIDATION: "value",
}


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """The parts of `<source>[_<exchange>][_<field>]`; None for a part that is not there."""

    source: str
    exchange: str | None = None
    field: str | None = None


def parse_source_label(label: str) -> SourceLabel:
    """Split a source label against the fields its source has.

    Of several field names that fit the end, the longest counts. A label whose first part is no known source
    is taken as `<source>_<field>`, or as a source alone.

    >>> parse_source_label("trades_binance_buy_volume")
    SourceLabel(source='trades', exchange='binance', field='buy_volume')
    """
    source, _, rest = label.partition("_")
    if source not in SOURCE_FIELDS:
        return SourceLabel(source, None, rest or None)
    for field in sorted(SOURCE_FIELDS[source], key=len, reverse=True):
        if rest == field:
            return SourceLabel(source, None, field)
        if rest.endswith(f"_{field}"):
            return SourceLabel(source, rest[: -len(field) - 1], field)
    return SourceLabel(source, rest or None, None)
