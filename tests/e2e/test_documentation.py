"""What the documentation shows runs, and says what it says."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import laakhay.ta

ROOT = Path(__file__).parents[2]


def run(arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def python_blocks(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf8"), flags=re.DOTALL)


def test_the_readme_runs_from_top_to_bottom():
    blocks = python_blocks("README.md")
    assert len(blocks) >= 3
    assert "every schedule gives the same bits" in run(["-c", "\n".join(blocks)])


RULES = re.findall(r"```ta\n(.*?)```", (ROOT / "docs/loops.md").read_text(encoding="utf8"), flags=re.DOTALL)


@pytest.mark.parametrize("text", RULES)
def test_every_rule_of_the_page_on_loops_is_proven_on_the_bundled_bars(text):
    bars = laakhay.ta.from_csv(str(ROOT / "examples/data/aapl_1d.csv"), symbol="AAPL", timeframe="1d")
    report = laakhay.ta.compile(text).verify(bars)
    assert report.ok, report


def test_the_page_on_loops_shows_rules_and_its_python_runs():
    assert len(RULES) >= 8
    run(["-c", "\n".join(python_blocks("docs/loops.md"))])


STREAMS = re.findall(
    r"```ta ([^\n]+)\n(.*?)```", (ROOT / "docs/streams.md").read_text(encoding="utf8"), flags=re.DOTALL
)


@pytest.mark.parametrize(("arguments", "text"), STREAMS)
def test_every_rule_of_the_page_on_streams_is_proven_with_the_arguments_above_it(arguments, text):
    report = run(["-m", "laakhay.ta", "verify", text, *arguments.split()])
    assert "every schedule gives the same bits" in report


def test_the_page_on_streams_trades_once_a_day_at_most():
    [(arguments, text)] = [(arguments, text) for arguments, text in STREAMS if "let opening" in text]
    rows = run(["-m", "laakhay.ta", "run", text, *arguments.split(), "--format", "csv"])
    days = [line[:10] for line in rows.splitlines() if line.endswith(",true")]
    assert len(STREAMS) == 4 and len(days) > 100 and len(days) == len(set(days))


def test_the_page_on_files_shows_what_it_says():
    shown = run(["-c", "\n".join(python_blocks("docs/files.md"))])
    assert "newest first, turned round" in shown and "every schedule gives the same bits" in shown
    assert "value: " in run(["-m", "laakhay.ta", "run", "close > sma(close, 5)", "tests/data/formats/excel_de.csv"])


def test_the_example_finds_live_and_backtest_equal():
    output = run(["examples/live_equals_backtest.py"])
    assert "3270 bars, 0 differ in a bit" in output
    assert "every schedule gives the same bits" in output


MODULES = [one.name for one in pkgutil.walk_packages(laakhay.ta.__path__, "laakhay.ta.")]


@pytest.mark.parametrize("name", sorted({*MODULES} - {"laakhay.ta.__main__", "laakhay.ta.ta_py"}))
def test_the_docstrings_show_what_happens(name):
    least = {"laakhay.ta.rules.rule": 6, "laakhay.ta.rules.compilation": 6}
    least |= {"laakhay.ta.expr.runtime.stream": 4, "laakhay.ta.expr.planner.evaluator": 5}
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted >= least.get(name, 0) and result.failed == 0


def test_links_between_the_pages_lead_somewhere():
    pages = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    pages += sorted((ROOT / "docs").rglob("*.md"))
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf8"))]
    assert len(links) >= 40
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
