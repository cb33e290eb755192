"""Type checkers accept what the documentation shows and what rules are made of, and know what things are."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).parents[2]
CHECKED = """
from __future__ import annotations

import copy

import laakhay.ta as ta

fast: ta.Rule = ta.compile("sma(close, 3)")
rules: ta.Rule = ta.compile({"entry": "close > 1", "stop": "open"})
up: ta.Rule = (fast > 2) & (fast < 3.5) | ~(1 + fast >= fast * 2)
old: ta.Expression = rules["entry"]
known: dict[ta.Rule, str] = {fast: fast.fingerprint}
joined: ta.JoinedSession = ta.compile("close > ETH.close").joined_session(timeframe="1h")
rows: list[ta.StepOutput] = joined.push("ETH", {"timestamp": 1, "close": 2.0})
session: ta.Session = copy.copy(fast.session(unit="s"))
value: float | bool | None = session.step({"close": 1.0})["value"]
ready: bool = session.ready
left: int | None = session.bars_to_ready
universe: ta.Universe = fast.universe(["A"]).copy()
report: ta.ParityReport = fast.verify({"close": [1.0, 2.0]}, timeframe="1h", unit="s")
explanation: ta.Explanation = fast.explain()
needed: int = explanation.bars_needed
strength = ta.momentum.rsi({"close": [1.0, 2.0]}, 14, source="hl2", timeframe="1h")
crossed = ta.event.crossup({"close": [1.0, 2.0]}, "close", fast)
"""


def complaints(program: str, folder: Path) -> list[str]:
    file = folder / "program.py"
    file.write_text(program, encoding="utf8")
    options = ["--strict", "--no-error-summary", "--cache-dir", str(folder / "cache")]
    said, failed, _ = api.run([*options, "--python-executable", sys.executable, str(file)])
    assert failed == ""
    return [line for line in said.splitlines() if ": error: " in line]


def test_the_readme_has_types(tmp_path: Path) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf8")
    blocks = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) >= 5
    assert complaints("\n".join(blocks), tmp_path) == []


def test_rules_and_what_they_give_have_types(tmp_path: Path) -> None:
    assert complaints(CHECKED, tmp_path) == []
    wrong = "import laakhay.ta as ta\nleft: str = ta.compile('close').session().bars_to_ready\nta.compile(5)\n"
    wrong += "ta.compile('close').run({}, zone='UTC')\n"
    wrong += "ta.momentum.rsi({}, '14')\nta.momentum.rsi({}, perod=14)\nta.trend.rsi({})\nta.nothing({})\n"
    assert [re.sub(r".*\[", "[", line) for line in complaints(wrong, tmp_path)] == [
        "[assignment]",
        "[arg-type]",
        "[call-arg]",
        "[arg-type]",
        "[call-arg]",
        "[attr-defined]",
        "[attr-defined]",
    ]


def test_the_modules_that_people_hold_are_typed_throughout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parts = ["-p", "laakhay.ta.rules", "-p", "laakhay.ta.frames", "-p", "laakhay.ta.indicators"]
    where = ["--explicit-package-bases", "--namespace-packages", "--cache-dir", "build/mypy"]
    said, failed, _ = api.run(["--strict", *where, *parts])
    assert failed == ""
    ours = re.compile(r"laakhay/ta/(rules|frames|indicators|core|data)/|laakhay/ta/__init__")
    assert [line for line in said.splitlines() if ours.match(line)] == []
