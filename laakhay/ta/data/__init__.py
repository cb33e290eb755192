"""Reading, writing and building of market data."""

from __future__ import annotations

from .calendar import Calendar
from .csv import from_csv, to_csv
from .dataset import dataset_from_bars, dataset_from_multisource, trim_dataset
from .files import Bars, read_bars

__all__ = [
    "Bars",
    "Calendar",
    "dataset_from_bars",
    "dataset_from_multisource",
    "from_csv",
    "read_bars",
    "to_csv",
    "trim_dataset",
]
