"""Modules of the package use only those below them: no circles, and execution does not know the face."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "laakhay.ta"
ENGINE = f"{PACKAGE}.ta_py"


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "laakhay" / "ta").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imported(name: str, tree: ast.AST) -> Iterator[str]:
    """Give the modules that a module names in its imports, wherever these stand; those for type checkers apart."""
    own = name.split(".") if MODULES[name].name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = own[: len(own) + 1 - node.level] if node.level else []
            origin = ".".join([*base, *(node.module.split(".") if node.module else [])])
            for alias in node.names:
                yield f"{origin}.{alias.name}" if f"{origin}.{alias.name}" in {*MODULES, ENGINE} else origin
        # A package that loads its parts late names them in a table, or gives its only part.
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_HOMES":
            yield from (f"{name}.{part}" for part in ast.literal_eval(node.value).values())


ARROWS = {name: {*imported(name, ast.parse(path.read_text()))} & {*MODULES} - {name} for name, path in MODULES.items()}


def reached(start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [*ARROWS[start]]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += ARROWS[name]
    return seen


def test_no_module_needs_itself_by_way_of_others() -> None:
    assert [name for name in MODULES if name in reached(name)] == []


def test_the_arrows_are_seen_wherever_they_stand() -> None:
    assert f"{PACKAGE}.rules.rule" in ARROWS[PACKAGE]
    assert f"{PACKAGE}.expr.runtime" in ARROWS[f"{PACKAGE}.expr"]  # In a function.
    assert f"{PACKAGE}.expr.planner.evaluator" in ARROWS[f"{PACKAGE}.expr.planner"]  # In a table.
    assert f"{PACKAGE}.core.series" in reached(f"{PACKAGE}.frames.history")
    assert sum(map(len, ARROWS.values())) > 200


# What stands on what: of each part the parts that it may use besides itself.
LAYERS = {
    "exceptions": "",
    "core": "exceptions",
    "data": "core exceptions",
    "frames": "core data exceptions",
    "expr.ir": "core exceptions",
    "expr._rust": "core exceptions expr.ir expr.planner.types",
    "expr.planner.types": "expr.ir",
    "expr.compile": "expr._rust expr.ir",
    "indicators": "expr.ir rules.compilation rules.options rules.rule",
    "rules.session": "core data exceptions frames rules.outputs rules.copies rules.markup rules.why",
    "rules.streams": "core data exceptions frames rules.outputs rules.copies rules.markup",
    "rules.universe": "core data exceptions frames rules.outputs rules.copies rules.markup",
}


def part_of(name: str) -> str:
    own = name.removeprefix(f"{PACKAGE}.")
    within = [part for part in LAYERS if own == part or own.startswith(f"{part}.")]
    return max(within, key=len, default=own)


def test_each_part_uses_what_stands_below_it() -> None:
    seen = set()
    for name, arrows in ARROWS.items():
        part = part_of(name)
        if part in LAYERS:
            seen.add(part)
            allowed = {part, *LAYERS[part].split()}
            assert {part_of(one) for one in arrows} <= allowed, name
    assert seen == {*LAYERS}


def test_execution_knows_sessions_and_not_the_face() -> None:
    execution = [name for name in MODULES if name.startswith(f"{PACKAGE}.expr.execution.")]
    face = {PACKAGE, f"{PACKAGE}.rules.rule", f"{PACKAGE}.expr.algebra.operators", f"{PACKAGE}.expr.dsl"}
    # The one that evaluates rules, not plans.
    stepping = [name for name in execution if name != f"{PACKAGE}.expr.execution.engine"]
    assert len(stepping) > 12
    assert {name: reached(name) & face for name in stepping if reached(name) & face} == {}
    assert f"{PACKAGE}.rules.session" in reached(f"{PACKAGE}.expr.execution.backends.batch")


def test_the_folder_of_what_people_hold_gives_each_name_from_its_home() -> None:
    from laakhay import ta
    from laakhay.ta import rules

    assert {*rules.__all__} <= {*ta.__all__} and len(rules.__all__) > 10
    assert all(getattr(rules, name) is getattr(ta, name) for name in rules.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        rules.nothing  # noqa: B018
