"""Reads fields from a tick: a flat mapping such as `{"ohlcv.close": 10, "trades.volume": 3}` of one bar.

A field of one source is never read from another. Bare names (`close`) are fields of the bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from laakhay.ta import ta_py

from ..ir.nodes import SourceRefNode
from ..ir.sources import DERIVED_INPUTS, PRIMARY_FIELDS, canonical_select_field

# The engine computes in binary doubles; what they cannot hold is as missing here as it is there.
GREATEST_NUMBER = Decimal("1.7976931348623157e308")
# Digits enough that rounding here is nothing beside that of a double.
REFERENCE_CONTEXT = Context(
    prec=50,
    rounding=ROUND_HALF_EVEN,
    Emax=999_999,
    Emin=-999_999,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
TIME_KEY = "timestamp"
_BARS = ("ohlcv", "default")


def to_number(value: Any) -> Decimal | bool | None:
    """Give a value as an exact number; a bool stays one.

    None, text, NaN, infinities and numbers beyond a double's range are missing: None.
    """
    if value is None or isinstance(value, (bool, str)):
        return value if isinstance(value, bool) else None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= GREATEST_NUMBER else None


def read_number(value: Any, field: str) -> Decimal | None:
    """Give the value of a field as an exact number, None where it is missing.

    What is a number the engine's module says, for all doors; digits are kept that a double has no room for. Raises
    DataError, naming field and value, for what is none: a truth value, a date, text that is no number.
    """
    if value is None or type(value) in (Decimal, int, float):
        return to_number(value)  # type: ignore[return-value]
    number = ta_py.number(value, field)
    return to_number(Decimal(value.strip()) if isinstance(value, str) and number == number else number)  # type: ignore


def field_of(node: SourceRefNode) -> str:
    """Give the field a reference reads: its own, or its source's primary one."""
    field = node.field.lower() if node.field else PRIMARY_FIELDS.get(node.source, node.source)
    if node.source not in _BARS:
        return field
    field = canonical_select_field(field)
    return "close" if field == "price" else field


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


def ingredients(node: SourceRefNode) -> tuple[SourceRefNode, ...]:
    """Give references to the stored fields of a derived field of the bars; none for a stored field."""
    if node.source not in _BARS:
        return ()
    return tuple(replace(node, field=stored) for stored in DERIVED_INPUTS.get(field_of(node), ()))


def tick_time(tick: Mapping[str, Any], unit: str | None = None) -> int | None:
    """Give the time of a tick in nanoseconds since 1970 UTC; None where it has none. Integers are of `unit`."""
    given = tick.get(TIME_KEY)
    return None if given is None else ta_py.time_ns(given, unit)


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
    "GREATEST_NUMBER",
    "REFERENCE_CONTEXT",
    "field_of",
    "find_key",
    "ingredients",
    "read_number",
    "source_key",
    "tick_time",
    "to_number",
]
