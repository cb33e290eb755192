"""The benchmarks run, so that they are there when they are wanted; what they measure nobody asserts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import talib

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "tests.performance.peers", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


def test_the_benchmark_beside_other_libraries_has_every_function_of_talib_with_values_of_ours(tmp_path: Path) -> None:
    measured, page = tmp_path / "measured.json", tmp_path / "page.md"
    run("measure", measured, "--bars", "3000", "--rounds", "1")
    run("write", measured, measured, "--page", page)
    found = json.loads(measured.read_text(encoding="utf8"))
    with_peer = [one for one in found["functions"] if "TA-Lib" in one["peers"]]
    assert len(with_peer) == len(talib.get_functions())
    # Cumulative sums begin with the first bar, and all others have settled: both give the same.
    unlike = [one["rule"] for one in with_peer if (apart := one["apart"]["TA-Lib"]) is None or apart > 1e-9]
    assert not unlike, unlike
    assert len(found["windows"]) > 100 and len(found["errors"]) > 50
    assert all(one["here"] < 1e-10 for one in found["errors"].values()), found["errors"]
    text = page.read_text(encoding="utf8")
    assert all(f"| `{one['rule']}` |" in text for one in found["functions"])
