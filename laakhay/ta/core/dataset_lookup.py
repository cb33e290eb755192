"""Find fields among the entries of a dataset.

A look-up never mixes streams: entries of several symbols or timeframes are an error, never a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from laakhay.ta.exceptions import MissingDataError

from .context import SeriesContext, create_context
from .fields import (
    OHLCV_FIELDS,
    PRIMARY_FIELDS,
    SOURCE_DEFAULT,
    SOURCE_FIELDS,
    SOURCE_OHLCV,
    parse_source_label,
)

if TYPE_CHECKING:
    from .dataset import DatasetKey
    from .ohlcv import OHLCV
    from .series import Series

Entry: TypeAlias = "tuple[DatasetKey, OHLCV | Series[Any]]"
Found: TypeAlias = "tuple[DatasetKey, Series[Any]]"

_BAR_SOURCES = (SOURCE_OHLCV, SOURCE_DEFAULT)


def is_ohlcv(data: object) -> bool:
    """Say whether an entry holds bars and not a single column."""
    return hasattr(data, "to_series")


def bar_series(bars: Any) -> dict[str, Series[Any]]:
    """Give the fields that bars contribute to a context: the five stored ones and `price`, the close."""
    fields = {field: bars.to_series(field) for field in OHLCV_FIELDS}
    return {"price": fields["close"], "close": fields["close"], **fields}


def plain_context(entries: Iterable[Entry]) -> SeriesContext:
    """Merge entries of one stream: the first bars' fields, then each single series under its label.

    Without a close the first series that is not empty doubles as one. Raises `ValueError` when several symbols
    or timeframes contribute.
    """
    found = list(entries)
    _check_one_stream(found)
    fields: dict[str, Any] = {}
    bars = next((data for _, data in found if is_ohlcv(data)), None)
    if bars is not None:
        fields.update(bar_series(bars))
    singles = [(key, data) for key, data in found if not is_ohlcv(data)]
    for key, data in singles:
        fields.setdefault(key.source, data)
    if "close" not in fields:
        first = next((data for _, data in singles if len(data)), None)
        if first is not None:
            fields["close"] = first
    return SeriesContext(**fields)


def required_context(entries: Iterable[Entry], required_fields: Iterable[str]) -> SeriesContext:
    """Give the first bars' fields, and each other required field from the single series of that name."""
    found = list(entries)
    bars = next((data for _, data in found if is_ohlcv(data)), None)
    fields: dict[str, Any] = {} if bars is None else bar_series(bars)
    singles = {key.source: data for key, data in found if not is_ohlcv(data)}
    for field in required_fields:
        label = "close" if field == "price" else field
        if field not in fields and label in singles:
            fields[field] = singles[label]
    return SeriesContext(**fields)


def multisource_context(entries: Iterable[Entry]) -> SeriesContext:
    """Merge entries of one stream under their field names.

    Bars give the plain names first. Another source's field takes its plain name if that is free and its exchange
    is the source's first; else it is qualified, as `trades_volume` or `trades_kraken_volume`. Entries of a single
    source become that source's own context, where complete. Raises `ValueError` when several symbols or
    timeframes contribute.
    """
    found = list(entries)
    _check_one_stream(found)
    fields: dict[str, Any] = {}
    for key, data in found:
        if is_ohlcv(data):
            prefix = f"{key.source}_" if "close" in fields else ""
            fields.update({f"{prefix}{field}": series for field, series in bar_series(data).items()})
    home_exchange: dict[str, str | None] = {}
    for key, data in found:
        if not is_ohlcv(data):
            names = _context_names(key.source, home_exchange)
            free = next((name for name in names if name not in fields), None)
            if free is not None:
                fields[free] = data
    sources = {parse_source_label(key.source).source for key, _ in found}
    if len(sources) == 1:
        try:
            return create_context(*sources, **fields)
        except ValueError:  # The source's own context wants more fields than are here.
            pass
    return SeriesContext(**fields)


def _context_names(label: str, home_exchange: dict[str, str | None]) -> tuple[str, ...]:
    """Give the names a single series may take in a merged context, the preferred one first."""
    parts = parse_source_label(label)
    field = parts.field or PRIMARY_FIELDS.get(parts.source)
    if field is None:
        return (label,)
    is_home = home_exchange.setdefault(parts.source, parts.exchange) == parts.exchange
    qualified = "_".join(filter(None, (parts.source, parts.exchange, field)))
    return (field, f"{parts.source}_{field}", qualified) if is_home else (qualified,)


def _check_one_stream(entries: list[Entry]) -> None:
    streams = dict.fromkeys((key.symbol, key.timeframe) for key, _ in entries)
    if len(streams) > 1:
        names = ", ".join(f"{symbol} {timeframe}" for symbol, timeframe in streams)
        raise ValueError(f"Several symbols or timeframes would be mixed ({names}); give symbol and timeframe")


def resolve_series(
    entries: Iterable[Entry], source: str, field: str, symbol: str | None, timeframe: str | None
) -> Series[Any]:
    """Find the series of a source's field; see `Dataset.resolve`."""
    name = field.lower()
    served: list[Found] = []
    any_label: list[Found] = []
    exchanges: set[tuple[str, str | None]] = set()
    for key, data in entries:
        label = parse_source_label(key.source)
        exchanges.add((label.source, label.exchange))
        series = _serve(key.source, data, name)
        if series is not None:
            served.append((key, series))
            if is_ohlcv(data) or key.source in (name, "close" if name == "price" else name):
                any_label.append((key, series))
    wanted = parse_source_label(source)
    sources = _BAR_SOURCES if wanted.source in _BAR_SOURCES else (wanted.source,)
    plain_will_do = not any(base in sources and exchange is not None for base, exchange in exchanges)
    tiers = [
        [found for found in served if found[0].source == source],
        [found for found in served if found[0].source == f"{source}_{name}"],
        *_same_source(served, sources, wanted.exchange, plain_will_do, name),
        any_label if wanted.exchange is None and wanted.source in _BAR_SOURCES else [],
    ]
    matches = next(filter(None, tiers), [])
    if len(matches) == 1:
        return matches[0][1]
    if matches:
        problem = f"Field '{field}' of source '{source}' is ambiguous: {', '.join(str(key) for key, _ in matches)}"
    else:
        problem = f"No data for field '{field}' of source '{source}'"
    raise MissingDataError(problem, source, field, symbol, wanted.exchange, timeframe)


def _same_source(
    served: list[Found], sources: tuple[str, ...], exchange: str | None, plain_will_do: bool, field: str
) -> Iterator[list[Found]]:
    """Give a source's entries of the wanted exchange, then those that may stand in for them."""
    by_exchange: dict[str | None, list[Found]] = {}
    for found in served:
        label = parse_source_label(found[0].source)
        if label.source in sources:
            by_exchange.setdefault(label.exchange, []).append(found)
    plain = _prefer_own_field(by_exchange.pop(None, []), field)
    if exchange is not None:
        yield _prefer_own_field(by_exchange.get(exchange, []), field)
        yield plain if plain_will_do else []
        return
    yield plain
    yield [found for group in by_exchange.values() for found in _prefer_own_field(group, field)]


def _prefer_own_field(found: list[Found], field: str) -> list[Found]:
    """Where one stream has both `trades` and `trades_volume`, keep the one labelled with the field."""
    own = [one for one in found if parse_source_label(one[0].source).field == field]
    return own or found


def _serve(label: str, data: Any, field: str) -> Series[Any] | None:
    """Give the series an entry holds for a field, or None if it does not hold that field."""
    if is_ohlcv(data):
        return data.field_series(field) if field in SOURCE_FIELDS[SOURCE_OHLCV] else None
    parts = parse_source_label(label)
    held = parts.field or PRIMARY_FIELDS.get(parts.source, label)
    names = {held, label}
    if label == SOURCE_DEFAULT:
        names.add("close")
    if "close" in names:
        names.add("price")
    return data if field in names else None
