"""Names for the kinds of values in market data.

The aliases document meaning only; at run time a price is a `Decimal` and nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

import numpy as np

__all__ = [
    "NOT_READY",
    "Price",
    "PriceLike",
    "Qty",
    "QtyLike",
    "Rate",
    "RateLike",
    "Symbol",
    "Timestamp",
    "TimestampLike",
    "Volume",
]

Price = Decimal
Qty = Decimal
Volume = Decimal
Rate = Decimal
Symbol = str
Timestamp = datetime

PriceLike = Decimal | float | int | str
QtyLike = PriceLike
RateLike = PriceLike
TimestampLike = datetime | date | str | int | np.datetime64 | np.integer

# A NaN equals nothing, itself included, but tuples compare by identity first: with one shared object, two
# results that have the same unavailable slots are equal. Never build another one.
NOT_READY: Final = Decimal("NaN")
