"""What each source of data offers: its fields, and which of them are derived from others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class SourceDef:
    """One source; `name in source` asks for a field in any case, iteration is sorted."""

    name: str
    description: str
    field_names: frozenset[str]

    def __contains__(self, field: object) -> bool:
        return isinstance(field, str) and field.lower() in self.field_names

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.field_names))


def _source(name: str, description: str, fields: str) -> SourceDef:
    return SourceDef(name, description, frozenset(fields.split()))


OHLCV = _source(
    "ohlcv",
    "OHLCV candlestick data",
    "open high low close volume price hlc3 ohlc4 hl2 typical_price weighted_close median_price "
    "range upper_wick lower_wick",
)
TRADES = _source(
    "trades",
    "Trade aggregation data",
    "price volume count buy_volume sell_volume large_count whale_count avg_price vwap amount side id timestamp",
)
ORDERBOOK = _source(
    "orderbook",
    "Order book snapshot data",
    "best_bid best_ask spread spread_bps mid_price bid_depth ask_depth imbalance pressure bid ask bid_size ask_size",
)
LIQUIDATION = _source(
    "liquidation",
    "Liquidation aggregation data",
    "count volume value long_count short_count long_value short_value large_count "
    "large_value price amount side id timestamp",
)

SOURCE_DEFS: dict[str, SourceDef] = {s.name: s for s in (OHLCV, TRADES, ORDERBOOK, LIQUIDATION)}
SOURCE_FIELDS: dict[str, frozenset[str]] = {name: s.field_names for name, s in SOURCE_DEFS.items()}
KNOWN_SOURCES: frozenset[str] = frozenset(SOURCE_DEFS)
SOURCE_DESCRIPTIONS: dict[str, str] = {name: s.description for name, s in SOURCE_DEFS.items()}
SELECT_FIELD_ALIASES: dict[str, str] = {"o": "open", "h": "high", "l": "low", "c": "close", "v": "volume"}
VALID_SELECT_FIELDS: frozenset[str] = OHLCV.field_names | frozenset(SELECT_FIELD_ALIASES)
DEFAULT_SOURCE_FIELDS: frozenset[str] = VALID_SELECT_FIELDS | {"amount", "count", "side", "bid", "ask"}

# What a source gives when a rule names the source and no field of it.
PRIMARY_FIELDS: dict[str, str] = {
    "ohlcv": "close",
    "trades": "volume",
    "orderbook": "imbalance",
    "liquidation": "value",
}

# Derived OHLCV fields and the stored fields each is computed from, in the order `derive_field` takes them.
DERIVED_INPUTS: dict[str, tuple[str, ...]] = {
    "price": ("close",),
    "hlc3": ("high", "low", "close"),
    "typical_price": ("high", "low", "close"),
    "ohlc4": ("open", "high", "low", "close"),
    "weighted_close": ("open", "high", "low", "close"),
    "hl2": ("high", "low"),
    "median_price": ("high", "low"),
    "range": ("high", "low"),
    "upper_wick": ("high", "open", "close"),
    "lower_wick": ("low", "open", "close"),
}


def derive_field(field: str, inputs: tuple[Decimal, ...]) -> Decimal:
    """Compute a derived OHLCV field from its inputs, given in the order of `DERIVED_INPUTS[field]`."""
    if field == "range":
        return inputs[0] - inputs[1]
    if field == "upper_wick":
        return inputs[0] - max(inputs[1:])
    if field == "lower_wick":
        return min(inputs[1:]) - inputs[0]
    return sum(inputs, Decimal(0)) / len(inputs)


def canonical_select_field(field: str) -> str:
    """Lower-case a field name and spell out a one-letter alias."""
    lowered = field.strip().lower()
    return SELECT_FIELD_ALIASES.get(lowered, lowered)


def valid_source_fields(source: str) -> frozenset[str]:
    """Give the fields of a source; none when the source is unknown."""
    return SOURCE_FIELDS.get(source.lower(), frozenset())


def is_valid_source_field(source: str, field: str | None) -> bool:
    """Tell whether a source has a field; no field at all is valid."""
    return field is None or field.lower() in valid_source_fields(source)


__all__ = [
    "DEFAULT_SOURCE_FIELDS",
    "DERIVED_INPUTS",
    "KNOWN_SOURCES",
    "LIQUIDATION",
    "OHLCV",
    "ORDERBOOK",
    "PRIMARY_FIELDS",
    "SELECT_FIELD_ALIASES",
    "SOURCE_DEFS",
    "SOURCE_DESCRIPTIONS",
    "SOURCE_FIELDS",
    "TRADES",
    "VALID_SELECT_FIELDS",
    "SourceDef",
    "canonical_select_field",
    "derive_field",
    "is_valid_source_field",
    "valid_source_fields",
]
