"""The exact reference asks the engine for parsing, binding and planning, and for nothing that it is to check."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta import ta_py
from laakhay.ta.expr.execution import evaluate_plan
from tests.parity.compare import outputs_of
from tests.parity.streams import stream_market
from tests.reference import Reference
from tests.unit.test_module_layers import ARROWS, MODULES, PACKAGE, reached

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests" / "reference").rglob("*.py"))
# Texts, numbers, times and timeframes are read, calls bound, rules planned and drawn; the catalogue says what there is.
ASKED = {
    "compile_text",
    "normalize_ir",
    "check_ir",
    "bind_call",
    "on_stream",
    "with_own_timeframe",
    "plan_ir",
    "draw_ir",
    "ir_text",
    "catalog",
    "number",
    "numbers",
    "time_ns",
    "nominal_ns",
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


USED = {name for path in FILES for name in imports(path) if name.startswith(PACKAGE)}
WITHIN = {PACKAGE, *USED}.union(*(reached(name) for name in USED)) - {PACKAGE}


def test_nothing_that_the_reference_imports_runs_rules_on_the_engine() -> None:
    assert len(FILES) > 15 and len(USED) > 10
    assert f"{PACKAGE}.expr.execution.plan_reader" in USED and f"{PACKAGE}.expr._rust" in WITHIN
    runs = [name for name in WITHIN if name.startswith(f"{PACKAGE}.rules") or "engine" in name or "incremental" in name]
    assert runs == []
    assert f"{PACKAGE}.expr.execution.engine_streams" in ARROWS  # It would have been found.


def test_what_the_reference_can_reach_asks_the_engine_for_reading_alone() -> None:
    asked = set()
    for path in [*FILES, *(MODULES[name] for name in WITHIN)]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ta_py":
                asked.add(node.attr)
    assert asked <= ASKED
    assert {"bind_call", "number"} <= asked


def test_the_reference_is_in_no_wheel_and_the_package_does_not_know_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["maturin"]
    assert settings["python-packages"] == ["laakhay"]
    assert {extra["format"] for extra in settings["include"]} == {"sdist"}
    named = [path for path in MODULES.values() if "import tests" in (text := path.read_text()) or "from tests" in text]
    assert named == []


@pytest.mark.parametrize(
    "rule", ["close + sma(ohlcv.4h.close, 3) - ohlcv.1d.hl2", "(close - ETH.4h.close).change_12h", "atr(5) > 1"]
)
def test_the_reference_gives_the_same_where_the_engine_answers_nothing_else(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = stream_market("built_new_york")
    plan = ta.compile(rule)._ensure_plan()
    expected = outputs_of(evaluate_plan(plan, market.data, backend=Reference(), **market.options))

    def refused(*_: Any, **__: Any) -> Any:
        raise AssertionError("the engine was asked")

    for name in {name for name in vars(ta_py) if not name.startswith("_")} - ASKED:
        monkeypatch.setattr(ta_py, name, refused)
    for name in ("Session", "JoinedSession"):
        monkeypatch.setattr(getattr(ta, name), "__new__", refused)
    found = outputs_of(evaluate_plan(plan, market.data, backend=Reference(), **market.options))
    assert repr(found) == repr(expected)
    assert any(isinstance(value, Decimal | bool) for value in found[0].values if value == value)
