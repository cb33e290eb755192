"""What a reference in a rule says: which field it reads, of which stream, and under which keys a tick has it.

A field of one source is never read from another. Bare names (`close`) are fields of the bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from laakhay.ta.core.fields import DERIVED_FIELDS, PRIMARY_FIELDS

from ..ir.nodes import CallNode, LiteralNode, SourceRefNode
from ..ir.sources import canonical_select_field

# The rule's own bars.
OWN_BARS = "ohlcv"
_BARS = (OWN_BARS, "default")


def field_of(node: SourceRefNode) -> str:
    """Give the field a reference reads: its own, or its source's primary one."""
    field = node.field.lower() if node.field else PRIMARY_FIELDS.get(node.source, node.source)
    if node.source not in _BARS:
        return field
    field = canonical_select_field(field)
    return "close" if field == "price" else field


def select_field(node: CallNode) -> str:
    """Give the field that a `select` reads; the close when it names none."""
    given = node.kwargs.get("field") or (node.args[0] if node.args else None)
    return canonical_select_field(given.value if isinstance(given, LiteralNode) else "close")


def ingredients(node: SourceRefNode) -> tuple[SourceRefNode, ...]:
    """Give references to the stored fields of a derived field of the bars; none for a stored field."""
    if node.source not in _BARS:
        return ()
    stored, _ = DERIVED_FIELDS.get(field_of(node), ((), None))
    return tuple(replace(node, field=field) for field in stored)


def stream_name(reference: SourceRefNode) -> str:
    """Give the name of the stream a reference reads: its chain without the field.

    `ohlcv` is the rule's own bars; then `trades`, `ETH`, `BTC/USDT.4h`, `binance.BTC.1h.trades`, `ohlcv.1d`. The
    source stands last behind a symbol, where `ohlcv` goes without saying, and else before the timeframe.
    """
    market = [reference.exchange, reference.symbol, reference.instrument_type]
    if reference.symbol:
        parts = [*market, reference.timeframe, None if reference.source == OWN_BARS else reference.source]
    else:
        parts = [*market, reference.source, reference.timeframe]
    return ".".join(part for part in parts if part)


def is_own_stream(reference: SourceRefNode) -> bool:
    """Tell whether a reference names its source at most."""
    return not any((reference.exchange, reference.symbol, reference.timeframe, reference.instrument_type))


def source_key(node: SourceRefNode) -> str:
    """Give the key that a tick has for exactly this reference, qualifiers included."""
    qualifiers = (node.exchange, node.symbol, node.timeframe, node.instrument_type)
    name = f"{node.source}.{field_of(node)}"
    return "|".join((*(part or "" for part in qualifiers), name)) if any(qualifiers) else name


def find_key(tick: Mapping[str, Any], node: SourceRefNode) -> str | None:
    """Give the key under which a tick has a reference, or None.

    A tick without the qualified key is a tick of one stream, and its plain fields are meant.
    """
    return next((key for key in _keys(node) if key in tick), None)


def _keys(node: SourceRefNode) -> Iterator[str]:
    field = field_of(node)
    yield source_key(node)
    if node.source in _BARS:
        for name in (field, "price") if field == "close" else (field,):
            yield from (*(f"{source}.{name}" for source in _BARS), name)
        return
    yield f"{node.source}.{field}"
    yield f"{node.source}_{field}"
    # A series stored under the bare name of its source stands for whichever field is asked for.
    yield f"{node.source}.{node.source}"
    yield node.source


__all__ = [
    "OWN_BARS",
    "field_of",
    "find_key",
    "ingredients",
    "is_own_stream",
    "select_field",
    "source_key",
    "stream_name",
]
