"""The page of what was measured."""

from __future__ import annotations

from math import exp, log
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "docs" / "benchmarks.md"
TOOLS = ("TA-Lib", "takt", "tulipy", "wickra")
#: How far a peer may be from our values to be compared in speed: another definition or lost digits are more.
ALIKE = 1e-9
#: Ratios above these are told.
SLOW, LONGER = 1.6, 1.5


def _mean(ratios: list[float]) -> float:
    return exp(sum(map(log, ratios)) / len(ratios))


def _ns(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _error(value: float | None) -> str:
    return "" if value is None else f"{value:.0e}"


def _merged(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each rule once, with the peers of all runs, whose times are scaled by what the same rule took here in each."""
    found: dict[str, dict[str, Any]] = {}
    for run in runs:
        for function in run["functions"]:
            first = found.setdefault(function["rule"], {**function, "peers": {}, "apart": {}})
            scale = first["here"] / function["here"]
            first["peers"] |= {tool: ns * scale for tool, ns in function["peers"].items()}
            first["apart"] |= function["apart"]
    return list(found.values())


def _faster(function: dict[str, Any], tools: tuple[str, ...]) -> float | None:
    """The least time of the peers that have our values."""
    alike = [
        ns
        for tool, ns in function["peers"].items()
        if tool in tools and (apart := function["apart"].get(tool)) is not None and apart <= ALIKE
    ]
    return min(alike, default=None)


def page(runs: list[dict[str, Any]], note: str = "") -> str:
    """Give the page of some runs, the first of which gives what a bar costs here; what steps cost may be among them."""
    steps = next((run["steps"] for run in runs if "steps" in run), [])
    runs = [run for run in runs if "functions" in run]
    first, functions = runs[0], _merged(runs)
    errors: dict[str, Any] = {}
    for run in reversed(runs):
        errors |= run["errors"]
    ratios = {
        function["rule"]: function["here"] / peer
        for function in functions
        if (peer := _faster(function, ("TA-Lib", "tulipy"))) is not None
    }
    lines = [
        "<!-- Written by `make bench-peers`. -->",
        "",
        "# Benchmarks beside other libraries",
        "",
        f"Measured on {first['date']} on {first['machine']}, version {first['version']}: {first['bars']:,} bars, the "
        f"least of {first['rounds']} rounds taken in turns, from Python, all sides allocating their results. Machines "
        "are shared: ratios mean more than times. `make bench-peers` measures again and writes this page.",
        *(["", note] if note else []),
        "",
        "A peer is compared in speed where its last thousand values are within "
        f"{ALIKE:.0e} of ours, as a share of the largest; `apart` says how far the nearest one is. The ratio is to the "
        "faster of TA-Lib and tulipy that is alike: below 1 this library is the faster one.",
        "",
        "| | functions | geometric mean of ratios |",
        "|---|---:|---:|",
    ]
    for name, tools in (("the faster of TA-Lib and tulipy", ("TA-Lib", "tulipy")), *((t, (t,)) for t in TOOLS)):
        own = [f["here"] / peer for f in functions if (peer := _faster(f, tools)) is not None]
        if own:
            lines.append(f"| {name} | {len(own)} | {_mean(own):.2f} |")
    slow = sorted((rule for rule in ratios if ratios[rule] > SLOW), key=lambda rule: -ratios[rule])
    lines += ["", f"Above {SLOW}: {', '.join(f'`{rule}` {ratios[rule]:.1f}' for rule in slow) or 'none'}.", ""]
    lines += [
        "## What a bar costs, in nanoseconds",
        "",
        f"| rule | here | with times | {' | '.join(TOOLS)} | ratio | apart |",
        f"|---|---:|---:|{'---:|' * len(TOOLS)}---:|---:|",
    ]
    for function in functions:
        apart = min((d for d in function["apart"].values() if d is not None), default=None)
        cells = [
            f"`{function['rule']}`",
            _ns(function["here"]),
            _ns(function["with_times"]),
            *(_ns(function["peers"].get(tool)) for tool in TOOLS),
            _ns(ratios.get(function["rule"])),
            _error(apart),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    windows = sorted(first["windows"], key=lambda one: -one["long"] / one["short"])
    longer = [one for one in windows if one["long"] / one["short"] > LONGER]
    lines += [
        "",
        "## Windows of 200 bars beside windows of 20",
        "",
        f"Of {len(windows)} windows {len(windows) - len(longer)} cost at most {LONGER} times as much with ten times "
        f"the period; geometric mean {_mean([one['long'] / one['short'] for one in windows]):.2f}. The others, in "
        "nanoseconds per bar:",
        "",
        "| indicator | 20 | 200 | ratio |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| `{one['name']}` | {one['short']:.2f} | {one['long']:.2f} | {one['long'] / one['short']:.2f} |"
        for one in longer
    ]
    if steps:
        alike = [one["here"] / one["peer"] for one in steps if one["apart"] <= ALIKE]
        lines += [
            "",
            "## What a step costs, in nanoseconds",
            "",
            "In Rust, beside a stream of the crate ta-lib, both behind the same history; geometric mean of the ratios "
            f"{_mean(alike):.2f}.",
            "",
            "| rule | here | ta-lib | ratio | apart |",
            "|---|---:|---:|---:|---:|",
        ]
        lines += [
            f"| `{one['rule']}` | {one['here']:.1f} | {one['peer']:.1f} | {one['here'] / one['peer']:.2f} "
            f"| {_error(one['apart'])} |"
            for one in steps
        ]
    lines += [
        "",
        "## How far from the right values",
        "",
        "At the end of all bars, as a share of the largest value: the distance from a naive formula over the last "
        "bars, in exact arithmetic where it has sums.",
        "",
        "| rule | here | TA-Lib |",
        "|---|---:|---:|",
    ]
    lines += [f"| `{one['rule']}` | {_error(one['here'])} | {_error(one['peer'])} |" for one in errors.values()]
    return "\n".join(lines) + "\n"
