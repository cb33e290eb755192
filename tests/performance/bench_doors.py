"""What bars cost on their way in, as ratios of CPU time within one run: files, frames, tables of symbols, the import.

Run by `make bench`. Each figure stands beside the one that is aimed at; a busy machine moves both sides of a ratio.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

import laakhay.ta as ta

TURNS = 5


def own_cpu(work: Callable[[], object]) -> float:
    """Give the least CPU time of some turns, in seconds."""
    found = []
    for _ in range(TURNS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def of_program(*arguments: object) -> tuple[float, float]:
    """Give the least CPU time of a program in seconds, and its greatest memory in MiB."""
    found, memory = [], 0.0
    for _ in range(TURNS):
        code = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); u = resource.getrusage(resource.RUSAGE_CHILDREN); "
            "print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
        )
        told = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True, text=True
        )
        seconds, peak = map(float, told.stdout.split())
        found.append(seconds)
        memory = max(memory, peak)
    return min(found), memory


def write_bars(path: Path, bars: int) -> None:
    random = np.random.default_rng(1)
    close = 100 + np.cumsum(random.normal(size=bars)) * 0.01
    frame = pl.DataFrame(
        {
            "timestamp": np.datetime64("2015-01-01T00:00", "ms") + np.arange(bars) * np.timedelta64(1, "m"),
            "open": (close + 0.01).round(2),
            "high": (close + 0.2).round(2),
            "low": (close - 0.2).round(2),
            "close": close.round(2),
            "volume": random.integers(0, 1000, bars),
        }
    )
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S")


def told(what: str, found: float, aim: float, unit: str = "x") -> None:
    print(f"{what:<58} {found:8.2f} {unit:<3} (aim: at most {aim:g})")


def main(bars: int = 5_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder, "bars.csv"), Path(folder, "small.csv")
        write_bars(path, bars)
        write_bars(small, bars // 10)
        ta_cpu, ta_memory = of_program(Path(sys.executable).parent / "ta", "run", "close", path, "--quiet")
        code = f"import polars as pl; pl.read_csv({str(path)!r}, columns=['timestamp', 'close'], try_parse_dates=True)"
        polars_cpu, polars_memory = of_program(sys.executable, "-c", code)
        told("ta run close, CPU over polars reading the two columns", ta_cpu / polars_cpu, 1.0)
        told("the same, memory", ta_memory / polars_memory, 0.5)
        exact = own_cpu(lambda: ta.from_csv(small, symbol="X", timeframe="1m"))
        told("from_csv over read_bars", exact / own_cpu(lambda: ta.read_bars(small)), 1.5)
    rule = ta.compile("sma(close, 20) > ema(close, 50)")
    close = 100 + np.cumsum(np.random.default_rng(2).normal(size=1_000_000)) * 0.01
    frame, arrays = pl.DataFrame({"close": close}), {"close": close}
    over = own_cpu(lambda: rule.run(frame)) - own_cpu(lambda: rule.run(arrays))
    told("a frame of a million rows over arrays", over * 1e3, 3.0, "ms")
    symbols, rows = 500, 5_000
    names = np.array([f"S{at:03}" for at in range(symbols)])
    table = pl.DataFrame({"symbol": np.tile(names, rows), "close": np.resize(close, symbols * rows)})
    matrix = np.resize(close, (rows, symbols))
    long = own_cpu(lambda: rule.run(table))
    told(
        "500 symbols in a table over a matrix",
        long / own_cpu(lambda: rule.universe(list(names)).run(close=matrix)),
        1.3,
    )
    numpy, _ = of_program(sys.executable, "-c", "import numpy")
    package, _ = of_program(sys.executable, "-c", "import numpy, laakhay.ta")
    told("import over that of NumPy", (package - numpy) * 1e3, 60.0, "ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
