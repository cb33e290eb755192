"""One reading of numbers: what a value is does not depend on the door through which it comes in."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core import Series
from laakhay.ta.exceptions import DataError, MissingDataError
from laakhay.ta.expr.execution.backends.incremental_rust import IncrementalRustBackend
from tests.reference import Reference

RULE = ta.compile("close * 2")
OVER_STREAMS = ta.compile("close * 2 + 0 * ETH.close")
MISSING = math.nan
START = datetime(2024, 1, 1, tzinfo=UTC)
STAMPS = tuple(START + timedelta(hours=bar) for bar in range(3))


class Raising:
    def __init__(self, error: type[BaseException]) -> None:
        self.error = error

    def __float__(self) -> float:
        raise self.error("not now")


class Countable:
    def __float__(self) -> float:
        return 1.5


NUMBERS = {
    "float": (1.5, 1.5),
    "int": (7, 7.0),
    "a large int": (2**60, float(2**60)),
    "Decimal": (Decimal("32247.2"), 32247.2),
    "text": ("32247.2", 32247.2),
    "text with blanks": (" 1.5 ", 1.5),
    "text with an exponent": ("-1e-3", -0.001),
    "NumPy's float": (np.float64(1.5), 1.5),
    "NumPy's short float": (np.float32(0.1), float(np.float32(0.1))),
    "NumPy's int": (np.uint8(7), 7.0),
    "NumPy's text": (np.str_("1.5"), 1.5),
    "an array without dimensions": (np.array(1.5), 1.5),
    "a fraction": (Fraction(3, 2), 1.5),
    "an object that is a float": (Countable(), 1.5),
    "None": (None, MISSING),
    "NaN": (math.nan, MISSING),
    "NaN of Decimal": (Decimal("NaN"), MISSING),
    "signaling NaN": (Decimal("sNaN"), MISSING),
    "NaN as text": ("nan", MISSING),
    "infinity": (math.inf, MISSING),
    "an infinite Decimal": (Decimal("-Infinity"), MISSING),
    "a Decimal beyond a double": (Decimal("1e400"), MISSING),
    "an int beyond a double": (10**400, MISSING),
    "masked": (np.ma.masked, MISSING),
    "NaT": (np.datetime64("NaT"), MISSING),
}
NO_NUMBERS = {
    "True": True,
    "False": False,
    "NumPy's truth": np.True_,
    "a date": datetime(2024, 1, 1),
    "NumPy's date": np.datetime64("2024-01-01"),
    "a duration": timedelta(hours=1),
    "NumPy's duration": np.timedelta64(1, "h"),
    "bytes": b"1.5",
    "NumPy's bytes": np.bytes_(b"1.5"),
    "complex": 1 + 0j,
    "NumPy's complex": np.complex128(1),
    "text": "high",
    "no text": "",
    "text with a comma": "1,5",
    "text with underscores": "1_000",
    "infinite text": "inf",
    "text beyond a double": "1e400",
    "a list": [1.5],
    "a tuple": (1.5,),
    "an array": np.array([1.5]),
    "an object": object(),
    "a float that raises": Raising(ValueError),
}


def arrays(value: Any) -> np.ndarray:
    """Give a column of objects: the value between two numbers."""
    column = np.empty(3, dtype=object)
    column[0], column[1], column[2] = 1.0, value, 3.0
    return column


def stream_of(values: Any) -> dict[str, Any]:
    return {"timestamp": list(STAMPS), "close": values}


def step(value: Any) -> float:
    session = RULE.session()
    session.step({"close": 1.0})
    return number(session.step({"close": value}).value)


def preview(value: Any) -> float:
    return number(RULE.session().preview({"close": value}).value)


def replay(value: Any) -> float:
    session = RULE.session()
    return number(ta.ta_py.incremental_replay(session, session.snapshot(), [{"close": value}])[0].value)


def push(value: Any) -> float:
    session = OVER_STREAMS.joined_session(timeframe="1h")
    session.push("ETH", {"timestamp": START, "close": 1})
    (row,) = session.push("ohlcv", {"timestamp": START, "close": value})
    return number(row.value)


def joined_run(value: Any) -> float:
    data = {"ohlcv": stream_of([1, value, 3]), "ETH": stream_of([1, 1, 1])}
    return OVER_STREAMS.run(data, timeframe="1h")["value"][1]


def warm(value: Any) -> float:
    session = ta.compile("nz(close * 2, -1).1_ago").session()
    found = session.warm({"close": [1, value]}).step({"close": 1}).value
    return MISSING if found == -1 else number(found)


def evaluate(values: Any) -> float:
    result = RULE.run(Series(STAMPS, values, "BTC", "1h"))
    return float(result.values[1]) if result.availability_mask[1] else MISSING


def evaluate_dataset(value: Any) -> float:
    data = ta.dataset(Series(STAMPS, (1, value, 3), "BTC", "1h"))
    (result,) = RULE.run(data).values()
    return float(result.values[1]) if result.availability_mask[1] else MISSING


def backend(make: Callable[[], Any], value: Any) -> float:
    result = make().step_result(RULE._ensure_plan(), {"close": value})
    return MISSING if result.output is None or result.output != result.output else float(result.output)


def verify(value: Any) -> float:
    report = RULE.verify({"close": [1, value, 3]})
    assert report.ok
    return RULE.run({"close": [1, value, 3]})["value"][1] if report.ready["value"] == 3 else MISSING


def number(value: Any) -> float:
    return MISSING if value is None else value


DOORS: dict[str, Callable[[Any], float]] = {
    "step": step,
    "preview": preview,
    "replay": replay,
    "push": push,
    "warm": warm,
    "run of a list": lambda value: RULE.run({"close": [1, value, 3]})["value"][1],
    "run of a tuple": lambda value: RULE.run({"close": (1, value, 3)})["value"][1],
    "run of objects": lambda value: RULE.run({"close": arrays(value)})["value"][1],
    "run of a session": lambda value: RULE.session().run({"close": [1, value, 3]})["value"][1],
    "run of streams": joined_run,
    "verify": verify,
    "a row of a universe": lambda value: RULE.universe(list("abc")).step(close=[1, value, 3])[1],
    "a matrix of lists": lambda value: RULE.universe(list("ab")).run(close=[[1, 2], [value, 4]])[1, 0],
    "a matrix of objects": lambda value: RULE.universe(list("abc")).run(close=arrays(value).reshape(1, 3))[0, 1],
    "a Series": lambda value: evaluate((1, value, 3)),
    "a Dataset": evaluate_dataset,
    "the reference's tick": lambda value: backend(Reference, value),
    "the engine's tick": lambda value: backend(IncrementalRustBackend, value),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("value", NUMBERS)
def test_a_number_is_the_same_number_and_what_is_missing_is_missing_at_every_door(value: str, door: str) -> None:
    given, expected = NUMBERS[value]
    found = DOORS[door](given)
    if "tick" in door or "a Series" in door or "a Dataset" in door:  # Decimals of few digits more.
        assert math.isclose(found, 2 * expected, rel_tol=1e-15) or (found != found and expected != expected)
    else:
        assert np.float64(found).tobytes() == np.float64(2 * expected).tobytes()


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_number_is_an_error_that_names_field_and_value_at_every_door(value: str, door: str) -> None:
    with pytest.raises(DataError) as caught:
        DOORS[door](NO_NUMBERS[value])
    assert "close" in str(caught.value)
    assert repr(NO_NUMBERS[value])[:60] in str(caught.value)
    if door.startswith(("run", "a matrix", "a Series", "a Dataset", "verify")):
        assert "row " in str(caught.value)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, SystemExit])
@pytest.mark.parametrize("door", DOORS)
def test_an_interruption_is_no_missing_value(door: str, error: type[BaseException]) -> None:
    with pytest.raises(error):
        DOORS[door](Raising(error))


def test_a_refused_value_changes_nothing() -> None:
    session = ta.compile("sma(close, 2) + 0 * open").session()
    session.step({"close": 1.0, "open": 1.0, "timestamp": START})
    before = session.snapshot()
    for take in (session.step, session.preview):
        with pytest.raises(DataError, match="`open` is 'high', a str"):
            take({"close": 3.0, "open": "high", "timestamp": STAMPS[1]})
    with pytest.raises(DataError, match="`close` in row 1 is True, a bool"):
        session.run({"close": [3.0, True], "open": [1.0, 1.0]})
    assert session.snapshot() == before
    assert session.step({"close": 3.0, "open": 1.0, "timestamp": STAMPS[1]}).value == 2.0


@pytest.mark.parametrize(
    "tick", [{"Closes": 1.0}, {"closes": 1.0, "volume": 3}, {"open": 1.0}, {}, {"trades.close": 1.0}], ids=str
)
@pytest.mark.parametrize("door", ["step", "preview", "reference", "engine"])
def test_a_bar_with_none_of_the_fields_is_refused_and_its_time_is_not_used_up(door: str, tick: dict[str, Any]) -> None:
    there = ", ".join([*tick, "timestamp"])
    rule = ta.compile("sma(close, 2)")
    session = rule.session()
    session.step({"close": 1.0, "timestamp": START})
    take: dict[str, Callable[[Any], Any]] = {
        "step": session.step,
        "preview": session.preview,
        "reference": lambda bar: Reference().step(rule._ensure_plan(), bar),
        "engine": lambda bar: IncrementalRustBackend().step(rule._ensure_plan(), bar),
    }
    with pytest.raises(MissingDataError, match=f"none of the fields .*close.* it has {there}"):
        take[door](tick | {"timestamp": STAMPS[1]})
    assert session.step({"close": 3.0, "timestamp": STAMPS[1], "more": "text"}).value == 2.0


def test_a_stream_refuses_a_bar_with_none_of_its_fields() -> None:
    session = OVER_STREAMS.joined_session(timeframe="1h")
    with pytest.raises(MissingDataError, match="it has timestamp, closes"):
        session.push("ETH", {"timestamp": START, "closes": 1.0})
    assert session.push("ETH", {"timestamp": START, "close": None}) == []


# Arrays

PLAIN = np.array([1.0, 2.0, 3.0])
READ_ONLY = PLAIN.copy()
READ_ONLY.flags.writeable = False
WHOLE = {
    "int64": np.array([1, 2, 3]),
    "uint8": np.array([1, 2, 3], np.uint8),
    "float32": PLAIN.astype(np.float32),
    "float16": PLAIN.astype(np.float16),
    "longdouble": PLAIN.astype(np.longdouble),
    "byte-swapped": PLAIN.astype(">f8"),
    "byte-swapped integers": np.array([1, 2, 3], ">i4"),
    "every second": np.repeat(PLAIN, 2)[::2],
    "backwards": PLAIN[::-1].copy()[::-1],
    "read-only": READ_ONLY,
    "objects": PLAIN.astype(object),
    "texts": np.array(["1", "2.0", " 3 "]),
    "range": range(1, 4),
    "iterator": iter((1, 2, 3)),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_an_array_of_any_kind_holds_the_same_numbers(kind: str) -> None:
    values = WHOLE[kind]
    if kind != "iterator":
        rows = np.asarray(values).reshape(1, 3)
        assert RULE.universe(list("abc")).run(close=rows).tolist() == [[2, 4, 6]]
        assert RULE.universe(list("abc")).step(close=values).tolist() == [2, 4, 6]
    assert RULE.run({"close": values})["value"].tolist() == [2, 4, 6]


@pytest.mark.parametrize("dtype", [float, int, np.float32, object])
def test_what_is_masked_is_missing(dtype: Any) -> None:
    masked = np.ma.MaskedArray(np.array([1, 999, 3], dtype), [False, True, False])
    for found in (
        RULE.run({"close": masked})["value"],
        RULE.session().run({"close": masked})["value"],
        RULE.universe(list("abc")).step(close=masked),
        RULE.universe(list("abc")).run(close=masked.reshape(1, 3))[0],
        RULE.universe(["a"]).run(close=masked.reshape(3, 1))[:, 0],
    ):
        np.testing.assert_array_equal(found, [2, math.nan, 6])


@pytest.mark.parametrize(
    "values",
    [
        np.array([True, False]),
        np.array(["2024-01-01", "2024-01-02"], "M8[D]"),
        np.array([1, 2], "m8[h]"),
        np.array([b"1.5", b"2"]),
        np.array([1, 2], complex),
        np.array([(1.0,), (2.0,)], [("x", float)]),
    ],
    ids=lambda values: values.dtype.kind,
)
def test_an_array_of_no_numbers_is_refused_by_field_and_row(values: np.ndarray) -> None:
    with pytest.raises(DataError, match="`close` in row 0"):
        RULE.run({"close": values})
    with pytest.raises(DataError, match="`close` in row 0, column 0"):
        RULE.universe(list("ab")).run(close=values.reshape(1, 2))


@pytest.mark.parametrize("values", ["1.5", b"1.5", {1.0, 2.0}], ids=repr)
def test_a_column_is_an_array_or_a_list(values: Any) -> None:
    with pytest.raises(TypeError, match="'close' has to be an array or a list"):
        RULE.run({"close": values})


def test_truth_values_and_text_beside_numbers_are_not_turned_into_them() -> None:
    with pytest.raises(DataError, match="`close` in row 1 is True"):
        RULE.run({"close": [1.5, True]})
    with pytest.raises(DataError, match="`close` in row 1, column 0 is True"):
        RULE.universe(list("ab")).run(close=np.array([[1.5, 2], [True, 3]], object))
    assert RULE.run({"close": ["1.5", 2]})["value"].tolist() == [3.0, 4.0]


def test_series_of_pandas_hold_numbers_and_what_is_missing() -> None:
    pandas = pytest.importorskip("pandas")
    for dtype in ("Int64", "Float64", "float64", object, "Float32"):
        series = pandas.Series([1, None, 3], dtype=dtype)
        np.testing.assert_array_equal(RULE.run({"close": series})["value"], [2, math.nan, 6])
        frame = pandas.DataFrame({"a": series, "b": series})
        np.testing.assert_array_equal(RULE.universe(list("ab")).run(close=frame)["b"], [2, math.nan, 6])
    for value in (pandas.NA, pandas.NaT):
        assert math.isnan(step(value)) and math.isnan(DOORS["run of a list"](value))
    for series in (pandas.Series([True, None], dtype="boolean"), pandas.Series(["high", "1"]), pandas.Series([True])):
        with pytest.raises(DataError, match="`close` in row 0"):
            RULE.run({"close": series})
    with pytest.raises(DataError, match="the symbol 'b': `close` in row 0"):
        RULE.universe(list("ab")).run(close=pandas.DataFrame({"a": [1.5, 2], "b": [True, False]}))


def test_series_of_polars_hold_numbers_and_what_is_missing() -> None:
    polars = pytest.importorskip("polars")
    for values in ([1, None, 3], [1.0, None, 3.0], ["1", None, "3"], [Decimal(1), None, Decimal(3)]):
        series = polars.Series("close", values)
        np.testing.assert_array_equal(RULE.run({"close": series})["value"], [2, math.nan, 6])
    with pytest.raises(DataError, match="`close` in row 0 is "):
        RULE.run({"close": polars.Series("close", [True, False])})
    with pytest.raises(DataError, match="`close`"):
        RULE.universe(list("ab")).run(close=polars.DataFrame({"a": [1.5, 2.0], "b": [True, False]}))


# Files


@pytest.mark.parametrize(
    ("cell", "expected"), [("1.5", 1.5), (" 7 ", 7.0), ("-1e-3", -0.001), ("", None), ("nan", None)], ids=repr
)
def test_a_cell_of_a_file_is_read_as_text_in_a_tick(tmp_path: Path, cell: str, expected: float | None) -> None:
    found = from_file(tmp_path, f"2024-01-01,{cell}\n")
    assert found.returncode == 0, found.stderr
    assert (
        found.stdout.splitlines()[1] == f"2024-01-01T00:00:00Z,{'' if expected is None else format(expected * 2, 'g')}"
    )


@pytest.mark.parametrize("cell", ["high", "True", "1_000", "inf", "1e400", "b'1.5'"])
def test_a_cell_of_a_file_that_is_no_number_is_named(tmp_path: Path, cell: str) -> None:
    found = from_file(tmp_path, f"2024-01-01,{cell}\n")
    assert found.returncode == 1
    assert "line 2, column `close`: a number is needed" in found.stderr


def from_file(folder: Path, rows: str) -> subprocess.CompletedProcess[str]:
    path = folder / "bars.csv"
    path.write_text(f"timestamp,close\n{rows}", encoding="utf-8")
    command = [sys.executable, "-m", "laakhay.ta", "run", "close * 2", str(path), "--format", "csv"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
