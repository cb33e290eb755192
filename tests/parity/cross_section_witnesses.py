"""The witnesses of what looks across symbols: naive formulas, in fractions, of the rows of a universe."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

import laakhay.ta as ta
from tests.parity.witness import EVERY, REAL_BARS, Bars, Column, Values, Witness, bars_of

SYMBOLS = ("AS_IS", "REVERSED", "LATER", "WITH_GAPS", "HALF")
# The group of each.
GROUPS = ("x", "y", "x", "y", "x")


def universe_of(market: str) -> Bars:
    """Give a market as five symbols: by field a matrix of a row per bar."""
    made = {}
    for field, column in bars_of(market, REAL_BARS).items():
        gaps, half = column.copy(), column / 2
        gaps[::5] = np.nan
        half[: len(half) // 3] = np.nan
        made[field] = np.stack([column, column[::-1], np.roll(column, 37), gaps, half], axis=1)
    return made


@dataclass(frozen=True, kw_only=True)
class OfSymbols(Witness):
    """A naive formula of matrices, and of the places of symbols that are looked at together."""

    kind = "formula"
    of: Callable[[Bars, list[list[int]]], Values]
    groups: tuple[str, ...] | None = None

    def run(self, rule: ta.Rule, market: str) -> Mapping[str, Column]:
        fields = {name: matrix for name, matrix in universe_of(market).items() if name in rule.engine_rule.fields}
        found = rule.universe(SYMBOLS, groups=self.groups).run(**fields)
        return {rule.outputs[0]: found.reshape(-1)}

    def theirs(self, market: str) -> Values:
        together: dict[str, list[int]] = defaultdict(list)
        for at, group in enumerate(self.groups or ["all"] * len(SYMBOLS)):
            together[group].append(at)
        found = self.of(universe_of(market), list(together.values()))
        assert isinstance(found, np.ndarray)
        return found.reshape(-1)

    def verify(self) -> ta.ParityReport:
        fields = universe_of("missing")
        bars = len(fields["close"])
        stamps = np.datetime64("2024-01-01T00:00") + np.arange(bars) * np.timedelta64(1, "h")
        table = {name: matrix.T.reshape(-1) for name, matrix in fields.items()}
        symbols = np.repeat(np.array(SYMBOLS), bars)
        given = {"symbol": symbols, "timestamp": np.tile(stamps.astype("datetime64[ns]"), len(SYMBOLS)), **table}
        return ta.compile(self.rule).verify(given, groups=self.groups)


Row = list[tuple[int, Fraction]]


def each(of: Callable[[Row], Iterable[tuple[int, float]]], x: Column, together: list[list[int]]) -> Column:
    """Give by row and group what becomes of the values that are there, with their places."""
    out = np.full(x.shape, np.nan)
    for row, given in enumerate(x):
        for places in together:
            there = [(at, Fraction(given[at])) for at in places if not math.isnan(given[at])]
            for at, value in of(there) if there else ():
                out[row, at] = value
    return out


def one(of: Callable[[list[Fraction]], float], x: Column, together: list[list[int]]) -> Column:
    """Give all symbols of a group one value of those that are there."""
    out = np.full(x.shape, np.nan)
    for row, given in enumerate(x):
        for places in together:
            there = [Fraction(given[at]) for at in places if not math.isnan(given[at])]
            if there:
                out[row, places] = of(there)
    return out


def place(values: Row, x: Fraction) -> Fraction:
    """Give the mean of the places that a value has."""
    below, equal = sum(other < x for _, other in values), sum(other == x for _, other in values)
    return below + Fraction(equal + 1, 2)


def ranks(values: Row) -> Iterable[tuple[int, float]]:
    return [(at, float(place(values, x) / len(values))) for at, x in values]


def quantiles(values: Row) -> Iterable[tuple[int, float]]:
    return [(at, float(math.ceil(place(values, x) / len(values) * 3))) for at, x in values]


def firsts(values: Row) -> Iterable[tuple[int, float]]:
    return [(at, float(sum(other > x for _, other in values) < 2)) for at, x in values]


def distances(values: Row) -> Iterable[tuple[int, float]]:
    mean = sum(x for _, x in values) / len(values)
    return [(at, float(x - mean)) for at, x in values]


def scores(values: Row) -> Iterable[tuple[int, float]]:
    mean = sum(x for _, x in values) / len(values)
    variance = sum((x - mean) ** 2 for _, x in values) / len(values)
    return [(at, float(x - mean) / math.sqrt(variance) if variance else 0.0) for at, x in values]


def shares(values: Row) -> Iterable[tuple[int, float]]:
    total = sum(abs(x) for _, x in values)
    return [(at, float(x / total) if total else math.nan) for at, x in values]


def before(x: Column) -> Column:
    """Give each symbol's value of its bar before, where it has one of this row."""
    out = np.full(x.shape, np.nan)
    for at in range(x.shape[1]):
        there = np.flatnonzero(~np.isnan(x[:, at]))
        out[there[1:], at] = x[there[:-1], at]
    return out


def moves(b: Bars) -> Column:
    return np.sign(b["close"] - before(b["close"]))


def total(x: Column, together: list[list[int]]) -> Column:
    return one(lambda there: float(sum(there)), x, together)


def running(x: Column) -> Column:
    out = np.cumsum(np.nan_to_num(x), axis=0)
    out[np.isnan(x)] = np.nan
    return out


def oscillator(b: Bars, together: list[list[int]]) -> Column:
    up, down = (total(np.where(np.isnan(moves(b)), np.nan, moves(b) == side), together) for side in (1, -1))
    with np.errstate(invalid="ignore"):
        net = np.where(up + down == 0, 0, 1000 * (up - down) / (up + down))
    out = np.full(net.shape, np.nan)
    for at in range(net.shape[1]):
        fast = slow = math.nan
        for row, x in enumerate(net[:, at]):
            if not math.isnan(x):
                fast = x if math.isnan(fast) else fast + (x - fast) * 2 / 20
                slow = x if math.isnan(slow) else slow + (x - slow) * 2 / 40
                out[row, at] = fast - slow
    return out


def arms(b: Bars, together: list[list[int]]) -> Column:
    known = ~np.isnan(moves(b)) & ~np.isnan(b["volume"])
    sums = []
    for side in (1, -1):
        is_side = moves(b) == side
        sums.append(total(np.where(np.isnan(moves(b)), np.nan, is_side), together))
        sums.append(total(np.where(known, np.where(is_side, b["volume"], 0), np.nan), together))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (sums[0] / sums[2]) / (sums[1] / sums[3])
    # A ratio of volumes over none is undefined, also where one over it would be 0.
    return np.where(np.isfinite(found) & (sums[3] != 0), found, np.nan)


def highs(b: Bars, together: list[list[int]]) -> Column:
    both = np.full(b["high"].shape, np.nan)
    for at in range(both.shape[1]):
        high, low = b["high"][:, at], b["low"][:, at]
        sides = []
        for column, sign in ((high, 1), (low, -1)):
            there = np.flatnonzero(~np.isnan(column))
            is_new = np.full(len(column), np.nan)
            for k in range(20, len(there)):
                past = sign * column[there[k - 20 : k]]
                is_new[there[k]] = sign * column[there[k]] > past.max()
            sides.append(is_new)
        both[:, at] = sides[0] - sides[1]
    return total(both, together)


def above(b: Bars, together: list[list[int]]) -> Column:
    is_above = np.full(b["close"].shape, np.nan)
    for at in range(is_above.shape[1]):
        column = b["close"][:, at]
        there = np.flatnonzero(~np.isnan(column))
        for k in range(19, len(there)):
            past = [Fraction(x) for x in column[there[k - 19 : k + 1]]]
            # The mean as a double, as it stands in a rule.
            is_above[there[k], at] = column[there[k]] > float(sum(past) / 20)
    return one(lambda there: 100 * float(sum(there) / len(there)), is_above, together)


def of_symbols(rule: str, of: Callable[[Bars, list[list[int]]], Values], *without: str) -> list[Witness]:
    """Heard on all markets but these, over all symbols and by group."""
    markets = tuple(name for name in EVERY if name not in without)
    heard = {"rule": rule, "of": of, "markets": markets, "ready_alike": True, "relative": 1e-12}
    return [OfSymbols(**heard), OfSymbols(**heard, groups=GROUPS)]  # type: ignore[arg-type]


def of_close(of: Callable[[Row], Iterable[tuple[int, float]]]) -> Callable[[Bars, list[list[int]]], Values]:
    return lambda b, together: each(of, b["close"], together)


CROSS_SECTION: dict[str, list[Witness]] = {
    "rank": of_symbols("rank(close)", of_close(ranks)),
    "cs_zscore": of_symbols("cs_zscore(close)", of_close(scores)),
    "demean": of_symbols("demean(close)", of_close(distances)),
    "scale": of_symbols("scale(close)", of_close(shares)),
    "top": of_symbols("top(close, 2)", of_close(firsts)),
    "quantile_of": of_symbols("quantile_of(close, 3)", of_close(quantiles)),
    "cs_sum": of_symbols("cs_sum(close)", lambda b, together: total(b["close"], together)),
    "cs_mean": of_symbols(
        "cs_mean(close)", lambda b, together: one(lambda x: float(sum(x) / len(x)), b["close"], together)
    ),
    "cs_count": of_symbols("cs_count(close)", lambda b, together: one(lambda x: float(len(x)), b["close"], together)),
    "advance_decline": of_symbols("advance_decline()", lambda b, together: running(total(moves(b), together))),
    "mcclellan_osc": of_symbols("mcclellan_osc()", oscillator),
    "mcclellan_sum": of_symbols("mcclellan_sum()", lambda b, together: running(oscillator(b, together))),
    "trin": of_symbols("trin()", arms, "flat", "flat_cents", "zero_volume"),
    "new_highs_lows": of_symbols("new_highs_lows(20)", highs),
    "percent_above_ma": of_symbols("percent_above_ma(20)", above),
}

__all__ = ["CROSS_SECTION", "OfSymbols"]
