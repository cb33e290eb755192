"""Building blocks of indicators. Here: the exact kernels of the reference execution."""

from __future__ import annotations

from .kernel import Kernel, run_kernel

__all__ = ["Kernel", "run_kernel"]
