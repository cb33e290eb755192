"""Bars of a file become Decimals when they are read, and are then what bars of Decimals are."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import laakhay.ta as ta

TEXT = "timestamp,open,high,low,close,volume\n2024-01-01,1.10,2.500,1,2.0,10\n2024-01-02,2.0,2.0,0.10,0.1,0\n"


@pytest.fixture
def bars(tmp_path: Path):
    path = tmp_path / "bars.csv"
    path.write_text(TEXT)
    return ta.from_csv(path, symbol="X", timeframe="1d")


def unmade(bars) -> set[str]:
    return {*bars._cache["later"]}


def test_what_runs_rules_makes_no_decimals(bars):
    assert ta.compile("close + high").run(bars)["value"].tolist() == [4.5, 2.1]
    assert len(bars) == 2 and not bars.is_empty and repr(bars).startswith("OHLCV(X 1d, 2 bars, 2024-01-01")
    assert unmade(bars) == {"timestamps", "opens", "highs", "lows", "closes", "volumes"}


def test_decimals_are_those_of_the_file_to_the_last_nought(bars):
    assert [str(x) for x in (*bars.opens, *bars.highs, *bars.lows)] == ["1.10", "2.0", "2.500", "2.0", "1", "0.10"]
    assert {"closes", "volumes"} <= unmade(bars)
    assert bars[1].close == Decimal("0.1") and unmade(bars) == set()


def test_they_equal_copy_and_pickle_as_bars_of_decimals_do(bars, tmp_path: Path):
    again = pickle.loads(pickle.dumps(bars))
    eager = type(bars).from_bars([*again], "X", "1d")
    assert bars == again == eager == copy.deepcopy(bars) and hash(bars) == hash(eager)
    assert np.array_equal(bars.column("close"), eager.column("close"))
    with pytest.raises(AttributeError, match="nothing"):
        bars.nothing  # noqa: B018
