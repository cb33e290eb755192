"""What rules can name of each source of data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from laakhay.ta.core.fields import PRIMARY_FIELDS
from laakhay.ta.core.fields import SOURCE_FIELDS as FIELDS_BY_SOURCE


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


# Records of a source may have them, and rules have no name for them.
_ONLY_IN_RECORDS = {"max_amount", "min_price", "large_liquidity"}


def _source(name: str, description: str) -> SourceDef:
    return SourceDef(name, description, frozenset(FIELDS_BY_SOURCE[name]) - _ONLY_IN_RECORDS)


OHLCV = _source("ohlcv", "OHLCV candlestick data")
TRADES = _source("trades", "Trade aggregation data")
ORDERBOOK = _source("orderbook", "Order book snapshot data")
LIQUIDATION = _source("liquidation", "Liquidation aggregation data")

SOURCE_DEFS: dict[str, SourceDef] = {s.name: s for s in (OHLCV, TRADES, ORDERBOOK, LIQUIDATION)}
SOURCE_FIELDS: dict[str, frozenset[str]] = {name: s.field_names for name, s in SOURCE_DEFS.items()}
KNOWN_SOURCES: frozenset[str] = frozenset(SOURCE_DEFS)
SOURCE_DESCRIPTIONS: dict[str, str] = {name: s.description for name, s in SOURCE_DEFS.items()}
SELECT_FIELD_ALIASES: dict[str, str] = {"o": "open", "h": "high", "l": "low", "c": "close", "v": "volume"}
VALID_SELECT_FIELDS: frozenset[str] = OHLCV.field_names | frozenset(SELECT_FIELD_ALIASES)
DEFAULT_SOURCE_FIELDS: frozenset[str] = VALID_SELECT_FIELDS | {"amount", "count", "side", "bid", "ask"}


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
    "is_valid_source_field",
    "valid_source_fields",
]
