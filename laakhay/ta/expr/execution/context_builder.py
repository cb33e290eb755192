"""Finds the series that the fields of a rule stand for.

What a rule qualifies is matched, never ignored: a symbol, a timeframe or an exchange that is not in the data raises
`MissingDataError`, and a field of one source is never read from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.fields import DERIVED_FIELDS, OHLCV_FIELDS, derive, parse_source_label
from laakhay.ta.core.series import Series
from laakhay.ta.exceptions import MissingDataError

from ..ir.nodes import SourceRefNode
from ..planner.types import SignalRequirements
from .references import OWN_BARS, field_of, ingredients

_BARS = (OWN_BARS, "default")


def collect_required_field_names(requirements: SignalRequirements) -> list[str]:
    """Give the names of all fields that are needed, sorted; the close when there is none."""
    return sorted({need.field for need in requirements.data_requirements if need.field}) or ["close"]


def build_evaluation_context(
    dataset: Dataset, symbol: str, timeframe: str, required_fields: Iterable[str]
) -> dict[str, Series[Any]]:
    """Give the series of one symbol and timeframe by name.

    Bars stored under S give `S.close` and so on, and the bare names; the bars of source `ohlcv` or `default` come
    first. A plain series stored under S gives `S.S` and `S`, under S_field or S_exchange also `S.field` and `S`. A bare
    name that bars have is never one of another source. `required_fields` is accepted for callers that narrow a context.
    """
    del required_fields
    entries = [(key.source, data) for key, data in dataset if key.symbol == symbol and key.timeframe == timeframe]
    entries.sort(key=lambda entry: entry[0] not in _BARS)  # Stable: otherwise in the order they were added.
    context: dict[str, Series[Any]] = {}
    for source, data in entries:
        if hasattr(data, "to_series"):
            for field in (*OHLCV_FIELDS, "price"):
                series = data.to_series("close" if field == "price" else field)
                context[f"{source}.{field}"] = series
                context.setdefault(field, series)
    for source, data in entries:
        if not hasattr(data, "to_series"):
            for name in _plain_names(source):
                context.setdefault(name, data)
    return context


def _plain_names(label: str) -> Iterator[str]:
    base, _, rest = label.partition("_")
    if not rest:
        yield from (f"{label}.{label}", label)
        return
    yield from (f"{base}.{rest}", label, base)
    if rest not in OHLCV_FIELDS:
        yield rest


def resolve_source_from_context(node: SourceRefNode, context: Mapping[str, Any]) -> Series[Any]:
    """Give the series of a reference in a mapping of series.

    Looked up in order: `<source>_<symbol>_<timeframe>_<field>`, `<symbol>_<source>_<field>`, `<source>.<field>`,
    `<source>_<field>`; for bars the bare field, and a derived field from those it is made of; for other sources the
    series under the source's bare name. Raises MissingDataError when there is none.
    """
    field = field_of(node)
    for name in _context_names(node, field):
        if isinstance(series := context.get(name), Series):
            return series
    if node.source in _BARS and field in DERIVED_FIELDS:
        needed, formula = DERIVED_FIELDS[field]
        parts = [resolve_source_from_context(SourceRefNode(None, part), context) for part in needed]
        return _derived(parts, formula)
    raise _missing(node, f"Field '{field}' of source '{node.source}' is not in the data")


def _context_names(node: SourceRefNode, field: str) -> Iterator[str]:
    for name in (field, "price") if field == "close" and node.source in _BARS else (field,):
        if node.symbol and node.timeframe:
            yield f"{node.source}_{node.symbol}_{node.timeframe}_{name}"
        if node.symbol:
            yield f"{node.symbol}_{node.source}_{name}"
        yield f"{node.source}.{name}"
        yield f"{node.source}_{name}"
        if node.source in _BARS:
            yield name
    if node.source not in _BARS:
        yield from (f"{node.source}.{node.source}", node.source)


def _derived(parts: list[Series[Any]], formula: Any) -> Series[Any]:
    first = parts[0]
    columns = [
        [value if ready else None for value, ready in zip(part.values, usable(part), strict=True)] for part in parts
    ]
    values = derive(formula, columns)
    mask = tuple(all(flags) for flags in zip(*(usable(part) for part in parts), strict=True))
    return Series(first.timestamps, values, first.symbol, first.timeframe, mask)


def usable(series: Series[Any]) -> tuple[bool, ...]:
    """Give the flags of a series; all true when it has none."""
    return series.availability_mask if series.availability_mask is not None else (True,) * len(series)


def resolve_source(dataset: Dataset, node: SourceRefNode, symbol: str, timeframe: str) -> Series[Any]:
    """Give the series of a reference in a dataset, seen from one symbol and timeframe.

    A reference without a symbol or timeframe means the present ones. A symbol is matched exactly, then without regard
    to case and separators, then as the one symbol that begins with it (`BTC` for `BTCUSDT`). Raises MissingDataError
    when nothing, or more than one thing, matches.
    """
    stream = symbol if node.symbol is None else match_symbol(node, dataset)
    frame = timeframe if node.timeframe is None else node.timeframe
    label = f"{node.source}_{node.exchange}" if node.exchange else node.source
    field = field_of(node)
    try:
        return dataset.resolve(label, field, symbol=stream, timeframe=frame)
    except MissingDataError:
        # A plain label stands for its source's primary field first, and for any other that no entry holds.
        for wanted in dict.fromkeys((label, node.source)):
            entry = dataset.series(stream, frame, wanted)
            if isinstance(entry, Series) and node.source not in _BARS and not _names_exchange(dataset, node, wanted):
                return entry
        raise


def resolve_parts(
    dataset: Dataset, node: SourceRefNode, symbol: str, timeframe: str
) -> dict[SourceRefNode, Series[Any]]:
    """Give the series of a reference; of a derived field that is not in the data, those of the fields it is made of.

    Raises MissingDataError as `resolve_source`.
    """
    try:
        return {node: resolve_source(dataset, node, symbol, timeframe)}
    except MissingDataError:
        parts = ingredients(node)
        if not parts:
            raise
        return {part: resolve_source(dataset, part, symbol, timeframe) for part in parts}


def _names_exchange(dataset: Dataset, node: SourceRefNode, label: str) -> bool:
    """Tell whether a plain label is refused because other entries of the source say their exchange."""
    if node.exchange is None or label != node.source:
        return False
    labels = (parse_source_label(key.source) for key, _ in dataset)
    return any(one.source == node.source and one.exchange is not None for one in labels)


def match_symbol(node: SourceRefNode, dataset: Dataset) -> str:
    """Give the dataset's own spelling of a reference's symbol. Raises MissingDataError for none or several."""
    symbols = list(dict.fromkeys(key.symbol for key, _ in dataset))
    wanted = _squeezed(node.symbol or "")
    rules = (
        lambda one: one == node.symbol,
        lambda one: _squeezed(one) == wanted,
        lambda one: _squeezed(one).startswith(wanted),
    )
    for rule in rules:
        found = [one for one in symbols if rule(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise _missing(node, f"Symbol '{node.symbol}' may be any of {', '.join(found)}")
    raise _missing(node, f"Symbol '{node.symbol}' is not in the data, which has {', '.join(symbols)}")


def _squeezed(symbol: str) -> str:
    return "".join(letter for letter in symbol.casefold() if letter.isalnum())


def _missing(node: SourceRefNode, message: str) -> MissingDataError:
    return MissingDataError(
        message,
        source=node.source,
        field=field_of(node),
        symbol=node.symbol,
        exchange=node.exchange,
        timeframe=node.timeframe,
    )


__all__ = [
    "build_evaluation_context",
    "collect_required_field_names",
    "match_symbol",
    "resolve_parts",
    "resolve_source",
    "resolve_source_from_context",
    "usable",
]
