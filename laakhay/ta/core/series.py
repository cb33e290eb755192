"""A column of values with their times, and a flag per bar saying whether the value may be used.

A `Series` never changes. No operation turns an unavailable bar into an available one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from laakhay.ta import ta_py

from .arithmetic import combine, is_missing, is_scalar, merge_masks, negate
from .timed import Timed, check_order, row_index
from .timestamps import coerce_timestamp, format_timestamp
from .types import Price, Qty, Symbol, Timestamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PriceSeries", "QtySeries", "Series", "align_series"]

T = TypeVar("T")


def _binary(symbol: str) -> Callable[[Series[Any], Any], Series[Any]]:
    def operate(own: Series[Any], other: Any) -> Series[Any]:
        if isinstance(other, Series):
            own._check_aligned(other)
            mask = merge_masks(own.availability_mask, other.availability_mask)
            return own._like(combine(symbol, own.values, other.values, mask), mask)
        if not is_scalar(other):
            return NotImplemented  # type: ignore[no-any-return]
        return own._like(combine(symbol, own.values, other, own.availability_mask), own.availability_mask)

    return operate


def _reflected(symbol: str) -> Callable[[Series[Any], Any], Series[Any]]:
    def operate(own: Series[Any], other: Any) -> Series[Any]:
        if not is_scalar(other):
            return NotImplemented  # type: ignore[no-any-return]
        return own._like(combine(symbol, other, own.values, own.availability_mask), own.availability_mask)

    return operate


@dataclass(slots=True, init=False, eq=False, repr=False)
class Series(Timed, Generic[T]):
    """Values of one stream in time order.

    `availability_mask` says per bar whether its value may be used; None means every bar. What stands in
    `values` at an unavailable bar is a placeholder, usually the one shared NaN `Decimal`. Times must not
    decrease; equal neighbours are allowed. Contents are not checked, lists become tuples.

    Raises `ValueError` when lengths differ or times decrease.
    """

    timestamps: tuple[Timestamp, ...]
    values: tuple[T, ...]
    symbol: Symbol
    timeframe: str
    availability_mask: tuple[bool, ...] | None = None

    def __init__(
        self,
        timestamps: Iterable[Timestamp],
        values: Iterable[T],
        symbol: Symbol,
        timeframe: str,
        availability_mask: Iterable[bool] | None = None,
    ) -> None:
        stamps, items = tuple(timestamps), tuple(values)
        mask = None if availability_mask is None else tuple(map(bool, availability_mask))
        if len(stamps) != len(items):
            raise ValueError(f"Timestamps and values must have the same length: {len(stamps)} and {len(items)}")
        check_order(stamps)
        if mask is not None and len(mask) != len(items):
            raise ValueError(f"Availability mask must match length: {len(mask)} flags for {len(items)} values")
        self._fill(timestamps=stamps, values=items, symbol=symbol, timeframe=timeframe, availability_mask=mask)

    @classmethod
    def _trusted(
        cls,
        timestamps: tuple[Timestamp, ...],
        values: tuple[Any, ...],
        symbol: Symbol,
        timeframe: str,
        mask: tuple[bool, ...] | None,
    ) -> Series[Any]:
        """Build a series from columns that are known to be valid."""
        series = object.__new__(cls)
        series._fill(timestamps=timestamps, values=values, symbol=symbol, timeframe=timeframe, availability_mask=mask)
        return series

    def _like(self, values: tuple[Any, ...], mask: tuple[bool, ...] | None) -> Series[Any]:
        return Series._trusted(self.timestamps, values, self.symbol, self.timeframe, mask)

    def _values(self) -> tuple[Any, ...]:
        return self.timestamps, self.values, self.symbol, self.timeframe, self.availability_mask

    def __repr__(self) -> str:
        span = f", {self.timestamps[0]} to {self.timestamps[-1]}" if self.values else ""
        return f"Series({self.symbol} {self.timeframe}, {self.length} values{span})"

    # Access

    def __iter__(self) -> Iterator[tuple[Timestamp, T]]:
        return zip(self.timestamps, self.values, strict=True)

    @overload
    def __getitem__(self, index: int) -> tuple[Timestamp, T]: ...
    @overload
    def __getitem__(self, index: slice) -> Series[T]: ...
    def __getitem__(self, index: int | slice) -> tuple[Timestamp, T] | Series[T]:
        if not isinstance(index, slice):
            row = row_index(index, "Series")
            return self.timestamps[row], self.values[row]
        mask = None if self.availability_mask is None else self.availability_mask[index]
        build = Series if (index.step or 1) < 0 else Series._trusted
        return build(self.timestamps[index], self.values[index], self.symbol, self.timeframe, mask)

    def to_numpy(self) -> NDArray[np.float64]:
        """Give the values as a float64 array, NaN where unavailable; True is 1.0.

        The array is computed once, shared between calls and read-only. Raises `TypeError` or `ValueError` for
        values that are no numbers.
        """
        if "numpy" not in self._cache:
            import numpy as np

            column = np.array(self.values, dtype=np.float64)
            if self.availability_mask is not None:
                column[~np.array(self.availability_mask, dtype=bool)] = np.nan
            column.flags.writeable = False
            self._cache["numpy"] = column
        kept: NDArray[np.float64] = self._cache["numpy"]
        return kept

    def numbers(self, field: str = "values") -> NDArray[np.float64]:
        """Give the values as the engine reads those of a field: a float64 array, NaN where unavailable or missing.

        Otherwise as `to_numpy`, but raises DataError, naming field and row, for what is no number: True, a date, text
        that is no number.
        """
        if "numbers" not in self._cache:
            column = ta_py.numbers(self.values, field)
            if self.availability_mask is not None:
                column[[not usable for usable in self.availability_mask]] = float("nan")
            column.flags.writeable = False
            self._cache["numbers"] = column
        kept: NDArray[np.float64] = self._cache["numbers"]
        return kept

    def to_dict(self) -> dict[str, Any]:
        """Give a mapping with ISO times and the values as they are; `from_dict` takes it back."""
        return {
            "timestamps": list(map(format_timestamp, self.timestamps)),
            "values": list(self.values),
            "symbol": self.symbol,
            "timeframe": self.timeframe,
            "availability_mask": None if self.availability_mask is None else list(self.availability_mask),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Series[T]:
        """Build a series from the mapping of `to_dict`; times are converted, values are not, a mask is optional."""
        stamps = map(coerce_timestamp, data["timestamps"])
        return cls(stamps, data["values"], data["symbol"], data["timeframe"], data.get("availability_mask"))

    # Arithmetic

    def _check_aligned(self, other: Series[Any]) -> None:
        if (self.symbol, self.timeframe) != (other.symbol, other.timeframe):
            raise ValueError(
                f"Cannot combine series with different symbols or timeframes: {self.symbol} {self.timeframe} "
                f"and {other.symbol} {other.timeframe}"
            )
        if len(self) != len(other):
            raise ValueError(f"Cannot combine series with different lengths: {len(self)} and {len(other)}")
        if self.timestamps != other.timestamps:
            raise ValueError("Cannot combine series with different timestamp alignment; see align_series")

    __add__ = _binary("+")
    __radd__ = _reflected("+")
    __sub__ = _binary("-")
    __rsub__ = _reflected("-")
    __mul__ = _binary("*")
    __rmul__ = _reflected("*")
    __truediv__ = _binary("/")
    __rtruediv__ = _reflected("/")
    __mod__ = _binary("%")
    __rmod__ = _reflected("%")
    __pow__ = _binary("**")
    __rpow__ = _reflected("**")

    def __neg__(self) -> Series[Any]:
        return self._like(negate(self.values, self.availability_mask), self.availability_mask)

    def __pos__(self) -> Series[T]:
        return self._like(self.values, self.availability_mask)

    # Selection and statistics

    def _usable(self) -> list[T]:
        """Give the values that may be used, in order."""
        flags = repeat(True) if self.availability_mask is None else self.availability_mask
        return [v for v, ready in zip(self.values, flags, strict=False) if ready and not is_missing(v)]

    def _point(self, value: Any) -> Series[Any]:
        stamp = self.timestamps[0] if self.timestamps else datetime.now(UTC)
        return Series._trusted((stamp,), (value,), self.symbol, self.timeframe, None)

    def _summary(self, summarise: Callable[[list[Any]], Any]) -> Series[Any]:
        usable = self._usable()
        return self._point(summarise(usable)) if usable else Series((), (), self.symbol, self.timeframe)

    def filter(self, condition: Series[bool]) -> Series[T]:
        """Keep the bars where the condition is available and true.

        Raises `ValueError` if the condition has another symbol, timeframe, length or other times.
        """
        self._check_aligned(condition)
        flags = repeat(True) if condition.availability_mask is None else condition.availability_mask
        kept = [
            i
            for i, (value, ready) in enumerate(zip(condition.values, flags, strict=False))
            if ready and not is_missing(value) and value
        ]
        mask = self.availability_mask
        return Series._trusted(
            tuple([self.timestamps[i] for i in kept]),
            tuple([self.values[i] for i in kept]),
            self.symbol,
            self.timeframe,
            None if mask is None else tuple([mask[i] for i in kept]),
        )

    def count(self) -> Series[int]:
        """Give the number of available values, at the first bar's time (now, if there is no bar)."""
        return self._point(len(self._usable()))

    def sum(self, field: str | None = None) -> Series[float]:
        """Give the float total of the available values, 0.0 if there are none; `field` has no effect."""
        return self._point(math.fsum(map(float, self._usable())))  # type: ignore[arg-type]

    def avg(self, field: str | None = None) -> Series[float]:
        """Give the float mean of the available values, an empty series if there are none; `field` has no effect."""
        return self._summary(lambda usable: math.fsum(map(float, usable)) / len(usable))

    def max(self, field: str | None = None) -> Series[T]:
        """Give the largest available value, an empty series if there are none; `field` has no effect."""
        return self._summary(max)

    def min(self, field: str | None = None) -> Series[T]:
        """Give the smallest available value, an empty series if there are none; `field` has no effect."""
        return self._summary(min)

    # Shifts

    def shift(self, periods: int) -> Series[T]:
        """Delay the values by `periods` bars at the same times; bars without a value are unavailable.

        The placeholder there is the first value (the last, for a negative shift). A negative shift moves later
        values to earlier bars: it looks into the future and has no place in a rule.
        """
        n = len(self)
        if periods == 0 or n == 0:
            return self._like(self.values, self.availability_mask)
        k = min(abs(periods), n)
        flags = self.availability_mask or (True,) * n
        if periods > 0:
            return self._like(self.values[:1] * k + self.values[: n - k], (False,) * k + flags[: n - k])
        return self._like(self.values[k:] + self.values[-1:] * k, flags[k:] + (False,) * k)

    def change(self, periods: int = 1) -> Series[float]:
        """Give the difference to the value `periods` bars before, as float; unavailable where either is.

        Raises `ValueError` unless `periods` is at least 1.
        """
        return self._compare_back(periods, lambda now, before: now - before)

    def change_pct(self, periods: int = 1) -> Series[float]:
        """Give the change to the value `periods` bars before in percent of it, as float.

        Unavailable where either value is, or the earlier one is 0. Raises `ValueError` unless `periods` is at
        least 1.
        """
        return self._compare_back(periods, lambda now, before: (now - before) / before * 100 if before else math.nan)

    def _compare_back(self, periods: int, compare: Callable[[float, float], float]) -> Series[float]:
        if periods < 1:
            raise ValueError(f"periods is {periods}; a whole number from 1 is needed")
        gap = min(periods, len(self))
        flags = self.availability_mask or (True,) * len(self)
        results = [math.nan] * gap
        for i in range(gap, len(self)):
            now, before = self.values[i], self.values[i - gap]
            usable = flags[i] and flags[i - gap] and not is_missing(now) and not is_missing(before)
            result = compare(float(now), float(before)) if usable else math.nan  # type: ignore[arg-type]
            results.append(result if math.isfinite(result) else math.nan)
        return self._like(tuple(results), tuple([not math.isnan(result) for result in results]))


PriceSeries = Series[Price]
QtySeries = Series[Qty]


def align_series(
    left: Series[Any],
    right: Series[Any],
    *,
    how: str = "inner",
    fill: str = "none",
    left_fill_value: Any = None,
    right_fill_value: Any = None,
    symbol: Symbol | None = None,
    timeframe: str | None = None,
) -> tuple[Series[Any], Series[Any]]:
    """Bring two series onto one timeline and give both.

    Parameters
    ----------
    how
        The timeline: times of both (`inner`), of either (`outer`), of `left` or of `right`. Each time stands
        there once; of several values at one time the last counts.
    fill
        For a time that a side lacks: `ffill` takes the value carried from before, and before the first one that
        side's fill value; `none` is an error. A carried value keeps its availability, a fill value is available.
    symbol, timeframe
        Labels of both results; needed where the sides differ.

    Raises
    ------
    ValueError
        For an unknown `how` or `fill`, different labels, an empty timeline, or a time without a value.
    """
    if how not in ("inner", "outer", "left", "right"):
        raise ValueError(f"Unsupported alignment strategy '{how}'; accepted: inner, outer, left, right")
    if fill not in ("none", "ffill"):
        raise ValueError(f"Unsupported fill '{fill}'; accepted: none, ffill")
    if symbol is None and left.symbol != right.symbol:
        raise ValueError(f"Cannot align series with different symbols: {left.symbol}, {right.symbol}; give symbol=")
    if timeframe is None and left.timeframe != right.timeframe:
        raise ValueError(
            f"Cannot align series with different timeframes: {left.timeframe}, {right.timeframe}; give timeframe="
        )
    timeline = _timeline(left, right, how)
    if not timeline:
        raise ValueError(f"Alignment ({how}) of {left!r} and {right!r} gives an empty timestamp set")
    labels = (left.symbol if symbol is None else symbol, left.timeframe if timeframe is None else timeframe)
    return (
        _on_timeline("left", left, timeline, fill, left_fill_value, labels),
        _on_timeline("right", right, timeline, fill, right_fill_value, labels),
    )


def _timeline(left: Series[Any], right: Series[Any], how: str) -> tuple[Timestamp, ...]:
    if how == "left":
        return tuple(dict.fromkeys(left.timestamps))
    if how == "right":
        return tuple(dict.fromkeys(right.timestamps))
    if how == "inner":
        return tuple(sorted(set(left.timestamps) & set(right.timestamps)))
    return tuple(sorted({*left.timestamps, *right.timestamps}))


def _on_timeline(
    side: str,
    series: Series[Any],
    timeline: tuple[Timestamp, ...],
    fill: str,
    fill_value: Any,
    labels: tuple[Symbol, str],
) -> Series[Any]:
    flags = series.availability_mask or (True,) * len(series)
    own = dict(zip(series.timestamps, zip(series.values, flags, strict=True), strict=True))
    carried = None if fill == "none" or fill_value is None else (fill_value, True)
    points: list[tuple[Any, bool]] = []
    for stamp in timeline:
        point = own.get(stamp, carried)
        if point is None:
            raise ValueError(
                f"Missing value in {side} series {series.symbol} {series.timeframe} at {format_timestamp(stamp)}"
            )
        points.append(point)
        if fill == "ffill":
            carried = point
    mask = None if series.availability_mask is None else tuple([ready for _, ready in points])
    return Series._trusted(timeline, tuple([value for value, _ in points]), *labels, mask)
