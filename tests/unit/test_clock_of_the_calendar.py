"""Time of day, day of the week and sessions: with clocks that change, and where no calendar is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV

HOURS = 24 * 9
OPENS = [datetime(2024, 3, 4, tzinfo=UTC) + timedelta(hours=hour) for hour in range(HOURS)]


def bars() -> OHLCV:
    closes = [100.0 + hour % 17 for hour in range(HOURS)]
    columns = [closes, [x + 1 for x in closes], [x - 1 for x in closes], closes, [10.0] * HOURS]
    return OHLCV(OPENS, *columns, [True] * HOURS, "X", "1h")


def values(rule: str, **options: object) -> np.ndarray:
    return ta.compile(rule).run(bars(), **({"calendar": ta.Calendar("UTC")} | options))["value"]


def test_clocks_that_go_forward_are_followed() -> None:
    zone = ta.Calendar("America/New_York")
    minute = values("time_of_day()", calendar=zone)
    # On 10 March 2024 two o'clock in New York was three: the bar that closes at 7:00 UTC ends with the hour before it.
    at = [OPENS.index(datetime(2024, 3, 10, hour, tzinfo=UTC)) for hour in (5, 6, 7)]
    assert minute[at].tolist() == [60.0, 120.0, 240.0]


def test_days_of_the_week_count_from_either_end() -> None:
    monday, sunday = values("day_of_week()"), values("day_of_week('sunday')")
    assert monday[:25].tolist() == [1.0] * 24 + [2.0]
    assert (sunday == monday % 7 + 1).all()


@pytest.mark.parametrize("rule", ["time_of_day()", "session(930, 1600)", "opening_range(30).high", "pivot_points().p"])
def test_without_a_calendar_a_session_is_refused_with_the_reason(rule: str) -> None:
    with pytest.raises(Exception, match="calendar"):
        ta.compile(rule).session()


def test_an_hour_of_more_than_sixty_minutes_is_refused() -> None:
    with pytest.raises(Exception, match="an hour has 60 minutes"):
        ta.compile("session(975, 1600)")
