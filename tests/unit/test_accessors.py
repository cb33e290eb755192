"""Indicators and rules at frames of pandas and expressions of polars, whichever of the packages is imported first."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import StrategyError

BARS = 120
CLOSES = 100 + np.cumsum(np.random.default_rng(5).normal(size=BARS))
COLUMNS = {"high": CLOSES + 1, "low": CLOSES - 1.5, "close": CLOSES}
FRAME: Any = pd.DataFrame(COLUMNS, pd.date_range("2024-01-01", periods=BARS, tz="Asia/Tokyo"))
LONG = pl.DataFrame(COLUMNS | {"symbol": ["A", "B", "A"] * 40})
CLOSE: Any = pl.col("close")


def test_an_indicator_at_a_frame_of_pandas_is_a_column_with_its_index() -> None:
    for name, arguments in (("rsi", (14,)), ("atr", (5,)), ("sma", (3,))):
        column = getattr(FRAME.ta, name)(*arguments)
        group = ta.trend if name == "sma" else ta.momentum if name == "rsi" else ta.volatility
        expected = getattr(group, name)(COLUMNS, *arguments)["value"]
        assert isinstance(column, pd.Series) and column.name == name
        pd.testing.assert_index_equal(column.index, FRAME.index)
        np.testing.assert_array_equal(column.to_numpy(), expected)
    several = FRAME.ta.bbands(10, source="hl2")
    assert list(several.columns) == list(ta.volatility.bbands(COLUMNS)) and len(several) == BARS
    with pytest.raises(AttributeError, match="there is no indicator 'rsii'"):
        FRAME.ta.rsii


def test_rules_and_signals_at_a_frame_of_pandas() -> None:
    expected = ta.compile("close > close[1]").run(COLUMNS)["value"]
    column = FRAME.ta.rule("close > close[1]")
    assert column.dtype == "boolean" and column.isna().sum() == 1 and column.sum() == (expected == 1).sum()
    signals = FRAME.ta.signals("close > close[1]")
    assert signals.dtype == bool and signals.sum() == (expected == 1).sum()
    both = FRAME.ta.rule({"up": "close > close[1]", "mean": ta.compile("sma(close, 3)")})
    assert list(both.columns) == ["up", "mean"]
    assert list(FRAME.ta.add_rule({"up": "close > close[1]"}).columns) == [*FRAME.columns, "up"]


def test_an_expression_of_polars_is_each_symbols_own_history_under_over() -> None:
    result = LONG.with_columns(
        rsi=CLOSE.ta.rsi(7).over("symbol"),
        atr=pl.struct("high", "low", "close").ta.atr(5).over("symbol"),  # type: ignore[attr-defined]
        up=CLOSE.ta.rule("close > close[1]").over("symbol"),
    )
    assert result.schema["rsi"] == pl.Float64 and result.schema["up"] == pl.Boolean
    expected = ta.compile({"rsi": "rsi(close, 7)", "atr": "atr(5)", "up": "close > close[1]"}).run(LONG)
    assert result.select("rsi", "atr", "up").equals(expected.select("rsi", "atr", "up"))
    assert result["rsi"].null_count() == 14 and result["up"].null_count() == 2
    lazy = LONG.lazy().with_columns(rsi=CLOSE.ta.rsi(7).over("symbol"))
    assert lazy.collect_schema()["rsi"] == pl.Float64 and lazy.collect()["rsi"].equals(result["rsi"])


def test_an_expression_of_several_values_is_a_struct_and_one_of_several_fields_asks_for_one() -> None:
    macd = LONG.select(CLOSE.ta.macd(3, 6, 2)).unnest("close")
    assert macd.columns == ["macd", "signal", "histogram"]
    np.testing.assert_array_equal(macd["macd"].to_numpy(), ta.momentum.macd(COLUMNS, 3, 6, 2)["macd"])
    assert LONG.select(pl.col("low").ta.sma(3))["low"][5] == ta.trend.sma({"close": COLUMNS["low"]}, 3)["value"][5]  # type: ignore[attr-defined]
    with pytest.raises(
        Exception, match=r'the rule reads high, low, close; give it a struct of them: pl.struct\("high"'
    ):
        LONG.select(CLOSE.ta.atr(5))


ORDERS = {
    "the package first": "import laakhay.ta, pandas, polars",
    "one that was looked for before": (
        "import laakhay.ta, importlib.util; importlib.util.find_spec('pandas'); import polars, pandas"
    ),
    "the libraries first": "import pandas, polars, laakhay.ta",
    "polars alone": "import laakhay.ta, polars",
    "that of somebody else": "import pandas; pandas.DataFrame.ta = property(lambda frame: 'theirs'); import laakhay.ta",
}


@pytest.mark.parametrize("order", ORDERS)
def test_accessors_are_there_in_whatever_order_packages_are_imported(order: str) -> None:
    check = """
import sys
if "pandas" in sys.modules:
    ta = pandas.DataFrame({"close": [1.0, 2.0, 4.0]}).ta
    print(ta if isinstance(ta, str) else ta.sma(2).tolist()[1:])
if "polars" in sys.modules:
    print(polars.DataFrame({"close": [1.0, 2.0, 4.0]}).select(polars.col("close").ta.sma(2))["close"].to_list()[1:])
"""
    done = subprocess.run([sys.executable, "-c", ORDERS[order] + check], capture_output=True, text=True, timeout=120)
    expected = {"that of somebody else": 0, "polars alone": 1}.get(order, 2)
    assert done.stdout.splitlines() == ([str([1.5, 3.0])] * expected if expected else ["theirs"]), done.stderr


def test_the_package_imports_no_library_of_frames_by_itself() -> None:
    code = "import sys, laakhay.ta; print({*sys.modules} & {'pandas', 'polars', 'pyarrow', 'narwhals', 'duckdb'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout == "set()\n", done.stderr


def test_sources_of_ones_own_are_declared_once_and_read_from_frames() -> None:
    ta.define_source("forecast", ["score", "on: bool"])
    rule = ta.compile("forecast.score > 0.5 and forecast.on and close > 1")
    frame = pd.DataFrame({"close": [2.0, 2.0, 0.0], "forecast.score": [0.9, 0.1, 0.9], "forecast.on": [1, 1, 1]})
    assert rule.run(frame)["value"].tolist() == [True, False, False]
    assert bool(ta.compile(str(rule)) == rule)
    ta.define_source("forecast", ["score", "on: bool"])
    with pytest.raises(ValueError, match="declared with other columns .score, on: bool.; pass replace=True"):
        ta.define_source("forecast", ["score"])
    ta.define_source("forecast", ["score"], replace=True)
    with pytest.raises(StrategyError, match="on"):
        ta.compile("forecast.on")
    with pytest.raises(StrategyError, match="A source cannot be called 'close'"):
        ta.define_source("close", ["score"])
    with pytest.raises(TypeError, match="a list of names"):
        ta.define_source("other", "score")
