"""What a rule reads is held against what sources and exchanges offer."""

from __future__ import annotations

from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.planner import DataRequirement, SignalRequirements, generate_capability_manifest
from laakhay.ta.expr.runtime import CapabilityValidator

SUPPORT = {
    "Binance": {
        "ohlcv": {"rest": True, "ws": False},
        "trades": {"rest": False, "ws": True},
        "liquidation": {"rest": False, "ws": False},
    }
}
MANIFEST: dict[str, Any] = {**generate_capability_manifest(), "exchange_source_support": SUPPORT}


def requirements(*needs: DataRequirement) -> SignalRequirements:
    return SignalRequirements(data_requirements=needs)


def test_the_manifest_is_that_of_the_package_unless_one_is_given() -> None:
    assert CapabilityValidator().manifest == generate_capability_manifest()
    empty: dict[str, Any] = {}
    assert CapabilityValidator(empty).manifest is empty


def test_what_is_there_gives_no_warning() -> None:
    plan = ta.compile("BTC.trades.volume > sma(hlc3, 20) and orderbook.imbalance > 0")._ensure_plan()
    for exchange in (None, "binance", "kraken"):
        assert CapabilityValidator(MANIFEST).validate_plan(plan, exchange) == []


def test_an_unknown_source_is_told_and_its_field_is_not() -> None:
    (warning,) = CapabilityValidator().validate_requirements(requirements(DataRequirement("options", "iv")))
    assert warning == "Source 'options' is not known; known: ohlcv, trades, orderbook, liquidation"


def test_an_unknown_field_is_told_with_those_that_are_known() -> None:
    (warning,) = CapabilityValidator().validate_requirements(requirements(DataRequirement("orderbook", "depth")))
    assert warning.startswith("Field 'depth' is not available for source 'orderbook'; available: ask, ask_depth")


def test_the_same_warning_is_given_once() -> None:
    needs = [DataRequirement("options", "iv", symbol=symbol) for symbol in ("BTC", "ETH")]
    assert len(CapabilityValidator().validate_requirements(requirements(*needs))) == 1


@pytest.mark.parametrize("exchange", ["binance", "BINANCE", "Binance"])
def test_a_source_that_an_exchange_does_not_serve_is_told(exchange: str) -> None:
    validator = CapabilityValidator(MANIFEST)
    needs = requirements(DataRequirement("liquidation", "value"), DataRequirement("trades", "volume"))
    assert validator.validate_requirements(needs, exchange) == [
        f"Source 'liquidation' is not supported by exchange '{exchange}'"
    ]
    assert validator.validate_requirements(needs) == []


def test_a_requirement_with_an_exchange_is_held_against_its_own() -> None:
    validator = CapabilityValidator(MANIFEST)
    plan = ta.compile("binance.BTC.liquidation.value > 1")._ensure_plan()
    for exchange in (None, "kraken"):
        assert validator.validate_plan(plan, exchange) == [
            "Source 'liquidation' is not supported by exchange 'binance'"
        ]


def test_an_exchange_of_which_nothing_is_known_is_not_judged() -> None:
    validator = CapabilityValidator(MANIFEST)
    assert validator.check_source_support("liquidation", "value", "kraken") == (True, None)
    assert validator.check_source_support("orderbook", None, "binance") == (True, None)


def test_a_count_of_trades_has_no_field_to_check() -> None:
    validator = CapabilityValidator()
    assert validator.validate_plan(ta.compile("trades.count > 3")._ensure_plan()) == []
    assert validator.check_source_support("trades", None) == (True, None)


def test_an_indicator_needs_a_name_a_source_and_a_field() -> None:
    validator = CapabilityValidator()
    assert validator.check_indicator_source_compatibility("SMA", "Trades", "Volume") == (True, None)
    assert validator.check_indicator_source_compatibility("mean", "ohlcv") == (True, None)
    assert validator.check_indicator_source_compatibility("smaa", "trades") == (False, "Indicator 'smaa' not found")
    ok, reason = validator.check_indicator_source_compatibility("sma", "trades", "imbalance")
    assert not ok and reason is not None and reason.startswith("Field 'imbalance' is not available for source 'trades'")
    assert validator.check_indicator_source_compatibility("sma", "news")[0] is False
