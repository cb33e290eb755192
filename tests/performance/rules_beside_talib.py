"""What a bar costs here and in TA-Lib, side by side in one run: `make bench`.

Nothing is asserted: machines are shared and noisy. Each figure is the least of several rounds, taken in turns.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import talib
from talib import stream

import laakhay.ta as ta
from tests.performance.measure import least_in_turns, market, timed

BARS = 1_000_000
ROUNDS = 11
RULE = "sma(close, 20) > ema(close, 50) and rsi(close, 14) < 30"


def talib_rule(close: np.ndarray) -> np.ndarray:
    return (talib.SMA(close, 20) > talib.EMA(close, 50)) & (talib.RSI(close, 14) < 30)


def batch(bars: dict[str, np.ndarray]) -> None:
    high, low, close = bars["high"], bars["low"], bars["close"]
    cases: list[tuple[str, Callable[[], object]]] = [
        ("sma(close, 20)", lambda: talib.SMA(close, 20)),
        ("ema(close, 12)", lambda: talib.EMA(close, 12)),
        ("rsi(close, 14)", lambda: talib.RSI(close, 14)),
        ("macd(close, 12, 26, 9)", lambda: talib.MACD(close, 12, 26, 9)),
        ("stochastic(14, 3)", lambda: talib.STOCH(high, low, close, 14, 1, 0, 3, 0)),
        ("atr(14)", lambda: talib.ATR(high, low, close, 14)),
        ("bbands(close, 20, 2)", lambda: talib.BBANDS(close, 20, 2.0, 2.0)),
        ("wma(close, 20)", lambda: talib.WMA(close, 20)),
        ("rolling_std(close, 20)", lambda: talib.STDDEV(close, 20)),
        ("max(close, 20)", lambda: talib.MAX(close, 20)),
        ("sma(close, 200)", lambda: talib.SMA(close, 200)),
        ("rolling_std(close, 200)", lambda: talib.STDDEV(close, 200)),
        (RULE, lambda: talib_rule(close)),
    ]
    print(f"batch at {BARS:,} bars from Python, both sides allocate their results, ns per bar")
    print(f"  {'':<58} {'here':>7} {'TA-Lib':>7} {'ratio':>6}  {'without times':>13} {'with out=':>9}")
    with_times = timed(bars)
    for text, peer in cases:
        rule = ta.compile(text)
        out = {name: np.empty(BARS) for name in rule.explain().outputs}
        mine, theirs, untimed, reused = (
            ns / BARS
            for ns in least_in_turns(
                lambda rule=rule: rule.run(with_times),
                peer,
                lambda rule=rule: rule.run(bars),
                lambda rule=rule, out=out: rule.session().run(with_times, out=out),
                rounds=ROUNDS,
            )
        )
        print(f"  {text:<58} {mine:7.2f} {theirs:7.2f} {mine / theirs:6.2f}  {untimed:13.2f} {reused:9.2f}")


def step(bars: dict[str, np.ndarray]) -> None:
    rows = list(
        zip(*(bars[name][:100_000].tolist() for name in ("open", "high", "low", "close", "volume")), strict=True)
    )
    ticks = [dict(zip(("open", "high", "low", "close", "volume"), row, strict=True)) for row in rows]
    rule = ta.compile(RULE)

    def values() -> None:
        take = rule.session().step_values
        for time_ns, (opening, high, low, close, volume) in enumerate(rows):
            take(time_ns, opening, high, low, close, volume)

    def mappings() -> None:
        take = rule.session().step
        for tick in ticks:
            take(tick)

    history = bars["close"][:250]

    def handles() -> None:
        sma, ema, rsi = (
            handle.update for handle in (stream.SMA(history, 20), stream.EMA(history, 50), stream.RSI(history, 14))
        )
        for _, _, _, close, _ in rows:
            _ = sma(close) > ema(close) and rsi(close) < 30

    def empty() -> None:
        take = lambda time_ns, opening, high, low, close, volume: None  # noqa: E731
        for time_ns, (opening, high, low, close, volume) in enumerate(rows):
            take(time_ns, opening, high, low, close, volume)

    fast, slow, peer, loop = least_in_turns(values, mappings, handles, empty, rounds=ROUNDS)
    print(f"step from Python, ns per bar: {RULE}")
    print(f"  session.step_values(time_ns, o, h, l, c, v)  {fast / len(rows):7.0f}")
    print(f"  session.step(mapping)                        {slow / len(rows):7.0f}")
    print(f"  TA-Lib, three stream handles                 {peer / len(rows):7.0f}")
    print(f"  the loop around an empty Python function     {loop / len(rows):7.0f}")


if __name__ == "__main__":
    market_bars = market(BARS)
    batch(market_bars)
    step(market_bars)
