"""Frames come back as the kind they were: index, times, zone and order kept, the bits of arrays."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import DataError, MissingDataError, OrderError
from laakhay.ta.frames.columns import timeframe_of
from laakhay.ta.frames.history import History
from laakhay.ta.frames.names import BAR_NAMES, OTHER_NAMES

BARS = 200
TIMES = np.datetime64("2024-03-01", "ns") + np.arange(BARS) * np.timedelta64(1, "h")
CLOSES = 100 + np.cumsum(np.random.default_rng(7).normal(size=BARS))
CLOSES[[0, 57, 58, 130]] = np.nan
RULE = ta.compile({"mean": "sma(close, 5)", "up": "close > close[1]"})
EXPECTED = RULE.run({"timestamp": TIMES, "close": CLOSES})


def bits(values: Any) -> Any:
    """Give numbers, None or NA of which is NaN, as they are in memory."""
    items = [np.nan if value is None or value is pd.NA else float(value) for value in values]
    return np.array(items, dtype=float).view(np.int64)


def check(mean: Any, up: Any, rows: Any = slice(None)) -> None:
    np.testing.assert_array_equal(bits(mean), EXPECTED["mean"].view(np.int64)[rows])
    np.testing.assert_array_equal(bits(up), EXPECTED["up"].view(np.int64)[rows])


def test_the_expected_values_have_gaps_truths_and_numbers() -> None:
    assert np.isnan(EXPECTED["mean"]).sum() > 5 and {*EXPECTED["up"][5:50]} == {0.0, 1.0}


# pandas


@pytest.mark.parametrize("zone", [None, "UTC", "America/New_York"])
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_pandas_keeps_its_index_and_zone_and_has_nullable_conditions(zone: str | None, unit: str) -> None:
    index = pd.DatetimeIndex(TIMES, name="When").as_unit(unit).tz_localize("UTC" if zone else None)  # type: ignore[arg-type]
    index = index.tz_convert(zone) if zone else index
    result = RULE.run(pd.DataFrame({"Close": CLOSES}, index))
    pd.testing.assert_index_equal(result.index, index)
    assert list(result.columns) == ["mean", "up"] and list(map(str, result.dtypes)) == ["float64", "boolean"]
    check(result["mean"], result["up"])
    column = RULE.run(pd.DataFrame({"date": index, "close": CLOSES}, pd.RangeIndex(5, 5 + BARS)))
    assert list(column.columns) == ["date", "mean", "up"] and column.index[0] == 5
    assert column["date"].dtype == index.dtype
    check(column["mean"], column["up"])


def test_pandas_may_have_an_index_with_duplicates_where_times_are_a_column() -> None:
    frame = pd.DataFrame({"timestamp": TIMES, "close": CLOSES}, index=["same"] * BARS)
    result = RULE.run(frame)
    assert list(result.index) == ["same"] * BARS
    check(result["mean"], result["up"])
    with pytest.raises(OrderError, match="row 1"):
        RULE.run(pd.DataFrame({"close": [1.0, 2.0]}, pd.DatetimeIndex(TIMES[[0, 0]])))


TYPES: dict[str, Callable[[Any], Any]] = {
    "Float64": lambda x: pd.Series(x).astype("Float64"),
    "Arrow": lambda x: pd.Series(x).astype("float64[pyarrow]"),
    "categories": lambda x: pd.Series(x).astype("category"),
    "Decimals": lambda x: pd.Series([None if np.isnan(one) else Decimal(one) for one in x]),
    "a strided view": lambda x: pd.Series(np.stack([x, x], axis=1)[:, 0]),
    "polars Decimals": lambda x: pl.Series([None if np.isnan(one) else Decimal(repr(float(one))) for one in x]),
    "polars in chunks": lambda x: pl.concat([pl.Series(x[:9]), pl.Series(x[9:], nan_to_null=True)], rechunk=False),
    "Arrow in chunks": lambda x: pa.chunked_array([pa.array(x[:50], from_pandas=True), pa.array(x[50:])]),
    "a slice of Arrow": lambda x: pa.array(np.concatenate([[1.0, 2.0], x, [3.0]]), from_pandas=True).slice(2, len(x)),
    "a dictionary of Arrow": lambda x: pa.array(x, from_pandas=True).dictionary_encode(),
    "chunks with dictionaries": lambda x: pa.chunked_array(
        [pa.array(x[:9]).dictionary_encode(), pa.array(x[9:]).dictionary_encode()]
    ),  # noqa: E501
    "Arrow's decimals": lambda x: pa.array(
        [None if np.isnan(one) else Decimal(repr(float(one))) for one in x], pa.decimal256(60, 40)
    ),  # noqa: E501
}


@pytest.mark.parametrize("kind", TYPES)
def test_columns_of_every_type_and_layout_give_the_bits_of_arrays(kind: str) -> None:
    close = TYPES[kind](CLOSES)
    frame: Any = {"pandas": pd.DataFrame, "polars": pl.DataFrame}.get(
        type(close).__module__.partition(".")[0], pa.table
    )
    result = RULE.run(frame({"timestamp": TIMES, "close": close}))
    columns = [result.column(name).to_pylist() if frame is pa.table else result[name] for name in ("mean", "up")]
    check(*columns)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_numbers_of_32_bits_and_nullable_integers_are_widened_exactly(make: Any) -> None:
    small = CLOSES.astype(np.float32)
    whole = pd.array(np.arange(BARS), dtype="Int32") if make is pd.DataFrame else [None, *range(1, BARS)]
    for close, wide in ((small, small.astype(float)), (whole, None)):
        result = ta.compile("close + 0").run(make({"close": close}))
        values = result.column("value").to_pylist() if make is pa.table else result["value"]
        expected = bits(close) if wide is None else wide.view(np.int64)
        np.testing.assert_array_equal(bits(values), expected)


@pytest.mark.parametrize("cut", [slice(20, 120), slice(0, 200, 3), slice(0, 0)])
def test_slices_are_histories_of_their_own_rows(cut: slice) -> None:
    arrays = RULE.run({"timestamp": TIMES[cut], "close": CLOSES[cut]})
    frames = [
        pd.DataFrame({"timestamp": TIMES, "close": CLOSES})[cut],
        pl.DataFrame({"timestamp": TIMES, "close": CLOSES})[cut],
    ]
    for frame in frames:
        result = RULE.run(frame)
        assert len(result) == len(TIMES[cut]) and list(result.columns) == ["timestamp", "mean", "up"]
        for name in ("mean", "up"):
            np.testing.assert_array_equal(bits(result[name]), arrays[name].view(np.int64))


def test_tables_without_rows_give_columns_of_the_same_types() -> None:
    whole, empty = ({"timestamp": TIMES[:n], "close": CLOSES[:n]} for n in (9, 0))
    for make in (pd.DataFrame, pl.DataFrame, pa.table):
        one, none = RULE.run(make(whole)), RULE.run(make(empty))
        assert len(none) == 0
        assert (
            list(getattr(none, "dtypes", None) or none.schema) == list(getattr(one, "dtypes", None) or one.schema)
            if make is not pd.DataFrame
            else none.dtypes.equals(one.dtypes)
        )  # noqa: E501
    long = {"timestamp": TIMES[:0], "symbol": np.array([], dtype=object), "close": CLOSES[:0]}
    assert RULE.run(pd.DataFrame(long)).shape == (0, 4) and RULE.run(pl.DataFrame(long)).shape == (0, 4)


# polars, Arrow, DuckDB


def test_polars_has_null_where_not_ready_and_a_lazy_frame_gives_a_lazy_one() -> None:
    frame = pl.DataFrame({"timestamp": TIMES, "close": CLOSES}).with_columns(
        pl.col("timestamp").dt.replace_time_zone("Asia/Tokyo")
    )
    result = RULE.run(frame)
    assert result.schema == {"timestamp": pl.Datetime("ns", "Asia/Tokyo"), "mean": pl.Float64, "up": pl.Boolean}
    assert result["mean"].null_count() == np.isnan(EXPECTED["mean"]).sum() and not result["mean"].is_nan().any()
    check(result["mean"], result["up"])
    lazy = RULE.run(frame.lazy())
    assert isinstance(lazy, pl.LazyFrame) and lazy.collect().equals(result)
    added = RULE.add_to(frame.lazy())
    assert isinstance(added, pl.LazyFrame) and added.collect().columns == ["timestamp", "close", "mean", "up"]


def test_a_lazy_frame_is_asked_for_what_is_read_alone() -> None:
    def fails(_: Any) -> Any:
        raise AssertionError("nobody reads this column")

    lazy = pl.LazyFrame({"timestamp": TIMES, "close": CLOSES, "other": CLOSES})
    lazy = lazy.with_columns(pl.col("other").map_batches(fails, return_dtype=pl.Float64))
    check(*RULE.run(lazy).collect().select("mean", "up"))


def test_arrow_keeps_zone_and_kind_and_a_reader_gives_a_reader() -> None:
    stamps = pa.array(TIMES, pa.timestamp("us", "Europe/Berlin"))
    table = pa.table({"ts": stamps, "close": pa.array(CLOSES, from_pandas=True)})
    result = RULE.run(table)
    assert result.schema == pa.schema([("ts", stamps.type), ("mean", pa.float64()), ("up", pa.bool_())])
    check(result["mean"].to_pylist(), result["up"].to_pylist())
    reader = RULE.run(pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=13)))
    assert isinstance(reader, pa.RecordBatchReader) and reader.read_all().equals(result)


def test_duckdb_relations_give_relations_over_what_is_read() -> None:
    table = pa.table({"timestamp": TIMES, "close": pa.array(CLOSES, from_pandas=True), 'odd "name"': np.arange(BARS)})
    relation = duckdb.from_arrow(table)
    result = RULE.run(relation)
    assert isinstance(result, duckdb.DuckDBPyRelation) and result.columns == ["timestamp", "mean", "up"]
    check(*zip(*result.select("mean", "up").fetchall(), strict=True))
    assert RULE.add_to(relation).columns == ["timestamp", "close", 'odd "name"', "mean", "up"]


def test_rows_of_ccxt_give_rows_with_none_where_not_ready() -> None:
    rows = [
        [int(time), 1.0, 2.0, 0.5, close, 3.0]
        for time, close in zip(TIMES.astype("datetime64[ms]").astype(int), CLOSES, strict=True)
    ]
    result = RULE.run(rows)
    assert result[0] == [rows[0][0], None, None] and {type(row[2]) for row in result[1:50]} >= {bool}
    check([row[1] for row in result], [row[2] for row in result])
    with pytest.raises(ValueError, match="unit"):
        RULE.run([[row[0] // 1000, *row[1:]] for row in rows])
    check(*list(zip(*RULE.run([[row[0] // 1000, *row[1:]] for row in rows], unit="s"), strict=True))[1:])


# Copies


def test_columns_are_read_where_they_are() -> None:
    read: dict[str, Any] = {
        "arrays": ({"timestamp": TIMES, "close": CLOSES}, CLOSES),
        "pandas": (pd.DataFrame({"timestamp": TIMES, "close": CLOSES}), None),
        "polars": (frame := pl.DataFrame({"timestamp": TIMES, "close": CLOSES}), frame["close"].to_numpy()),
        "Arrow": (pa.table({"timestamp": TIMES, "close": CLOSES}), CLOSES),
    }
    read["pandas"] = (read["pandas"][0], read["pandas"][0]["close"].to_numpy())
    for kind, (table, memory) in read.items():
        history = History.of(table, ["close"])
        assert np.shares_memory(history.fields[0], memory), kind
        assert history.times_ns is not None and history.times_ns.dtype == np.int64


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_million_rows_cost_the_memory_of_the_result_and_little_more(make: Any) -> None:
    count = 1_000_000
    times = TIMES[0] + np.arange(count) * np.timedelta64(1, "m")
    close = 100 + np.cumsum(np.random.default_rng(1).normal(size=count))
    table, rule = make({"timestamp": times, "close": close}), ta.compile("close + 1")
    tracemalloc.start()
    result = rule.run(table)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # The result, eight bytes a row; one of each row says whether it is ready.
    assert peak < 8 * count * 1.5
    values = result.column("value").to_numpy() if make is pa.table else result["value"].to_numpy()
    np.testing.assert_array_equal(values, close + 1)


# Symbols

SYMBOLS = {"AAA": 1.0, "BB": 3.0, "C": 0.5, "DD": 7.0, "E": 2.0, "F": 4.0, "GG": 9.0, "H": 5.0, "I": 6.0, "J": 8.0}


def long_table(order: str) -> pd.DataFrame:
    """Give ten symbols, of which two have holes, in some order of rows."""
    parts = [
        pd.DataFrame({"timestamp": TIMES, "symbol": name, "close": CLOSES * factor})[:: 3 if name == "C" else 1][
            : 90 if name == "E" else None
        ]
        for name, factor in SYMBOLS.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    if order == "grid":
        table = table[~table["symbol"].isin(["C", "E"])]
    if order in ("by time", "grid"):
        table = table.sort_values(["timestamp", "symbol"], kind="stable")
    if order == "shuffled":
        mixed = np.random.default_rng(3).permutation(len(table))
        table = table.iloc[mixed].sort_values("timestamp", kind="stable")
    return table.reset_index(drop=True)


def check_symbols(table: pd.DataFrame, result: Any) -> None:
    assert list(result["symbol"]) == list(table["symbol"])
    for _, own in table.groupby("symbol"):
        alone = RULE.run({"timestamp": own["timestamp"].to_numpy(), "close": own["close"].to_numpy()})
        for name in ("mean", "up"):
            values = [result[name][row] for row in own.index]
            np.testing.assert_array_equal(bits(values), alone[name].view(np.int64))


@pytest.mark.parametrize("order", ["by symbol", "by time", "grid", "shuffled"])
@pytest.mark.parametrize(
    "kind", ["pandas", "categories", "Arrow strings", "polars", "polars categories", "Arrow", "dictionary", "mapping"]
)
def test_each_symbol_is_as_if_it_were_alone_and_rows_come_back_in_their_order(kind: str, order: str) -> None:
    table = long_table(order)
    given: Any = table
    if kind == "categories":
        given = table.assign(symbol=table["symbol"].astype("category").cat.add_categories(["unused"]))
    elif kind == "Arrow strings":
        given = table.assign(symbol=table["symbol"].astype("string[pyarrow]"))
    elif kind.startswith("polars"):
        given = pl.from_pandas(table)
        given = given.with_columns(pl.col("symbol").cast(pl.Categorical)) if "cat" in kind else given
    elif kind in ("Arrow", "dictionary"):
        given = pa.Table.from_pandas(table, preserve_index=False)
        names = pa.array(table["symbol"].tolist())
        given = given.set_column(1, "symbol", names.dictionary_encode() if kind == "dictionary" else names)
    elif kind == "mapping":
        given = {name: table[name].to_numpy() for name in table}
    result = RULE.run(given)
    result = result.to_pydict() if isinstance(result, pa.Table) else result
    check_symbols(table, result)


def test_symbols_may_be_a_level_of_the_index_or_of_the_columns() -> None:
    table = long_table("by symbol")
    indexed = table.set_index(["symbol", "timestamp"])
    result = RULE.run(indexed)
    pd.testing.assert_index_equal(result.index, indexed.index)
    check_symbols(table, result.reset_index())
    wide = table.pivot(index="timestamp", columns="symbol", values=["close"]).rename(
        columns={"close": "Close"}, level=0
    )
    for frame in (wide, wide.swaplevel(axis=1).sort_index(axis=1)):
        result = RULE.run(frame)
        pd.testing.assert_index_equal(result.index, wide.index)
        up = result["up"]["BB"] if frame is wide else result["BB"]["up"]
        mean = result["mean"]["BB"] if frame is wide else result["BB"]["mean"]
        own = RULE.run({"timestamp": TIMES, "close": CLOSES * SYMBOLS["BB"]})
        np.testing.assert_array_equal(bits(up), own["up"].view(np.int64))
        np.testing.assert_array_equal(bits(mean), own["mean"].view(np.int64))


@pytest.mark.parametrize("options", [{}, {"timeframe": "1h"}])
@pytest.mark.parametrize(
    "text",
    ["close.change_3h", "close > close.2h_ago", 'vwap(anchor="session", high=close, low=close, volume=close)'],
)
def test_rules_with_durations_and_calendars_take_symbols_with_their_own_times(text: str, options: Any) -> None:
    table = long_table("shuffled").query("symbol != 'C'").reset_index(drop=True)
    rule = ta.compile(text)
    result = rule.run(table, **options)
    assert result["value"].notna().sum() > 1000
    for _, own in table.groupby("symbol"):
        alone = rule.run(own.drop(columns="symbol"), **options)
        np.testing.assert_array_equal(bits(result["value"][own.index]), bits(alone["value"]))


def test_symbols_with_bars_of_different_lengths_need_a_timeframe_where_it_matters() -> None:
    with pytest.raises(ValueError, match="bars of '.*' are 3600 s apart and those of 'C' 10800 s; tell the timeframe"):
        ta.compile("close.change_3h").run(long_table("by time"))


@pytest.mark.parametrize("policy", ["hold_previous", "fail"])
def test_policies_hold_for_symbols_and_say_whose_bar_is_missing(policy: str) -> None:
    table = long_table("by time")
    if policy == "fail":
        with pytest.raises(ta.exceptions.MissingInputError, match=r"the symbol 'AAA': `close` has no value in row 0"):
            RULE.run(table, missing_input=policy)
        return
    result = RULE.run(table, missing_input=policy)
    for _, own in table.groupby("symbol"):
        alone = RULE.run(own.drop(columns="symbol"), missing_input=policy)
        np.testing.assert_array_equal(bits(result["mean"][own.index]), bits(alone["mean"]))


def test_verify_and_universes_take_tables_of_symbols() -> None:
    table = long_table("by time")
    report = RULE.verify(table)
    assert report.ok and report.bars == len(table) and "BB: stepped bar by bar" in [name for name, *_ in report.checks]
    universe = RULE.universe([*SYMBOLS])
    result = universe.run(table)
    check_symbols(table, result)
    assert universe.position == BARS
    with pytest.raises(MissingDataError, match="no symbol 'DD'"):
        RULE.universe([name for name in SYMBOLS if name != "DD"]).run(pl.from_pandas(table))


WRONG: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "mixed symbols": ({"timestamp": TIMES[[0, 0, 1]], "close": CLOSES[:3]}, OrderError, "row 1"),
    "falling": ({"timestamp": TIMES[[1, 0]], "symbol": ["A", "A"], "close": CLOSES[:2]}, OrderError, "row 1"),
    "twice": (
        {"timestamp": TIMES[[0, 1, 1]], "symbol": ["A", "B", "B"], "close": CLOSES[:3]},
        OrderError,
        "the symbol 'B'.*row 2",
    ),
    "no name": ({"timestamp": TIMES[:2], "symbol": ["A", None], "close": CLOSES[:2]}, DataError, "`symbol` in row 1"),
    "empty name": (
        {"timestamp": TIMES[:2], "symbol": ["A", " "], "close": CLOSES[:2]},
        DataError,
        "`symbol` in row 1 is ' '",
    ),
    "no field": (
        {"timestamp": TIMES[:1], "Open": CLOSES[:1]},
        MissingDataError,
        "reads 'close', which the data lacks; it has timestamp, Open",
    ),
    "no number": ({"close": [object()]}, DataError, "`close` in row 0"),
    "still forming": (
        {"timestamp": TIMES[:2], "close": CLOSES[:2], "is_closed": [True, False]},
        ValueError,
        r"2024-03-01T01.*row 1\) is not closed",
    ),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("kind", ["pandas", "polars", "mapping"])
def test_what_is_wrong_with_a_table_is_one_error_before_any_work(kind: str, case: str) -> None:
    columns, error, words = WRONG[case]
    if kind == "polars" and case == "no number":
        columns = {"close": pl.Series([object()], dtype=pl.Object)}
    table: Any = columns if kind == "mapping" else {"pandas": pd, "polars": pl}[kind].DataFrame(columns)
    with pytest.raises(error, match=words) as caught:
        RULE.run(table)
    assert type(caught.value) is error


# Universes by names of columns


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_universe_goes_by_the_names_of_columns(make: Any) -> None:
    wide = {"timestamp": TIMES, "B": CLOSES * 2, "A": CLOSES}
    result = RULE.universe(["A", "B"]).run(close=make(wide))
    assert list(result) == ["mean", "up"]
    mean, up = ((frame.to_pydict() if make is pa.table else frame) for frame in result.values())
    check(mean["A"], up["A"])
    with pytest.raises(MissingDataError, match="no column of the symbol 'C'; it has timestamp, B, A"):
        RULE.universe(["A", "B", "C"]).run(close=make(wide))
    with pytest.raises(MissingDataError, match="has a column 'B', and the universe no such symbol"):
        RULE.universe(["A"]).run(close=make(wide))


def test_fields_of_a_universe_have_the_same_times() -> None:
    rule, later = ta.compile("close - open").universe(["A"]), TIMES + np.timedelta64(1, "h")
    close, opens = pl.DataFrame({"timestamp": TIMES, "A": CLOSES}), pl.DataFrame({"timestamp": later, "A": CLOSES})
    with pytest.raises(ValueError, match="the rows of 'open' have other times than those of the other fields"):
        rule.run(close=close, open=opens)
    with pytest.raises(ValueError, match="have other times"):
        rule.run(timestamp=later, close=close, open=CLOSES.reshape(-1, 1))
    assert rule.position == 0
    assert rule.run(close=close, open=CLOSES.reshape(-1, 1)).columns == ["timestamp", "A"]


def test_a_row_of_pandas_goes_by_the_names_of_symbols() -> None:
    universe = ta.compile("close").universe(["A", "B"])
    assert universe.step(close=pd.Series({"B": 2.0, "A": 1.0})).tolist() == [1.0, 2.0]
    assert universe.step(close=pd.Series([3.0, 4.0])).tolist() == [3.0, 4.0]
    for row in (pd.Series({"A": 1.0, "C": 2.0}), pd.Series({"A": 1.0})):
        with pytest.raises(MissingDataError, match="'close' and the universe do not have the same symbols: 'B'"):
            universe.step(close=row)
    assert universe.position == 2


def test_other_threads_run_while_symbols_are_computed() -> None:
    names = np.repeat(np.array([f"S{at}" for at in range(24)], dtype=object), 30_000)
    close = np.random.default_rng(4).normal(size=len(names))
    table, rule, counted = {"symbol": names, "close": close}, ta.compile("rolling_median(close, 2000)"), []
    done = threading.Event()

    def count() -> None:
        while not done.wait(0.001):
            counted.append(1)

    thread = threading.Thread(target=count)
    thread.start()
    began = len(counted)
    rule.run(table)
    ended = len(counted)
    done.set()
    thread.join()
    assert ended - began > 20


# Columns of one's own


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_truth_values_are_taken_by_truth_fields_of_a_source_of_ones_own_alone(make: Any) -> None:
    rule = ta.compile("signal.on and close > 1", sources={"signal": ["on: bool", "score"]})
    for on in ([True, False, None], [1, 0, None]):
        gaps = pd.array(on, dtype="boolean") if make is pd.DataFrame else on
        result = rule.run(make({"close": [2.0, 2.0, 2.0], "signal.on": gaps}))
        value = result["value"].to_pylist() if make is pa.table else result["value"]
        np.testing.assert_array_equal(bits(value), bits([1.0, 0.0, np.nan]))
    session = rule.session()
    assert [session.step({"close": 2.0, "signal.on": on}).value for on in (True, np.False_, 1, None)] == [
        True,
        False,
        True,
        None,
    ]
    streams = {
        "ohlcv": {"timestamp": TIMES[:2], "close": [2.0, 2.0]},
        "signal": make({"timestamp": TIMES[:2], "on": [True, False]}),
    }
    result = rule.run(streams, timeframe="1h")
    value = result["value"].to_pylist() if make is pa.table else result["value"]
    np.testing.assert_array_equal(bits(value), bits([1.0, 0.0]))
    joined = rule.joined_session(timeframe="1h")
    joined.push("signal", {"timestamp": TIMES[0], "on": True})
    assert [row.value for row in joined.push("ohlcv", {"timestamp": TIMES[0], "close": 2.0})] == [True]
    score = ta.compile("signal.score", sources={"signal": ["on: bool", "score"]})
    with pytest.raises(DataError, match="`signal.score` in row 0 is"):
        score.run(make({"signal.score": [True, False]}))


# Names, indicators, signals


def test_the_functions_of_the_catalogue_take_frames_and_give_the_like() -> None:
    frame = pd.DataFrame({"Close": CLOSES}, pd.DatetimeIndex(TIMES))
    np.testing.assert_array_equal(bits(ta.trend.sma(frame, 5)["value"]), EXPECTED["mean"].view(np.int64))
    assert list(ta.momentum.macd(pl.DataFrame({"close": CLOSES})).columns) == ["macd", "signal", "histogram"]


def test_a_rule_is_added_to_a_table_and_takes_no_name_that_is_there() -> None:
    frame = pd.DataFrame({"close": CLOSES, "note": "x"}, pd.DatetimeIndex(TIMES))
    added = RULE.add_to(frame)
    assert list(added.columns) == ["close", "note", "mean", "up"] and list(frame.columns) == ["close", "note"]
    check(added["mean"], added["up"])
    with pytest.raises(ValueError, match="has a column 'mean' already; give the output another name"):
        RULE.add_to(added)
    with pytest.raises(TypeError, match="added to a table, not to int"):
        RULE.add_to(5)
    assert list(RULE.add_to({"close": CLOSES})) == ["close", "mean", "up"]


@pytest.mark.parametrize(("name", "other"), [(name, one) for name in BAR_NAMES for one in OTHER_NAMES[name]])
def test_what_a_column_of_a_frame_is_called_a_column_of_a_file_is_called_too(name: str, other: str) -> None:
    if other == "volume_qty":  # Of bars as objects alone.
        return
    cells = {"timestamp": "2024-01-02", "open": "1", "high": "2", "low": "0.5", "close": "1.5", "volume": "10"}
    header = ",".join(other if one == name else one for one in cells)
    bars = ta.read_bars(f"{header}\n{','.join(cells.values())}\n".encode())
    frame = pd.DataFrame({(other if one == name else one): [cell] for one, cell in cells.items()})
    rule = ta.compile("open + high * 10 + low * 100 + close * 1000 + volume * 10000")
    assert rule.run(bars)["value"].tolist() == rule.run(frame)["value"].tolist() == [101571.0]


def test_what_read_bars_gives_goes_in_at_every_door() -> None:
    bars: Any = ta.read_bars("examples/data/aapl_1d.csv")
    rule = ta.compile("close > sma(close, 20)")
    expected = rule.run({name: bars[name] for name in ("timestamp", "close")})["value"]
    assert np.nansum(expected) > 1000
    for values in (
        rule.run(bars)["value"],
        rule.session().run(bars)["value"],
        rule.universe(["A"]).run({"A": bars})["value"][:, 0],
        rule.run({"ohlcv": bars}, timeframe="1d")["value"],
        rule.add_to(bars)["value"],
    ):
        np.testing.assert_array_equal(values, expected)
    assert rule.verify(bars).ok and rule.signals(bars)["value"].sum() == np.nansum(expected)


@pytest.mark.parametrize("name", ["", "index", "None", "__index_level_0__", "Zeit"])
@pytest.mark.parametrize("kind", ["pandas", "polars", "lazy", "arrow", "duckdb", "arrays"])
def test_the_one_column_of_times_is_the_time_whatever_it_is_called(kind: str, name: str) -> None:
    # A duration ago needs times: over the hole it is none of the bars before.
    rule = ta.compile("close.2h_ago")
    times = np.delete(TIMES, 20)
    closes = np.delete(CLOSES, 20)
    expected = rule.run({"timestamp": times, "close": closes})["value"]
    frame = pd.DataFrame({"open": 1.0, "close": closes, name: times})
    makes: dict[str, Callable[[], Any]] = {
        "pandas": lambda: frame,
        "polars": lambda: pl.from_pandas(frame),
        "lazy": lambda: pl.from_pandas(frame).lazy(),
        "arrow": lambda: pa.Table.from_pandas(frame),
        "duckdb": lambda: duckdb.from_arrow(pa.Table.from_pandas(frame)),
        "arrays": lambda: {name: times, "close": closes},
    }
    if kind in ("polars", "lazy", "duckdb") and name == "":
        pytest.skip("columns have names there")
    result = rule.run(makes[kind]())
    result = result.collect() if kind == "lazy" else result.to_arrow_table() if kind == "duckdb" else result
    values = result["value"].to_pylist() if hasattr(result["value"], "to_pylist") else list(result["value"])
    np.testing.assert_array_equal(bits(values), expected.view(np.int64))
    assert name in (result.keys() if isinstance(result, dict) else getattr(result, "column_names", result.columns))


def test_of_two_columns_of_times_none_is_guessed_and_a_name_decides() -> None:
    frame = pd.DataFrame({"made": TIMES, "sent": TIMES, "close": CLOSES})
    with pytest.raises(ValueError, match="a timeframe is needed"):
        ta.compile("close.2h_ago").run(frame)
    for name in ("close_time", "Time_Close", "kline_close_time"):
        closes = pd.DataFrame({name: TIMES, "opened": TIMES - np.timedelta64(1, "h"), "close": CLOSES})
        assert list(RULE.run(closes).columns) == ["opened", "mean", "up"]
        assert list(RULE.run(closes.drop(columns="opened")).columns) == ["mean", "up"]


@pytest.mark.parametrize(
    ("seconds", "timeframe"),
    [(0.5, None), (60, "60s"), (86_400, "1d"), (86_400.5, None), (90_000, None), (604_800, "1w"), (1_209_600, None)],
)
def test_the_length_of_bars_is_a_timeframe_or_has_to_be_told(seconds: float, timeframe: str | None) -> None:
    assert timeframe_of(int(seconds * 10**9)) == timeframe and timeframe_of(None) is None


def test_rows_that_are_mappings_give_rows_that_are_mappings() -> None:
    rows = [{"Date": str(time), "Close": close} for time, close in zip(TIMES, CLOSES.tolist(), strict=True)]
    result = RULE.run(rows)
    assert list(result[0]) == ["Date", "mean", "up"] and result[0]["Date"] == rows[0]["Date"]
    assert {type(row["up"]) for row in result} == {bool, type(None)}
    check([row["mean"] for row in result], [row["up"] for row in result])
    assert RULE.verify(rows).ok
    with pytest.raises(ValueError, match="row 1 .* needs Date, Close"):
        RULE.run([rows[0], {"Date": "2024-01-02"}])
    with pytest.raises(ValueError, match="row 1"):
        RULE.run([rows[0], [1, 2]])


def test_an_output_takes_no_name_of_the_times_and_a_rule_that_reads_nothing_has_a_value_per_row() -> None:
    for table in (pd.DataFrame({"Date": TIMES, "close": CLOSES}), {"Date": TIMES, "close": CLOSES}):
        with pytest.raises(ValueError, match="has a column 'Date' already"):
            ta.compile({"Date": "close"}).run(table)
    for frame in (
        pl.DataFrame({"note": ["x"] * 3}),
        pl.LazyFrame({"note": ["x"] * 3}),
        pd.DataFrame({"note": [1, 2, 3]}),
    ):
        result = ta.compile("1 + 1").run(frame)
        assert len(result.collect() if isinstance(result, pl.LazyFrame) else result) == 3
    universe = ta.compile("1 + 1").universe(["A", "B"])
    np.testing.assert_array_equal(universe.run(close=np.ones((3, 2))), np.full((3, 2), 2.0))
    assert universe.run(close=pd.DataFrame({"B": [1.0], "A": [2.0]})).shape == (1, 2)


def test_signals_are_plain_truth_values_that_frameworks_take() -> None:
    frame = pd.DataFrame({"close": CLOSES}, pd.DatetimeIndex(TIMES))
    true = EXPECTED["up"] == 1
    result = RULE.signals(frame)
    assert result["up"].dtype == bool and result["up"].tolist() == true.tolist() and result["mean"].isna().any()
    pd.testing.assert_index_equal(result.index, frame.index)
    assert RULE.signals(pl.from_pandas(frame))["up"].null_count() == 0
    arrays = RULE.signals({"close": CLOSES})
    assert arrays["up"].dtype == bool and arrays["up"].tolist() == true.tolist() and arrays["mean"].dtype == float
    assert RULE.signals(frame, not_ready="null")["up"].dtype == "boolean"
    with pytest.raises(ta.exceptions.MissingInputError, match="`up` is not ready in row 0"):
        RULE.signals(frame, not_ready="raise")
    ready = ta.compile("close > 0").signals({"close": CLOSES[1:50]}, not_ready="raise")
    assert ready["value"].all()
    with pytest.raises(ValueError, match="not_ready is 'maybe'; accepted: false, null, raise"):
        RULE.signals(frame, not_ready="maybe")
    bars = ta.from_csv("examples/data/aapl_1d.csv", symbol="AAPL", timeframe="1d")
    series = ta.compile("close > close[1]").signals(bars.to_series("close"))
    assert series.availability_mask is None and series.values[0] is False and True in series.values


def test_a_result_of_streams_is_like_the_frames_that_were_given() -> None:
    rule = ta.compile({"above": "close > ETH.close", "day": "close > ohlcv.1d.close"})
    index = pd.DatetimeIndex(TIMES, tz="UTC").tz_convert("Asia/Tokyo")
    hours, eth = pd.DataFrame({"close": CLOSES}, index), pl.DataFrame({"timestamp": TIMES, "close": CLOSES - 1})
    days = {"timestamp": TIMES[::24], "close": CLOSES[5::24]}
    result = rule.run({"ohlcv": hours, "ETH": eth, "ohlcv.1d": days}, timeframe="1h")
    pd.testing.assert_index_equal(result.index, index)
    arrays = rule.run(
        {"ohlcv": {"timestamp": TIMES, "close": CLOSES}, "ETH": eth.to_dict(), "ohlcv.1d": days}, timeframe="1h"
    )
    np.testing.assert_array_equal(bits(result["day"]), arrays["day"].view(np.int64))
    np.testing.assert_array_equal(bits(result["above"]), arrays["above"].view(np.int64))


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, lambda columns: pl.LazyFrame(columns)])
def test_one_table_is_the_stream_of_which_longer_bars_are_made(make: Any) -> None:
    rule = ta.compile({"mean": "close > sma(ohlcv.4h.close, 3)", "day": "on(1d, high - low)"})
    columns = {"timestamp": TIMES, "high": CLOSES + 1, "low": CLOSES - 1, "close": CLOSES}
    expected = rule.run({"ohlcv": columns}, timeframe="1h", resample=ta.Calendar())
    assert np.nansum(expected["mean"]) > 10 and np.isfinite(expected["day"]).sum() > 100
    result = rule.run(make(columns), resample=ta.Calendar())
    result = result.collect() if isinstance(result, pl.LazyFrame) else result
    for name in ("mean", "day"):
        np.testing.assert_array_equal(bits(result[name]), expected[name].view(np.int64))
    added = rule.add_to(make(columns), resample=ta.Calendar())
    added = added.collect() if isinstance(added, pl.LazyFrame) else added
    np.testing.assert_array_equal(bits(added["day"]), expected["day"].view(np.int64))
    signals = rule.signals(make(columns), resample=ta.Calendar())
    signals = signals.collect() if isinstance(signals, pl.LazyFrame) else signals
    assert signals["mean"].dtype in (bool, pl.Boolean)
    assert rule.verify(make(columns), resample=ta.Calendar()).ok


def test_symbols_have_longer_bars_of_their_own() -> None:
    rule = ta.compile("close - on(1d, close)")
    one = pd.DataFrame({"timestamp": TIMES, "close": CLOSES})
    both = pd.concat([one.assign(symbol="A"), one.assign(symbol="B", close=2 * CLOSES)]).sort_values("timestamp")
    result = rule.run(both, resample=ta.Calendar())
    expected = rule.run(one, resample=ta.Calendar())["value"]
    assert expected.notna().sum() > 100
    np.testing.assert_array_equal(bits(result["value"][(result["symbol"] == "B").to_numpy()]), bits(2 * expected))


def test_what_lacks_a_longer_bar_says_how_it_is_had() -> None:
    with pytest.raises(MissingDataError, match="'ohlcv.1d.close'.*`resample` makes longer bars"):
        ta.compile("close > ohlcv.1d.close").run(pd.DataFrame({"timestamp": TIMES, "close": CLOSES}))
    with pytest.raises(TypeError, match="resample is a Calendar, such as .* not True"):
        ta.compile("close > ohlcv.1d.close").run({"timestamp": TIMES, "close": CLOSES}, resample=True)
