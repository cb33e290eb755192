"""The older names of rules and of what makes nodes of operands."""

from __future__ import annotations

from laakhay.ta.rules.operators import to_node as _to_node
from laakhay.ta.rules.rule import Rule as Expression
from laakhay.ta.rules.rule import as_expression

__all__ = ["Expression", "_to_node", "as_expression"]
