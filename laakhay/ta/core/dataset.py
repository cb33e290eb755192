"""Bars and series of many streams under one roof, each under symbol, timeframe and source label."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from .context import SeriesContext
from .dataset_lookup import is_ohlcv, multisource_context, plain_context, required_context, resolve_series
from .fields import (
    OHLCV_FIELDS,
    SOURCE_DEFAULT,
    SOURCE_LIQUIDATION,
    SOURCE_OHLCV,
    SOURCE_ORDERBOOK,
    SOURCE_TRADES,
)
from .ohlcv import OHLCV
from .series import Series
from .timestamps import coerce_timestamp
from .types import Symbol, Timestamp

__all__ = [
    "SOURCE_DEFAULT",
    "SOURCE_LIQUIDATION",
    "SOURCE_OHLCV",
    "SOURCE_ORDERBOOK",
    "SOURCE_TRADES",
    "Dataset",
    "DatasetKey",
    "DatasetMetadata",
    "DatasetView",
    "dataset",
]

SeriesData = OHLCV | Series[Any]


@dataclass(frozen=True, slots=True)
class DatasetKey:
    """Where an entry stands; raises `ValueError` for a part that contains `|`, which separates the parts."""

    symbol: Symbol
    timeframe: str
    source: str = SOURCE_DEFAULT

    def __post_init__(self) -> None:
        for name in ("symbol", "timeframe", "source"):
            if "|" in getattr(self, name):
                raise ValueError(f"{name} {getattr(self, name)!r} contains '|', which separates the parts of a key")

    def __str__(self) -> str:
        return f"{self.symbol}|{self.timeframe}|{self.source}"

    def to_dict(self) -> dict[str, str]:
        """Give the parts as a mapping."""
        return {"symbol": self.symbol, "timeframe": self.timeframe, "source": self.source}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> DatasetKey:
        """Build a key from the mapping of `to_dict`; `source` is optional."""
        return cls(data["symbol"], data["timeframe"], data.get("source", SOURCE_DEFAULT))

    @classmethod
    def parse(cls, text: str) -> DatasetKey:
        """Read `SYMBOL|TIMEFRAME` or `SYMBOL|TIMEFRAME|SOURCE`; raises `ValueError` for anything else."""
        parts = text.split("|")
        if not 2 <= len(parts) <= 3 or not all(parts):
            raise ValueError(f"Malformed dataset key {text!r}; SYMBOL|TIMEFRAME or SYMBOL|TIMEFRAME|SOURCE is needed")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class DatasetMetadata:
    """What is known about a dataset as a whole."""

    created_at: Timestamp = field(default_factory=lambda: datetime.now(UTC))
    description: str = ""
    tags: set[str] = field(default_factory=set)

    def to_dict(self) -> dict[str, Any]:
        """Give a mapping with ISO time and sorted tags."""
        return {
            "created_at": self.created_at.isoformat(),
            "description": self.description,
            "tags": sorted(self.tags),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DatasetMetadata:
        """Build metadata from the mapping of `to_dict`; everything is optional."""
        created = data.get("created_at")
        return cls(
            datetime.now(UTC) if created is None else coerce_timestamp(created),
            data.get("description", ""),
            set(data.get("tags", ())),
        )


class _Entries:
    """Reading of entries, shared by a dataset and its views."""

    __slots__ = ()
    _place = "dataset"

    def _items(self) -> Iterator[tuple[DatasetKey, SeriesData]]:
        raise NotImplementedError

    @property
    def keys(self) -> set[DatasetKey]:
        """Keys of the entries."""
        return {key for key, _ in self._items()}

    @property
    def symbols(self) -> set[Symbol]:
        """Symbols of the entries."""
        return {key.symbol for key, _ in self._items()}

    @property
    def timeframes(self) -> set[str]:
        """Timeframes of the entries."""
        return {key.timeframe for key, _ in self._items()}

    @property
    def sources(self) -> set[str]:
        """Source labels of the entries."""
        return {key.source for key, _ in self._items()}

    @property
    def is_empty(self) -> bool:
        """Whether there is no entry."""
        return len(self) == 0

    def __len__(self) -> int:
        return sum(1 for _ in self._items())

    def __iter__(self) -> Iterator[tuple[DatasetKey, SeriesData]]:
        return self._items()

    def __contains__(self, key: object) -> bool:
        return any(key == own for own, _ in self._items())

    def __getitem__(self, key: DatasetKey | str) -> SeriesData:
        """Give the entry of a key; for text, a field of the first bars, or the first entry of that symbol.

        Raises `KeyError` if there is none.
        """
        if isinstance(key, str):
            return self._first_bars(key) if key in OHLCV_FIELDS else self._first_of_symbol(key)
        for own, data in self._items():
            if own == key:
                return data
        raise KeyError(f"Key {key} not found in {self._place}")

    def _first_bars(self, name: str) -> Series[Any]:
        if self.is_empty:
            raise KeyError(f"No series found in {self._place}")
        for _, data in self._items():
            if is_ohlcv(data):
                return data.to_series(name)  # type: ignore[union-attr]
        raise KeyError(f"No OHLCV series found for field access to '{name}' in {self._place}")

    def _first_of_symbol(self, symbol: str) -> SeriesData:
        for own, data in self._items():
            if own.symbol == symbol:
                return data
        raise KeyError(f"No series found with symbol: {symbol} in {self._place}")

    def to_context(self) -> SeriesContext:
        """Give the entries of one stream by name: bars' five fields and `price`, and series under their labels.

        Bars go before a series of the same name. Without a close the first series that is not empty doubles as
        one. Raises `ValueError` when several symbols or timeframes contribute: select one first.
        """
        return plain_context(self._items())


class Dataset(_Entries):
    """A mapping from `DatasetKey` to `OHLCV` or `Series`, in the order of insertion.

    `version` grows with every change, so that what was computed from a dataset can be told stale.
    """

    __slots__ = ("__weakref__", "_contexts", "_series", "metadata", "version")

    def __init__(self, metadata: DatasetMetadata | None = None) -> None:
        self._series: dict[DatasetKey, SeriesData] = {}
        self._contexts: dict[tuple[str | None, str | None, str | None], SeriesContext] = {}
        self.metadata = DatasetMetadata() if metadata is None else metadata
        self.version = 0

    def __repr__(self) -> str:
        return f"Dataset({', '.join(map(str, self._series))})"

    def _items(self) -> Iterator[tuple[DatasetKey, SeriesData]]:
        return iter(self._series.items())

    def _filtered(
        self, symbol: Symbol | None, timeframe: str | None, source: str | None = None
    ) -> Iterator[tuple[DatasetKey, SeriesData]]:
        return _matching(self._items(), symbol, timeframe, source)

    def __len__(self) -> int:
        return len(self._series)

    def __contains__(self, key: object) -> bool:
        return key in self._series

    def add_series(self, symbol: Symbol, timeframe: str, series: SeriesData, source: str = SOURCE_DEFAULT) -> None:
        """Insert or replace an entry."""
        self._series[DatasetKey(symbol, timeframe, source)] = series
        self._contexts.clear()
        self.version += 1

    def add(self, symbol: Symbol, timeframe: str, source: str, series: SeriesData) -> None:
        """Insert or replace an entry."""
        self.add_series(symbol, timeframe, series, source)

    def add_trade_series(self, symbol: Symbol, timeframe: str, series: SeriesData, exchange: str | None = None) -> None:
        """Insert or replace trades, under `trades` or `trades_<exchange>`."""
        self.add_series(symbol, timeframe, series, exchange_label(SOURCE_TRADES, exchange))

    def add_orderbook_series(
        self, symbol: Symbol, timeframe: str, series: SeriesData, exchange: str | None = None
    ) -> None:
        """Insert or replace an order book, under `orderbook` or `orderbook_<exchange>`."""
        self.add_series(symbol, timeframe, series, exchange_label(SOURCE_ORDERBOOK, exchange))

    def add_liquidation_series(
        self, symbol: Symbol, timeframe: str, series: SeriesData, exchange: str | None = None
    ) -> None:
        """Insert or replace liquidations, under `liquidation` or `liquidation_<exchange>`."""
        self.add_series(symbol, timeframe, series, exchange_label(SOURCE_LIQUIDATION, exchange))

    def series(self, symbol: Symbol, timeframe: str, source: str = SOURCE_DEFAULT) -> SeriesData | None:
        """Give an entry, or None if it is absent."""
        return self._series.get(DatasetKey(symbol, timeframe, source))

    def select(
        self, symbol: Symbol | None = None, timeframe: str | None = None, source: str | None = None
    ) -> DatasetView:
        """Give a live view of the entries that match what is given."""
        return DatasetView(self, symbol, timeframe, source)

    def build_context(self, symbol: Symbol, timeframe: str, required_fields: Iterable[str]) -> SeriesContext:
        """Give the first bars of a stream by field, and other required fields from series labelled with them.

        A required field that is nowhere is absent from the context.
        """
        return required_context(self._filtered(symbol, timeframe), required_fields)

    def to_multisource_context(
        self, symbol: Symbol | None = None, timeframe: str | None = None, source: str | None = None
    ) -> SeriesContext:
        """Give the fields of all sources of one stream.

        Bars keep the plain names (`close`, `volume`, ...). A field of another source takes its plain name where
        free, else a qualified one: `trades_volume`, `trades_kraken_volume`. If only one source contributes, the
        result is that source's own context class, if complete. Raises `ValueError` when several symbols or
        timeframes match.
        """
        selection = (symbol, timeframe, source)
        if selection not in self._contexts:
            self._contexts[selection] = multisource_context(self._filtered(*selection))
        return self._contexts[selection]

    def resolve(
        self, source: str, field: str, symbol: Symbol | None = None, timeframe: str | None = None
    ) -> Series[Any]:
        """Find the series of a source's field.

        Looked up in order: the entry labelled `source`; the one labelled `<source>_<field>`; entries of the same
        source without exchange, then with one. A source with an exchange falls back to entries without only if
        no entry of it names an exchange. Bars (`ohlcv`, `default`) may stand under any label. An entry counts
        only if it holds the field: bars have `price` and derived fields too; a plain label such as `trades` holds
        its primary field, volume (orderbook: imbalance, liquidation: value); a single series labelled `default`
        holds close.

        Raises `MissingDataError` if no entry holds the field, or several do and nothing says which is meant.
        """
        return resolve_series(self._filtered(symbol, timeframe), source, field, symbol, timeframe)

    def to_dict(self) -> dict[str, Any]:
        """Give a mapping of plain values; `from_dict` takes it back."""
        return {
            "metadata": self.metadata.to_dict(),
            "series": {str(key): data.to_dict() for key, data in self._series.items()},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Dataset:
        """Build a dataset from the mapping of `to_dict`; a malformed key is skipped with a warning."""
        result = cls(DatasetMetadata.from_dict(data.get("metadata", {})))
        for text, payload in data.get("series", {}).items():
            try:
                key = DatasetKey.parse(text)
            except ValueError as error:
                warnings.warn(f"Entry skipped: {error}", stacklevel=2)
                continue
            kind = OHLCV if "opens" in payload and "highs" in payload else Series
            result.add_series(key.symbol, key.timeframe, kind.from_dict(payload), key.source)
        return result


class DatasetView(_Entries):
    """The entries of a dataset that match a symbol, timeframe and source; it follows later changes."""

    __slots__ = ("_dataset", "_selection")
    _place = "dataset view"

    def __init__(
        self,
        dataset: Dataset,
        symbol: Symbol | None = None,
        timeframe: str | None = None,
        source: str | None = None,
    ) -> None:
        self._dataset = dataset
        self._selection = (symbol, timeframe, source)

    def __repr__(self) -> str:
        return f"DatasetView({', '.join(str(key) for key, _ in self._items())})"

    def _items(self) -> Iterator[tuple[DatasetKey, SeriesData]]:
        return _matching(self._dataset._items(), *self._selection)

    def series(self, symbol: Symbol, timeframe: str, source: str = SOURCE_DEFAULT) -> SeriesData | None:
        """Give an entry, or None if it is absent or outside the view."""
        key = DatasetKey(symbol, timeframe, source)
        return next((data for own, data in self._items() if own == key), None)


def _matching(
    items: Iterable[tuple[DatasetKey, SeriesData]], symbol: str | None, timeframe: str | None, source: str | None
) -> Iterator[tuple[DatasetKey, SeriesData]]:
    for key, data in items:
        if (
            (symbol is None or key.symbol == symbol)
            and (timeframe is None or key.timeframe == timeframe)
            and (source is None or key.source == source)
        ):
            yield key, data


def exchange_label(source: str, exchange: str | None) -> str:
    """Give a source's label, with the exchange if there is one."""
    return f"{source}_{exchange}" if exchange else source


def dataset(*series: SeriesData, metadata: DatasetMetadata | None = None, **keyed: SeriesData) -> Dataset:
    """Build a dataset from series.

    Positional ones stand under their own symbol and timeframe with source "default"; keywords are
    `"SYMBOL|TIMEFRAME"` or `"SYMBOL|TIMEFRAME|SOURCE"`. Of several for one key the last stays. Raises `ValueError`
    for another keyword.
    """
    result = Dataset(metadata)
    for i, data in enumerate(series):
        symbol = getattr(data, "symbol", f"SYMBOL_{i}")
        result.add_series(symbol, getattr(data, "timeframe", "1h"), data)
    for text, data in keyed.items():
        key = DatasetKey.parse(text)
        result.add_series(key.symbol, key.timeframe, data, key.source)
    return result
