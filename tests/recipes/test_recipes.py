"""Every recipe runs against the packages that it names, and checks itself.

Where a package is not installed its page is left out, unless RECIPES=all says that everything has to be there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = {page.stem: page for page in sorted((ROOT / "docs/recipes").glob("*.md")) if page.stem != "README"}


def program_of(page: Path) -> str:
    return "\n".join(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf8"), flags=re.DOTALL))


def packages_of(program: str) -> set[str]:
    named = re.findall(r"^(?:import|from) (\w+)", program, flags=re.MULTILINE)
    return {*named} - {"laakhay", "__future__"}


@pytest.mark.parametrize("name", PAGES)
def test_a_recipe_runs_and_finds_what_the_rule_gives(name: str) -> None:
    program = program_of(PAGES[name])
    assert "assert" in program and "laakhay.ta" in program
    missing = [package for package in sorted(packages_of(program)) if find_spec(package) is None]
    if missing and os.environ.get("RECIPES") != "all":
        pytest.skip(f"{', '.join(missing)} is not installed; `make recipes` runs it")
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr


def test_the_table_of_recipes_names_every_page() -> None:
    listed = re.findall(r"\]\((\w+)\.md\)", (ROOT / "docs/recipes/README.md").read_text(encoding="utf8"))
    assert sorted(listed) == sorted(PAGES)
