"""Finds the exact kernel of an indicator, and puts a bar's fields into the form a kernel takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..kernel import FoldedKernel
from ..kernels import (
    AbsKernel,
    ATRKernel,
    BarsSinceKernel,
    BBandsKernel,
    CeilKernel,
    CrossDownKernel,
    CrossKernel,
    CrossUpKernel,
    EMAKernel,
    ExpKernel,
    FloorKernel,
    GreatestKernel,
    IfElseKernel,
    LeastKernel,
    LogKernel,
    MACDKernel,
    NzKernel,
    RMAKernel,
    RollingArgmaxKernel,
    RollingArgminKernel,
    RollingMaxKernel,
    RollingMeanKernel,
    RollingMinKernel,
    RollingStdKernel,
    RollingSumKernel,
    RoundKernel,
    RSIKernel,
    SignumKernel,
    SqrtKernel,
    StochasticKernel,
    TrueRangeKernel,
    ValueWhenKernel,
    WMAKernel,
)
from ..kernels.math import true_range

# Each kernel with every name it goes by; the first is the catalogue's.
_NAMES: dict[type[FoldedKernel], str] = {
    RollingSumKernel: "rolling_sum sum",
    RollingMeanKernel: "sma rolling_mean mean average avg",
    RollingStdKernel: "rolling_std std stddev",
    RollingMaxKernel: "max rolling_max",
    RollingMinKernel: "min rolling_min",
    RollingArgmaxKernel: "rolling_argmax argmax",
    RollingArgminKernel: "rolling_argmin argmin",
    EMAKernel: "ema rolling_ema",
    RMAKernel: "rolling_rma rma",
    WMAKernel: "wma rolling_wma",
    RSIKernel: "rsi",
    TrueRangeKernel: "true_range tr",
    ATRKernel: "atr",
    MACDKernel: "macd",
    BBandsKernel: "bbands bb",
    StochasticKernel: "stochastic stoch",
    CrossUpKernel: "crossup",
    CrossDownKernel: "crossdown",
    CrossKernel: "cross",
    AbsKernel: "abs",
    SignumKernel: "signum",
    SqrtKernel: "sqrt",
    LogKernel: "log",
    ExpKernel: "exp",
    FloorKernel: "floor",
    CeilKernel: "ceil",
    RoundKernel: "round",
    GreatestKernel: "greatest",
    LeastKernel: "least",
    NzKernel: "nz",
    IfElseKernel: "if_else if",
    BarsSinceKernel: "barssince",
    ValueWhenKernel: "valuewhen",
}
KERNELS: dict[str, FoldedKernel] = {name: kernel() for kernel, names in _NAMES.items() for name in names.split()}


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
