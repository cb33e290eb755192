"""What rules can say, as plain values: sources, indicators, operators, examples.

Everything comes from the tables that rules are read with; nothing is listed here a second time but the examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

from .. import _rust
from ..dsl.parser import _BIN_OP_MAP, _COMPARE_MAP
from ..ir.sources import OHLCV, PRIMARY_FIELDS, SOURCE_DEFS
from ..ir.types import LOGICAL

VERSION = "1.3.0"
DSL_VERSION = "1.0.0"

# What a data provider calls the sources.
_PROVIDER_NAMES = {"ohlcv": "ohlcv", "trades": "trades", "orderbook": "order_book", "liquidation": "liquidations"}

_EXAMPLES: dict[str, tuple[str, ...]] = {
    "basic": (
        "close > sma(close, 20)",
        "sma(20) > sma(50) and rsi(14) < 30",
        "crossup(ema(close, 12), ema(close, 26))",
        "bbands(close, 20).upper < close",
        "let slow = sma(close, 50); close > slow and slow > slow[1]",
    ),
    "multi_source": (
        "BTC.price > 100000",
        "BTC/USDT.1h.price > sma(BTC.USDT.h1.price, 20)",
        "binance.BTC.USDT.perp.h1.trades.volume > 1000",
        "sma(BTC.trades.volume, period=20) > 100",
        "BTC.orderbook.imbalance > 0.2",
        "close > on(4h, sma(close, 20)) and fresh(4h)",
    ),
    "filters": (
        "trades.filter(amount > 1000).count > 5",
        "ohlcv.filter(volume > 1000000).count() > 10",
        "BTC.trades.filter(amount > 1000).sum(amount) > 100000",
    ),
    "aggregations": (
        "trades.sum(amount) > 1000000",
        "trades.avg(price) > ohlcv.close",
        "BTC.liquidation.count > 10",
        "trades.max(amount) > 100",
    ),
    "time_shifts": (
        "price.24h_ago < price",
        "close.change_1h > 0",
        "BTC.price.change_pct_24h > 5",
        "close.roc_10 > 2",
    ),
}


def generate_capability_manifest() -> dict[str, Any]:
    """Describe the language for programs that write rules.

    Returns
    -------
    dict
        `sources`: fields and description of each. `exchange_source_support`: exchange to source to `{"rest", "ws"}`,
        from the optional package `laakhay.data`, empty without it. `indicators`: one entry per name and alias, sorted
        by category and name. `operators`, `examples` (all of which compile), `version`, `dsl_version`, `features`.

    Examples
    --------
    >>> entry = next(one for one in generate_capability_manifest()["indicators"] if one["name"] == "rsi")
    >>> entry["category"], entry["parameters"]["period"]
    ('momentum', {'type': 'int', 'required': False, 'default': 14})
    """
    return {
        "sources": {
            name: {"fields": sorted(source.field_names), "description": source.description}
            for name, source in SOURCE_DEFS.items()
        },
        "exchange_source_support": _exchange_support(),
        "indicators": sorted(_indicators(), key=lambda entry: (entry["category"], entry["name"])),
        "operators": {
            "arithmetic": sorted(_BIN_OP_MAP),
            "comparison": sorted(_COMPARE_MAP),
            "logical": sorted({*LOGICAL, "not"}, key=["and", "or", "not"].index),
        },
        "examples": {topic: list(rules) for topic, rules in _EXAMPLES.items()},
        "version": VERSION,
        "dsl_version": DSL_VERSION,
        "features": {
            "multi_source": True,
            "explicit_indicator_inputs": True,
            "filters": True,
            "aggregations": True,
            "time_shifts": True,
        },
    }


def _indicators() -> Iterator[dict[str, Any]]:
    for spec in _rust.catalog():
        parameters = _parameters(spec)
        for name in (spec["name"], *spec["aliases"]):
            if not iskeyword(name):  # An alias such as `if` is no name in Python.
                yield {
                    "name": name,
                    "description": spec["description"].strip().splitlines()[0],
                    "category": spec["group"],
                    "is_alias": name != spec["name"],
                    "target": spec["name"] if name != spec["name"] else None,
                    "parameters": {key: dict(parameter) for key, parameter in parameters.items()},
                    "outputs": [output["name"] for output in spec["outputs"]],
                }
    yield {
        "name": "select",
        "description": f"A field of the bars: {', '.join(OHLCV)}.",
        "category": "primitive",
        "is_alias": False,
        "target": None,
        "parameters": {"field": _parameter("string", PRIMARY_FIELDS[OHLCV.name])},
        "outputs": ["value"],
    }


def _parameters(spec: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Give everything a call can name, in the order of the positions: operands, parameters, the field to read."""
    named: dict[str, dict[str, Any]] = {}
    fields: dict[str, dict[str, Any]] = {}
    for source in spec["inputs"]:
        role = source["role"]
        match role["role"]:
            case "operand" | "number_operand":
                named[source["name"]] = _parameter("float", role["default"])
            case "condition":
                named[source["name"]] = _parameter("bool", None)
            case "series" if role["field_param"] is not None:
                fields[role["field_param"]] = _parameter("string", role["default"])
    for parameter in spec["params"]:
        kind = parameter["kind"]
        # A choice is one of some texts.
        type_name = "string" if kind["type"] == "choice" else kind["type"]
        named[parameter["name"]] = _parameter(type_name, kind["default"]) | (
            {"accepted": [*kind["accepted"]]} if kind["type"] == "choice" else {}
        )
    return named | fields


def _parameter(type_name: str, default: Any) -> dict[str, Any]:
    return {"type": type_name, "required": default is None, "default": default}


def _exchange_support() -> dict[str, dict[str, dict[str, bool]]]:
    try:
        provider = import_module("laakhay.data")
    except ImportError:
        return {}
    read = getattr(provider, "get_all_capabilities", None)
    if read is None:
        return {}
    return {exchange: _support_of(capability) for exchange, capability in read().items()}


def _support_of(capability: Any) -> dict[str, dict[str, bool]]:
    kinds = _read(capability, "data_types")
    support = {}
    for source, name in _PROVIDER_NAMES.items():
        kind = _read(kinds, name)
        support[source] = {way: bool(_read(kind, way)) for way in ("rest", "ws")}
    return support


def _read(holder: Any, name: str) -> Any:
    """Give an item of a mapping or an attribute of an object; None where it is absent."""
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)


__all__ = ["generate_capability_manifest"]
