"""Every indicator against its witnesses, on every market that each is heard on."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

import laakhay.ta as ta
from laakhay.ta.expr.dsl import extract_indicator_nodes
from tests.parity.markets import GENERATORS, REAL_FILES
from tests.parity.witness import GOLDEN, Found, Golden, OfCalendar, Witness, hearings
from tests.parity.witness_table import HEAD, PAGE, read, rows, written
from tests.parity.witnesses import WITNESSES

HEARINGS = list(hearings(WITNESSES))
#: What was found so far.
HEARD: dict[tuple[str, Witness, str], Found] = {}


@pytest.mark.parametrize("indicator", WITNESSES)
def test_an_indicator_has_witnesses_over_both_real_files_and_generated_markets(indicator: str) -> None:
    witnesses = WITNESSES[indicator]
    heard = {market for witness in witnesses for market in witness.markets}
    # What the time of the day says nobody asks of bars of days.
    real = {"eurusd_1h"} if all(isinstance(witness, OfCalendar) for witness in witnesses) else {*REAL_FILES}
    assert heard >= real and heard & {*GENERATORS}
    for witness in witnesses:
        calls = {call.name for call in extract_indicator_nodes(ta.compile(witness.rule)._node)}
        assert indicator in calls, f"{witness.rule} has no {indicator}"


@pytest.mark.parametrize(
    ("indicator", "witness", "market"),
    HEARINGS,
    ids=[f"{indicator}: {witness.kind} of {witness.rule} on {market}" for indicator, witness, market in HEARINGS],
)
def test_an_indicator_gives_what_its_witness_gives(
    indicator: str, witness: Witness, market: str, record_property: Callable[[str, object], None]
) -> None:
    found = HEARD[indicator, witness, market] = witness.compare(market)
    assert found.ready > 0, "nothing was compared"
    record_property("ready", found.ready)
    record_property("largest", found.largest)
    record_property("fired", found.fired)
    fired = "" if found.fired is None else f", there on {found.fired} bars"
    print(f"{indicator}: {witness.kind} on {market}: {found.ready} points{fired}, largest distance {found.largest:.1e}")


@pytest.mark.parametrize("indicator", WITNESSES)
def test_an_indicator_that_was_witnessed_has_the_same_bits_in_every_schedule(indicator: str) -> None:
    for rule, witness in {witness.rule: witness for witness in WITNESSES[indicator]}.items():
        report = witness.verify()
        assert report.ok, f"{rule}: {report}"


def test_golden_files_say_where_they_come_from_and_every_column_is_heard() -> None:
    golden = [witness for witnesses in WITNESSES.values() for witness in witnesses if isinstance(witness, Golden)]
    used = {f"{one.tool}_{market}.csv": set() for one in golden for market in one.markets}
    for one in golden:
        for market in one.markets:
            used[f"{one.tool}_{market}.csv"] |= {*one.columns}
    assert {path.name for path in GOLDEN.glob("*")} == {*used}
    for name, columns in used.items():
        lines = (GOLDEN / name).read_text(encoding="utf8").splitlines()
        head = [line for line in lines if line.startswith("#")]
        for word in ("tool", "data", "command"):
            assert any(line.startswith(f"# {word}: ") for line in head), f"{name} does not say its {word}"
        assert {*lines[len(head)].split(",")} == {"row", *columns}


def test_the_page_of_witnesses_has_all_of_them() -> None:
    """Behind the others, which say how far apart the two are: with WITNESSES=write it writes the page."""
    if os.environ.get("WITNESSES") == "write":
        assert len(HEARD) == len(HEARINGS), "the page is of all witnesses, and every one must have been heard"
        PAGE.write_text(written(WITNESSES, HEARD), encoding="utf8")
    text = PAGE.read_text(encoding="utf8")
    assert text.startswith(HEAD)
    there = list(read(text))
    assert [cells for cells, _, _ in there] == [row.cells(*key) for key, row in sorted(rows(WITNESSES).items())], (
        "stale: `make witnesses` writes it"
    )
    for cells, ready, apart in there:
        assert ready > 0 and apart <= float(cells[-1]) * 1.05, cells
