"""What one more indicator costs to build: CPU seconds and bytes of machine code, `make bench`.

The engine is built twice from a copy of its sources, the second time with copies of a mix of indicators under other
names, with full optimisation and without link-time optimisation, so that the code of each stands in the library. What
is told is the difference, per copy.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

RUST = Path(__file__).parents[2] / "rust"
COPIES = 2
#: Windows of sums, of extremes and of deviations, recursions, and arithmetic on one bar.
MIX = {
    "trend": ("sma", "ema", "wma"),
    "momentum": ("rsi", "macd", "stochastic"),
    "volatility": ("atr", "bbands"),
    "statistic": ("max",),
    "math": ("nz",),
}
PROFILE = {
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "1",
    "CARGO_PROFILE_RELEASE_DEBUG": "false",
    # Or the compiler would keep one of all copies.
    "RUSTC_BOOTSTRAP": "1",
    "RUSTFLAGS": "-Zmerge-functions=disabled",
}


def add_copies(source: Path) -> int:
    """Put the copies into the sources; give how many."""
    folder = source / "indicators" / "copies"
    folder.mkdir()
    names = []
    for group, indicators in MIX.items():
        for name in indicators:
            text = (source / "indicators" / group / f"{name}.rs").read_text()
            for number in range(COPIES):
                copy = f"{name}_{number}"
                own = re.sub(rf"\n    {name}: {group}", f"\n    {copy}: {group}", text)
                own = re.sub(r"\n    aliases: [^\n]*\n", "\n", own).replace("super::", f"crate::indicators::{group}::")
                assert own != text, name
                (folder / f"{copy}.rs").write_text(own)
                names.append(copy)
    listed = source / "indicators" / "mod.rs"
    listed.write_text(
        listed.read_text().replace("\n    trend {", f"\n    copies {{ {' '.join(names)} }}\n    trend {{")
    )
    return len(names)


def build(workspace: Path, target: Path) -> tuple[float, int]:
    """Give CPU seconds and bytes of machine code of the engine, whose dependencies have been built."""
    command = ["cargo", "build", "--release", "--locked", "--offline", "--quiet", "-p", "ta-engine"]
    environment = {**os.environ, **PROFILE, "CARGO_TARGET_DIR": str(target)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=workspace, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sizes = subprocess.run(
        ["size", "-A", str(target / "release" / "libta_engine.rlib")], check=True, capture_output=True, text=True
    )
    text = sum(int(size) for size in re.findall(r"^\.text\S*\s+(\d+)", sizes.stdout, re.MULTILINE))
    return seconds, text


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace, target = Path(folder) / "rust", Path(folder) / "target"
        shutil.copytree(RUST, workspace, ignore=shutil.ignore_patterns("target"))
        build(workspace, target)
        source = workspace / "crates" / "ta-engine" / "src"
        (source / "lib.rs").touch()
        without_seconds, without_text = build(workspace, target)
        added = add_copies(source)
        with_seconds, with_text = build(workspace, target)
    print(f"the engine builds in {without_seconds:.0f} s of one core, {without_text / 1e6:.2f} MB of machine code")
    print(
        f"one more indicator, of a mix of {added}: {(with_seconds - without_seconds) / added:.1f} s of one core, "
        f"{(with_text - without_text) / added / 1e3:.0f} KB"
    )


if __name__ == "__main__":
    main()
