"""Bars of one stream, stored as columns.

Columns have one length and times do not decrease; whether each row is a consistent bar is checked when the row
is read as a `Bar`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from .bar import Bar, parse_closed
from .coercers import coerce_price, coerce_qty
from .fields import DERIVED_FIELDS, OHLCV_FIELDS, derive
from .series import Series
from .timed import Timed, check_order, row_index
from .timestamps import coerce_timestamp, format_timestamp, timestamps_of_ns
from .types import Price, Qty, Symbol, Timestamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["OHLCV"]

_COLUMNS = {field: f"{field}s" for field in OHLCV_FIELDS}


@dataclass(slots=True, init=False, eq=False, repr=False)
class OHLCV(Timed):
    """Open, high, low, close and volume of one symbol and timeframe, one row per bar.

    Lists become tuples. Raises `ValueError` when column lengths differ or times decrease.
    """

    timestamps: tuple[Timestamp, ...]
    opens: tuple[Price, ...]
    highs: tuple[Price, ...]
    lows: tuple[Price, ...]
    closes: tuple[Price, ...]
    volumes: tuple[Qty, ...]
    is_closed: tuple[bool, ...]
    symbol: Symbol
    timeframe: str

    def __init__(
        self,
        timestamps: Iterable[Timestamp],
        opens: Iterable[Price],
        highs: Iterable[Price],
        lows: Iterable[Price],
        closes: Iterable[Price],
        volumes: Iterable[Qty],
        is_closed: Iterable[bool],
        symbol: Symbol,
        timeframe: str,
    ) -> None:
        names = ("timestamps", *_COLUMNS.values(), "is_closed")
        given = (timestamps, opens, highs, lows, closes, volumes, is_closed)
        columns = dict(zip(names, map(tuple, given), strict=True))
        if len({len(column) for column in columns.values()}) > 1:
            lengths = ", ".join(f"{name} {len(column)}" for name, column in columns.items())
            raise ValueError(f"All OHLCV data columns must have the same length: {lengths}")
        check_order(columns["timestamps"])
        self._fill(**columns, symbol=symbol, timeframe=timeframe)

    @classmethod
    def _made_later(
        cls,
        times_ns: NDArray[np.int64],
        floats: Mapping[str, NDArray[np.float64]],
        columns: Mapping[str, Callable[[], tuple[Any, ...]]],
        symbol: Symbol,
        timeframe: str,
    ) -> OHLCV:
        """Give bars of rising times whose columns are made when they are read; `floats` are some of them as arrays."""
        made: OHLCV = object.__new__(cls)
        made._fill(symbol=symbol, timeframe=timeframe)
        for array in (times_ns, *floats.values()):
            array.flags.writeable = False
        stamps = {"timestamps": lambda: timestamps_of_ns(times_ns)}
        made._cache.update(ns=times_ns, floats=dict(floats), later={**stamps, **columns})
        return made

    if not TYPE_CHECKING:  # To type checkers a class that has it has every name.

        def __getattr__(self, name: str) -> Any:
            """Make a column that is read for the first time."""
            make = None if name == "_cache" else self._cache.get("later", {}).get(name)
            if make is None:
                # Another thread may just have made it.
                return object.__getattribute__(self, name)
            column = make()
            object.__setattr__(self, name, column)
            self._cache["later"].pop(name, None)
            return column

    @property
    def length(self) -> int:
        """Number of bars."""
        return len(self)

    @property
    def is_empty(self) -> bool:
        """Whether there is no bar."""
        return not len(self)

    def __len__(self) -> int:
        times_ns = self._cache.get("ns")
        return len(self.timestamps) if times_ns is None else len(times_ns)

    @classmethod
    def _of(cls, columns: list[tuple[Any, ...]], symbol: Symbol, timeframe: str) -> OHLCV:
        timestamps, opens, highs, lows, closes, volumes, is_closed = columns
        return cls(timestamps, opens, highs, lows, closes, volumes, is_closed, symbol, timeframe)

    def _values(self) -> tuple[Any, ...]:
        return (*self._columns(), self.symbol, self.timeframe)

    def _columns(self) -> tuple[tuple[Any, ...], ...]:
        return self.timestamps, self.opens, self.highs, self.lows, self.closes, self.volumes, self.is_closed

    def __repr__(self) -> str:
        ends: tuple[Timestamp, ...] = ()
        if "timestamps" in self._cache.get("later", ()) and len(self):
            ends = timestamps_of_ns(self._cache["ns"][[0, -1]])
        elif len(self):
            ends = self.timestamps
        span = f", {ends[0]} to {ends[-1]}" if ends else ""
        return f"OHLCV({self.symbol} {self.timeframe}, {self.length} bars{span})"

    def __iter__(self) -> Iterator[Bar]:
        return map(Bar, *self._columns())

    @overload
    def __getitem__(self, index: int) -> Bar: ...
    @overload
    def __getitem__(self, index: slice) -> OHLCV: ...
    def __getitem__(self, index: int | slice) -> Bar | OHLCV:
        if isinstance(index, slice):
            return OHLCV._of([column[index] for column in self._columns()], self.symbol, self.timeframe)
        row = row_index(index, "OHLCV")
        return Bar(*(column[row] for column in self._columns()))

    @overload
    def to_series(self) -> dict[str, Series[Any]]: ...
    @overload
    def to_series(self, field: str) -> Series[Any]: ...
    def to_series(self, field: str | None = None) -> Series[Any] | dict[str, Series[Any]]:
        """Give one field as a series, or all five in a dict (`opens highs lows closes volumes`).

        The same series object is given every time, so that its conversions are kept. Raises `ValueError` for a
        field other than open, high, low, close and volume.
        """
        if field is None:
            return {name: self.to_series(one) for one, name in _COLUMNS.items()}
        if field not in _COLUMNS:
            raise ValueError(f"Invalid OHLCV field '{field}'; valid fields: {', '.join(OHLCV_FIELDS)}")
        return self._remembered(field, lambda: self._as_series(getattr(self, _COLUMNS[field])))

    def field_series(self, field: str) -> Series[Any]:
        """Give a stored field, `price` (the close) or a derived field such as `hlc3` as a series.

        Raises `ValueError` for an unknown field.
        """
        name = "close" if field == "price" else field
        if name in _COLUMNS:
            return self.to_series(name)
        if name not in DERIVED_FIELDS:
            accepted = ", ".join((*OHLCV_FIELDS, "price", *DERIVED_FIELDS))
            raise ValueError(f"Invalid OHLCV field '{field}'; valid fields: {accepted}")
        ingredients, formula = DERIVED_FIELDS[name]
        columns = [getattr(self, _COLUMNS[ingredient]) for ingredient in ingredients]
        return self._remembered(name, lambda: self._as_series(derive(formula, columns)))

    def column(self, field: str) -> NDArray[np.float64]:
        """Give a field as a float64 array, computed once, shared and read-only; fields as in `field_series`."""
        known = self._cache.get("floats", {}).get("close" if field == "price" else field)
        return self.field_series(field).to_numpy() if known is None else known

    def known_times_ns(self) -> NDArray[np.int64] | None:
        """Give the times as `timestamps_ns` does, where they are known without reading the stamps."""
        return self._cache["ns"] if "timestamps" in self._cache.get("later", ()) else None

    def numbers(self, field: str) -> NDArray[np.float64]:
        """Give a field as `column` does; raises DataError for what is no number."""
        known = self._cache.get("floats", {}).get("close" if field == "price" else field)
        return self.field_series(field).numbers(field) if known is None else known

    def _as_series(self, values: tuple[Any, ...]) -> Series[Any]:
        return Series._trusted(self.timestamps, values, self.symbol, self.timeframe, None)

    def _remembered(self, field: str, build: Callable[[], Series[Any]]) -> Series[Any]:
        if field not in self._cache:
            self._cache[field] = build()
        series: Series[Any] = self._cache[field]
        return series

    @classmethod
    def from_bars(cls, bars: Iterable[Bar], symbol: Symbol = "UNKNOWN", timeframe: str = "1h") -> OHLCV:
        """Build columns from bars in time order.

        Raises `ValueError` for an empty list and for times that decrease.
        """
        rows = [(b.ts, b.open, b.high, b.low, b.close, b.volume, b.is_closed) for b in bars]
        if not rows:
            raise ValueError("Cannot create OHLCV from empty bar list")
        return cls._of(list(zip(*rows, strict=True)), symbol, timeframe)

    def to_dict(self) -> dict[str, Any]:
        """Give a mapping with ISO times and numbers as floats; `from_dict` takes it back."""
        return {
            "timestamps": list(map(format_timestamp, self.timestamps)),
            **{name: list(map(float, getattr(self, name))) for name in _COLUMNS.values()},
            "is_closed": list(self.is_closed),
            "symbol": self.symbol,
            "timeframe": self.timeframe,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> OHLCV:
        """Build columns from the mapping of `to_dict`; without `is_closed` every bar is closed."""
        stamps = tuple(map(coerce_timestamp, data["timestamps"]))
        return cls(
            stamps,
            map(coerce_price, data["opens"]),
            map(coerce_price, data["highs"]),
            map(coerce_price, data["lows"]),
            map(coerce_price, data["closes"]),
            map(coerce_qty, data["volumes"]),
            map(parse_closed, data.get("is_closed", (True,) * len(stamps))),
            data["symbol"],
            data["timeframe"],
        )
