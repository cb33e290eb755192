"""The path of someone new: the wheel in an empty environment of each Python that is found, and what the README shows.

Run by `make wheel-test`, not with the other tests: it needs wheels in `build/wheels` and the package index.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
PYTHON = "\n".join(BLOCKS)
# What the blocks about other libraries import, and all that needs none of them.
OTHERS = sorted({*re.findall(r"^import (\w+)", PYTHON, re.MULTILINE)} - {"laakhay", "numpy"})
ALONE = "\n".join(block for block in BLOCKS if not any(f"import {name}" in block for name in OTHERS))
# The commands of the package: the others are those of a checkout.
COMMANDS = re.findall(
    r"^(?:\.venv/bin/)?(ta [^\n#]+)", "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL)), re.MULTILINE
)
VERSIONS = ("3.11", "3.12", "3.13")


def newest_wheel() -> Path:
    wheels = sorted((ROOT / "build/wheels").glob("*.whl"), key=lambda path: path.stat().st_mtime)
    assert wheels, "`make wheel` leaves one"
    return wheels[-1]


def interpreter(version: str) -> str | None:
    named = [shutil.which(f"python{version}")]
    named += map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for path in filter(None, named):
        # A shim stands for a version that may not be chosen.
        if subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


def done(arguments: list[str], folder: Path) -> str:
    ended = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, f"{arguments}\n{ended.stdout}\n{ended.stderr}"
    return ended.stdout


@pytest.fixture(params=VERSIONS)
def place(request, tmp_path: Path) -> Path:
    """Give a folder with a fresh environment, the wheel in it, and the examples beside it."""
    python = interpreter(request.param)
    if python is None:
        pytest.skip(f"there is no Python {request.param}")
    done([python, "-m", "venv", "fresh"], tmp_path)
    done(["fresh/bin/python", "-m", "pip", "install", "--quiet", str(newest_wheel())], tmp_path)
    for folder in ("examples", "tests/data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_what_the_readme_shows_runs_where_nothing_else_is_installed(place: Path):
    assert OTHERS and ALONE != PYTHON
    assert "every schedule gives the same bits" in done(["fresh/bin/python", "-c", ALONE], place)
    done(["fresh/bin/python", "-m", "pip", "install", "--quiet", *OTHERS], place)
    done(["fresh/bin/python", "-c", PYTHON], place)
    assert COMMANDS
    for command in COMMANDS:
        done(["bash", "-c", f"PATH=$PWD/fresh/bin:$PATH; {command}"], place)


def test_type_checkers_accept_the_readme(tmp_path: Path):
    (tmp_path / "readme.py").write_text(PYTHON, encoding="utf8")
    python = interpreter("3.11") or interpreter("3.12") or interpreter("3.13")
    assert python is not None
    done([python, "-m", "venv", "fresh"], tmp_path)
    done(
        ["fresh/bin/python", "-m", "pip", "install", "--quiet", str(newest_wheel()), "mypy", "pyright", *OTHERS],
        tmp_path,
    )
    done(["fresh/bin/mypy", "--strict", "readme.py"], tmp_path)
    done(["fresh/bin/pyright", "--pythonpath", "fresh/bin/python", "readme.py"], tmp_path)


def test_the_wheel_has_licences_and_no_paths_of_the_machine_that_built_it():
    with zipfile.ZipFile(newest_wheel()) as wheel:
        names = wheel.namelist()
        assert any(name.endswith("licenses/LICENSES-OF-CRATES.md") for name in names), names
        assert not any("reference/" in name or "tests/" in name for name in names)
        [module] = [name for name in names if name.endswith((".so", ".pyd"))]
        code = wheel.read(module)
    for path in (str(Path.home()), str(ROOT)):
        at = code.find(path.encode())
        assert at < 0, code[at : at + 120]
