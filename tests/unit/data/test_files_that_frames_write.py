"""Files as libraries of frames write them when nobody named the index are read without a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import DataError

CLOSES = (100.0 + np.random.default_rng(3).normal(0, 1, 50).cumsum()).round(3)
INDEX = pd.date_range("2024-03-30T20:00", periods=50, freq="h", tz="Europe/Berlin")
FRAME = pd.DataFrame({"Open": CLOSES, "High": CLOSES + 1, "Low": CLOSES - 1, "Close": CLOSES, "Volume": 7.0}, INDEX)

WRITERS: dict[str, Callable[[Path], Any]] = {
    "pandas.parquet": FRAME.to_parquet,
    "named.parquet": FRAME.rename_axis("Zeit").to_parquet,
    "reset.feather": FRAME.reset_index().to_feather,
    "reset.parquet": FRAME.reset_index(names="when").to_parquet,
    "polars.parquet": lambda path: pl.from_pandas(FRAME, include_index=True).write_parquet(path),
    "polars.arrow": lambda path: pl.from_pandas(FRAME, include_index=True).write_ipc(path),
    "polars.csv": lambda path: pl.from_pandas(FRAME, include_index=True).write_csv(path),
    "index.csv": FRAME.to_csv,
    "twice.csv": FRAME.reset_index().to_csv,
    "reset.csv": lambda path: FRAME.reset_index().to_csv(path, index=False),
    "last.csv": lambda path: FRAME.assign(index=INDEX).to_csv(path, index=False),
    "lines.json": lambda path: FRAME.reset_index().to_json(path, orient="records", lines=True, date_format="iso"),
}
WORDS: dict[str, Callable[[Path], Any]] = {
    "named.csv": FRAME.rename_axis("Zeit").to_csv,
    "reset.csv": lambda path: FRAME.reset_index(names="when").to_csv(path, index=False),
    "counted.csv": lambda path: FRAME.reset_index(names="when").to_csv(path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_an_index_without_a_name_and_the_one_column_of_times_are_the_time(name: str, tmp_path: Path) -> None:
    WRITERS[name](tmp_path / name)
    bars = ta.read_bars(tmp_path / name)
    np.testing.assert_array_equal(bars["timestamp"], INDEX.tz_convert(None).to_numpy().astype("datetime64[ns]"))
    np.testing.assert_array_equal(bars["close"], CLOSES)
    assert {*bars} == {"timestamp", "open", "high", "low", "close", "volume"}
    if name in ("named.parquet", "reset.parquet"):
        assert "the one column of times" in str(bars.taken_for)


@pytest.mark.parametrize("name", WORDS)
def test_words_that_say_nothing_are_asked_with_the_answer_that_the_dates_suggest(name: str, tmp_path: Path) -> None:
    WORDS[name](tmp_path / name)
    column = "Zeit" if name == "named.csv" else "when"
    with pytest.raises(DataError, match=f"columns=timestamp={column} says which it is"):
        ta.read_bars(tmp_path / name)
    told = ta.read_bars(tmp_path / name, columns={"timestamp": column})
    np.testing.assert_array_equal(told["close"], CLOSES)


@pytest.mark.parametrize("name", ["two.csv", "two.parquet"])
def test_of_two_columns_of_dates_none_is_guessed(name: str, tmp_path: Path) -> None:
    frame = FRAME.reset_index(names="made").assign(sent=INDEX)
    (frame.to_parquet if name.endswith("parquet") else lambda path: frame.to_csv(path, index=False))(tmp_path / name)
    with pytest.raises(DataError, match="a time column is needed.*columns=timestamp=NAME"):
        ta.read_bars(tmp_path / name)
    told = ta.read_bars(tmp_path / name, columns={"timestamp": "made"})
    assert len(told["close"]) == 50


def test_a_date_that_is_when_bars_closed_is_no_open(tmp_path: Path) -> None:
    FRAME.reset_index(names="close_time").to_csv(tmp_path / "closes.csv", index=False)
    with pytest.raises(DataError, match="close_time"):
        ta.read_bars(tmp_path / "closes.csv")
