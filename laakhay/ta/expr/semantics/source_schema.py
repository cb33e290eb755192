"""What each source of data offers, and rules that are one field of a source."""

from __future__ import annotations

from collections.abc import Mapping

from ..algebra.operators import Expression
from ..ir.nodes import SourceRefNode
from ..ir.sources import (
    DEFAULT_SOURCE_FIELDS,
    DERIVED_INPUTS,
    KNOWN_SOURCES,
    LIQUIDATION,
    OHLCV,
    ORDERBOOK,
    PRIMARY_FIELDS,
    SELECT_FIELD_ALIASES,
    SOURCE_DEFS,
    SOURCE_DESCRIPTIONS,
    SOURCE_FIELDS,
    TRADES,
    VALID_SELECT_FIELDS,
    SourceDef,
    canonical_select_field,
    derive_field,
    is_valid_source_field,
    valid_source_fields,
)


def _reference(source: SourceDef, field: str, canonical: Mapping[str, str]) -> Expression:
    lowered = field.strip().lower()
    lowered = canonical.get(lowered, lowered)
    if lowered not in source:
        raise ValueError(f"'{field}' is not valid for source '{source.name}'; accepted: {', '.join(source)}")
    return Expression(SourceRefNode(symbol=None, field=lowered, source=source.name))


def ohlcv(field: str) -> Expression:
    """Refer to a field of the bars; `o h l c v` are accepted. Raises ValueError for another name."""
    return _reference(OHLCV, field, SELECT_FIELD_ALIASES)


def trades(field: str) -> Expression:
    """Refer to a field of the trades. Raises ValueError for an unknown name."""
    return _reference(TRADES, field, {})


def orderbook(field: str) -> Expression:
    """Refer to a field of the order book. Raises ValueError for an unknown name."""
    return _reference(ORDERBOOK, field, {})


def liquidation(field: str) -> Expression:
    """Refer to a field of the liquidations. Raises ValueError for an unknown name."""
    return _reference(LIQUIDATION, field, {})


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
    "SourceDef",
    "TRADES",
    "VALID_SELECT_FIELDS",
    "canonical_select_field",
    "derive_field",
    "is_valid_source_field",
    "liquidation",
    "ohlcv",
    "orderbook",
    "trades",
    "valid_source_fields",
]
