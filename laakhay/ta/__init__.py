"""Technical-analysis rules: written once, the same bits over history and on live bars."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

from laakhay.ta import accessors, ta_py
from laakhay.ta.core import Bar, Dataset, Price, Qty, Rate, Series, Timestamp, dataset
from laakhay.ta.data import Bars, Calendar, dataset_from_bars, from_csv, read_bars, to_csv, trim_dataset
from laakhay.ta.expr.algebra import Expression, as_expression
from laakhay.ta.frames.bars import bar
from laakhay.ta.indicators import GROUPS
from laakhay.ta.rules.compilation import compile
from laakhay.ta.rules.definitions import Limits, define, define_source
from laakhay.ta.rules.explanation import Explanation
from laakhay.ta.rules.functions import register
from laakhay.ta.rules.loops import loop
from laakhay.ta.rules.report import LateStart, ParityReport
from laakhay.ta.rules.rule import Rule
from laakhay.ta.rules.session import Session, StepOutput
from laakhay.ta.rules.streams import JoinedSession
from laakhay.ta.rules.universe import Universe

# Of several outputs or of one, a rule is a rule.
RuleSet = Rule

if TYPE_CHECKING:
    from laakhay.ta.indicators import *  # noqa: F403  (its groups, each a module)

__version__: str = ta_py.__version__
accessors.attach()


def catalog() -> list[dict[str, Any]]:
    """Give every indicator: name, group, parameters with ranges, inputs, outputs, documentation, source."""
    indicators: list[dict[str, Any]] = json.loads(ta_py.catalog())
    return indicators


if not TYPE_CHECKING:  # To type checkers a module that has it has every name.

    def __getattr__(name: str) -> Any:
        """Load a group of indicators when it is asked for: `ta.trend`, `ta.momentum`."""
        if name in GROUPS:
            return import_module(f"{__name__}.indicators.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *GROUPS})


__all__ = [
    "Bar",
    "Bars",
    "Calendar",
    "Dataset",
    "Explanation",
    "Expression",
    "JoinedSession",
    "LateStart",
    "Limits",
    "ParityReport",
    "Price",
    "Qty",
    "Rate",
    "Rule",
    "RuleSet",
    "Series",
    "Session",
    "StepOutput",
    "Timestamp",
    "Universe",
    "as_expression",
    "bar",
    "catalog",
    "compile",
    "dataset",
    "dataset_from_bars",
    "define",
    "define_source",
    "from_csv",
    "loop",
    "read_bars",
    "register",
    "to_csv",
    "trim_dataset",
]
