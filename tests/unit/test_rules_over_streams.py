"""Rules over several streams in the exact reference: worked examples, and naive loops written apart.

Expectations come from the meaning of a rule alone: a bar is known from its close on, everything else is read as of
time, and each part of a rule advances on the bars of what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest

import laakhay.ta as ta
from laakhay.ta.core import OHLCV, Dataset, Series
from laakhay.ta.core.timestamps import timestamp_ns
from laakhay.ta.exceptions import MissingDataError, MissingInputError, OrderError
from laakhay.ta.expr.execution.contracts import DEFAULT_STEP_POLICIES, MissingInputPolicy, StepPolicies
from tests.reference import Reference
from tests.reference.decimals import CONTEXT
from tests.reference.node_steps import Moment, PlanStepper
from tests.reference.state import StateStore

START = datetime(2024, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
EURUSD = Path(__file__).parents[2] / "examples" / "data" / "eurusd_1h.csv"


@dataclass(frozen=True)
class Candle:
    """A bar with its times."""

    opens: datetime
    closes: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal


def plan_of(rule: str) -> Any:
    return ta.compile(rule)._ensure_plan()


def run(rule: str, data: Dataset, symbol: str = "BTCUSDT", timeframe: str = "1h", **options: Any) -> Any:
    return Reference().evaluate(plan_of(rule), data, symbol=symbol, timeframe=timeframe, **options)


def points(result: Series[Any]) -> list[Any]:
    """Give a result's values, None where they are not ready."""
    return [value if ready else None for value, ready in zip(result.values, result.availability_mask, strict=True)]


def hours(values: str) -> dict[datetime, Decimal | None]:
    """Read one value per hour: a dot is no bar at all, a dash a bar without a value."""
    words = enumerate(values.split())
    return {START + row * HOUR: None if word == "-" else Decimal(word) for row, word in words if word != "."}


def column(values: Mapping[datetime, Decimal | None], symbol: str = "BTCUSDT", timeframe: str = "1h") -> Series[Any]:
    mask = [value is not None for value in values.values()]
    return Series(list(values), list(values.values()), symbol, timeframe, mask)


def closes(**symbols: str) -> Dataset:
    """Give hourly closes of each symbol, `BTC` meaning BTCUSDT."""
    data = Dataset()
    for name, values in symbols.items():
        data.add_series(f"{name}USDT", "1h", column(hours(values), f"{name}USDT"), source="close")
    return data


def candles(table: OHLCV, every: timedelta) -> list[Candle]:
    rows = zip(table.timestamps, table.opens, table.highs, table.lows, table.closes, table.volumes, strict=True)
    return [Candle(stamp, stamp + every, *values) for stamp, *values in rows]


Border = Callable[[datetime], datetime]


def by_hand(bars: Sequence[Candle], begins: Border, ends: Border) -> list[Candle]:
    """Resample without the package: a bar belongs to the interval in which it opens."""
    groups: dict[datetime, list[Candle]] = {}
    for bar in bars:
        groups.setdefault(begins(bar.opens), []).append(bar)
    return [
        Candle(
            begin,
            ends(begin),
            group[0].open,
            max(bar.high for bar in group),
            min(bar.low for bar in group),
            group[-1].close,
            sum((bar.volume for bar in group), Decimal(0)),
        )
        for begin, group in groups.items()
    ]


def table_of(bars: Sequence[Candle], symbol: str, timeframe: str) -> OHLCV:
    names = ("opens", "open", "high", "low", "close", "volume")
    return OHLCV(*([getattr(bar, name) for bar in bars] for name in names), [True] * len(bars), symbol, timeframe)


@dataclass(frozen=True)
class Forex:
    """A year of EURUSD: hours with weekends left out, and four-hour and daily bars made of them by hand."""

    hours: list[Candle]
    fours: list[Candle]
    days: list[Candle]
    data: Dataset


@pytest.fixture(scope="module")
def forex() -> Forex:
    bars = candles(ta.from_csv(EURUSD, symbol="EURUSD", timeframe="1h"), HOUR)[:1_500]
    fours = by_hand(bars, lambda t: t.replace(hour=t.hour // 4 * 4), lambda t: t + 4 * HOUR)
    days = by_hand(bars, lambda t: t.replace(hour=0), lambda t: t + 24 * HOUR)
    data = Dataset()
    for timeframe, one in (("1h", bars), ("4h", fours), ("1d", days)):
        data.add_series("EURUSD", timeframe, table_of(one, "EURUSD", timeframe), source="ohlcv")
    return Forex(bars, fours, days, data)


def known(bars: Sequence[Candle], time: datetime) -> list[Candle]:
    """Give the bars that have closed at a time."""
    return [bar for bar in bars if bar.closes <= time]


def mean(values: Iterable[Decimal]) -> Decimal:
    found = list(values)
    return sum(found, Decimal(0)) / len(found)


# Several timeframes


def test_an_hour_is_compared_with_means_of_four_hours_and_with_the_day_before(forex: Forex) -> None:
    rule = "close > sma(ohlcv.4h.close, 3) and close > ohlcv.1d.high"
    expected: list[bool | None] = []
    for bar in forex.hours:
        fours, days = known(forex.fours, bar.closes)[-3:], known(forex.days, bar.closes)[-1:]
        is_ready = len(fours) == 3 and bool(days)
        expected.append(bar.close > mean(b.close for b in fours) and bar.close > days[0].high if is_ready else None)
    assert points(run(rule, forex.data, "EURUSD")) == expected
    assert 200 < expected.count(True) < 800 and expected.count(None) < 30


def test_a_mean_of_four_hour_bars_is_the_same_whatever_else_the_rule_reads(forex: Forex) -> None:
    alone = run("sma(ohlcv.4h.close, 20)", forex.data, "EURUSD")
    plan = plan_of("close - sma(ohlcv.4h.close, 20) * (ohlcv.1d.high - ohlcv.1d.low)")
    _, nodes = Reference().evaluate(plan, forex.data, symbol="EURUSD", timeframe="1h", return_all_outputs=True)
    node_id = next(i for i, entry in plan.graph.nodes.items() if getattr(entry.node, "name", None) == "sma")
    assert nodes[node_id] == alone
    with localcontext(CONTEXT):
        for bar, value in zip(forex.hours, points(alone), strict=True):
            fours = known(forex.fours, bar.closes)[-20:]
            assert value == (mean(b.close for b in fours) if len(fours) == 20 else None)
    assert len(alone) - sum(alone.availability_mask) < 100


def test_a_coarser_pair_reads_the_last_hour_that_closed_with_it(forex: Forex) -> None:
    result = run("ohlcv.1h.close - close.1_ago", forex.data, "EURUSD", "1d")
    assert result.timestamps == tuple(day.opens for day in forex.days)
    # Computed at the last hour, which on Fridays closes before the day does: there the day before is Wednesday.
    expected = []
    for day in forex.days:
        last = known(forex.hours, day.closes)[-1]
        before = known(forex.days, last.closes)[:-1]
        expected.append(last.close - before[-1].close if before else None)
    assert points(result) == expected
    assert 1 <= expected.count(None) <= 3


def test_a_bar_of_the_future_is_never_seen(forex: Forex) -> None:
    rule = "close - sma(ohlcv.4h.close, 3) + ohlcv.1d.change_2d - ohlcv.1d.close.24h_ago * 0"
    rule = rule.replace("ohlcv.1d.change_2d", "ohlcv.1d.close.change_2d")
    whole = run(rule, forex.data, "EURUSD")
    for count in (1, 30, 31, 700, 1_203):
        last = forex.hours[count - 1].closes
        data = Dataset()
        for timeframe, bars in (("1h", forex.hours), ("4h", forex.fours), ("1d", forex.days)):
            data.add_series("EURUSD", timeframe, table_of(known(bars, last) or bars[:1], "EURUSD", timeframe), "ohlcv")
        head = run(rule, data, "EURUSD")
        assert points(head) == points(whole)[:count]
        assert head.timestamps == whole.timestamps[:count]
    assert sum(whole.availability_mask) > 1_300


# Resampling


def test_bars_built_by_a_calendar_are_those_made_by_hand(forex: Forex) -> None:
    only_hours = Dataset()
    only_hours.add_series("EURUSD", "1h", table_of(forex.hours, "EURUSD", "1h"), source="ohlcv")
    rule = "sma(ohlcv.4h.hl2, 3) + ohlcv.1d.open - ohlcv.1d.volume + atr(3) + ohlcv.4h.close.8h_ago"
    built = run(rule, only_hours, "EURUSD", resample=ta.Calendar())
    assert built == run(rule, forex.data, "EURUSD")
    assert sum(built.availability_mask) > 1_400
    with pytest.raises(MissingDataError):
        run(rule, only_hours, "EURUSD")


def test_a_week_of_new_york_begins_on_sunday_at_five() -> None:
    bars = candles(ta.from_csv(EURUSD, symbol="EURUSD", timeframe="1h"), HOUR)[:2_200]  # Beyond the 12th of March.

    def begins(stamp: datetime) -> datetime:
        day = stamp - timedelta(days=(stamp.weekday() + 1) % 7)
        sunday = day.replace(hour=22 if day < datetime(2017, 3, 12, tzinfo=UTC) else 21)
        return sunday if stamp >= sunday else begins(stamp - timedelta(days=1))

    def ends(begin: datetime) -> datetime:
        return begins(begin + timedelta(days=9))

    weeks = by_hand(bars, begins, ends)
    data = Dataset()
    data.add_series("EURUSD", "1h", table_of(bars, "EURUSD", "1h"), source="ohlcv")
    calendar = ta.Calendar("America/New_York", "17:00", "sunday")
    result = run("ohlcv.1w.high - ohlcv.1w.open", data, "EURUSD", resample=calendar)
    expected = []
    for bar in bars:
        week = known(weeks, bar.closes)[-1:]
        expected.append(week[0].high - week[0].open if week else None)
    assert points(result) == expected
    assert len(set(expected)) > 12 and expected.count(None) < 130


def test_the_finest_stream_of_the_same_kind_is_built_from() -> None:
    data = closes(BTC="1 2 3 4 5 6 7 8 9", ETH="9 8 7 6 5 4 3 2 1")
    quarters = {START + row * HOUR / 4: Decimal(row) for row in range(36)}
    data.add_series("ETHUSDT", "15m", column(quarters, "ETHUSDT", "15m"), source="close")
    assert points(run("ETH.4h.close", data, resample=ta.Calendar())) == [None] * 3 + [15] * 4 + [31] * 2
    # An own timeframe that a symbol lacks is one, too.
    data.add_series("ADAUSDT", "15m", column(quarters, "ADAUSDT", "15m"), source="close")
    assert points(run("ADA.close", data, resample=ta.Calendar())) == [3, 7, 11, 15, 19, 23, 27, 31, 35]


def test_what_cannot_be_built_says_what_is_there() -> None:
    data = closes(BTC="1 2 3")
    data.add_series("BTCUSDT", "1d", column({START: Decimal(1)}, timeframe="1d"), source="close")
    with pytest.raises(MissingDataError, match="at timeframe 15m, and there is nothing finer .* there is 1h, 1d"):
        run("ohlcv.15m.close", data, resample=ta.Calendar())
    with pytest.raises(MissingDataError, match="'volume' is not in the bars of 1h"):
        run("ohlcv.4h.volume + ohlcv.4h.close", data, resample=ta.Calendar())
    with pytest.raises(MissingDataError, match="how 'amount' of a longer bar follows"):
        run("close + trades.4h.amount", data, resample=ta.Calendar())
    with pytest.raises(MissingDataError, match="No data for field 'volume'"):
        run("close + trades.volume", data, resample=ta.Calendar())


# Several symbols


BTC = "10 11 . 13 14 15 16 . 18 19"
ETH = ". 1 2 . - 5 6 7 . 9"


def test_another_symbol_is_read_as_of_each_bar() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    result = run("close - ETH.close", data)
    assert result.timestamps == tuple(hours(BTC))
    # At 13 the bar of 2 is the last; the bar without a value is the last one at 14, and not the one before.
    assert points(result) == [None, 10, 11, None, 10, 10, 11, 10]
    assert (result.symbol, result.timeframe) == ("BTCUSDT", "1h")


def test_each_symbol_counts_its_own_bars() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    # Means of (1 2), (2 5), (5 6), (6 7), (7 9): the hour without a value does not count.
    assert points(run("2 * sma(ETH.close, 2)", data)) == [None, None, 3, None, 7, 11, 13, 16]
    assert points(run("ETH.close[1]", data)) == [None, None, 1, None, 2, 5, 6, 7]
    # Three bars had a value before the one without; a count has a value on it, too.
    assert points(run("ETH.close.count() + 0", data)) == [None, 1, 2, 2, 3, 4, 5, 6]
    assert points(run("(close - ETH.close).count() + 0", data)) == [0, 1, 2, 2, 3, 4, 5, 6]
    assert points(run("barssince(ETH.close > 5)", data)) == [None] * 5 + [0, 0, 0]


def test_a_rule_that_reads_nothing_of_its_own_still_has_its_rows() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    assert points(run("ETH.close", data)) == [None, 1, 2, None, 5, 6, 7, 9]
    assert points(run("ETH.close", data, "ETHUSDT")) == points(run("close", data, "ETHUSDT"))
    results = Reference().evaluate(plan_of("close > ETH.close"), data)
    assert {key: len(result) for key, result in results.items()} == {
        ("BTCUSDT", "1h", "default"): 8,
        ("ETHUSDT", "1h", "default"): 7,
    }


def test_two_names_of_one_stream_give_the_same() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    difference = points(run("sma(close, 3) - sma(BTCUSDT.1h.close, 3)", data))
    assert difference == [None, None] + [0] * 6


def test_a_stream_with_two_bars_of_one_time_is_refused() -> None:
    data = closes(BTC="1 2 3")
    data.add_series("ETHUSDT", "1h", Series([START, START], [Decimal(1), Decimal(2)], "ETHUSDT", "1h"), "close")
    with pytest.raises(OrderError, match="`ETH` has two bars of 2024-01-01"):
        run("close - ETH.close", data)


# Several sources


def trades_market() -> Dataset:
    """Give bars every hour, and trades that have other times: they close at 1:00, 2:30, 3:30 and 5:00."""
    data = closes(BTC="10 20 30 40 50 60")
    stamps = [START + minutes * HOUR / 60 for minutes in (0, 90, 150, 240)]
    for label, values in (("trades", (5, 7, None, 9)), ("trades_amount", (1, 4, 6, 2))):
        numbers = [None if value is None else Decimal(value) for value in values]
        data.add_series("BTCUSDT", "1h", column(dict(zip(stamps, numbers, strict=True))), source=label)
    return data


def test_trades_advance_on_their_own_bars() -> None:
    data = trades_market()
    assert points(run("close + trades.volume", data)) == [15, 25, 37, None, 59, 69]
    assert points(run("close + trades.count", data)) == [11, 21, 32, 42, 53, 63]
    assert points(run("close + sma(trades.volume, 2)", data)) == [None, None, 36, None, 58, 68]
    # A count is of what is ready, and the trade of an amount of 6 has no volume.
    assert points(run("close * 0 + trades.filter(amount > 3).count", data)) == [0, 0, 1, 1, 1, 1]
    assert points(run("close * 0 + trades.filter(amount > 3).sum(volume)", data)) == [0, 0, 7, 7, 7, 7]
    # A filter stands where what it reads meets: here on the bars, where the trades are read as of.
    assert points(run("trades.filter(close > 20).sum(volume) + 0", data)) == [0, 0, 7, 7, 16, 25]
    assert points(run("trades.filter(close > 20).count", data))[-1:] == [3]


def test_a_rule_of_one_source_has_that_source_s_rows_and_any_other_a_row_per_bar() -> None:
    data = trades_market()
    assert len(run("trades.volume", data)) == 4
    bars = tuple(START + hour * HOUR for hour in range(6))
    data.add_series("ETHUSDT", "1h", column(hours("1 2 3 4 5 6"), "ETHUSDT"), source="close")
    data.add_series("BTCUSDT", "1h", column(hours(". 7 . 8 . ."), "BTCUSDT"), source="orderbook")
    for rule in (
        "trades.volume + ETH.close",
        "trades.volume + orderbook.imbalance",
        "ETH.close",
        "trades.volume + close",
    ):
        assert run(rule, data).timestamps == bars


def test_where_a_pair_has_no_bars_another_of_its_sources_gives_the_rows() -> None:
    data = closes(ETH="1 2 3 4 5 6")
    for source, values in (("trades", "5 . 7 . 9 ."), ("orderbook", ". 7 . 8 . .")):
        data.add_series("BTCUSDT", "1h", column(hours(values)), source=source)
    assert points(run("trades.volume + ETH.close", data)) == [6, 10, 14]
    assert points(run("trades.volume + orderbook.imbalance", data)) == [12, 15]
    assert points(run("ETH.close", data)) == [1, 3, 5]  # Trades were stored first.


def test_derived_fields_are_made_of_columns_that_are_stored_one_by_one() -> None:
    data = closes(BTC="1 2 3 4")
    for field, values in (("close", "4 6 8 9"), ("high", "7 . 9 9"), ("low", "1 2 - 3")):
        data.add_series("ETHUSDT", "1h", column(hours(values), "ETHUSDT"), source=field)
    assert points(run("close * 0 + ETH.hlc3", data)) == [4, None, None, 7]
    assert points(run("hl2", data, "ETHUSDT")) == [4, None, 6]
    with pytest.raises(MissingDataError, match="'volume'"):
        run("close + ETH.volume", data)


# Durations


def test_a_day_ago_is_as_of_time_over_weekends(forex: Forex) -> None:
    data = Dataset()
    data.add_series("EURUSD", "1h", table_of(forex.hours, "EURUSD", "1h"), source="ohlcv")
    ago, change, three = (points(run(r, data, "EURUSD")) for r in ("close.24h_ago", "close.change_pct_1d", "close[3]"))
    differs_from_rows = 0
    with localcontext(CONTEXT):
        for row, bar in enumerate(forex.hours):
            there = known(forex.hours, bar.closes - timedelta(hours=24))
            assert ago[row] == (there[-1].close if there else None)
            assert change[row] == ((bar.close - there[-1].close) / there[-1].close * 100 if there else None)
            assert three[row] == (forex.hours[row - 3].close if row >= 3 else None)
            differs_from_rows += row >= 24 and ago[row] != forex.hours[row - 24].close
    assert differs_from_rows > 100


def test_what_was_not_ready_is_not_remembered() -> None:
    data = closes(BTC="1 2 - . 5 6 7")
    assert points(run("close.2h_ago", data)) == [None, None, None, 2, 2, 5]
    assert points(run("close.change_2h", data)) == [None, None, None, 3, 4, 2]
    assert points(run("close.2_ago", data)) == [None, None, None, 1, 2, 5]


def test_ticks_without_times_are_the_bars_of_a_grid() -> None:
    plan, backend = plan_of("close.2h_ago"), Reference()
    backend.initialize(plan, timeframe="1h")
    values = (1, 2, None, 4, 5, 6)
    results = [backend.step_result(plan, {"close": value}).output for value in values]
    assert results == [None, None, None, 2, 2, 4]


def test_a_duration_is_counted_in_bars_of_what_it_shifts(forex: Forex) -> None:
    shifted = points(run("close * 0 + ohlcv.1d.close.change_2d", forex.data, "EURUSD"))
    for bar, value in zip(forex.hours, shifted, strict=True):
        days = known(forex.days, bar.closes)
        before = known(days, days[-1].closes - timedelta(days=2)) if days else []
        assert value == (days[-1].close - before[-1].close if before else None)
    assert shifted.count(None) < 80
    with pytest.raises(ValueError, match="rows of timeframe 1d"):
        run("close + ohlcv.1d.close.12h_ago", forex.data, "EURUSD")


def test_months_are_calendar_months() -> None:
    months = {datetime(2024, month, 1, tzinfo=UTC): Decimal(month) for month in (1, 2, 3, 4)}
    days = {START + timedelta(days=day): Decimal(1) for day in range(95)}
    data = Dataset()
    data.add_series("BTCUSDT", "1mo", column(months, timeframe="1mo"), source="close")
    data.add_series("BTCUSDT", "1d", column(days, timeframe="1d"), source="close")
    result = run("close * 0 + ohlcv.1mo.close", data, timeframe="1d")
    seen = dict(zip(result.timestamps, points(result), strict=True))
    days_of_interest = ((1, 30), (1, 31), (2, 28), (2, 29), (3, 31))
    assert [seen[datetime(2024, *day, tzinfo=UTC)] for day in days_of_interest] == [None, 1, 1, 2, 3]
    assert points(run("close * 0 + ohlcv.1mo.close.1mo_ago", data, timeframe="1d"))[-1] == 2


# A chosen alignment


def aligned(rule: str, how: str, fill: str = "none") -> dict[int, Any]:
    """Give the rule's points by the hour of their rows."""
    data = closes(BTC="10 11 . 13 14 .", ETH=". 1 2 - . 5")
    with ta.expr.algebra.alignment_func(how=how, fill=fill):
        result = run(rule, data)
    return {(stamp - START) // HOUR: value for stamp, value in zip(result.timestamps, points(result), strict=True)}


def test_a_chosen_policy_decides_where_streams_meet() -> None:
    rule = "close + ETH.close"
    assert aligned(rule, "inner") == {1: 12, 3: None}
    assert aligned(rule, "outer") == {0: None, 1: 12, 2: None, 3: None, 4: None, 5: None}
    assert aligned(rule, "outer", "ffill") == {0: None, 1: 12, 2: 13, 3: None, 4: None, 5: 19}
    assert aligned(rule, "left") == {0: None, 1: 12, 3: None, 4: None}
    assert aligned(rule, "right", "ffill") == {1: 12, 2: 13, 3: None, 5: 19}


def test_a_row_without_a_bar_of_what_it_shows_is_missing_unless_the_policy_fills() -> None:
    data = closes(BTC="10 11 . 13 14 .", ETH=". 1 2 - . 5")
    for fill, expected in (("none", [11, None, 13, None]), ("ffill", [11, 11, 13, 14])):
        with ta.expr.algebra.alignment_func(how="left", fill=fill):
            result = run("BTC.close", data, "ETHUSDT")
        assert result.timestamps == tuple(START + hour * HOUR for hour in (1, 2, 3, 5))
        assert points(result) == expected


def test_a_chosen_policy_decides_what_a_mean_counts() -> None:
    sums = aligned("sma(close + ETH.close, 2)", "outer", "ffill")
    assert sums == {0: None, 1: None, 2: Decimal("12.5"), 3: None, 4: None, 5: 16}
    # Each symbol's own mean counts its own bars, whatever the policy.
    assert aligned("sma(close, 2) + sma(ETH.close, 2)", "outer", "ffill") == {
        **{0: None, 1: None, 2: 12, 3: None, 4: None},
        5: 17,
    }


def test_coarser_streams_are_read_as_of_whatever_the_policy() -> None:
    data = closes(BTC="10 11 . 13 14 15", ETH="1 2 3 4 . 6")
    twos = {START: Decimal(100), START + 2 * HOUR: Decimal(200)}
    data.add_series("BTCUSDT", "2h", column(twos, timeframe="2h"), source="close")
    with ta.expr.algebra.alignment_func(how="inner"):
        result = run("close + ETH.close + ohlcv.2h.close", data)
    assert result.timestamps == tuple(START + hour * HOUR for hour in (0, 1, 3, 5))
    assert points(result) == [None, 113, 217, 221]


# Availability and state


def step_all(
    rule: str, events: Iterable[tuple[int, Mapping[str, Any]]], policies: StepPolicies = DEFAULT_STEP_POLICIES
) -> list[Any]:
    """Step moments by hour and closes by stream; give the root's points."""
    plan = plan_of(rule)
    stepper, store = PlanStepper(plan, "1h", "ohlcv"), StateStore()
    found = []
    for hour, bars in events:
        moment = Moment({name: {"close": value} for name, value in bars.items()}, hour * 3_600 * 10**9)
        found.append(stepper.step_streams(store, moment, policies)[plan.graph.root_id])
    return [(point.value, str(point.state)) for point in found]


def test_before_the_first_bar_a_field_is_missing_and_what_is_computed_warms_up() -> None:
    events = [(1, {"ohlcv": 1}), (2, {"ohlcv": 2, "ETH": 5})]
    assert step_all("close + ETH.close", events) == [(None, "missing_input"), (7, "ready")]
    assert step_all("close + ETH.close[0]", events) == [(None, "missing_input"), (7, "ready")]
    assert step_all("close + ETH.close * 2", events) == [(None, "warming_up"), (12, "ready")]
    assert step_all("close + sma(ETH.close, 2)", events) == [(None, "warming_up")] * 2
    assert step_all("nz(ETH.close, 0) + close", events) == [(None, "warming_up"), (7, "ready")]
    assert step_all("close.filter(ETH.close > 1)", events) == [(None, "excluded"), (2, "ready")]


def test_an_input_is_read_as_of_with_the_reason_why_it_has_no_value() -> None:
    events = [(1, {"ohlcv": 1, "ETH": 5}), (2, {"ETH": None}), (3, {"ohlcv": 3}), (4, {"ohlcv": 4, "ETH": 6})]
    assert step_all("close + ETH.close", events) == [
        (6, "ready"),
        (6, "ready"),  # The rule's own bars have not moved on.
        (None, "missing_input"),
        (10, "ready"),
    ]


def test_a_policy_for_missing_fields_is_about_bars_that_are_there() -> None:
    events = [(1, {"ohlcv": 1}), (2, {"ETH": 5}), (3, {"ETH": None}), (4, {"ohlcv": 4})]
    hold = StepPolicies(MissingInputPolicy.HOLD_PREVIOUS)
    assert step_all("close + ETH.close", events, hold)[-1] == (9, "ready")
    assert step_all("close + ETH.close", events)[-1] == (None, "missing_input")
    fail = StepPolicies(MissingInputPolicy.FAIL)
    assert step_all("close + ETH.close", events[:2], fail) == [(None, "missing_input")] * 2
    with pytest.raises(MissingInputError, match="ETH"):
        step_all("close + ETH.close", events, fail)


RULE = (
    "sma(ETH.close, 3) + close.change_2h * nz(ETH.4h.close, 1) + ETH.close.3h_ago + (close - ETH.close).sum() "
    "+ barssince(ETH.close > close)"
)


def moments() -> list[Moment]:
    """Give sixty hours in which BTC and ETH often have no bar or no value."""
    found = []
    for hour in range(1, 61):
        bars = {"ohlcv": 100 + hour * 7 % 11, "ETH": 100 + hour * 5 % 13, "ETH.4h": hour}
        left_out = {name for name, every in (("ohlcv", 4), ("ETH", 5)) if hour % every == 0}
        left_out |= {"ETH.4h"} if hour % 4 else set()
        there = {name: None if hour % 9 == 0 else value for name, value in bars.items() if name not in left_out}
        ticks = {name: {"close": value} for name, value in there.items()}
        found.append(Moment(ticks, timestamp_ns(START + hour * HOUR)))
    return found


def test_restored_at_any_moment_a_rule_goes_on_as_if_never_stopped() -> None:
    plan = plan_of(RULE)
    stepper, store = PlanStepper(plan, "1h", "ohlcv"), StateStore()
    snapshots, whole = [], []
    for moment in moments():
        snapshots.append(store.snapshot())
        whole.append(dict(stepper.step_streams(store, moment, DEFAULT_STEP_POLICIES)))
    for cut in range(0, 60, 7):
        store.restore(deepcopy(snapshots[cut]))
        again = PlanStepper(plan, "1h", "ohlcv")
        rest = [dict(again.step_streams(store, moment, DEFAULT_STEP_POLICIES)) for moment in moments()[cut:]]
        assert rest == whole[cut:]
    assert sum(str(one[plan.graph.root_id].state) == "ready" for one in whole) > 25


def test_a_moment_that_fails_leaves_no_trace() -> None:
    plan, fail = plan_of(RULE), StepPolicies(MissingInputPolicy.FAIL)
    good = [moment for hour, moment in enumerate(moments(), 1) if hour % 9]
    runs = []
    for is_disturbed in (False, True):
        stepper, store = PlanStepper(plan, "1h", "ohlcv"), StateStore()
        for moment in good:
            if is_disturbed:
                with pytest.raises(MissingInputError):
                    stepper.step_streams(store, Moment({"ETH": {}, "ohlcv": {"close": 5}}, moment.time), fail)
            points = stepper.step_streams(store, moment, fail)
        runs.append((dict(points), store.snapshot()))
    assert runs[0] == runs[1]


# Shapes


def test_rows_that_a_filter_leaves_out_and_the_last_row_of_an_aggregate_are_as_ever() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    kept = run("close.filter(ETH.close > 4)", data)
    assert points(kept) == [15, 16, 18, 19]
    assert kept.timestamps == tuple(START + hour * HOUR for hour in (5, 6, 8, 9))
    last = run("ETH.close.sum()", data)
    assert (points(last), last.timestamps) == ([30], (START + 9 * HOUR,))


def test_several_outputs_and_all_nodes_stand_on_the_rows() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    upper, middle, lower = run("bbands(ETH.close, 2, 1)", data)
    assert points(middle) == points(run("sma(ETH.close, 2)", data))
    assert points(upper)[-1] == 9 and points(lower)[-1] == 7
    plan = plan_of("close > ETH.close + 1")
    result, nodes = Reference().evaluate(plan, data, "BTCUSDT", "1h", return_all_outputs=True)
    assert set(nodes) == set(plan.node_order)
    assert {len(series) for series in nodes.values()} == {8}
    assert nodes[plan.graph.root_id] == result


def test_a_series_in_the_rule_itself_is_read_as_of_beside_other_streams() -> None:
    data = closes(BTC=BTC, ETH=ETH)
    other = column(hours("100 . . . . 200"), "INDEX")
    rule = ta.as_expression(other) + ta.compile("ETH.close")
    result = Reference().evaluate(rule._ensure_plan(), data, "BTCUSDT", "1h")
    assert points(result) == [None, 101, 102, None, 205, 206, 207, 209]
