"""What begins anew with the calendar's intervals is the same at every door that knows when bars close."""

from __future__ import annotations

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.exceptions import PlanningError, TypeCheckError

HOUR = 3_600_000_000_000
MIDNIGHT = 1_704_153_600_000_000_000  # 2024-01-02T00:00Z
PRICES = np.array([10.0, 20.0, 40.0, 80.0])
# Four bars of an hour, of which the third opens at midnight.
TABLE = {
    "timestamp": MIDNIGHT + HOUR * np.arange(-2, 2),
    **{name: PRICES for name in ("open", "high", "low", "close")},
    "volume": np.array([1.0, 3.0, 1.0, 1.0]),
}
RULE = ta.compile('vwap(anchor="session")')


def test_a_table_is_read_with_its_closes() -> None:
    assert RULE.run(TABLE, timeframe="1h")["value"].tolist() == [10.0, 17.5, 40.0, 60.0]
    assert RULE.run({"ohlcv": TABLE}, timeframe="1h")["value"].tolist() == [10.0, 17.5, 40.0, 60.0]
    assert ta.volume.vwap(TABLE, "session", timeframe="1h")["value"].tolist() == [10.0, 17.5, 40.0, 60.0]
    assert ta.compile("vwap()").run(TABLE)["value"].tolist()[2:] == [22.0, pytest.approx(190 / 6)]


def test_the_calendar_that_is_given_says_where_sessions_begin() -> None:
    late = ta.Calendar("UTC", "23:00")
    found = RULE.run(TABLE, timeframe="1h", calendar=late)["value"].tolist()
    assert found == [10.0, 20.0, 25.0, 36.0]


def test_bars_that_are_pushed_have_the_values_of_a_run() -> None:
    session = RULE.joined_session(timeframe="1h")
    rows = []
    for bar in range(4):
        rows += session.push("ohlcv", {name: column[bar] for name, column in TABLE.items()})
    assert [row.value for row in rows] == [10.0, 17.5, 40.0, 60.0]
    assert RULE.verify(TABLE, timeframe="1h").ok


def test_bars_whose_closes_nobody_knows_are_refused_with_the_way_out() -> None:
    for make in (RULE.session, lambda: RULE.universe(["A", "B"])):
        with pytest.raises(PlanningError, match="have to be given as streams"):
            make()


def test_a_choice_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(TypeCheckError, match="did you mean 'session'"):
        ta.compile('vwap(anchor="sesion")')


def test_a_swing_is_known_when_it_is_confirmed() -> None:
    highs = {"high": np.array([1.0, 3.0, 2.0, 2.0, 5.0, 4.0, 4.0])}
    found = ta.pattern.pivot_high(highs, 1, 1)["value"]
    assert found[[2, 5]].tolist() == [3.0, 5.0] and np.isnan(found).sum() == 5
    (spec,) = (spec for spec in ta.catalog() if spec["name"] == "pivot_high")
    assert spec["outputs"][0]["plot_offset"] == "-right" and spec["ready_by_data"]
