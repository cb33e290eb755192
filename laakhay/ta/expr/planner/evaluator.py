"""Rules over whole data, with results remembered as long as the data does not change."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import Any, NamedTuple

from laakhay.ta.core.dataset import Dataset
from laakhay.ta.core.series import Series

from ..algebra.operators import Expression, as_expression
from ..execution.backends.batch import BatchBackend
from ..execution.runner import require_closed_bars
from ..ir.nodes import ExprNode, LiteralNode
from ..ir.scalars import is_scalar_series
from .types import PlanResult


class _Key(NamedTuple):
    """What a result follows from, but for the literals of the rule; the dataset is not kept alive."""

    dataset: weakref.ref[Dataset]
    version: int
    graph_hash: str
    alignment: tuple[Any, ...]
    is_aligned: bool
    """Whether that policy was chosen: where none is, streams are read as of time."""
    has_nodes: bool


class _Entry(NamedTuple):
    literals: tuple[Any, ...]
    result: Any


class Evaluator:
    """Evaluates rules on the batch engine and remembers what a dataset gave.

    A result is given again as long as the same `Dataset` has the same `version`: replacing or adding an entry makes a
    new one. Datasets are held weakly; when one is gone, so are its results. Not to be used from two threads at once.

    Examples
    --------
    >>> import laakhay.ta as ta
    >>> bars = [{"timestamp": t, "open": c, "high": c, "low": c, "close": c} for t, c in enumerate((1, 2, 4))]
    >>> data = ta.dataset_from_bars(bars, symbol="BTCUSDT", timeframe="1h")
    >>> result = Evaluator().evaluate(ta.compile("close * 2"), data)
    >>> result["BTCUSDT", "1h", "default"].values
    (Decimal('2.0'), Decimal('4.0'), Decimal('8.0'))
    """

    def __init__(self) -> None:
        self._cache: dict[_Key, _Entry] = {}
        self._backend = BatchBackend()

    def evaluate(self, expr: Expression | ExprNode, data: Any, return_all_outputs: bool = False) -> Any:
        """Evaluate a rule over a Series, a mapping of Series (one result), or a Dataset.

        Shapes are those of `Expression.run`: a Dataset gives a dict of Series by `(symbol, timeframe, "default")`, an
        empty one an empty dict. With `return_all_outputs` it is always a pair, of the result and of the values of all
        nodes by id, those of the first symbol and timeframe.

        Raises MissingDataError or, for a bare field, ValueError when data is lacking; TypeError for other data.
        """
        plan = as_expression(expr)._ensure_plan()
        require_closed_bars(data)
        if not isinstance(data, Dataset):
            return self._backend.evaluate(plan, data, return_all_outputs=return_all_outputs)
        result = self._remembered(plan, data, return_all_outputs)
        # Dicts are given as copies, so that a caller's changes do not reach what is remembered.
        return tuple(map(dict, result)) if return_all_outputs else dict(result)

    def _remembered(self, plan: PlanResult, data: Dataset, wants_nodes: bool) -> Any:
        cache = self._cache
        reference = weakref.ref(data, lambda gone: _forget(cache, gone))
        policy = plan.alignment
        key = _Key(
            reference, data.version, plan.graph_hash, policy.cache_key(), policy.is_explicit, has_nodes=wants_nodes
        )
        literals = _literals(plan)
        entry = cache.get(key)
        if entry is None or not _are_same(entry.literals, literals):
            for known in [one for one in cache if one.dataset == reference and one.version != data.version]:
                del cache[known]
            result = self._backend.evaluate(plan, data, return_all_outputs=wants_nodes)
            entry = cache[key] = _Entry(literals, result)
        return entry.result

    def _evaluate_graph(self, plan: PlanResult, context: Mapping[str, Any]) -> Any:
        """Evaluate a plan over named series; a rule that is a constant gives the bare constant."""
        root = plan.graph.nodes[plan.graph.root_id].node
        if isinstance(root, LiteralNode):
            return root.value.values[0] if is_scalar_series(root.value) else root.value
        return self._backend.evaluate(plan, context)


def _forget(cache: dict[_Key, _Entry], gone: weakref.ref[Dataset]) -> None:
    # References to what is gone are equal only to themselves, and each key has its own.
    for key in [one for one in cache if one.dataset is gone]:
        del cache[key]


def _literals(plan: PlanResult) -> tuple[Any, ...]:
    """Give the constants of a rule in order: its hash does not tell one Series, or a Decimal from its float, apart."""
    nodes = (plan.graph.nodes[node_id].node for node_id in plan.node_order)
    return tuple(node.value for node in nodes if isinstance(node, LiteralNode))


def _are_same(some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    def is_same(one: Any, other: Any) -> bool:
        # Comparing two long series would cost more than evaluating again.
        is_comparable = type(one) is type(other) and not isinstance(one, Series)
        return one is other or (is_comparable and one == other)

    return len(some) == len(others) and all(map(is_same, some, others))


__all__ = ["Evaluator"]
