"""What an exact kernel is, and how one is run over a whole series.

A kernel holds no data: its state is a value that goes in and comes out. So a copy of a state is a snapshot, and a
batch run is the stream run to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from laakhay.ta.core.series import Series
from laakhay.ta.core.types import NOT_READY

S = TypeVar("S")


class Kernel(Protocol[S]):
    """Takes one input at a time and gives one output, `NOT_READY` while it warms up, or None where it is undefined."""

    def initialize(self, history: Iterable[Any], **params: Any) -> S:
        """Give the state after `history`; an empty one is the start of a stream."""
        ...

    def step(self, state: S, x_t: Any, **params: Any) -> tuple[S, Any]:
        """Take one ready input; give the next state and the output, and leave the state given as it was."""
        ...


class FoldedKernel:
    """Base of the kernels here: `initialize` is `step` over the history, from an empty state."""

    #: Every name it goes by, the catalogue's first; what has none is no kernel of an indicator.
    names: tuple[str, ...] = ()
    #: Values that one input holds; an input of several is a tuple.
    arity = 1
    #: Outputs that one step gives; several come as a tuple.
    outputs: tuple[str, ...] = ("value",)
    #: True for the few that take every bar; an input that is not ready is None to them.
    every_bar = False

    def empty(self) -> Any:
        """Give the state before the first input."""
        raise NotImplementedError

    def step(self, state: Any, x_t: Any, **params: Any) -> tuple[Any, Any]:
        """Take one ready input; give the next state and the output."""
        raise NotImplementedError

    def initialize(self, history: Iterable[Any], **params: Any) -> Any:
        """Give the state after `history`."""
        state = self.empty()
        for x_t in history:
            state, _ = self.step(state, x_t, **params)
        return state


def whole(value: Any, name: str = "period") -> int:
    """Give a parameter as a whole number from 1 up; numbers may come as int, float, Decimal or text.

    Raises ValueError, naming the parameter, for anything else.
    """
    number = Decimal(str(value)) if not isinstance(value, bool) else Decimal(0)
    if number != number.to_integral_value() or number < 1:
        raise ValueError(f"{name.replace('_', ' ').capitalize()} must be positive: {value!r} was given")
    return int(number)


def run_kernel(
    src: Series[Any],
    kernel: Kernel[Any],
    min_periods: int = 1,
    coerce_input: Callable[[Any], Any] | None = None,
    **params: Any,
) -> Series[Any]:
    """Run a kernel over a series.

    Gives a series of the same length, with an explicit mask. The first `min_periods - 1` values only prime the kernel;
    from then on a slot is available when the source's is and the kernel has warmed up. A source value that is not
    available leaves the state alone. An empty source gives an empty series without a mask.
    """
    if not len(src):
        return Series((), (), src.symbol, src.timeframe)
    coerce = coerce_input if coerce_input is not None else _to_decimal
    usable = src.availability_mask or (True,) * len(src)
    state = kernel.initialize((), **params)
    values: list[Any] = []
    for position, (value, is_usable) in enumerate(zip(src.values, usable, strict=True)):
        output: Any = NOT_READY
        if is_usable:
            state, output = kernel.step(state, coerce(value), **params)
        values.append(NOT_READY if output is None or position < min_periods - 1 else output)
    mask = tuple(value is not NOT_READY for value in values)
    return Series(tuple(src.timestamps), tuple(values), src.symbol, src.timeframe, mask)


def _to_decimal(value: Any) -> Decimal:
    return Decimal(str(value))


__all__ = ["FoldedKernel", "Kernel", "run_kernel", "whole"]
