"""Exact kernels, one module per family, each written from the formula."""

from __future__ import annotations

from .atr import ATRKernel, ATRState
from .bbands import BBandsKernel
from .crossing import CrossDownKernel, CrossingState, CrossKernel, CrossUpKernel
from .ema import EMAKernel, EMAState
from .macd import MACDKernel, MACDState
from .math import RMAKernel, RMAState, TrueRangeKernel, TrueRangeState
from .rolling import (
    RollingArgmaxKernel,
    RollingArgminKernel,
    RollingMaxKernel,
    RollingMeanKernel,
    RollingMinKernel,
    RollingState,
    RollingStdKernel,
    RollingSumKernel,
    WMAKernel,
)
from .rsi import RSIKernel, RSIState
from .stochastic import StochasticKernel, StochasticState

__all__ = [
    "ATRKernel",
    "ATRState",
    "BBandsKernel",
    "CrossDownKernel",
    "CrossKernel",
    "CrossUpKernel",
    "CrossingState",
    "EMAKernel",
    "EMAState",
    "MACDKernel",
    "MACDState",
    "RMAKernel",
    "RMAState",
    "RSIKernel",
    "RSIState",
    "RollingArgmaxKernel",
    "RollingArgminKernel",
    "RollingMaxKernel",
    "RollingMeanKernel",
    "RollingMinKernel",
    "RollingState",
    "RollingStdKernel",
    "RollingSumKernel",
    "StochasticKernel",
    "StochasticState",
    "TrueRangeKernel",
    "TrueRangeState",
    "WMAKernel",
]
