"""A rule over real bars, stepped live, stopped, restored and proven equal to the backtest, bit for bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import laakhay.ta as ta

RULE = "crossup(ema(close, 12), ema(close, 26)) and rsi(close, 14) < 70"
BARS = ta.from_csv(Path(__file__).parent / "data" / "aapl_1d.csv", symbol="AAPL", timeframe="1d")


def main() -> None:
    rule = ta.compile(RULE)
    print(rule.explain())

    history = {name: np.array(BARS.column(name)) for name in ("open", "high", "low", "close", "volume")}
    backtest = rule.run(history)["value"]

    session = rule.session()
    live = []
    for number, bar in enumerate(BARS):
        if number == 1_000:
            saved = session.snapshot()
            session = rule.restore(saved)  # another process, another machine
            print(f"stopped at bar {number} and went on from {len(saved)} bytes")
        result = session.step(bar)
        live.append(np.nan if result.value is None else float(result.value))

    different = int((backtest.view(np.int64) != np.array(live).view(np.int64)).sum())
    signals = [BARS[int(row)].ts.date().isoformat() for row in np.flatnonzero(backtest == 1.0)]
    print(f"{len(live)} bars, {different} differ in a bit; {len(signals)} signals, the last on {signals[-1]}")
    print(rule.verify(history))


if __name__ == "__main__":
    main()
