"""Finds the exact kernel of an indicator, and puts a bar's fields into the form a kernel takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from .. import kernels
from ..kernel import FoldedKernel
from ..kernels.math import true_range


def _found() -> dict[str, FoldedKernel]:
    """Give the kernels of every module in their folder, by each of their names."""
    found: dict[str, FoldedKernel] = {}
    for entry in iter_modules(kernels.__path__, f"{kernels.__name__}."):
        module = import_module(entry.name)
        for kind in vars(module).values():
            # What a module has from another one is found there.
            if not (isinstance(kind, type) and issubclass(kind, FoldedKernel) and kind.__module__ == module.__name__):
                continue
            for name in kind.names:
                if name in found:
                    raise ValueError(f"two exact kernels go by {name!r}: {type(found[name]).__name__}, {kind.__name__}")
                found[name] = kind()
    return found


KERNELS = _found()


def resolve_kernel(kernel_id: str) -> FoldedKernel | None:
    """Give the exact kernel of that name, or None when the reference has none."""
    return KERNELS.get(kernel_id.lower())


def resolve_kernel_for_indicator(handle: Any) -> FoldedKernel | None:
    """Give the exact kernel that an indicator's spec names (`indicator_spec.runtime_binding.kernel_id`), or None."""
    return resolve_kernel(handle.indicator_spec.runtime_binding.kernel_id)


def coerce_incremental_input(kernel_id: str, input_val: Any, tick: Mapping[str, Any], algorithm_state: Any) -> Any:
    """Give the input that a kernel takes from a tick.

    `atr` takes the true range, from the tick's high and low and the close its state remembers; `stochastic` and
    `true_range` take (high, low, close). What a tick lacks counts as zero. Other kernels take `input_val` as it is. The
    state is only read.
    """
    name = kernel_id.lower()
    if name not in ("atr", "stochastic", "stoch", "true_range", "tr"):
        return input_val
    high, low, close = (_field(tick, field) for field in ("high", "low", "close"))
    if name == "atr":
        if high is None or low is None:
            return Decimal(0)
        return true_range(high, low, getattr(algorithm_state, "prev_close", None))
    if high is None or low is None or close is None:
        return (Decimal(0), Decimal(0), Decimal(0))
    return (high, low, close)


def _field(tick: Mapping[str, Any], field: str) -> Decimal | None:
    value = tick.get(f"ohlcv.{field}", tick.get(field))
    return None if value is None else Decimal(str(value))


__all__ = ["KERNELS", "coerce_incremental_input", "resolve_kernel", "resolve_kernel_for_indicator"]
