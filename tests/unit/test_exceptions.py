"""Errors say what, where, and keep the same details as attributes."""

from __future__ import annotations

import pickle

import pytest

from laakhay.ta import exceptions
from laakhay.ta.exceptions import (
    AlignmentError,
    DataError,
    EvaluationError,
    MissingDataError,
    MissingInputError,
    OrderError,
    PlanningError,
    SnapshotError,
    StrategyError,
    TAError,
    TypeCheckError,
    UnsupportedIndicatorError,
    UnsupportedSourceError,
)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (TAError("m"), "m"),
        (MissingDataError("m"), "m"),
        (
            MissingDataError("m", "trades", "volume", "BTC", "binance", "1h"),
            "m | source=trades | field=volume | symbol=BTC | exchange=binance | timeframe=1h",
        ),
        (UnsupportedSourceError("m", "x"), "m | source=x"),
        (
            UnsupportedSourceError("m", "x", "BTC", "okx", ["a", "b"]),
            "m | source=x | symbol=BTC | exchange=okx | available=a, b",
        ),
        (UnsupportedIndicatorError("m", "rsi"), "m | indicator=rsi"),
        (
            UnsupportedIndicatorError("m", "rsi", "s", "f", "r"),
            "m | indicator=rsi | source=s | field=f | reason=r",
        ),
        (EvaluationError("m", "a+b", "Binary", {"secret": 1}), "m | expression=a+b | node_type=Binary"),
        (AlignmentError("m", "A", "1h", "B", "4h", "gap"), "m | left=(A, 1h) | right=(B, 4h) | reason=gap"),
        (AlignmentError("m", reason="gap"), "m | reason=gap"),
        (DataError("m", "f.csv", 3, "open", "x"), "m | file=f.csv | line=3 | column=open | value='x'"),
    ],
)
def test_text_is_the_message_and_the_details_that_are_set(error: TAError, text: str) -> None:
    assert str(error) == text


def test_details_are_attributes() -> None:
    error = MissingDataError("m", source="trades", timeframe="1h")
    assert (error.source, error.field, error.timeframe) == ("trades", None, "1h")
    assert UnsupportedSourceError("m", "x").available_sources == []
    assert EvaluationError("m").context == {}


def test_kinds_can_be_caught_as_documented() -> None:
    for kind in (DataError, OrderError, SnapshotError, MissingInputError):
        assert issubclass(kind, TAError) and issubclass(kind, ValueError)
    assert not issubclass(MissingDataError, ValueError)
    assert not issubclass(StrategyError, ValueError)
    assert issubclass(TypeCheckError, ValueError) and issubclass(PlanningError, ValueError)


def test_a_pickled_error_is_the_same_error() -> None:
    error = pickle.loads(pickle.dumps(UnsupportedSourceError("m", "x", available_sources=["a"])))
    assert str(error) == "m | source=x | available=a"
    assert error.args == ("m",)


def test_every_public_name_exists_and_has_a_docstring() -> None:
    for name in exceptions.__all__:
        assert getattr(exceptions, name).__doc__
