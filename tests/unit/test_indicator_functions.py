"""The functions, pages and data that are written from the catalogue say and do what it says."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from keyword import iskeyword
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import StrategyError, TypeCheckError

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "indicators"
CATALOG = {spec["name"]: spec for spec in ta.catalog()}
GROUPS = {spec["group"] for spec in ta.catalog()}
BARS = ta.from_csv(ROOT / "examples" / "data" / "aapl_1d.csv", symbol="AAPL", timeframe="1d")
COLUMNS = {field: np.array(BARS.column(field), dtype=float) for field in ("open", "high", "low", "close", "volume")}
#: The same prices every five minutes: bars of days close behind every opening.
MINUTES = {
    "timestamp": np.datetime64("2024-01-02", "ns") + np.arange(len(BARS)) * np.timedelta64(300, "s"),
    **COLUMNS,
}
#: Two symbols, one of which has the prices of the other from the last to the first.
SYMBOLS = {
    "symbol": np.repeat(["A", "B"], len(BARS)),
    "timestamp": np.tile(MINUTES["timestamp"], 2),
    **{field: np.concatenate([column, column[::-1]]) for field, column in COLUMNS.items()},
}
#: What has a value where prices turn has one on so many of some three thousand bars.
TURNS = {"pivot_high": 150, "pivot_low": 150, "pine.pivothigh": 150, "pine.pivotlow": 150, "swing_points": 400}
TURNS["fractals"] = TURNS["swing_points"]

OPERANDS = {
    "condition": "close > open",
    "anchor": "close > open",
    "a": "close",
    "b": "open",
    "x": "close",
    "y": "open",
    "price": "close",
    "oscillator": "volume",
    "periods": "10",
    "source": "(close - open) / high",
    "returns": "close / close[1] - 1",
}

every_indicator = pytest.mark.parametrize("name", CATALOG)


def function(name: str) -> Any:
    return getattr(getattr(ta, CATALOG[name]["group"]), name.replace(".", "_"))


def bars_of(name: str) -> Any:
    """Give bars that an indicator can be asked of: those of several symbols where it looks across them."""
    return SYMBOLS if CATALOG[name]["group"] == "cross_section" else BARS


def operands(name: str) -> dict[str, str]:
    """Give an operand for each argument that has no default."""
    taken = inspect.signature(function(name)).parameters.values()
    needed = [one.name for one in taken if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
    assert needed[0] == "data"
    if CATALOG[name]["kernel"] in ("acos", "asin"):  # No price is the sine of an angle.
        needed.append("source")
    return {one: OPERANDS[one] for one in needed[1:]}


def test_every_indicator_has_a_function_and_every_function_an_indicator() -> None:
    assert {*ta.indicators.GROUPS} == GROUPS
    for group in GROUPS:
        own = [spec for spec in CATALOG.values() if spec["group"] == group]
        names = {name for spec in own for name in (spec["name"], *spec["aliases"]) if not iskeyword(name)}
        module = getattr(ta, group)
        assert {*module.__all__} == {name.replace(".", "_") for name in names}
        for spec in own:
            for alias in spec["aliases"]:
                assert iskeyword(alias) or getattr(module, alias) is function(spec["name"])


@every_indicator
def test_a_function_gives_the_bits_of_the_rule(name: str) -> None:
    spec = CATALOG[name]
    given = operands(name)
    defaults = ((one["name"], one["kind"]["default"]) for one in spec["params"])
    text = ", ".join([*given.values(), *(f"{key}={json.dumps(value)}" for key, value in defaults)])
    bars: Any = MINUTES if any(one["role"]["role"] == "time" for one in spec["inputs"]) else bars_of(name)
    expected = ta.compile(f"{name}({text})").run(bars)
    found = function(name)(bars, **given)
    assert [*found] == [*expected]
    for output, values in expected.items():
        assert found[output].tobytes() == values.tobytes(), output
        ready = values.size if output in ("timestamp", "symbol") else int(np.isfinite(values).sum())
        assert ready >= TURNS.get(name, 2_000), f"{output} has {ready} values"


@every_indicator
def test_a_function_takes_what_the_catalogue_declares(name: str) -> None:
    taken = inspect.signature(function(name)).parameters
    for param in CATALOG[name]["params"]:
        one = taken[param["name"]]
        assert one.default == param["kind"]["default"] and type(one.default) is type(param["kind"]["default"])
        if param["kind"]["type"] == "choice":
            accepted = param["kind"]["accepted"]
            assert [*get_args(eval(one.annotation, {"Literal": Literal}))] == accepted
            assert param["kind"]["default"] in accepted
            outside: Any = f"{accepted[0]}s"
        else:
            assert one.annotation == {"int": "int", "float": "float"}[param["kind"]["type"]]
            outside = param["kind"]["min"] - 1
        with pytest.raises(TypeCheckError, match=param["name"]):
            function(name)(BARS, **operands(name), **{param["name"]: outside})
    documented = inspect.getdoc(function(name)) or ""
    assert CATALOG[name]["source"].rstrip(".") in " ".join(documented.split())
    for one in [*taken, *(output["name"] for output in CATALOG[name]["outputs"])]:
        assert re.search(rf"^\**{one}$", documented, re.MULTILINE), one
    for output in CATALOG[name]["outputs"]:
        offset = output["plot_offset"]
        assert offset is None or f"drawn {offset[1:]} bars {'ahead' if offset[0] == '+' else 'back'}" in " ".join(
            documented.split()
        )


def test_inputs_are_texts_rules_and_numbers() -> None:
    closes = {"close": np.arange(30.0)}
    assert ta.trend.sma(closes, np.int64(3))["value"][2] == 1.0
    assert ta.trend.sma(closes, 3, source="close * 2")["value"][2] == 2.0
    assert ta.trend.sma(closes, 3, source=ta.compile("sma(close, 2)"))["value"][3] == 1.5
    assert ta.math.greatest(closes, "close", 7, "close - 1", 28)["value"].tolist() == [28.0] * 29 + [29.0]
    assert ta.math.abs(closes, "close - 3")["value"][0] == 3.0
    assert ta.event.crossup(closes, ta.compile("close"), 3.5)["value"].tolist()[1:6] == [0, 0, 0, 1, 0]


def test_all_kinds_of_histories_are_taken() -> None:
    series = BARS.to_series("close")
    assert isinstance(ta.momentum.rsi(series), ta.Series)
    assert isinstance(ta.momentum.macd({"close": series}), tuple)
    stamps = np.arange(4) * 3_600_000_000_000 + 10**18
    table = {"timestamp": stamps, "close": [1.0, 2.0, 3.0, 4.0]}
    found = ta.trend.sma({"ohlcv": table}, 2, source="ohlcv.2h.close", timeframe="1h", resample=ta.Calendar())
    assert "value" in found


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda b: ta.trend.sma(b, perod=3), TypeError, "sma takes no argument 'perod'; by name it takes: source, per"),
        (lambda b: ta.trend.sma(b, source=3), TypeError, "`source` is a text of the language or a rule, not int"),
        (lambda b: ta.event.cross(b, None, 3), TypeError, "cross: `a` is a text of the language, a number or a rule"),
        (lambda b: ta.trend.sma(b, float("nan")), ValueError, "sma: `period` is nan; a finite number is needed"),
        (lambda b: ta.trend.sma(b, 2.5), TypeCheckError, "a whole number from 1 to 1000000"),
        (lambda b: ta.trend.sma(b, source="clos"), StrategyError, "clos"),
        (lambda b: ta.momentum.macd(b, 30, 20), TypeCheckError, "less than slow"),
        (lambda b: ta.nothing, AttributeError, "module 'laakhay.ta' has no attribute 'nothing'"),
    ],
)
def test_what_is_none_is_refused_by_its_name(call: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        call({"close": np.arange(30.0)})


def test_groups_are_loaded_when_asked_for_and_hide_nothing() -> None:
    program = """
import sys
import laakhay.ta as ta
from laakhay.ta import *
import math, statistics
loaded = [name for name in sys.modules if name.startswith("laakhay.ta.indicators.")]
assert loaded == [], loaded
assert math.pi > 3 and not {"math", "event", "trend"} & set(ta.__all__)
assert {"math", "event", "trend", "compile"} <= set(dir(ta))
from laakhay.ta import math as functions
assert functions is ta.math and "laakhay.ta.indicators.math" in sys.modules
assert "laakhay.ta.indicators.trend" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_catalogue_as_data_is_the_catalogue() -> None:
    assert json.loads((ROOT / "docs" / "catalog.json").read_text(encoding="utf8")) == ta.catalog()


def test_every_indicator_has_a_page_that_the_index_names() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == {*CATALOG, "README"}
    index = (PAGES / "README.md").read_text(encoding="utf8")
    groups = dict.fromkeys(spec["group"] for spec in CATALOG.values())
    by_group = [name for group in groups for name, spec in CATALOG.items() if spec["group"] == group]
    assert re.findall(r"^\| \[(\S+)\]\(\1\.md\)", index, flags=re.MULTILINE) == by_group


@every_indicator
def test_what_a_page_shows_runs_on_real_bars(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf8")
    (block,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    rule, call = block.splitlines()
    values = eval(rule, {"ta": ta}).run(bars_of(name))["value"]
    assert np.isfinite(values).sum() >= 2_000
    found = eval(call, {"ta": ta, "data": bars_of(name)})
    assert [one for one in found if one not in ("timestamp", "symbol")] == [
        output["name"] for output in CATALOG[name]["outputs"]
    ]
    for words in (CATALOG[name]["source"].rstrip("."), *(f"`{one['name']}`" for one in CATALOG[name]["params"])):
        assert words in page
