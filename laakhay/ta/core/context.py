"""Named series of one stream: what an indicator reads its inputs from.

A context holds exactly the series it was given; a name that is absent raises and is never None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from .fields import SOURCE_LIQUIDATION, SOURCE_OHLCV, SOURCE_ORDERBOOK, SOURCE_TRADES

if TYPE_CHECKING:
    from .series import Series

__all__ = [
    "LiquidationContext",
    "OHLCVContext",
    "OrderBookContext",
    "SeriesContext",
    "TradeContext",
    "create_context",
]


def _revive(cls: type[SeriesContext], series: dict[str, Series[Any]]) -> SeriesContext:
    return cls(**series)


class SeriesContext:
    """An immutable bag of named series, read as attributes.

    Raises `AttributeError` for a name that is absent; `hasattr(context, "high")` asks whether one is present.
    Contexts of one class are equal if they hold equal series under the same names.
    """

    __slots__ = ("_series",)
    _series: dict[str, Series[Any]]

    def __init__(self, **series: Series[Any]) -> None:
        object.__setattr__(self, "_series", series)

    @property
    def available_series(self) -> list[str]:
        """Names of the series, in the order they were given."""
        return list(self._series)

    def __getattr__(self, name: str) -> Series[Any]:
        if name.startswith("_"):
            raise AttributeError(f"'SeriesContext' object has no attribute '{name}'")
        try:
            return self._series[name]
        except KeyError:
            available = ", ".join(self._series) or "none"
            raise AttributeError(f"Series '{name}' not found in context; available: {available}") from None

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"cannot assign to '{name}': a context does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete '{name}': a context does not change")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._series]

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._series == other._series

    def __hash__(self) -> int:
        return hash((type(self), frozenset(self._series)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._series)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self._series)


class _SourceContext(SeriesContext):
    """A context with a fixed set of names; other names, and optional ones given as None, are left out."""

    __slots__ = ()
    required_fields: ClassVar[tuple[str, ...]] = ()
    optional_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **series: Series[Any] | None) -> None:
        for field in self.required_fields:
            if series.get(field) is None:
                raise ValueError(f"{type(self).__name__} requires '{field}' series")
        present = {name: series.get(name) for name in (*self.required_fields, *self.optional_fields)}
        super().__init__(**{name: one for name, one in present.items() if one is not None})


class OHLCVContext(_SourceContext):
    """Bars: `price close open high low volume`; price and close stand in for each other."""

    __slots__ = ()
    required_fields = ("price", "close", "open", "high", "low", "volume")

    def __init__(self, **series: Series[Any] | None) -> None:
        price, close = series.get("price"), series.get("close")
        if price is None and close is None:
            raise ValueError("OHLCVContext requires 'price' series or 'close' series")
        both = {"price": close if price is None else price, "close": price if close is None else close}
        super().__init__(**{**series, **both})


class TradeContext(_SourceContext):
    """Trades per bar; large means above 50,000 USD, whale above 1,000,000 USD."""

    __slots__ = ()
    required_fields = (
        "volume",
        "count",
        "buy_volume",
        "sell_volume",
        "large_count",
        "whale_count",
        "avg_price",
        "vwap",
    )
    optional_fields = ("max_amount", "min_price")


class OrderBookContext(_SourceContext):
    """Order book per bar: imbalance = (bid depth - ask depth) / (bid depth + ask depth), pressure from -1 to 1."""

    __slots__ = ()
    required_fields = (
        *("best_bid", "best_ask", "spread", "spread_bps", "mid_price"),
        *("bid_depth", "ask_depth", "imbalance", "pressure"),
    )
    optional_fields = ("large_liquidity",)


class LiquidationContext(_SourceContext):
    """Liquidations per bar; large means above 100,000 USD."""

    __slots__ = ()
    required_fields = (
        *("count", "volume", "value", "long_count", "short_count"),
        *("long_value", "short_value", "large_count", "large_value"),
    )


_CONTEXTS: dict[str, type[_SourceContext]] = {
    SOURCE_OHLCV: OHLCVContext,
    SOURCE_TRADES: TradeContext,
    SOURCE_ORDERBOOK: OrderBookContext,
    SOURCE_LIQUIDATION: LiquidationContext,
}


def create_context(source: str, **series: Series[Any]) -> SeriesContext:
    """Build the context of a source, whatever the case of its name; a plain one for a source without its own.

    Raises `ValueError` if a series that the source needs is absent.
    """
    return _CONTEXTS.get(source.lower(), SeriesContext)(**series)
