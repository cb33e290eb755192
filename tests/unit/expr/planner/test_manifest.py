"""The manifest says what the language can do, and the language can do what it says."""

from __future__ import annotations

import json
import sys
from collections import Counter
from keyword import iskeyword
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.compile import compile_to_ir
from laakhay.ta.expr.ir.nodes import CallNode, SourceRefNode
from laakhay.ta.expr.planner import generate_capability_manifest
from laakhay.ta.expr.semantics import SOURCE_DEFS

MANIFEST = generate_capability_manifest()
INDICATORS = {entry["name"]: entry for entry in MANIFEST["indicators"]}


@pytest.fixture(autouse=True)
def binder() -> None:
    """Leave binding to the engine, unlike the tests beside these."""


def test_it_has_its_parts_and_is_plain() -> None:
    assert set(MANIFEST) == {
        *("sources", "exchange_source_support", "indicators", "operators", "examples"),
        *("version", "dsl_version", "features"),
    }
    assert (MANIFEST["version"], MANIFEST["dsl_version"]) == ("1.3.0", "1.0.0")
    features = ("multi_source", "explicit_indicator_inputs", "filters", "aggregations", "time_shifts")
    assert MANIFEST["features"] == dict.fromkeys(features, True)
    assert json.loads(json.dumps(MANIFEST)) == MANIFEST


EXAMPLES = [(topic, rule) for topic, rules in MANIFEST["examples"].items() for rule in rules]


@pytest.mark.parametrize(("topic", "rule"), EXAMPLES, ids=str)
def test_every_example_compiles(topic: str, rule: str) -> None:
    assert compile_to_ir(rule) is not None
    assert ta.compile(rule).engine_rule.outputs


def test_there_are_examples_of_every_topic() -> None:
    assert list(MANIFEST["examples"]) == ["basic", "multi_source", "filters", "aggregations", "time_shifts"]
    assert all(MANIFEST["examples"].values())


@pytest.mark.parametrize("source", MANIFEST["sources"])
def test_every_field_of_a_source_can_be_written_in_a_rule(source: str) -> None:
    entry = MANIFEST["sources"][source]
    assert entry["description"] == SOURCE_DEFS[source].description
    assert entry["fields"] == sorted(entry["fields"])
    for field in entry["fields"]:
        node = compile_to_ir(f"binance.BTC.USDT.{source}.{field} > 0").left
        # A count at the end of a chain is the aggregate.
        reference = node if isinstance(node, SourceRefNode) else node.series
        assert reference.source == source
        assert field == "count" or reference.field == {"ohlcv": {"price": "close"}}.get(source, {}).get(field, field)


def test_the_sources_are_all_there_are() -> None:
    assert list(MANIFEST["sources"]) == ["ohlcv", "trades", "orderbook", "liquidation"]


@pytest.mark.parametrize("symbol", [*MANIFEST["operators"]["arithmetic"], *MANIFEST["operators"]["comparison"]])
def test_every_operator_can_be_written_in_a_rule(symbol: str) -> None:
    assert compile_to_ir(f"high {symbol} low").operator in {
        *("add", "sub", "mul", "div", "mod", "pow"),
        *("gt", "gte", "lt", "lte", "eq", "neq"),
    }


def test_the_operators_are_listed_in_order() -> None:
    assert MANIFEST["operators"] == {
        "arithmetic": ["%", "*", "**", "+", "-", "/"],
        "comparison": ["!=", "<", "<=", "==", ">", ">="],
        "logical": ["and", "or", "not"],
    }


def test_names_are_unique_and_sorted_by_category() -> None:
    names = Counter(entry["name"] for entry in MANIFEST["indicators"])
    assert names.most_common(1)[0][1] == 1
    order = [(entry["category"], entry["name"]) for entry in MANIFEST["indicators"]]
    assert order == sorted(order)


def test_every_name_of_the_catalogue_is_there_once() -> None:
    catalogue = {spec["name"]: spec for spec in ta.catalog()}
    names = {name for spec in catalogue.values() for name in (spec["name"], *spec["aliases"]) if not iskeyword(name)}
    assert set(INDICATORS) == names | {"select"}
    for entry in MANIFEST["indicators"]:
        if entry["name"] == "select":
            continue
        spec = catalogue[entry["target"] or entry["name"]]
        assert entry["is_alias"] is (entry["name"] in spec["aliases"])
        assert entry["outputs"] == [output["name"] for output in spec["outputs"]]
        assert entry["category"] == spec["group"]
        assert entry["description"].strip() and "\n" not in entry["description"]


@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_can_be_called_with_what_it_requires(name: str) -> None:
    entry = INDICATORS[name]
    values = {"float": "close", "bool": "close > open"}
    required = [key for key, parameter in entry["parameters"].items() if parameter["required"]]
    assert all(entry["parameters"][key]["default"] is None for key in required)
    given = ", ".join(f"{key}={values[entry['parameters'][key]['type']]}" for key in required)
    node = compile_to_ir(f"{name}({given})")
    assert isinstance(node, CallNode) and node.name == (entry["target"] or name)


@pytest.mark.parametrize("name", INDICATORS)
def test_every_default_can_be_written_out_and_changes_nothing(name: str) -> None:
    parameters = {key: one for key, one in INDICATORS[name]["parameters"].items() if one["type"] in ("int", "string")}
    needed = {key: one for key, one in INDICATORS[name]["parameters"].items() if one["required"]}
    operands = [f"{key}={'close > open' if one['type'] == 'bool' else 'close'}" for key, one in needed.items()]
    written = [f"{key}={one['default']!r}" for key, one in parameters.items()]

    def fingerprint(arguments: list[str]) -> str:
        return ta.compile(f"{name}({', '.join(arguments)})").engine_rule.fingerprint

    assert fingerprint(operands + written) == fingerprint(operands)


def test_a_default_that_is_false_or_zero_is_a_default() -> None:
    assert INDICATORS["nz"]["parameters"]["y"] == {"type": "float", "required": False, "default": 0.0}
    assert INDICATORS["select"]["parameters"]["field"] == {"type": "string", "required": False, "default": "close"}


def test_one_entry_by_hand() -> None:
    assert INDICATORS["rma"] == {
        "name": "rma",
        "description": INDICATORS["rolling_rma"]["description"],
        "category": "statistic",
        "is_alias": True,
        "target": "rolling_rma",
        "parameters": {
            "period": {"type": "int", "required": False, "default": 14},
            "field": {"type": "string", "required": False, "default": "close"},
        },
        "outputs": ["value"],
    }


def test_entries_do_not_share_their_parameters() -> None:
    manifest = generate_capability_manifest()
    entries = {entry["name"]: entry for entry in manifest["indicators"]}
    entries["mean"]["parameters"]["period"]["default"] = 99
    assert entries["rolling_mean"]["parameters"]["period"]["default"] != 99
    assert generate_capability_manifest() == MANIFEST


# The data provider


def provider(capabilities: Any) -> ModuleType:
    module = ModuleType("laakhay.data")
    module.get_all_capabilities = lambda: capabilities  # type: ignore[attr-defined]
    return module


BOTH = {"ohlcv": {"rest": True, "ws": True}, "order_book": {"rest": False, "ws": True}}


@pytest.mark.parametrize(
    "capabilities",
    [
        {"binance": {"data_types": BOTH}},
        {"binance": SimpleNamespace(data_types={name: SimpleNamespace(**ways) for name, ways in BOTH.items()})},
    ],
    ids=["mappings", "objects"],
)
def test_exchanges_are_those_of_the_data_provider(monkeypatch: pytest.MonkeyPatch, capabilities: Any) -> None:
    monkeypatch.setitem(sys.modules, "laakhay.data", provider(capabilities))
    assert generate_capability_manifest()["exchange_source_support"] == {
        "binance": {
            "ohlcv": {"rest": True, "ws": True},
            "trades": {"rest": False, "ws": False},
            "orderbook": {"rest": False, "ws": True},
            "liquidation": {"rest": False, "ws": False},
        }
    }


def test_without_a_data_provider_no_exchange_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "laakhay.data", None)
    assert generate_capability_manifest()["exchange_source_support"] == {}
    monkeypatch.setitem(sys.modules, "laakhay.data", ModuleType("laakhay.data"))
    assert generate_capability_manifest()["exchange_source_support"] == {}
