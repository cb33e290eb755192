"""A rule as an indicator of nautilus: stepped by its bars, saved, loaded and reset.

Held against a class of the same shape as nautilus', and against nautilus itself where it is installed.
"""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import SnapshotError
from laakhay.ta.integrations import nautilus

CLOSES = [float(close) for close in 100 + np.cumsum(np.random.default_rng(2).normal(size=30))]


class Indicator:
    """What nautilus' class has: its state may be set by these methods alone."""

    def __init__(self, params: list[Any]) -> None:
        self._params, self._told = params, {"has_inputs": False, "initialized": False}

    has_inputs = property(lambda self: self._told["has_inputs"])
    initialized = property(lambda self: self._told["initialized"])

    def _set_has_inputs(self, setting: bool) -> None:
        self._told["has_inputs"] = setting

    def _set_initialized(self, setting: bool) -> None:
        self._told["initialized"] = setting

    def reset(self) -> None:
        self._reset()  # type: ignore[attr-defined]
        self._set_has_inputs(False)
        self._set_initialized(False)


@pytest.fixture(params=["stand-in", "nautilus_trader"])
def indicator(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "nautilus_trader":
        pytest.importorskip("nautilus_trader")
    else:
        base: Any = ModuleType("nautilus_trader.indicators.base")
        base.Indicator = Indicator
        for name in ("nautilus_trader", "nautilus_trader.indicators"):
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
        monkeypatch.setitem(sys.modules, base.__name__, base)
    nautilus._indicator.cache_clear()
    yield nautilus.TaIndicator
    nautilus._indicator.cache_clear()


def bars() -> list[Any]:
    """Give bars as nautilus has them: prices that become floats, times in nanoseconds."""
    fields = ({"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": 5} for close in CLOSES)
    return [SimpleNamespace(ts_event=10**18 + at * 60 * 10**9, ts_init=0, **one) for at, one in enumerate(fields)]


def test_an_indicator_has_the_values_of_the_rule_and_is_initialized_when_it_is_ready(indicator: Any) -> None:
    expected = ta.compile("sma(close, 5)").run({"close": CLOSES})["value"]
    own = indicator("sma(close, 5)")
    assert (own.value, own.has_inputs, own.initialized) == (None, False, False)
    for at, bar in enumerate(bars()):
        own.handle_bar(bar)
        assert own.has_inputs and own.initialized is (at >= 4)
        assert own.value == (expected[at] if at >= 4 else None)
    own.reset()
    assert (own.value, own.has_inputs, own.initialized, own.session.position) == (None, False, False, 0)


def test_an_indicator_that_was_saved_and_loaded_goes_on(indicator: Any) -> None:
    own, other = (indicator({"mean": "sma(close, 5)", "up": "close > close[1]"}) for _ in range(2))
    for bar in bars()[:12]:
        own.handle_bar(bar)
    other.load(own.save())
    assert other.initialized and other.has_inputs and other.output is None
    for bar in bars()[12:]:
        own.handle_bar(bar)
        other.handle_bar(bar)
        assert (own["mean"], own["up"]) == (other["mean"], other["up"]) and other["mean"] is not None
    with pytest.raises(SnapshotError):
        indicator("sma(close, 6)").load(own.save())


def test_without_nautilus_its_absence_is_the_error() -> None:
    if "nautilus_trader" not in sys.modules:
        with pytest.raises(ImportError, match="nautilus_trader"):
            _ = nautilus.TaIndicator
    with pytest.raises(AttributeError, match="no attribute 'Other'"):
        _ = nautilus.Other
