"""Puts the points of a run into the series that callers get."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laakhay.ta.core.series import Series
from laakhay.ta.core.types import NOT_READY
from laakhay.ta.expr.execution.contracts import Availability, Point
from laakhay.ta.expr.ir.nodes import AggregateNode, ExprNode, FilterNode


def to_series(
    points: Sequence[Point], timestamps: Sequence[Any], symbol: str, timeframe: str, is_boolean: bool
) -> Series[Any]:
    """Give one value per point, with an explicit mask; where there is none stands `NOT_READY`, or False among bools."""
    mask = tuple(point.state is Availability.READY for point in points)
    values = tuple(external_value(point, is_boolean, False) for point in points)
    return Series(tuple(timestamps), values, symbol, timeframe, mask)


def shape_root(
    root: ExprNode, points: Sequence[Point], timestamps: Sequence[Any]
) -> tuple[Sequence[Point], Sequence[Any]]:
    """Drop the rows that a filter at the root excludes; keep the last one of an aggregate at the root."""
    if isinstance(root, AggregateNode):
        return points[-1:], timestamps[-1:]
    if isinstance(root, FilterNode):
        kept = [row for row, point in enumerate(points) if point.state is not Availability.EXCLUDED]
        return [points[row] for row in kept], [timestamps[row] for row in kept]
    return points, timestamps


def external_value(point: Point, is_boolean: bool, missing_bool: bool | None) -> Any:
    """Give a point's value as callers see it: the shared NaN, or `missing_bool`, where it is not ready."""
    if point.state is Availability.READY:
        return point.value
    return missing_bool if is_boolean else NOT_READY


__all__ = ["external_value", "shape_root", "to_series"]
