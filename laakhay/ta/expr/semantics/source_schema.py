"""What each source of data offers, and rules that are one field of a source."""

from __future__ import annotations

from collections.abc import Mapping

from ..algebra.operators import Expression
from ..ir.nodes import SourceRefNode
from ..ir.sources import *  # noqa: F403  (what rules can name of sources is part of this surface)
from ..ir.sources import LIQUIDATION, OHLCV, ORDERBOOK, SELECT_FIELD_ALIASES, TRADES, SourceDef
from ..ir.sources import __all__ as _SCHEMA


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


__all__ = [*_SCHEMA, "liquidation", "ohlcv", "orderbook", "trades"]
