"""The indicators of the catalogue as functions, a module per group, which is loaded when it is asked for.

Written by `make generate` from the catalogue; change the declaration of an indicator instead.

Examples
--------
>>> import laakhay.ta as ta
>>> ta.trend.sma({"close": [1.0, 2.0, 4.0]}, 2)["value"].tolist()
[nan, 1.5, 3.0]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import (
        candle,
        cross_section,
        cycle,
        event,
        math,
        momentum,
        pattern,
        price,
        statistic,
        trend,
        volatility,
        volume,
    )

# In their order in the documentation.
GROUPS = (
    "trend",
    "momentum",
    "volatility",
    "volume",
    "cycle",
    "candle",
    "statistic",
    "pattern",
    "event",
    "price",
    "cross_section",
    "math",
)

__all__ = [
    "candle",
    "cross_section",
    "cycle",
    "event",
    "math",
    "momentum",
    "pattern",
    "price",
    "statistic",
    "trend",
    "volatility",
    "volume",
]
