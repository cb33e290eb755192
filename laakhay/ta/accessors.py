"""Indicators and rules at frames of pandas, `df.ta.rsi(14)`, and expressions of polars, `pl.col("close").ta.rsi(14)`.

They are there as soon as this package and the library are imported, in whatever order. A `ta` of somebody else stays.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from laakhay.ta.expr.ir.nodes import CallNode
from laakhay.ta.frames.native import polars_column
from laakhay.ta.frames.table import table_of
from laakhay.ta.indicators import GROUPS
from laakhay.ta.rules.compilation import compile
from laakhay.ta.rules.options import HistoryOptions
from laakhay.ta.rules.rule import Rule


class _Accessor:
    """Has every indicator by its name, and `rule`, for a rule or its text."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        for group in [] if name.startswith("_") else GROUPS:
            function = vars(import_module(f"laakhay.ta.indicators.{group}")).get(name)
            if function is not None and getattr(function, "__module__", "").endswith(f".{group}"):
                return partial(function, self)
        raise AttributeError(f"there is no indicator {name!r}; `laakhay.ta.catalog()` has them all")

    def rule(self, rule: Any, **options: Any) -> Any:
        """Give what a rule, its text, or a mapping of names to these gives: a column, or several."""
        return self.take_rule(compile(rule), HistoryOptions(**options))  # type: ignore[typeddict-item]

    def take_rule(self, rule: Rule, options: HistoryOptions) -> Any:
        """Compute a rule: what the functions of the catalogue call in place of `Rule.run`."""
        raise NotImplementedError


class FrameAccessor(_Accessor):
    """`df.ta`: every indicator by its name, and `rule`, `signals` and `add_rule` for rules or their texts.

    One value gives a column, several a frame; rows and index are those of the frame, which is read as `Rule.run` does.
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def signals(self, rule: Any, **options: Any) -> Any:
        """Give what `rule` gives with conditions as plain truth values, as `Rule.signals` does."""
        compiled: Any = compile(rule)
        return _narrow(compiled.signals(self._frame, **options)[compiled.outputs])

    def add_rule(self, rule: Any, **options: Any) -> Any:
        """Give the frame with the outputs of a rule behind its columns, as `Rule.add_to` does."""
        return compile(rule).add_to(self._frame, **options)

    def take_rule(self, rule: Rule, options: HistoryOptions) -> Any:
        table, outputs = rule._evaluated(table_of(self._frame), options)
        found = _narrow(table.alone(outputs))
        node = next(iter(rule._roots.values()))
        # The only value of an indicator has its name.
        return found.rename(node.name) if rule.outputs == ["value"] and isinstance(node, CallNode) else found


def _narrow(frame: Any) -> Any:
    return frame.iloc[:, 0] if len(frame.columns) == 1 else frame


class ExpressionAccessor(_Accessor):
    """`pl.col("close").ta`: every indicator by its name, and `rule`; of a struct of columns where several are read.

    One value gives a column, several a struct. Under `.over("symbol")` every symbol is a history of its own.
    """

    def __init__(self, expression: Any) -> None:
        self._expression = expression

    def take_rule(self, rule: Rule, options: HistoryOptions) -> Any:
        polars = import_module("polars")
        kinds = {name: polars.Boolean if is_bool else polars.Float64 for name, is_bool, _ in rule.engine_rule.outputs}
        kind = polars.Struct(kinds) if len(kinds) > 1 else next(iter(kinds.values()))
        of = partial(_series_of, rule=rule, options=options, polars=polars)
        return self._expression.map_batches(of, return_dtype=kind)


def _series_of(given: Any, rule: Rule, options: HistoryOptions, polars: Any) -> Any:
    """Give a rule's values over a column, which is the only one that it reads, or over a struct of columns."""
    fields = rule.engine_rule.fields
    if isinstance(given.dtype, polars.Struct):
        data = given.struct.unnest()
    elif len(fields) == 1:
        data = {fields[0]: given}
    else:
        named = ", ".join(f'"{one}"' for one in fields)
        raise TypeError(f"the rule reads {', '.join(fields)}; give it a struct of them: pl.struct({named}).ta")
    _, outputs = rule._evaluated(table_of(data), options)
    columns = [polars_column(one, polars) for one in outputs]
    return columns[0] if len(columns) == 1 else polars.DataFrame(columns).to_struct(given.name)


def _attach_to_pandas(pandas: Any) -> None:
    if not hasattr(pandas.DataFrame, "ta"):
        pandas.api.extensions.register_dataframe_accessor("ta")(FrameAccessor)


def _attach_to_polars(polars: Any) -> None:
    if not hasattr(polars.Expr, "ta"):
        polars.api.register_expr_namespace("ta")(ExpressionAccessor)


_ATTACH: Mapping[str, Callable[[Any], None]] = {"pandas": _attach_to_pandas, "polars": _attach_to_polars}


class _Awaiting:
    """Attaches accessors to a library once it has been imported; it is never imported for that.

    Libraries look for each other without importing what they find, so that a name is awaited until it was.
    """

    def __init__(self) -> None:
        self._asked: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in _ATTACH or name in self._asked:
            return None
        self._asked.add(name)
        try:
            spec = find_spec(name)
        finally:
            self._asked.discard(name)
        loader = None if spec is None else spec.loader
        if loader is not None:
            execute = loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                _ATTACH[name](module)

            loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def attach() -> None:
    """Attach the accessors to the libraries that are there, and to the others once they are imported."""
    there = [name for name in _ATTACH if name in sys.modules]
    for name in there:
        _ATTACH[name](sys.modules[name])
    if len(there) < len(_ATTACH) and not any(isinstance(one, _Awaiting) for one in sys.meta_path):
        sys.meta_path.insert(0, _Awaiting())


__all__ = ["ExpressionAccessor", "FrameAccessor", "attach"]
