"""The stub of the compiled module names what is there, with the arguments it has."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from laakhay.ta import ta_py

STUB = Path(__file__).parents[2] / "laakhay" / "ta" / "ta_py.pyi"
TREE = ast.parse(STUB.read_text())


def names_of(owner: object) -> set[str]:
    return {name for name in vars(owner) if not name.startswith("_")}


def stubbed(body: list[ast.stmt]) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("__")}


def arguments(function: ast.FunctionDef) -> list[str]:
    return [a.arg for a in function.args.args if a.arg not in ("self", "cls")]


def test_the_stub_names_what_the_module_has():
    classes = {node.name for node in TREE.body if isinstance(node, ast.ClassDef)}
    assert classes | set(stubbed(TREE.body)) == names_of(ta_py)


def test_each_class_has_the_members_that_its_stub_names():
    for node in TREE.body:
        if isinstance(node, ast.ClassDef):
            assert set(stubbed(node.body)) == names_of(getattr(ta_py, node.name)), node.name


def test_functions_and_methods_take_the_arguments_that_the_stub_names():
    checked = 0
    owners = [(ta_py, stubbed(TREE.body))]
    owners += [(getattr(ta_py, n.name), stubbed(n.body)) for n in TREE.body if isinstance(n, ast.ClassDef)]
    for owner, functions in owners:
        for name, function in functions.items():
            member = getattr(owner, name)
            if callable(member):
                real = [p for p in inspect.signature(member).parameters if p != "self"]
                assert real == arguments(function), name
                checked += 1
    assert checked > 20
