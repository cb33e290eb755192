"""When two implementations of a rule agree.

Masks: equal, point by point. A missing value never equals a number, zero included.

Numbers: within 1e-9 of the larger one. Near zero, where an indicator is the small difference of large numbers, that
cannot be asked of doubles; there the distance may be 1e-12 of the largest value that the same output takes on the
same market (a price of 1e12 in steps of 1, one of 1e-8 in steps of 1e-20). A sum, a difference and a remainder take
over the rounding of their operands: for these alone it may also be 1e-14 of the larger operand on that bar, about
fifty units in its last place.

Truth values: equal. Where they differ, some comparison below must have had operands closer than the above on that
bar: a tie, which is left out and counted. At most one ready truth value in 1,000 may be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laakhay.ta.core import Dataset, Series
from laakhay.ta.expr.execution.backends import ExecutionBackend
from laakhay.ta.expr.ir import BinaryOpNode, CallNode
from laakhay.ta.expr.ir.nodes import reads_loop
from laakhay.ta.expr.ir.types import COMPARISONS
from laakhay.ta.expr.planner.types import PlanResult

RELATIVE = Decimal("1e-9")
NEAR_ZERO = Decimal("1e-12")
ROUNDING = Decimal("1e-14")
TIES_PER_READY = 1_000
CROSSINGS = frozenset({"crossup", "crossdown", "cross"})


@dataclass
class Comparison:
    """What was compared: ready points, those near zero, ties among truth values, and the largest relative distance."""

    ready: int = 0
    truths: int = 0
    ties: int = 0
    near_zero: int = 0
    largest_relative: Decimal = Decimal(0)


def outputs_of(result: Any) -> tuple[Series[Any], ...]:
    """Give the series of a node: one, or one per output of an indicator."""
    return result if isinstance(result, tuple) else (result,)


def evaluate(backend: ExecutionBackend, plan: PlanResult, data: Any, **options: Any) -> Any:
    """Evaluate over a dataset of one stream, or over a mapping of series, to the stream's result."""
    result = backend.evaluate(plan, data, **options)
    if not isinstance(data, Dataset):
        return result
    if options.get("return_all_outputs"):
        (only,) = result[0].values()
        return only, result[1]
    (only,) = result.values()
    return only


def assert_same_bits(left: Any, right: Any, what: str) -> int:
    """Compare two results to the last bit, the sign of zero included; give the number of ready points."""
    ready = 0
    lefts, rights = outputs_of(left), outputs_of(right)
    assert len(lefts) == len(rights), f"{what}: {len(lefts)} and {len(rights)} outputs"
    for one, other in zip(lefts, rights, strict=True):
        assert (one.symbol, one.timeframe) == (other.symbol, other.timeframe), what
        assert one.timestamps == other.timestamps, f"{what}: different times"
        assert one.availability_mask == other.availability_mask, f"{what}: different masks"
        rows = zip(one.values, other.values, one.availability_mask, strict=True)
        for bar, (x, y, is_ready) in enumerate(rows):
            if is_ready:
                assert type(x) is type(y) and str(x) == str(y), f"{what}: {x!r} and {y!r} on bar {bar}"
                ready += 1
    return ready


def compare_nodes(plan: PlanResult, mine: dict[int, Any], theirs: dict[int, Any]) -> Comparison:
    """Compare every node of a plan; raises AssertionError at the first difference that is no tie."""
    found = Comparison()
    ties: dict[int, set[int]] = {}
    # Within a loop a node means nothing alone.
    alone = [node_id for node_id in plan.node_order if not reads_loop(plan.graph.nodes[node_id].node)]
    assert set(mine) == set(theirs) == set(alone), "not every node was evaluated by both"
    for node_id in alone:
        children = plan.graph.nodes[node_id].children
        inherited = set().union(*(ties.get(child, ()) for child in children))
        ties[node_id] = inherited | _own_ties(plan, node_id, theirs)
        pairs = list(zip(outputs_of(mine[node_id]), outputs_of(theirs[node_id]), strict=True))
        for number, (one, other) in enumerate(pairs):
            what = f"node {node_id} ({type(plan.graph.nodes[node_id].node).__name__}), output {number}"
            _compare_series(one, other, _floors(plan, node_id, other, theirs), ties[node_id], found, what)
    assert found.ties * TIES_PER_READY <= found.truths, f"{found.ties} ties of {found.truths} truth values"
    return found


def is_close(x: Decimal, y: Decimal, floor: Decimal) -> bool:
    """Whether two numbers count as equal; see the rule above."""
    return abs(x - y) <= max(RELATIVE * max(abs(x), abs(y)), floor)


def compare_points(x: Any, y: Any, floor: Decimal, found: Comparison, what: str) -> None:
    """Compare two ready values that are no tie."""
    assert _kind(x) is _kind(y), f"{what}: {x!r} and {y!r} are of different kinds"
    found.ready += 1
    if isinstance(x, (bool, str)):
        found.truths += isinstance(x, bool)
        assert x == y, f"{what}: {x} and {y}"
        return
    x, y = Decimal(str(x)), Decimal(str(y))
    assert is_close(x, y, floor), f"{what}: {x} and {y}, allowed near zero: {floor}"
    if x != y:
        relative = abs(x - y) / max(abs(x), abs(y))
        if relative > RELATIVE:
            found.near_zero += 1
        else:
            found.largest_relative = max(found.largest_relative, relative)


def _kind(value: Any) -> type:
    return type(value) if isinstance(value, (bool, str)) else Decimal


def _compare_series(
    one: Series[Any], other: Series[Any], floors: Sequence[Decimal], ties: set[int], found: Comparison, what: str
) -> None:
    assert one.timestamps == other.timestamps, f"{what}: different times"
    assert (one.symbol, one.timeframe) == (other.symbol, other.timeframe), what
    masks = (_mask(one), _mask(other))
    different = [bar for bar, (x, y) in enumerate(zip(*masks, strict=True)) if x != y]
    assert not different, f"{what}: ready in one and not in the other on bars {different[:5]}"
    for bar, (x, y, is_ready) in enumerate(zip(one.values, other.values, masks[0], strict=True)):
        if not is_ready:
            continue
        if isinstance(x, bool) and x is not y and bar in ties:
            found.ties += 1
            found.truths += 1
            continue
        compare_points(x, y, floors[bar], found, f"{what} on bar {bar}")


def _mask(series: Series[Any]) -> Sequence[bool]:
    return (True,) * len(series) if series.availability_mask is None else series.availability_mask


def _numbers(series: Series[Any]) -> Iterable[Decimal]:
    for value, is_ready in zip(series.values, _mask(series), strict=True):
        if is_ready and not isinstance(value, (bool, str)):
            yield Decimal(str(value))


def _largest(series: Series[Any]) -> Decimal:
    return max((abs(value) for value in _numbers(series)), default=Decimal(0))


def _floors(plan: PlanResult, node_id: int, own: Series[Any], nodes: dict[int, Any]) -> list[Decimal]:
    """Give, per bar, the distance that a node's number may have when it is near zero."""
    floor = NEAR_ZERO * _largest(own)
    node = plan.graph.nodes[node_id]
    if not isinstance(node.node, BinaryOpNode) or node.node.operator not in ("add", "sub", "mod"):
        return [floor] * len(own)
    operands = [_stretched(nodes[child], len(own)) for child in node.children]
    sizes = (max((abs(x) for x in pair if x is not None), default=Decimal(0)) for pair in zip(*operands, strict=True))
    return [max(floor, ROUNDING * size) for size in sizes]


def _own_ties(plan: PlanResult, node_id: int, nodes: dict[int, Any]) -> set[int]:
    """Give the bars on which the operands of a comparison are as close as numbers that count as equal."""
    node = plan.graph.nodes[node_id]
    is_crossing = isinstance(node.node, CallNode) and node.node.name in CROSSINGS
    is_comparison = isinstance(node.node, BinaryOpNode) and node.node.operator in COMPARISONS
    if not (is_crossing or is_comparison) or len(node.children) != 2:
        return set()
    left, right = (nodes[child] for child in node.children)
    length = max(len(left), len(right))
    pairs = zip(_stretched(left, length), _stretched(right, length), strict=True)
    floor = NEAR_ZERO * max(_largest(left), _largest(right))
    found = {bar for bar, (x, y) in enumerate(pairs) if x is not None and y is not None and is_close(x, y, floor)}
    return found | {bar + 1 for bar in found} if is_crossing else found


def _stretched(series: Series[Any], length: int) -> list[Decimal | None]:
    """Give a node's numbers on every bar; a constant stands for all of them."""
    if len(series) == 1 and length > 1:
        return [Decimal(str(series.values[0]))] * length
    rows = zip(series.values, _mask(series), strict=True)
    return [Decimal(str(value)) if ready and not isinstance(value, bool) else None for value, ready in rows]
