"""Rules that are proven equal: every indicator, operator, filter, aggregate and shift, and combinations of them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.parity.witness import Exact
from tests.parity.witnesses import WITNESSES


@dataclass(frozen=True)
class Case:
    """A rule, and the share of a market's bars on which its outputs must be ready, counted over all outputs.

    `ties_when_flat` says that it compares a price with a mean of itself: both sides are the same number, but for
    rounding, on every bar of a run of equal cents.
    """

    rule: str
    ready_share: float = 0.85
    ties_when_flat: bool = False

    def ready_min(self, bars: int, readiness: float = 1.0) -> int:
        """Give the least number of ready points that proves anything on so many bars."""
        return max(1, int(self.ready_share * readiness * bars))


# Of every indicator that the exact-Decimal reference has a kernel of.
INDICATORS = [
    Case(witness.rule, witness.ready_share, witness.ties_when_flat)
    for witnesses in WITNESSES.values()
    for witness in witnesses
    if isinstance(witness, Exact)
]

OPERATORS = [
    Case("close + open", 1.0),
    Case("high - low", 1.0),
    Case("close * volume", 1.0),
    Case("close / open", 1.0),
    Case("volume % 7", 1.0),
    Case("close ** 2", 1.0),
    Case("close ** 0.5", 1.0),
    Case("close > open", 1.0),
    Case("close >= close.1_ago"),
    Case("low < sma(low, 3)"),
    Case("close <= open", 1.0),
    Case("close == close.1_ago"),
    Case("close != open", 1.0),
    Case("close > open and volume > sma(volume, 10)"),
    Case("close > open or high < high.1_ago"),
    Case("not (close > open)", 1.0),
    Case("-close + 3 * +open", 1.0),
    Case("low <= open <= high", 1.0),
    # Undefined on the bars where the divisor is zero or the base negative.
    Case("volume / (close - open)", 0.02),
    Case("close / (close - close.1_ago)", 0.02),
    Case("(close - open) ** 0.5", 0.1),
    Case("open / volume", 0.1),
]

FIELDS_AND_SHIFTS = [
    Case("hlc3", 1.0),
    Case("ohlc4 - hl2", 1.0),
    Case("range + upper_wick - lower_wick", 1.0),
    Case("close.3_ago"),
    Case("close.2d_ago"),
    Case("close.change_1d"),
    Case("close.change_pct_2d"),
    Case("close.roc_5"),
    Case("sma(close, 5).change_1d"),
    Case("rsi(close, 7).2_ago"),
    Case("(close > open).1_ago"),
]

FILTERS_AND_AGGREGATES = [
    Case("close.filter(close > open)", 0.02),
    Case("ohlcv.filter(volume > sma(volume, 5))", 0.1),
    Case("sma(close.filter(close > open), 3)", 0.02),
    Case("ema(close.filter(close >= open), 3)", 0.1),
    Case("volume.sum()", 0.0),
    Case("close.avg()", 0.0),
    Case("ohlcv.filter(close > open).count", 0.0),
    Case("ohlcv.filter(close > open).sum(volume)", 0.0),
    Case("ohlcv.filter(close > open).avg(close)", 0.0),
    Case("high.max()", 0.0),
    Case("low.min()", 0.0),
    Case("close - ohlcv.filter(close > open).max(high)"),
    Case("ohlcv.filter(close > open).count > 5", 1.0),
]

COMBINATIONS = [
    Case("macd(close, 3, 5, 2).signal > macd(close, 3, 5, 2).macd", 1.0),
    Case("macd(close, 12, 26, 9).histogram", 1.0),
    Case("bbands(close, 10, 1.5).upper - bbands(close, 10, 1.5).lower"),
    Case("stochastic(14, 3).k < 20 and stochastic(14, 3).d < 30"),
    Case("sma(sma(close, 5), 10)"),
    Case("ema(rsi(close, 7), 5)"),
    Case("rsi(close / open, 5)"),
    Case("sma(close, 20) > ema(close, 50) and rsi(close, 14) < 45"),
    Case("(close - sma(close, 20)) / atr(14)"),
    Case("max(high, 20).1_ago < close or min(low, 20).1_ago > close"),
    Case("close > bbands(close, 20, 2).upper or close < bbands(close, 20, 2).lower", ties_when_flat=True),
    Case("(close - sma(close, 20)) / rolling_std(close, 20)", 0.3),
    Case("sma((close > open) + 0, 10)"),
]

LOOPS = [
    Case("let top = greatest(top[1], high) from high; top - close", 1.0),
    Case("let top = greatest(top[1], high) from high restart when close < 0.99 * top[1]; top", 1.0),
    Case("let mine = mine[1] + (close - mine[1]) * 2 / 21 from close; mine", 1.0),
    Case("let on = if(close > high[1], true, if(close < low[1], false, on[1])) from false; on"),
    Case("let up = up[1] + (close > open) from 0 restart when close < open; up", 1.0),
    Case("let a = if(b[1], close, a[1]) from open; let b = a < close[2] from true; a"),
    Case("sma((let low_so_far = least(low_so_far[1], low) from low; low_so_far), 5)"),
]

BESIDE_INDICATORS = OPERATORS + FIELDS_AND_SHIFTS + FILTERS_AND_AGGREGATES + COMBINATIONS + LOOPS
CASES = INDICATORS + BESIDE_INDICATORS
