"""What would need more memory than is allowed is refused before any is taken."""

from __future__ import annotations

import time

import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import PlanningError

MEAN = ta.compile("sma(close, 5)")


def test_many_rules_are_refused_before_they_are_read():
    texts = {f"rule_{n}": f"sma(close, {n})" for n in range(1, 100_001)}
    begun = time.perf_counter()
    with pytest.raises(PlanningError, match="100000 outputs; at most 16384"):
        ta.compile(texts)
    assert time.perf_counter() - begun < 1.0
    with pytest.raises(PlanningError, match="4097 nodes; at most 4096"):
        ta.compile(dict(list(texts.items())[1:10_000]))


def test_all_symbols_of_a_universe_have_one_limit():
    large = ta.compile("sma(close, 1000000)")
    with pytest.raises(PlanningError, match="bytes of state for all symbols"):
        large.universe([f"S{n}" for n in range(10_000)])
    narrow = ta.compile("sma(close, 5)", limits=ta.Limits(universe_bytes=10_000))
    assert narrow.universe(["A"]).step(close=[1.0]) is not None
    with pytest.raises(PlanningError, match="at most 10000 are allowed"):
        narrow.universe([f"S{n}" for n in range(1_000)])


def test_raised_limits_do_not_end_the_process():
    wide = ta.Limits(window_bytes=10**18)
    with pytest.raises(PlanningError, match="16000000000 bytes of state"):
        ta.compile("close[2000000000]", limits=wide)
    with pytest.raises(PlanningError, match="memory has no room"):
        ta.compile(
            {f"rule_{n}": f"close[{4_000_000_000 - n}]" for n in range(5_000)},
            limits=ta.Limits(plan_nodes=10_000, window_bytes=10**18, universe_bytes=10**18),
        )


def test_more_bars_than_memory_holds_are_a_typed_error():
    universe = MEAN.universe(["A", "B"])
    with pytest.raises(ValueError, match="more than memory can hold"):
        universe.run_matrices([], 2**61)


def test_outputs_and_universes_have_fields_of_their_own_in_limits():
    assert ta.Limits().outputs == 16_384 and ta.Limits().universe_bytes == 4 << 30
    with pytest.raises(PlanningError, match="2 outputs; at most 1 are"):
        ta.compile({"a": "close", "b": "open"}, limits=ta.Limits(outputs=1))


@pytest.mark.parametrize("text", ["1 + 2", "{a: 1 + 2, b: 3 > 2}"])
@pytest.mark.parametrize("bars", [2**40, 2**60, 2**63])
def test_more_bars_than_memory_holds_are_an_error_of_python_at_both_doors(text: str, bars: int) -> None:
    session = ta.compile(text).session()
    for door in (session.run_explained, session.run_columns):
        with pytest.raises((MemoryError, ValueError, OverflowError)):
            door([], None, bars)
    assert session.position == 0
    values, states = session.run_explained([], None, 3)
    assert [column.tolist() for column in states] == [[0, 0, 0]] * len(values)
    assert session.position == 3
