"""What one door takes as a history, all take, with the same values, and the same errors for what is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, Series
from laakhay.ta.exceptions import DataError, MissingDataError, MissingInputError, OrderError

BARS = 40
START = datetime(2024, 1, 1, tzinfo=UTC)
STAMPS = [START + timedelta(hours=at) for at in range(BARS)]
CLOSES = [Decimal(100 + (at * 7) % 11) + Decimal(at) / 8 for at in range(BARS)]
TIMES = np.array([stamp.replace(tzinfo=None) for stamp in STAMPS], dtype="datetime64[ns]")
NUMBERS = np.array([float(close) for close in CLOSES])
RULE = ta.compile("sma(close, 3) > close.5h_ago")


def table() -> OHLCV:
    highs, lows = [close + 1 for close in CLOSES], [close - 1 for close in CLOSES]
    return OHLCV(STAMPS, CLOSES, highs, lows, CLOSES, [Decimal(5)] * BARS, [True] * BARS, "S", "1h")


def by_field() -> dict[str, Any]:
    return {field: table().to_series(field) for field in ("open", "close")}


def dataset_of(entry: Any) -> Dataset:
    data = Dataset()
    data.add_series("S", "1h", entry, source="ohlcv")
    return data


def file_of_bars(folder: Path) -> Any:
    ta.to_csv(table(), folder / "bars.csv")
    return ta.from_csv(folder / "bars.csv", symbol="S", timeframe="1h")


class Stream:
    """What gives Arrow's stream and nothing else."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._frame.__arrow_c_stream__(requested_schema)


ARRAYS = {"timestamp": TIMES, "close": NUMBERS}
ROWS = [[int(stamp.timestamp()) * 1000, 1.0, 2.0, 0.5, float(close), 5.0] for stamp, close in zip(STAMPS, CLOSES)]  # noqa: B905
KINDS: dict[str, Callable[[Path], Any]] = {
    "bars": lambda _: table(),
    "from_csv": file_of_bars,
    "series": lambda _: table().to_series("close"),
    "mapping of series": lambda _: by_field(),
    "dataset of bars": lambda _: dataset_of(table()),
    "dataset of a series": lambda _: dataset_of(table().to_series("close")),
    "arrays": lambda _: {"timestamp": TIMES, "close": NUMBERS},
    "lists": lambda _: {"timestamp": STAMPS, "close": CLOSES},
    "pandas": lambda _: {"timestamp": pd.Series(STAMPS), "close": pd.Series(NUMBERS)},
    "polars": lambda _: {"timestamp": pl.Series(STAMPS), "close": pl.Series(NUMBERS)},
    "mapping of other names": lambda _: {"Date": TIMES, "Close": NUMBERS, "high": NUMBERS + 1},
    "mapping of Arrow": lambda _: {"timestamp": pa.array(TIMES), "close": pa.chunked_array([NUMBERS[:7], NUMBERS[7:]])},
    "structured array": lambda _: np.rec.fromarrays([TIMES, NUMBERS], names="timestamp,close"),
    "pandas frame": lambda _: pd.DataFrame(ARRAYS),
    "pandas frame with an index of times": lambda _: pd.DataFrame({"Close": NUMBERS}, pd.DatetimeIndex(STAMPS)),
    "pandas frame with periods": lambda _: pd.DataFrame({"Close": NUMBERS}, pd.DatetimeIndex(TIMES).to_period("h")),
    "pandas frame of Arrow": lambda _: pd.DataFrame(ARRAYS).convert_dtypes(dtype_backend="pyarrow"),
    "polars frame": lambda _: pl.DataFrame(ARRAYS),
    "polars frame in chunks": lambda _: pl.concat([pl.DataFrame(ARRAYS)[:9], pl.DataFrame(ARRAYS)[9:]], rechunk=False),
    "lazy polars frame": lambda _: pl.LazyFrame(ARRAYS | {"unread": [object()] * BARS}).with_columns(pl.col("close")),
    "narwhals frame": lambda _: nw.from_native(pl.DataFrame(ARRAYS)),
    "table of Arrow": lambda _: pa.table(ARRAYS),
    "batch of Arrow": lambda _: pa.table(ARRAYS).to_batches()[0],
    "reader of Arrow": lambda _: pa.table(ARRAYS).to_reader(max_chunksize=7),
    "stream of Arrow": lambda _: Stream(pl.DataFrame(ARRAYS)),
    "relation of DuckDB": lambda _: duckdb.from_arrow(pa.table(ARRAYS)),
    "rows of ccxt": lambda _: ROWS,
}


def numbers(result: Any) -> Any:
    """Give the values of a result of whatever kind: 1 and 0 of conditions, NaN where not ready."""
    if isinstance(result, dict):
        return result["value"]
    if isinstance(result, list):
        values = [row[-1] for row in result]
    else:
        frame = nw.from_native(result.read_all() if hasattr(result, "read_all") else result)
        frame = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
        values = frame["value"].to_list()
    return np.array([np.nan if value is None or value is pd.NA else float(value) for value in values])


EXPECTED = RULE.run({"timestamp": TIMES, "close": NUMBERS})["value"]


def joined_values(rule: ta.Rule, data: Any) -> Any:
    session = ta.compile("sma(close, 3) > close[5] and ETH.close > 0").joined_session(timeframe="1h")
    return numbers(session.run({"ohlcv": data, "ETH": {"timestamp": TIMES, "close": NUMBERS}}))


DOORS: dict[str, Callable[[ta.Rule, Any], Any]] = {
    "run": lambda rule, data: numbers(rule.run_columns(data)),
    "session.run": lambda rule, data: numbers(rule.session(timeframe="1h").run(data)),
    "session.warm": lambda rule, data: rule.session(timeframe="1h").warm(data).snapshot(),
    "verify": lambda rule, data: rule.verify(data).ready,
    "joined.run": joined_values,
    "universe.run": lambda rule, data: rule.universe(["S"], timeframe="1h").run({"S": data})["value"][:, 0],
    "universe.warm": lambda rule, data: rule.universe(["S"], timeframe="1h").warm({"S": data}).snapshot(),
}
NAMED = {"joined.run": "the stream 'ohlcv'", "universe.run": "the symbol 'S'", "universe.warm": "the symbol 'S'"}


def test_the_expected_values_are_some_true_some_false_and_some_not_ready() -> None:
    assert (np.isnan(EXPECTED).sum(), (EXPECTED == 1).sum() > 5, (EXPECTED == 0).sum() > 5) == (5, True, True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_takes_every_kind_with_its_times(door: str, kind: str, tmp_path: Path) -> None:
    given = DOORS[door](RULE, KINDS[kind](tmp_path))
    expected = DOORS[door](RULE, {"timestamp": TIMES, "close": NUMBERS})
    if isinstance(expected, np.ndarray):
        np.testing.assert_array_equal(expected, EXPECTED)
        np.testing.assert_array_equal(given, expected)
    else:
        assert given == expected


def test_what_from_csv_gives_is_run_verified_and_gives_its_times(tmp_path: Path) -> None:
    result = RULE.run(file_of_bars(tmp_path))
    assert list(result) == ["timestamp", "value"]
    assert result["timestamp"].dtype == "datetime64[ns]"
    np.testing.assert_array_equal(result["timestamp"], TIMES)
    np.testing.assert_array_equal(result["value"], EXPECTED)
    assert RULE.verify(file_of_bars(tmp_path)).ok
    several = ta.compile({"mean": "sma(close, 3)", "high": "high"}).run(file_of_bars(tmp_path))
    assert list(several) == ["timestamp", "mean", "high"] and several["high"][0] == 101.0


def test_results_over_arrays_have_times_as_they_were_given() -> None:
    assert RULE.run({"timestamp": STAMPS, "close": CLOSES})["timestamp"] is STAMPS
    session = RULE.session(timeframe="1h")
    assert session.run({"timestamp": STAMPS, "close": CLOSES})["timestamp"] is STAMPS
    assert list(ta.compile("close").session().run({"close": NUMBERS})) == ["value"]
    np.testing.assert_array_equal(ta.compile("close").session().run(table())["timestamp"], TIMES)


def test_a_rule_of_several_outputs_takes_what_a_rule_of_one_takes() -> None:
    rule = ta.compile({"mean": "sma(close, 3)", "up": "close > 103"})
    for data in (table().to_series("close"), by_field(), dataset_of(table())):
        together = rule.run(data)
        assert list(together) == ["mean", "up"]
        assert together["mean"] == rule["mean"].run(data) and together["up"] == rule["up"].run(data)
        assert together["mean"] == ta.compile("sma(close, 3)").run(data)


# What is no history

OPEN_BAR = OHLCV(STAMPS[:2], *[CLOSES[:2]] * 4, CLOSES[:2], [True, False], "S", "1h")
LATE = Series(STAMPS[1:] + [START + timedelta(days=9)], CLOSES, "S", "1h")
REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "number": (5, TypeError, "int"),
    "none": (None, TypeError, "NoneType"),
    "text": ("bars.csv", TypeError, "str"),
    "rows": ([{"close": 1.0}, {"open": 1.0}], ValueError, "row 1"),
    "rows of two kinds": ([{"close": 1.0}, [1.0]], ValueError, "row 1"),
    "array": (NUMBERS, TypeError, "numpy.ndarray"),
    "column": (pl.Series("close", NUMBERS), TypeError, "polars.*Series"),
    "column of Arrow": (pa.chunked_array([NUMBERS]), TypeError, "pyarrow.*ChunkedArray"),
    "short row": ([[1704067200000, 1.0, 2.0]], ValueError, r"row 0 has 3 values; a row of bars is \[timestamp, open"),
    "other fields of a frame": (pd.DataFrame({"Adj Close": NUMBERS}), MissingDataError, "close"),
    "objects": (pd.DataFrame({"close": [object()], "timestamp": TIMES[:1]}), DataError, "row 0"),
    "two of a name": (pd.DataFrame([[1.0, 2.0]], columns=["close", "close"]), ValueError, "'close' .* several columns"),
    "two of a name in other cases": ({"Close": NUMBERS, "CLOSE": NUMBERS}, ValueError, "may be 'Close' and 'CLOSE'"),
    "date and time": ({"Date": TIMES, "Time": TIMES, "close": NUMBERS}, ValueError, "may be 'Date' and 'Time'"),
    "other field": ({"open": NUMBERS}, MissingDataError, "close"),
    "no number": ({"timestamp": TIMES[:2], "close": [1.0, "x"]}, DataError, "row 1"),
    "lengths": ({"timestamp": TIMES, "close": NUMBERS[:3]}, ValueError, "different lengths"),
    "times of series": ({"close": table().to_series("close"), "open": LATE}, ValueError, "different times"),
    "no time": ({"timestamp": ["noon"], "close": [1.0]}, ValueError, "row 0"),
    "forming": (OPEN_BAR, ValueError, "2024-01-01T01:00:00.00:00.*is not closed"),
    "two entries": (
        ta.dataset(table(), Series(STAMPS, CLOSES, "T", "1h")),
        ValueError,
        "one stream is taken here, and the Dataset has 2 entries",
    ),
    "no entry": (Dataset(), ValueError, "the Dataset has 0 entries: none"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_what_is_no_history_in_the_same_words(door: str, case: str) -> None:
    data, error, words = REFUSED[case]
    with pytest.raises(error, match=words) as caught:
        DOORS[door](RULE, data)
    assert type(caught.value) is error
    assert str(caught.value).startswith(NAMED.get(door, ""))


@pytest.mark.parametrize("door", ["session.run", "session.warm", "joined.run", "universe.run", "universe.warm"])
def test_a_door_for_one_symbol_refuses_a_table_of_several_and_takes_one_that_says_its_name(door: str) -> None:
    several = pl.DataFrame(ARRAYS | {"symbol": ["A", "B"] * 20})
    with pytest.raises(ValueError, match="one symbol is taken here, and the table has 2: A, B"):
        DOORS[door](RULE, several)
    expected, given = (DOORS[door](RULE, one) for one in (ARRAYS, several.with_columns(symbol=pl.lit("A"))))
    np.testing.assert_array_equal(given, expected)


@pytest.mark.parametrize("data", [5, table(), [1.0], None])
def test_a_session_over_streams_asks_for_histories_by_name(data: Any) -> None:
    session = ta.compile("close > ETH.close").joined_session(timeframe="1h")
    with pytest.raises(TypeError, match=r"by the name of their stream \((ETH, ohlcv|ohlcv, ETH)\), not as"):
        session.run(data)


def test_an_unknown_option_of_a_history_is_told_with_those_that_are_known() -> None:
    for call in (RULE.run, RULE.run_columns, RULE.verify):
        with pytest.raises(TypeError, match="'zone' is no option of a history; accepted: timeframe, missing_input"):
            call({"close": NUMBERS}, zone="UTC")  # type: ignore[call-arg]


def test_options_mean_the_same_in_run_and_verify() -> None:
    data = {"timestamp": np.arange(BARS) * 60, "close": NUMBERS}
    rule = ta.compile("close.3m_ago")
    assert np.isnan(rule.run(data, unit="s", timeframe="1m")["value"]).sum() == 3
    assert rule.verify(data, unit="s", timeframe="1m").ready == {"value": BARS - 3}
    known = rule.run(data, unit="s", timeframe="1m")["value"]
    assert rule.run(data, unit="s", resample=ta.Calendar("UTC"))["value"].tobytes() == known.tobytes()
    assert rule.verify(data, unit="s", resample=ta.Calendar("UTC")).ready == {"value": BARS - 3}
    made = ta.compile("on(5m, close)").run(data, unit="s", resample=ta.Calendar("UTC"))["value"]
    # A bar of five minutes is seen from the minute on that closes with it.
    last = [np.nan if bar < 4 else NUMBERS[(bar + 1) // 5 * 5 - 1] for bar in range(BARS)]
    np.testing.assert_array_equal(made, last)


def test_a_policy_for_missing_input_holds_whatever_kind_the_data_is() -> None:
    rule = ta.compile("sma(close, 2)")
    closes = Series(
        STAMPS[:4], [Decimal(1), Decimal("NaN"), Decimal(3), Decimal(5)], "S", "1h", [True, False, True, True]
    )
    arrays = {"close": np.array([1.0, np.nan, 3.0, 5.0])}
    for policy, expected in (("emit_missing", [None, None, 2, 4]), ("hold_previous", [None, 1, 2, 4])):
        of_arrays = rule.run(arrays, missing_input=policy)["value"]
        assert [None if np.isnan(value) else value for value in of_arrays] == expected
        for data in (closes, {"close": closes}, dataset_of(closes)):
            result = rule.run(data, missing_input=policy)
            result = result if isinstance(result, Series) else result["S", "1h", "default"]
            usable = result.availability_mask or [True] * 4
            assert [value if ok else None for value, ok in zip(result.values, usable, strict=True)] == expected
    for data in (closes, {"close": closes}, dataset_of(closes), arrays):
        with pytest.raises(MissingInputError, match="close"):
            rule.run(data, missing_input="fail")
        with pytest.raises(ValueError, match="`skip` is not one of emit_missing, hold_previous, fail"):
            rule.run(data, missing_input="skip")


def test_a_timeframe_that_the_data_does_not_have_is_refused() -> None:
    closes = table().to_series("close")
    for data in (closes, {"close": closes}, dataset_of(table())):
        with pytest.raises(ValueError, match="timeframe is '4h', and the data is of 1h"):
            RULE.run(data, timeframe="4h")
        assert RULE.run(data, timeframe="1h") == RULE.run(data, timeframe="60m") == RULE.run(data)
        with pytest.raises(ValueError, match="'5 parsecs' is no timeframe"):
            RULE.run(data, timeframe="5 parsecs")


def test_bars_of_which_longer_ones_are_made_need_no_name_of_a_stream() -> None:
    rule = ta.compile("close > ohlcv.4h.close")
    options: Any = {"resample": ta.Calendar("UTC")}
    named = rule.run({"ohlcv": table()}, timeframe="1h", **options)
    alone = rule.run(table(), **options)
    assert list(alone) == list(named) and np.isnan(alone["value"]).sum() == 3 and (alone["value"] == 1).sum() > 5
    for name, values in named.items():
        np.testing.assert_array_equal(alone[name], values)
    assert rule.verify(table(), **options) == rule.verify({"ohlcv": table()}, timeframe="1h", **options)
    with pytest.raises(ValueError, match="closer|apart|longer"):
        rule.run(table(), timeframe="2h", **options)


# Histories by symbol


def test_symbols_have_bars_of_their_own_and_each_is_as_if_it_were_alone() -> None:
    rows = {"A": slice(None), "B": slice(5, 30), "C": slice(0, BARS, 3)}
    rule = ta.compile({"mean": "sma(close, 3)", "up": "close > close[1]"})
    data = {name: {"timestamp": TIMES[own], "close": NUMBERS[own]} for name, own in rows.items()}
    universe = rule.universe([*rows])
    result = universe.run(data)
    assert list(result) == ["timestamp", "mean", "up"] and universe.position == BARS
    np.testing.assert_array_equal(result["timestamp"], TIMES)
    for at, (name, own) in enumerate(rows.items()):
        alone = rule.run(data[name])
        for output in ("mean", "up"):
            assert result[output].shape == (BARS, 3)
            np.testing.assert_array_equal(result[output][own, at], alone[output])
            elsewhere = np.delete(result[output][:, at], np.arange(BARS)[own])
            assert np.isnan(elsewhere).all() and len(elsewhere) == BARS - len(data[name]["close"])


def test_symbols_without_times_stand_side_by_side() -> None:
    universe = ta.compile("sma(close, 2)").universe(["A", "B"])
    result = universe.run({"B": {"close": [1, 3, 5]}, "A": {"close": [2, 2, 8]}})
    assert list(result) == ["value"]
    np.testing.assert_array_equal(result["value"], [[np.nan, np.nan], [2, 2], [5, 4]])
    assert ta.compile("close").universe([]).run({})["value"].shape == (0, 0)


TWO = ["A", "B"]
HISTORY = {"timestamp": TIMES[:3], "close": NUMBERS[:3]}
WRONG_SYMBOLS: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "lacking": ({"A": HISTORY}, MissingDataError, "has the symbol 'B', which the data lacks"),
    "unknown": ({"A": HISTORY, "B": HISTORY, "b": HISTORY}, MissingDataError, "no symbol 'b'; it has A, B"),
    "some with times": ({"A": HISTORY, "B": {"close": [1, 2, 3]}}, ValueError, "'B' has no timestamp, and 'A' has one"),
    "lengths": ({"A": {"close": [1.0]}, "B": {"close": [1, 2]}}, ValueError, r"different lengths: \[1, 2\]"),
    "order": (
        {"A": HISTORY, "B": {"timestamp": TIMES[[0, 2, 1]], "close": NUMBERS[:3]}},
        OrderError,
        r"'B': the bar of 2024-01-01T01:00:00.* \(row 2\) is not after the one before, 2024-01-01T02:00:00",
    ),
    "twice": ({"A": HISTORY, "B": {"timestamp": TIMES[[0, 0]], "close": [1, 1]}}, OrderError, "row 1"),
    "kind": ({"A": HISTORY, "B": NUMBERS}, TypeError, "the symbol 'B': a history is an OHLCV"),
}


def test_a_universe_takes_a_dataset_with_an_entry_per_symbol() -> None:
    closes = {"A": [Decimal(2), Decimal(2), Decimal(8)], "B": [Decimal(1), Decimal(3), Decimal(5)]}
    data = ta.dataset(*(ta.Series(STAMPS[:3], values, symbol, "1h") for symbol, values in closes.items()))
    rule = ta.compile("sma(close, 2)")
    result = rule.universe(["B", "A"]).run(data)
    assert result["timestamp"].tolist() == TIMES[:3].astype("datetime64[ns]").tolist()
    np.testing.assert_array_equal(result["value"], [[np.nan, np.nan], [2.0, 2.0], [4.0, 5.0]])
    assert rule.universe(["B", "A"]).warm(data).position == 3
    universe = rule.universe(["B", "A"])
    data.add_series("A", "4h", ta.Series(STAMPS[:1], [Decimal(1)], "A", "4h"))
    with pytest.raises(ValueError, match=r"of 'A': A\|1h\|default, A\|4h\|default"):
        universe.run(data)
    with pytest.raises(MissingDataError, match="no symbol 'A'; it has B"):
        rule.universe(["B"]).run(ta.dataset(*(one for _, one in data.select(timeframe="1h"))))
    assert universe.position == 0


@pytest.mark.parametrize("case", WRONG_SYMBOLS)
def test_a_universe_says_which_symbol_is_wrong_and_takes_nothing(case: str) -> None:
    data, error, words = WRONG_SYMBOLS[case]
    universe = ta.compile("sma(close, 2)").universe(TWO)
    before = universe.snapshot()
    with pytest.raises(error, match=words):
        universe.run(data)
    assert universe.snapshot() == before


def test_histories_and_matrices_are_not_mixed() -> None:
    universe = ta.compile("close").universe(TWO)
    for arguments in ({"close": np.ones((1, 2))}, {"timestamp": TIMES[:1]}):
        with pytest.raises(TypeError, match="one of both is needed"):
            universe.run({"A": HISTORY, "B": HISTORY}, **arguments)
    with pytest.raises(TypeError, match="given twice"):
        universe.run(TIMES[:1], timestamp=TIMES[:1], close=np.ones((1, 2)))
    assert universe.run(TIMES[:1], close=np.ones((1, 2))).tolist() == [[1.0, 1.0]]
