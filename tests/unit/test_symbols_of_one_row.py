"""Rules that look across symbols, at every door: universes, tables with a symbol column, and where they are refused."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import PlanningError, SnapshotError

RULE = "rank(roc(close, 2)) > 0.5 and close > cs_mean(close) / 2"
SYMBOLS = ["A", "B", "C", "D"]
GROUPS = {"A": "x", "B": "y", "C": "x", "D": "y"}


def market(bars: int = 40) -> np.ndarray:
    """Give closes, a row per bar and a column per symbol, of which some are missing."""
    random = np.random.default_rng(3)
    closes = 100 * np.exp(np.cumsum(random.normal(0, 0.02, (bars, 4)), axis=0))
    closes[random.random((bars, 4)) < 0.15] = np.nan
    return closes


def table(closes: np.ndarray) -> pd.DataFrame:
    """Give the bars that there are, with a symbol column, in the order of their times."""
    stamps = pd.date_range("2024-01-01", periods=len(closes), freq="h", tz="UTC")
    rows = [
        (stamp, symbol, x)
        for stamp, row in zip(stamps, closes, strict=True)
        for symbol, x in zip(SYMBOLS, row, strict=True)
        if not np.isnan(x)
    ]
    return pd.DataFrame(rows, columns=["timestamp", "symbol", "close"])


@pytest.mark.parametrize("groups", [None, GROUPS, [*GROUPS.values()]])
@pytest.mark.parametrize("rule", [RULE, "demean(close)", "ema(cs_sum(close), 3)"])
def test_steps_matrices_histories_and_tables_give_the_same(rule: str, groups: Any) -> None:
    compiled, closes = ta.compile(rule), market()
    matrix = compiled.universe(SYMBOLS, groups=groups).run(close=closes)
    universe = compiled.universe(SYMBOLS, groups=groups)
    stepped = []
    for at, row in enumerate(closes):
        if at == 20:
            universe = compiled.restore_universe(universe.snapshot(), SYMBOLS)
        formed = universe.preview(close=row)
        before = universe.snapshot()
        universe.preview(close=row[::-1])
        assert universe.snapshot() == before
        stepped.append(universe.step(close=row))
        np.testing.assert_array_equal(formed, stepped[-1])
    np.testing.assert_array_equal(np.array(stepped), matrix)
    there = ~np.isnan(closes)
    assert (~np.isnan(matrix[there])).sum() > 100
    frame = table(closes)
    for data in (frame, pl.from_pandas(frame), frame.sample(frac=1, random_state=1).sort_values("timestamp")):
        found = compiled.run(data, groups=None if groups is None else GROUPS)
        values = (
            found["value"].to_numpy()
            if isinstance(data, pl.DataFrame)
            else found["value"].to_numpy(float, na_value=np.nan)
        )
        keyed = dict(zip(zip(data["timestamp"], data["symbol"], strict=True), values, strict=True))
        expected = dict(zip(zip(frame["timestamp"], frame["symbol"], strict=True), matrix[there], strict=True))
        for key, value in expected.items():
            np.testing.assert_equal(float("nan") if keyed[key] is None else float(keyed[key]), value)
    by_symbol = {symbol: frame[frame["symbol"] == symbol].drop(columns="symbol") for symbol in SYMBOLS}
    np.testing.assert_array_equal(compiled.universe(SYMBOLS, groups=groups).run(by_symbol)["value"], matrix)
    report = compiled.verify(frame, groups=None if groups is None else GROUPS)
    assert report.ok and any("reverse order" in name for name, _, _ in report.checks), report


def test_a_table_whose_symbols_have_other_times_has_a_row_for_each_time() -> None:
    stamps = pd.to_datetime(["2024-01-01T00:00Z", "2024-01-01T00:00Z", "2024-01-01T00:30Z", "2024-01-01T01:00Z"])
    frame = pd.DataFrame({"timestamp": stamps, "symbol": ["A", "B", "B", "A"], "close": [1.0, 2.0, 3.0, 4.0]})
    assert ta.compile("cs_count(close)").run(frame)["value"].tolist() == [2.0, 2.0, 1.0, 1.0]
    alone = frame[frame["symbol"] == "A"]
    assert ta.compile("rank(close)").run(alone)["value"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "use",
    [
        lambda rule: rule.session(),
        lambda rule: rule.joined_session(timeframe="1h"),
        lambda rule: rule.run({"close": [1.0, 2.0]}),
        lambda rule: rule.run(pd.DataFrame({"close": [1.0, 2.0]})),
        lambda rule: rule.verify({"close": [1.0, 2.0]}),
        lambda rule: rule.signals({"close": [1.0, 2.0]}),
    ],
)
@pytest.mark.parametrize("text", ["rank(close)", "advance_decline() > 0", "ema(demean(close), 3)"])
def test_one_symbol_is_refused_with_what_to_do(text: str, use: Any) -> None:
    with pytest.raises(PlanningError, match=r"looks at all symbols of a row together.*universe.*`symbol` column"):
        use(ta.compile(text))


def test_a_table_without_times_is_refused() -> None:
    with pytest.raises(ValueError, match="every bar needs a time"):
        ta.compile("rank(close)").run(table(market()).drop(columns="timestamp"))


@pytest.mark.parametrize(
    ("groups", "error", "said"),
    [
        ({"A": "x"}, ValueError, "has no group: 'B'"),
        (GROUPS | {"Z": "x"}, ValueError, "is not there and has a group: 'Z'"),
        (["x", "y"], ValueError, "2 groups are given, and there are 4 symbols"),
        ("xyxy", TypeError, "not a str"),
        ([1, 2, 3, 4], TypeError, "the group of 'A' is 1, a int"),
        (["x", "", "x", "y"], ValueError, "the group of 'B' has an empty name"),
    ],
)
def test_groups_that_are_none_are_refused(groups: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        ta.compile("rank(close)").universe(SYMBOLS, groups=groups)


def test_a_universe_keeps_its_groups_in_pickles_and_snapshots() -> None:
    universe = ta.compile("demean(close)").universe(SYMBOLS, groups=GROUPS)
    assert universe.groups == GROUPS
    assert pickle.loads(pickle.dumps(universe)).groups == GROUPS
    assert universe.copy().step(close=[1.0, 2.0, 3.0, 4.0]).tolist() == [-1.0, -1.0, 1.0, 1.0]
    assert ta.compile("demean(close)").universe(SYMBOLS).groups is None
    blob = bytearray(universe.snapshot())
    blob[len(blob) // 2] ^= 1
    with pytest.raises(SnapshotError):
        ta.compile("demean(close)").restore_universe(bytes(blob))


def test_functions_of_the_group_take_tables() -> None:
    frame = table(market())
    found = ta.cross_section.rank(frame, source="roc(close, 2)", groups=GROUPS)
    expected = ta.compile("rank(roc(close, 2))").run(frame, groups=GROUPS)
    pd.testing.assert_frame_equal(found, expected)
