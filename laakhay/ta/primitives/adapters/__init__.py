"""Binding of exact kernels to the indicators of the catalogue."""

from __future__ import annotations

from .registry_binding import KERNELS, coerce_incremental_input, resolve_kernel, resolve_kernel_for_indicator

__all__ = ["KERNELS", "coerce_incremental_input", "resolve_kernel", "resolve_kernel_for_indicator"]
