"""Exact kernels, one module per family, each written from the formula."""

from __future__ import annotations

from .atr import ATRKernel, ATRState
from .bbands import BBandsKernel
from .crossing import CrossDownKernel, CrossingState, CrossKernel, CrossUpKernel
from .ema import EMAKernel, EMAState
from .functions import (
    AbsKernel,
    AgeState,
    BarsSinceKernel,
    CeilKernel,
    ExpKernel,
    FloorKernel,
    GreatestKernel,
    IfElseKernel,
    LeastKernel,
    LogKernel,
    NzKernel,
    OccurrencesState,
    RoundKernel,
    SignumKernel,
    SqrtKernel,
    ValueWhenKernel,
)
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
    "AbsKernel",
    "AgeState",
    "BBandsKernel",
    "BarsSinceKernel",
    "CeilKernel",
    "CrossDownKernel",
    "CrossKernel",
    "CrossUpKernel",
    "CrossingState",
    "EMAKernel",
    "EMAState",
    "ExpKernel",
    "FloorKernel",
    "GreatestKernel",
    "IfElseKernel",
    "LeastKernel",
    "LogKernel",
    "MACDKernel",
    "MACDState",
    "NzKernel",
    "OccurrencesState",
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
    "RoundKernel",
    "SignumKernel",
    "SqrtKernel",
    "StochasticKernel",
    "StochasticState",
    "TrueRangeKernel",
    "TrueRangeState",
    "ValueWhenKernel",
    "WMAKernel",
]
